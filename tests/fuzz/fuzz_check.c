/* kdbib check on any bytes, in two parts. `fixes`, which reads no entry and so is quick: fixes come
 * to an end, and done again they change nothing. `findings`: every place lies in the list, and
 * fixing one is safe or told to be unsafe, whichever. */
#include "check/check.h"

#include "fuzz.h"

static const char *part_name(size_t index) {
    static const char *const names[] = {"fixes", "findings"};
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}
FUZZ_PARTS(part_name)

static void look_at_place(void *user, const kdbib_diagnostic *finding) {
    const kdbib_str *bytes = user;
    PROMISE(finding->file && finding->name && finding->message);
    if (finding->fix) {
        PROMISE(finding->fix->offset <= bytes->size);
        PROMISE(finding->fix->size <= bytes->size - finding->fix->offset);
        PROMISE(finding->line > 0 && finding->column > 0);
    }
}

static void check_fixes(kdbib *context, kdbib_str bytes, const kdb_buffer *fixed, size_t count) {
    kdb_buffer twice = {0};
    size_t more;
    PROMISE((count == 0) == kdbib_str_equal(bytes, kdb_buffer_str(fixed)));
    if (count) {
        PROMISE(kdb_fix_list(context, "fuzz.md", kdb_buffer_str(fixed), NULL, NULL, &twice, &more));
        PROMISE(more == 0);
        PROMISE(kdbib_str_equal(kdb_buffer_str(fixed), kdb_buffer_str(&twice)));
    }
    kdb_buffer_free(&twice);
}

static void check_findings(kdbib *context, kdbib_str bytes, const kdb_buffer *fixed, size_t count) {
    kdb_line_range entry;
    bool safe;
    kdbib_set_diagnostic_handler(context, look_at_place, &bytes);
    PROMISE(kdb_check_bytes(context, "fuzz.md", bytes));
    kdbib_set_diagnostic_handler(context, NULL, NULL);
    if (count)
        PROMISE(kdb_fix_is_safe(context, "fuzz.md", bytes, kdb_buffer_str(fixed), &safe, &entry));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context; /* its tables take long to load */
    if (!context)
        context = kdbib_new();
    PROMISE(context);
    kdbib_str bytes = {(const char *)data, size};
    kdb_buffer fixed = {0};
    size_t count;
    if (size > 4096)
        return 0;
    PROMISE(kdb_fix_list(context, "fuzz.md", bytes, NULL, NULL, &fixed, &count));
    if (fuzzed_part != 1)
        check_fixes(context, bytes, &fixed, count);
    if (fuzzed_part != 0)
        check_findings(context, bytes, &fixed, count);
    kdb_buffer_free(&fixed);
    return 0;
}
