/* README bytes -> records -> every field read once. */
#include "fuzz.h"

/* Texts are NUL-terminated UTF-8 without control characters. */
static void check_text(kdbib_str text) {
    PROMISE(text.data[text.size] == '\0');
    PROMISE(memchr(text.data, '\0', text.size) == NULL);
}

static void check_record(const kdbib_record *record) {
    PROMISE(kdbib_record_text(record, KDBIB_TITLE).size > 0);
    for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++)
        check_text(kdbib_record_text(record, (kdbib_field)field));
    kdbib_name name;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);)
        PROMISE(name.family.size || name.literal.size);
    kdbib_run run;
    for (kdbib_cursor c = {0}; kdbib_record_next_run(record, &c, &run);)
        PROMISE(run.text.size > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    kdbib_bibliography *b = context ? kdbib_bibliography_new(context) : NULL;
    PROMISE(b);
    if (kdbib_read(b, "markdown", "fuzz.md", (kdbib_str){(const char *)data, size}) &&
        kdbib_complete(b, &(kdbib_complete_options){.all = true}))
        for (size_t i = 0; i < kdbib_bibliography_count(b); i++)
            check_record(kdbib_bibliography_record(b, i));
    kdbib_bibliography_free(b);
    return 0;
}
