/* Lock bytes against a small list. */
#include "fuzz.h"

static const char list[] = "# T\n\n## S\n\n|Paper|PDF|\n|---|---|\n"
                           "|A study of one thing|[PDF](https://arxiv.org/abs/1706.03762)|\n"
                           "|A study of another|[PDF](https://example.org/x)|\n";

static void note_error(void *user, const kdbib_diagnostic *diagnostic) {
    if (diagnostic->severity == KDBIB_SEVERITY_ERROR)
        *(bool *)user = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    kdbib_bibliography *b = context ? kdbib_bibliography_new(context) : NULL;
    PROMISE(b);
    kdbib_complete_options options = {.lock_file = "fuzz.lock.csv",
                                      .lock = {(const char *)data, size}};
    PROMISE(kdbib_read(b, "markdown", "fuzz.md", kdbib_str_of(list)));
    bool told = false; /* a lock that is no text is refused, and that is told */
    kdbib_set_diagnostic_handler(context, note_error, &told);
    bool fine = kdbib_complete(b, &options);
    kdbib_set_diagnostic_handler(context, NULL, NULL);
    PROMISE(fine || told);
    for (size_t i = 0; fine && i < kdbib_bibliography_count(b); i++)
        PROMISE(kdbib_record_text(kdbib_bibliography_record(b, i), KDBIB_KEY).size > 0);
    kdbib_bibliography_free(b);
    return 0;
}
