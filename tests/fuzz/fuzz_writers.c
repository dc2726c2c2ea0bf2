/* Records with hostile parts through every writer, and what it wrote through a strict reader: as
 * many entries with the same titles. The first byte of a record chooses type and style, the second
 * the options of the writer; the rest, cut at newlines, fills the fields. A line of % ends a
 * record. */
#include "fuzz.h"

#include <utf8proc.h>

#include "base/strings.h"
#include "reread/reread.h"

static const char *part_name(size_t index) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    const kdbib_writer_class *class = kdbib_writer_at(context, index);
    return class ? class->name : NULL;
}
FUZZ_PARTS(part_name)

static kdbib_str next_line(kdbib_str *rest) {
    const char *end = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    kdbib_str line = {rest->data, size};
    size_t skip = end ? size + 1 : size;
    rest->data += skip;
    rest->size -= skip;
    return line;
}

static kdbib_str next_record(kdbib_str *rest) {
    kdbib_str record = {rest->data, 0};
    while (rest->size) {
        kdbib_str line = next_line(rest);
        if (line.size == 1 && line.data[0] == '%')
            break;
        record.size = (size_t)(rest->data - record.data);
    }
    return record;
}

static bool says_something(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (kdb_is_alnum(text.data[i]))
            return true;
    return false;
}

static void fill(kdbib_bibliography *b, kdbib_record *r, kdbib_str rest, unsigned choice) {
    kdbib_record_set_type(r, (kdbib_type)(choice % KDBIB_TYPE_COUNT), KDBIB_BASIS_LIST);
    kdbib_run runs[2] = {{next_line(&rest), choice & 0xFF}, {next_line(&rest), 0}};
    if (!says_something(runs[0].text) && !says_something(runs[1].text))
        runs[1].text = KDBIB_STR("A title"); /* readers of lists see to that */
    if (runs[0].style & KDBIB_MATH)
        runs[0] = (kdbib_run){kdb_trim(runs[0].text), KDBIB_MATH};
    PROMISE(kdbib_record_set_title(r, runs, 2, KDBIB_BASIS_LIST));
    char key[32];
    snprintf(key, sizeof key, "key2020word%zu", kdbib_bibliography_count(b));
    PROMISE(kdbib_record_set_text(r, KDBIB_KEY, kdbib_str_of(key), KDBIB_BASIS_LIST));
    kdbib_name name = {.family = next_line(&rest), .given = next_line(&rest)};
    PROMISE(kdbib_record_add_name(r, KDBIB_AUTHORS, &name, KDBIB_BASIS_LIST));
    kdbib_name body = {.literal = next_line(&rest)};
    PROMISE(kdbib_record_add_name(r, KDBIB_AUTHORS, &body, KDBIB_BASIS_LIST));
    PROMISE(kdbib_record_add_link(r, KDBIB_LINK_PAPER, next_line(&rest)));
    PROMISE(kdbib_record_add_link(r, KDBIB_LINK_CODE, next_line(&rest)));
    for (int field = KDBIB_DOI; field < KDBIB_FIELD_COUNT && rest.size; field++)
        PROMISE(kdbib_record_set_text(r, (kdbib_field)field, next_line(&rest), KDBIB_BASIS_LIST));
    kdbib_record_set_issued(r, (kdbib_date){(int16_t)(1900 + choice), (uint8_t)(choice % 13), 3},
                            KDBIB_BASIS_LIST);
    if (rest.size)
        PROMISE(kdbib_record_add_section(
            r, kdbib_bibliography_add_section(b, NULL, 2, next_line(&rest))));
}

/* Every second option by its number; `exact` is there to write what is refused here. */
static void set_options(kdbib_writer *writer, const kdbib_writer_class *class, unsigned choice) {
    for (size_t i = 0; class->options && class->options[i].name; i++)
        if ((choice >> i & 1) && strcmp(class->options[i].name, "exact") != 0)
            PROMISE(kdbib_writer_set_option(writer, class->options[i].name, ""));
}

static void check(const kdbib_bibliography *b, const kdbib_writer_class *class, unsigned choice) {
    kdbib *context = kdbib_bibliography_context(b);
    kdbib_output *out = kdbib_output_new_memory();
    PROMISE(out);
    kdbib_writer *writer = kdbib_writer_new(context, class, out);
    PROMISE(writer);
    set_options(writer, class, choice);
    PROMISE(kdbib_write(b, writer));
    kdbib_str text = kdbib_output_memory(out);
    PROMISE(memchr(text.data, '\0', text.size) == NULL);
    reread result;
    if (!reread_format(class->name, text, &result) || !reread_is_same(b, &result)) {
        fprintf(stderr, "%s: promise broken: %s\n%.*s\n", class->name, result.problem,
                (int)(text.size < 4000 ? text.size : 4000), text.data);
        abort();
    }
    reread_free(&result);
    PROMISE(kdbib_output_close(out) == 0);
}

/* Texts of records are UTF-8 without NUL: what is none becomes a question mark. */
static char *as_text(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    PROMISE(text);
    for (size_t at = 0; at < size;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t width = utf8proc_iterate(data + at, (utf8proc_ssize_t)(size - at), &c);
        const bool good = width > 0 && c;
        width = width > 0 ? width : 1;
        memcpy(text + at, data + at, (size_t)width);
        if (!good)
            text[at] = '?';
        at += (size_t)width;
    }
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    if (size < 3)
        return 0;
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    PROMISE(b);
    char *text = as_text(data + 2, size - 2);
    kdbib_str rest = {text, size - 2};
    for (unsigned i = 0; rest.size && i < 16; i++) {
        kdbib_record *record = kdbib_bibliography_add(b, "fuzz", i + 1);
        PROMISE(record);
        fill(b, record, next_record(&rest), (data[0] + i) & 0xFF);
    }
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++)
        if (fuzzed_part == SIZE_MAX || fuzzed_part == i)
            check(b, class, data[1]);
    kdbib_bibliography_free(b);
    free(text);
    return 0;
}
