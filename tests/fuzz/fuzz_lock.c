/* Lock bytes against a small list. */
#include "fuzz.h"

static const char list[] = "# T\n\n## S\n\n|Paper|PDF|\n|---|---|\n"
                           "|A study of one thing|[PDF](https://arxiv.org/abs/1706.03762)|\n"
                           "|A study of another|[PDF](https://example.org/x)|\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    kdbib_bibliography *b = context ? kdbib_bibliography_new(context) : NULL;
    PROMISE(b);
    kdbib_complete_options options = {.lock_file = "fuzz.lock.csv",
                                      .lock = {(const char *)data, size}};
    PROMISE(kdbib_read(b, "markdown", "fuzz.md", kdbib_str_of(list)));
    PROMISE(kdbib_complete(b, &options));
    for (size_t i = 0; i < kdbib_bibliography_count(b); i++)
        PROMISE(kdbib_record_text(kdbib_bibliography_record(b, i), KDBIB_KEY).size > 0);
    kdbib_bibliography_free(b);
    return 0;
}
