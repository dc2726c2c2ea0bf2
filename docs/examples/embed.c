/* A program with kdbib in it: reads lists, says what it found, and writes them in three formats, one
 * of which is its own.
 *
 *     cc embed.c $(pkg-config --cflags --libs kdbib) -o embed
 *     ./embed README.md
 *
 * Makes refs.bib, refs.ris and refs.tsv in the current folder, and prints a line for each paper.
 * Without a file it takes the list that comes with kdbib. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <kdbib/kdbib.h>

/* ---- a diagnostics sink: findings are counted, warnings shown in our own words ---- */

typedef struct findings {
    unsigned notes, warnings, errors;
} findings;

static void take_finding(void *user, const kdbib_diagnostic *diagnostic) {
    findings *all = user;
    switch (diagnostic->severity) {
    case KDBIB_SEVERITY_NOTE:
        all->notes++;
        return;
    case KDBIB_SEVERITY_WARNING:
        all->warnings++;
        break;
    case KDBIB_SEVERITY_ERROR:
        all->errors++;
        break;
    }
    fprintf(stderr, "embed: in line %u of %s: %s\n", diagnostic->line,
            diagnostic->file ? diagnostic->file : "no file", diagnostic->message);
}

/* ---- a writer of our own: key, year and title, separated by tabs ---- */

static void write_cell(kdbib_output *out, kdbib_str text, char end) {
    for (size_t i = 0; i < text.size; i++) /* no value may end the cell or the line */
        kdbib_output_char(out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
    kdbib_output_char(out, end);
}

static bool write_row(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_date issued = kdbib_record_issued(record);
    write_cell(out, kdbib_record_text(record, KDBIB_KEY), '\t');
    if (issued.year)
        kdbib_output_number(out, issued.year);
    kdbib_output_char(out, '\t');
    write_cell(out, kdbib_record_text(record, KDBIB_TITLE), '\n');
    return true;
}

static const kdbib_writer_class tsv = {
    .name = "tsv",
    .extension = "tsv",
    .description = "key, year and title",
    .record = write_row,
};

/* ---- walking over the records ---- */

static void show(const kdbib_record *record) {
    kdbib_str title = kdbib_record_text(record, KDBIB_TITLE), url;
    kdbib_name name;
    kdbib_role role;
    unsigned authors = 0, links = 0;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);)
        authors++;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);)
        links++;
    printf("line %u: %.*s (%s, %u authors, %u links", kdbib_record_source(record).line,
           (int)title.size, title.data, kdbib_type_name(kdbib_record_type(record)), authors, links);
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    if (doi.size) /* where a value comes from is always known */
        printf(", DOI %.*s by %s", (int)doi.size, doi.data,
               kdbib_basis_name(kdbib_record_basis(record, KDBIB_DOI)));
    puts(")");
}

/* ---- files ---- */

static int write_to_file(void *user, const void *data, size_t size) {
    return fwrite(data, 1, size, user) == size ? 0 : EIO;
}

/* The format is found by the ending of the name. */
static bool write_file(kdbib *context, const kdbib_bibliography *list, const char *name) {
    const kdbib_writer_class *format = kdbib_find_writer_for_file(context, kdbib_str_of(name));
    FILE *file = format ? fopen(name, "wb") : NULL;
    if (!file)
        return false;
    kdbib_output *out = kdbib_output_new(write_to_file, file);
    bool fine = out && kdbib_write(list, kdbib_writer_new(context, format, out));
    fine = kdbib_output_close(out) == 0 && fine; /* errors of writing stick until here */
    return fclose(file) == 0 && fine;
}

/* All of a file, followed by a NUL; NULL when it cannot be read. The caller frees it. */
static char *read_file(const char *name, size_t *size) {
    FILE *file = fopen(name, "rb");
    char *data = NULL;
    long length;
    if (file && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 &&
        (data = calloc(1, (size_t)length + 1)) != NULL) {
        rewind(file);
        *size = fread(data, 1, (size_t)length, file);
    }
    if (file)
        fclose(file);
    return data;
}

static bool read_lists(kdbib_bibliography *list, int count, char **names) {
    for (int i = 0; i < count; i++) {
        size_t size = 0;
        char *data = read_file(names[i], &size);
        bool fine =
            data && kdbib_read(list, "markdown", names[i], (kdbib_str){.data = data, .size = size});
        free(data); /* the records have copies */
        if (!fine)
            return false;
    }
    return true;
}

int main(int argc, char **argv) {
    findings all = {0};
    kdbib_complete_options options = {0};
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = context ? kdbib_bibliography_new(context) : NULL;
    bool fine = list && kdbib_add_writer(context, &tsv);
    if (fine)
        kdbib_set_diagnostic_handler(context, take_finding, &all);
    if (argc > 1) {
        fine = fine && read_lists(list, argc - 1, argv + 1);
    } else {
        options.lock_file = "bundled lock";
        options.lock = kdbib_bundled_lock();
        fine = fine && kdbib_read(list, "markdown", "bundled list", kdbib_bundled_list());
    }
    fine = fine && kdbib_complete(list, &options);
    for (size_t i = 0; fine && i < kdbib_bibliography_count(list); i++)
        show(kdbib_bibliography_record(list, i));
    fine = fine && write_file(context, list, "refs.bib") && write_file(context, list, "refs.ris") &&
           write_file(context, list, "refs.tsv");
    kdbib_bibliography_free(list);
    kdbib_free(context);
    printf("%u notes, %u warnings, %u errors\n", all.notes, all.warnings, all.errors);
    if (!fine)
        fputs("embed: not done\n", stderr);
    return fine ? 0 : 1;
}
