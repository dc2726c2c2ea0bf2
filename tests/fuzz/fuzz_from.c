/* Bibliographies of other programs -> records -> jsonl -> records -> the same jsonl. The first byte
 * chooses the format. */
#include "fuzz.h"

static const char *part_name(size_t index) {
    return kdbib_input_format_at(index + 1); /* Markdown has a target of its own */
}
FUZZ_PARTS(part_name)

static const char *choose(size_t number) {
    size_t count = 0;
    while (part_name(count))
        count++;
    return part_name(fuzzed_part == SIZE_MAX ? number % count : fuzzed_part);
}

static void note_error(void *user, const kdbib_diagnostic *diagnostic) {
    if (diagnostic->severity == KDBIB_SEVERITY_ERROR)
        *(bool *)user = true;
}

/* The completed bibliography as jsonl, to be closed. NULL: a key was not kept apart, or worse. */
static kdbib_output *as_jsonl(kdbib *context, kdbib_bibliography *b) {
    kdbib_complete_options options = {.all = true, .keep_parts = true};
    kdbib_output *out = kdbib_output_new_memory();
    PROMISE(out && kdbib_complete(b, &options));
    for (size_t i = 0; i < kdbib_bibliography_count(b); i++)
        PROMISE(kdbib_record_text(kdbib_bibliography_record(b, i), KDBIB_KEY).size > 0);
    PROMISE(kdbib_write(
        b, kdbib_writer_new(context, kdbib_find_writer(context, KDBIB_STR("jsonl")), out)));
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    if (!size)
        return 0;
    const char *format = choose(data[0]);
    bool told = false; /* what is no text is refused, and that is told */
    kdbib_bibliography *b = kdbib_bibliography_new(context),
                       *again = kdbib_bibliography_new(context);
    PROMISE(b && again);
    kdbib_set_diagnostic_handler(context, note_error, &told);
    bool fine = kdbib_read(b, format, "fuzz", (kdbib_str){(const char *)data + 1, size - 1});
    kdbib_set_diagnostic_handler(context, NULL, NULL);
    PROMISE(fine || told);
    if (fine) {
        kdbib_output *once = as_jsonl(context, b);
        PROMISE(kdbib_read(again, "jsonl", "fuzz.jsonl", kdbib_output_memory(once)));
        kdbib_output *twice = as_jsonl(context, again);
        const kdbib_str a = kdbib_output_memory(once), c = kdbib_output_memory(twice);
        if (!kdbib_str_equal(a, c)) {
            fprintf(stderr, "promise broken: read again it is another\n%.*s\n%.*s\n", (int)a.size,
                    a.data, (int)c.size, c.data);
            abort();
        }
        kdbib_output_close(once);
        kdbib_output_close(twice);
    }
    kdbib_bibliography_free(b);
    kdbib_bibliography_free(again);
    return 0;
}
