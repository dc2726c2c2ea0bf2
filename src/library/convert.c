/* The whole way of DESIGN: read, complete, write. */
#include "kdbib/convert.h"

#include "base/diagnose.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "from/from.h"
#include "library/complete.h"
#include "library/context.h"
#include "library/prepare.h"
#include "library/writer_inside.h"
#include "readme/readme.h"
#include "record/bibliography.h"
#include "record/keys.h"
#include "record/kind.h"
#include "record/record.h"
#include "record/unite.h"
#include "resolve/resolve.h"

/* Records; what more threads save is more than what they cost. */
#define WORTH_SHARING 1000

bool kdb_complete_early(kdbib *context, kdbib_record *record) {
    record->resolved = true;
    return kdb_resolve_record(context, record);
}

bool kdb_settle_early(kdbib *context, kdbib_record *record) {
    kdb_kinds *kinds = kdb_kinds_of(context);
    record->settled =
        kinds && kdb_complete_early(context, record) && kdb_decide(context, kinds, record);
    return record->settled;
}

static bool read(kdbib_bibliography *bibliography, const char *format, const char *file,
                 kdbib_str bytes, bool passing) {
    if (strcmp(format, "markdown") == 0)
        return kdb_read_markdown(bibliography, file, bytes, kdb_complete_early);
    const kdb_input_class *input = kdb_input_find(kdbib_str_of(format));
    if (input)
        return kdb_from_bytes(bibliography, input, file, bytes, passing);
    kdb_report(kdbib_bibliography_context(bibliography), KDBIB_SEVERITY_ERROR, "unknown-format",
               file, 0, 0, "no format “%s” to read", format);
    return false;
}

bool kdbib_read(kdbib_bibliography *bibliography, const char *format, const char *file,
                kdbib_str bytes) {
    return read(bibliography, format, file, bytes, false);
}

bool kdb_read_passing(kdbib_bibliography *bibliography, const char *format, const char *file,
                      kdbib_str bytes) {
    return read(bibliography, format, file, bytes, true);
}

const char *kdbib_input_format(kdbib_str file_name, kdbib_str bytes) {
    static const char *const markdown[] = {".md", ".markdown", ".gfm", ".html", ".htm"};
    const kdb_input_class *input = kdb_input_for_file(file_name);
    for (size_t i = 0; i < sizeof markdown / sizeof *markdown; i++)
        if (kdb_ends_with(file_name, kdbib_str_of(markdown[i])))
            return "markdown";
    if (!input)
        input = kdb_input_for_bytes(bytes);
    return input ? input->name : "markdown";
}

const char *kdbib_input_format_at(size_t index) {
    const kdb_input_class *input = index ? kdb_input_at(index - 1) : NULL;
    return index == 0 ? "markdown" : input ? input->name : NULL;
}

static bool settle_all(kdbib_bibliography *bibliography, kdb_kinds *kinds) {
    bool fine = true;
    for (size_t i = 0; i < bibliography->count && fine; i++) {
        kdb_bibliography_pass(bibliography, i, i + 1);
        fine = kdb_settle(bibliography, kinds, bibliography->records[i]);
    }
    return fine;
}

static kdb_lock *read_lock(const kdbib_bibliography *bibliography,
                           const kdbib_complete_options *options) {
    const char *file = options->lock_file ? options->lock_file : "kdbib.lock.csv";
    return kdb_lock_read(bibliography->context, file, options->lock);
}

/* A lock that `stays` will be asked which records were told apart, even when it has no row yet.
 * No lock: memory was out. */
static bool complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                     kdb_lock *lock, bool stays) {
    bibliography->keep_parts = options->keep_parts;
    bibliography->keyless = true;
    kdb_kinds *kinds = kdb_kinds_of(bibliography->context);
    bool locked = lock && (stays || kdb_lock_row_count(lock));
    bool fine = lock && kinds && kdb_prepare(bibliography, options->all, locked ? NULL : kinds);
    if (fine && locked)
        fine = kdb_lock_apply(lock, bibliography) && settle_all(bibliography, kinds);
    return fine && kdb_unite_duplicates(bibliography, options->prefer_preprint) &&
           kdb_assign_keys(bibliography, lock);
}

bool kdb_complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                  kdb_lock **lock) {
    *lock = read_lock(bibliography, options);
    return complete(bibliography, options, *lock, true);
}

bool kdb_complete_with(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                       kdb_lock_ahead *ahead) {
    kdb_lock *lock = kdb_lock_ahead_take(ahead);
    bool fine = complete(bibliography, options, lock, false);
    kdb_lock_free(lock);
    return fine;
}

bool kdbib_complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options) {
    kdb_lock *lock = read_lock(bibliography, options);
    bool fine = complete(bibliography, options, lock, false);
    kdb_lock_free(lock);
    return fine;
}

static bool may_write(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                      const kdb_lock *lock) {
    if (!kdb_lock_is_writable(lock))
        kdb_report(kdbib_bibliography_context(bibliography), KDBIB_SEVERITY_ERROR, "lock-unwritten",
                   options->lock_file, 0, 0,
                   "nothing was written: repair it first, or rename it to begin a new one");
    return kdb_lock_is_writable(lock);
}

bool kdbib_complete_and_lock(kdbib_bibliography *bibliography,
                             const kdbib_complete_options *options, kdbib_output *output) {
    kdb_lock *lock = NULL;
    bool fine = kdb_complete(bibliography, options, &lock) &&
                may_write(bibliography, options, lock) && kdb_lock_update(lock, bibliography) &&
                kdb_lock_write(lock, output);
    kdb_lock_free(lock);
    return fine;
}

bool kdbib_write(const kdbib_bibliography *bibliography, kdbib_writer *writer) {
    size_t count = kdbib_bibliography_count(bibliography);
    bool share = writer && writer->class->independent && writer->context->threads > 1 &&
                 count >= WORTH_SHARING;
    bool fine = true;
    for (size_t i = 0; fine && i < (share ? 1 : count); i++) {
        kdb_bibliography_pass(bibliography, i, i + 1);
        kdb_bibliography_fetch(bibliography, i);
        fine = kdbib_writer_record(writer, kdbib_bibliography_record(bibliography, i));
    }
    if (share && fine)
        fine = kdb_write_side_by_side(bibliography, writer);
    return kdbib_writer_finish(writer) && fine;
}

kdbib_str kdbib_bundled_list(void) {
    return kdb_embedded(KDBIB_STR("kd-medical-imaging.md"));
}
kdbib_str kdbib_bundled_lock(void) {
    return kdb_embedded(KDBIB_STR("kd-medical-imaging.lock.csv"));
}
