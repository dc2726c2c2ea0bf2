/* The inside of a lock. */
#ifndef KDB_LOCK_INSIDE_H
#define KDB_LOCK_INSIDE_H

#include "base/arena.h"
#include "base/index.h"
#include "lock/lock.h"

/* What a column means. The columns of plain text carry a field; others have a kind of their own. */
typedef enum kdb_lock_kind {
    KDB_LOCK_OTHER, /* unknown: kept */
    KDB_LOCK_TEXT,
    KDB_LOCK_URL,
    KDB_LOCK_KEY,
    KDB_LOCK_TYPE,
    KDB_LOCK_TITLE,
    KDB_LOCK_NAMES,
    KDB_LOCK_YEAR,
    KDB_LOCK_MONTH,
    KDB_LOCK_DAY,
    KDB_LOCK_SOURCE,
    KDB_LOCK_UNVERIFIED,
    KDB_LOCK_CHECKED,
    KDB_LOCK_KIND_COUNT
} kdb_lock_kind;

typedef struct kdb_lock_column {
    kdbib_str name;
    kdb_lock_kind kind;
    kdbib_field field;
} kdb_lock_column;

typedef struct kdb_lock_row {
    const char
        *cells;    /* each with its NUL, in the columns' order; at the end some may be missing */
    size_t size;   /* of all cells */
    kdbib_str raw; /* as the file has it; absent when the row is new or was changed */
    kdbib_str url;
    uint32_t line;
    bool serves; /* false: broken in some way, only kept */
    bool claimed;
} kdb_lock_row;

struct kdb_lock {
    kdbib *context;
    const char *file;
    kdb_arena arena;
    kdb_lock_column *columns;
    size_t column_count, column_capacity;
    kdb_lock_row *rows;
    size_t row_count, row_capacity;
    size_t raw_columns; /* raw bytes are right for so many columns; 0: never */
    kdb_index by_url;   /* url as the row has it -> row */
    kdb_index by_canonical;
    bool canonical_ready;
    kdb_index by_key; /* key in lower case -> row */
    kdb_index shared; /* canonical URLs that several records have */
    bool conflict;
    const char *newline;
};

/* The meaning of a column called `name`. */
kdb_lock_column kdb_lock_column_called(kdbib_str name);
/* Column `i` of those that every lock has, or NULL past the last one. */
const char *kdb_lock_default_column(size_t i);
/* Number of the column, or SIZE_MAX. */
size_t kdb_lock_column_of(const kdb_lock *lock, kdbib_str name);
bool kdb_lock_add_column(kdb_lock *lock, kdbib_str name);
kdb_lock_row *kdb_lock_add_row(kdb_lock *lock);
/* Makes the row known by its url and key. */
bool kdb_lock_index_row(kdb_lock *lock, uint32_t row);
/* Cell number `column` of a row. */
kdbib_str kdb_lock_row_cell(const kdb_lock_row *row, size_t column);
/* The name under which `record` stands in the lock; `with_title` for a URL that several papers of
 * the list share. The absent string when it has neither URL nor title. */
kdbib_str kdb_lock_record_name(kdb_arena *arena, const kdbib_record *record, bool with_title);

/* ---- values of cells ---- */

/* A year, month or day within [least, most]; 0 when `text` is none. */
int kdb_lock_number(kdbib_str text, int least, int most);
/* The DOI in a cell, without `https://doi.org/` or `doi:` before it; absent when it is none. */
kdbib_str kdb_lock_doi(kdbib_str text);
bool kdb_lock_is_key(kdbib_str text);

#endif
