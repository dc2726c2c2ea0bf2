/* A format of one's own, in a program of one's own: kdbib's sources stay as they are.
 *
 *     cc own_writer.c $(pkg-config --cflags --libs kdbib) -o own-writer
 *     ./own-writer README.md > refs.refer
 *
 * The format is refer(1)'s, of troff: a line `%X value` for each field, an empty line after each
 * record. Without a file it takes the list that comes with kdbib. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <kdbib/kdbib.h>

/* ---- the format: a table, one function that escapes, one that writes a record ---- */

static const struct {
    char letter;
    kdbib_field field;
} letters[] = {
    {'T', KDBIB_TITLE}, {'J', KDBIB_CONTAINER_TITLE}, {'V', KDBIB_VOLUME}, {'N', KDBIB_ISSUE},
    {'P', KDBIB_PAGES}, {'I', KDBIB_PUBLISHER},       {'L', KDBIB_KEY},    {'O', KDBIB_DOI},
};

/* troff takes a backslash for a command, refer a new line for a new field. */
static void write_field(kdbib_output *out, char letter, kdbib_str text) {
    if (!text.size)
        return;
    kdbib_output_char(out, '%');
    kdbib_output_char(out, letter);
    kdbib_output_char(out, ' ');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '\\')
            kdbib_output_text(out, "\\e");
        else
            kdbib_output_char(out, c < ' ' || c == 0x7F ? ' ' : text.data[i]);
    }
    kdbib_output_char(out, '\n');
}

static void write_authors(kdbib_output *out, const kdbib_record *record) {
    kdbib_name name;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);) {
        char text[512];
        if (name.literal.size)
            write_field(out, 'A', name.literal);
        else if (snprintf(text, sizeof text, "%s%s%s%s%s", name.given.data,
                          name.given.size ? " " : "", name.particle.data,
                          name.particle.size ? " " : "", name.family.data) > 0)
            write_field(out, 'A', kdbib_str_of(text));
    }
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_output *out = kdbib_writer_output(writer);
    write_authors(out, record);
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        write_field(out, letters[i].letter, kdbib_record_text(record, letters[i].field));
    kdbib_date issued = kdbib_record_issued(record);
    if (issued.year) {
        kdbib_output_text(out, "%D ");
        kdbib_output_number(out, issued.year);
        kdbib_output_char(out, '\n');
    }
    kdbib_output_char(out, '\n');
    return true;
}

static const kdbib_writer_class refer_writer = {
    .name = "refer",
    .extension = "refer",
    .description = "refer, for troff",
    .record = write_record,
};

/* ---- the program ---- */

static int write_out(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) == size ? 0 : EIO;
}

/* The whole file in memory that the caller frees; data is NULL on failure. */
static kdbib_str read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    kdbib_str bytes = {NULL, 0};
    if (in && fseek(in, 0, SEEK_END) == 0) {
        long size = ftell(in);
        char *data = size >= 0 ? malloc((size_t)size + 1) : NULL;
        rewind(in);
        if (data)
            bytes = (kdbib_str){data, fread(data, 1, (size_t)size, in)};
    }
    if (in)
        fclose(in);
    return bytes;
}

int main(int argc, char **argv) {
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = context ? kdbib_bibliography_new(context) : NULL;
    if (!list || !kdbib_add_writer(context, &refer_writer))
        return 2;

    kdbib_str bytes = argc > 1 ? read_file(argv[1]) : kdbib_bundled_list();
    const char *name = argc > 1 ? argv[1] : "bundled list";
    kdbib_complete_options options = {0};
    if (argc == 1) {
        options.lock_file = "bundled lock";
        options.lock = kdbib_bundled_lock();
    }
    kdbib_output *out = kdbib_output_new(write_out, stdout);
    bool fine = out && bytes.data && kdbib_read(list, "markdown", name, bytes) &&
                kdbib_complete(list, &options);
    if (fine) {
        const kdbib_writer_class *format = kdbib_find_writer(context, KDBIB_STR("refer"));
        fine = kdbib_write(list, kdbib_writer_new(context, format, out));
    }
    fine = kdbib_output_close(out) == 0 && fine;

    if (argc > 1)
        free((void *)bytes.data);
    kdbib_bibliography_free(list);
    kdbib_free(context);
    if (!fine)
        fprintf(stderr, "own-writer: %s could not be converted\n", name);
    return fine ? 0 : 1;
}
