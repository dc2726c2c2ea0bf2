/* A record with hostile parts through every writer. The first byte chooses type and style; the
 * rest, cut at newlines, fills the fields. */
#include "fuzz.h"

static kdbib_str next_line(kdbib_str *rest) {
    const char *end = rest->size ? memchr(rest->data, '\n', rest->size) : NULL;
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    kdbib_str line = {rest->data, size};
    size_t skip = end ? size + 1 : size;
    rest->data += skip;
    rest->size -= skip;
    return line;
}

static void fill(kdbib_record *r, kdbib_str rest, unsigned choice) {
    kdbib_record_set_type(r, (kdbib_type)(choice % KDBIB_TYPE_COUNT), KDBIB_BASIS_LIST);
    kdbib_run runs[2] = {{next_line(&rest), choice & 0xFF}, {next_line(&rest), 0}};
    if (runs[0].style & KDBIB_MATH)
        runs[0].style = KDBIB_MATH;
    PROMISE(kdbib_record_set_title(r, runs, 2, KDBIB_BASIS_LIST));
    PROMISE(kdbib_record_set_text(r, KDBIB_KEY, KDBIB_STR("key2020word"), KDBIB_BASIS_LIST));
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
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    if (size < 2)
        return 0;
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdbib_record *record = b ? kdbib_bibliography_add(b, "fuzz", 1) : NULL;
    PROMISE(record);
    fill(record, (kdbib_str){(const char *)data + 1, size - 1}, data[0]);
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        kdbib_output *out = kdbib_output_new_memory();
        PROMISE(out);
        PROMISE(kdbib_write(b, kdbib_writer_new(context, class, out)));
        kdbib_str text = kdbib_output_memory(out);
        PROMISE(memchr(text.data, '\0', text.size) == NULL);
        PROMISE(kdbib_output_close(out) == 0);
    }
    kdbib_bibliography_free(b);
    return 0;
}
