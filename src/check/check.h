/* The linter of paper lists. What is wrong with the file of a list is told from its bytes, with
 * fixes; what is wrong with its entries and its lock from the records. A new kind of finding is a
 * file beside this one and a line in registry.c. */
#ifndef KDB_CHECK_H
#define KDB_CHECK_H

#include "base/arena.h"
#include "base/buffer.h"
#include "lock/lock.h"

/* Reports what is wrong with the bytes of a Markdown list. False: memory is out. */
bool kdb_check_bytes(kdbib *context, const char *file, kdbib_str bytes);

/* The same, but only of what may have a fix. */
bool kdb_check_fixable(kdbib *context, const char *file, kdbib_str bytes);

/* What an entry was before the lock filled it. */
typedef struct kdb_check_entry {
    const kdbib_record *record;
    kdbib_str title; /* as the list has it */
    kdbib_str link;  /* of the paper, likewise */
    bool raised;     /* its title has superscripts or subscripts */
} kdb_check_entry;

/* The records of all lists. */
typedef struct kdb_check_records {
    kdbib *context;
    const kdbib_bibliography *bibliography;
    kdb_check_entry *entries; /* in the lists' order, duplicates too */
    size_t entry_count;
    kdbib_str *other_links; /* of what is no paper */
    size_t other_count;
    kdb_lock *lock; /* NULL before it was read */
    const char *lock_file;
    bool all; /* what is no paper is looked at, too */
    kdb_arena arena;
} kdb_check_records;

/* Between kdbib_read() and kdb_complete(): notes what the lists say, and reports what can be told
 * of that alone. `records` has its context and bibliography, and is freed by kdb_check_free() in
 * any case. False: memory is out. */
bool kdb_check_entries(kdb_check_records *records);
/* Behind kdb_complete(), with the lock set: reports the rest. False: memory is out. */
bool kdb_check_completed(kdb_check_records *records);
void kdb_check_free(kdb_check_records *records);

/* ---- fixes ---- */

/* True: this finding's fix is not wanted. */
typedef bool kdb_fix_filter(void *user, const kdbib_diagnostic *finding);

/* Applies the fixes of a list until there are none left; `*count` is how many. Of two that overlap
 * the first is applied, and the second when it is still found. `mended` is cleared before. The
 * context hears of no finding. False: memory is out. */
bool kdb_fix_list(kdbib *context, const char *file, kdbib_str bytes, kdb_fix_filter *skip,
                  void *user, kdb_buffer *mended, size_t *count);

/* Lines of a list, from `first` up to `end`, that line not included. */
typedef struct kdb_line_range {
    uint32_t first, end;
} kdb_line_range;

/* Do both lists yield the same: titles, authors, dates, DOIs, links in canonical form? `*entry` is
 * set to the lines of the first entry that differs; none when it is the entries' number. The
 * context hears of no finding. False: memory is out. */
bool kdb_fix_is_safe(kdbib *context, const char *file, kdbib_str before, kdbib_str after,
                     bool *safe, kdb_line_range *entry);

#endif
