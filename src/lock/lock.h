/* kdbib.lock.csv: what was looked up once, and the keys that were given. docs/lock-file.md says
 * what the file looks like. */
#ifndef KDB_LOCK_H
#define KDB_LOCK_H

#include "kdbib/kdbib.h"

typedef struct kdb_lock kdb_lock;

/* What kdb_lock_find() gives when there is no row. */
#define KDB_LOCK_NO_ROW UINT32_MAX

/* Reads a lock; no bytes give an empty one. Broken rows are reported with their line; the rest
 * serves. `bytes` are borrowed until kdb_lock_free(): rows that do not change are written as they
 * were. NULL: memory is out, or it is no text (reported). */
kdb_lock *kdb_lock_read(kdbib *context, const char *file, kdbib_str bytes);
void kdb_lock_free(kdb_lock *lock);

/* Fills the records that have a row: the row's values over the list's and the URL's, its key. An
 * empty cell leaves what is there. False: memory is out. */
bool kdb_lock_apply(kdb_lock *lock, kdbib_bibliography *bibliography);

/* True when some row has given this key, in any case of letters, to the record of another canonical
 * URL. */
bool kdb_lock_has_key(const kdb_lock *lock, kdbib_str key, kdbib_str canonical_url);

/* ---- rows ---- */

/* False: merge conflict markers stand in the file, or it is no lock at all (both were reported).
 * Its rows may serve, but nobody should write it. */
bool kdb_lock_is_writable(const kdb_lock *lock);
size_t kdb_lock_row_count(const kdb_lock *lock);
/* The row that kdb_lock_apply() gave to `record` or kdb_lock_put() made for it, or
 * KDB_LOCK_NO_ROW. */
uint32_t kdb_lock_row_of(const kdbib_record *record);
/* The cell of a row in the column of that name, or the absent string. Borrowed until the row
 * changes. */
kdbib_str kdb_lock_cell(const kdb_lock *lock, uint32_t row, kdbib_str column);
/* Changes a cell, and makes the column when it is new. False: memory is out. */
bool kdb_lock_set_cell(kdb_lock *lock, uint32_t row, kdbib_str column, kdbib_str text);
/* A person's row: its `source` is `manual`. Nothing but a person changes it. */
bool kdb_lock_is_manual(const kdb_lock *lock, uint32_t row);

/* ---- writing ---- */

/* What kdb_lock_put() writes about a record. */
typedef struct kdb_lock_change {
    kdbib_basis least;   /* fields from here up to KDBIB_BASIS_SERVICE are written … */
    bool replace;        /* … over what the row has; else only into empty cells */
    const char *source;  /* who says so; NULL: the cell stays */
    const char *checked; /* "2026-11-23"; NULL: the cell stays */
} kdb_lock_change;

/* Gives `record` a row when it has none, pins its key, and writes its fields; a field that was
 * replaced is unverified no longer. A manual row stays as it is. False: memory is out. */
bool kdb_lock_put(kdb_lock *lock, kdbib_record *record, const kdb_lock_change *change);
/* What `kdbib resolve --offline` does: every record has a row with its key and what its URLs tell,
 * and the rows stand in the list's order. */
bool kdb_lock_update(kdb_lock *lock, const kdbib_bibliography *bibliography);
/* Puts the rows into the order of the list; those that no record uses come last. */
bool kdb_lock_sort(kdb_lock *lock, const kdbib_bibliography *bibliography);
/* The whole file. A row that did not change keeps its bytes. Errors of `output` stick to it; false:
 * memory is out. */
bool kdb_lock_write(const kdb_lock *lock, kdbib_output *output);

#endif
