/* kdbib check on any bytes: every place lies in the list, fixes come to an end, done again they
 * change nothing, and fixing one list is safe or told to be unsafe, whichever. */
#include "check/check.h"

#include "fuzz.h"

static void look_at_place(void *user, const kdbib_diagnostic *finding) {
    const kdbib_str *bytes = user;
    PROMISE(finding->file && finding->name && finding->message);
    if (finding->fix) {
        PROMISE(finding->fix->offset <= bytes->size);
        PROMISE(finding->fix->size <= bytes->size - finding->fix->offset);
        PROMISE(finding->line > 0 && finding->column > 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    kdbib_str bytes = {(const char *)data, size};
    kdb_buffer once = {0}, twice = {0};
    size_t count, more;
    kdb_line_range entry;
    bool safe;
    if (size > 4096)
        return 0;
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    PROMISE(context);
    kdbib_set_diagnostic_handler(context, look_at_place, &bytes);
    PROMISE(kdb_check_bytes(context, "fuzz.md", bytes));
    kdbib_set_diagnostic_handler(context, NULL, NULL);
    PROMISE(kdb_fix_list(context, "fuzz.md", bytes, NULL, NULL, &once, &count));
    PROMISE((count == 0) == kdbib_str_equal(bytes, kdb_buffer_str(&once)));
    if (count) {
        PROMISE(kdb_fix_list(context, "fuzz.md", kdb_buffer_str(&once), NULL, NULL, &twice, &more));
        PROMISE(more == 0);
        PROMISE(kdbib_str_equal(kdb_buffer_str(&once), kdb_buffer_str(&twice)));
        (void)kdb_fix_is_safe(context, "fuzz.md", bytes, kdb_buffer_str(&once), &safe, &entry);
    }
    kdb_buffer_free(&once);
    kdb_buffer_free(&twice);
    return 0;
}
