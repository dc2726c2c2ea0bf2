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
    bool serves;        /* false: broken in some way, only kept */
    bool canonical;     /* some record has its url, which so is in its present form */
    kdbib_str claimant; /* folded title of the first record that it was applied to */
} kdb_lock_row;

/* What the records of one URL are. */
enum {
    KDB_LOCK_ONE_PAPER = 1, /* their titles agree */
    KDB_LOCK_PAPERS,        /* they do not */
};

struct kdb_lock {
    kdbib *context;
    const char *file;
    kdb_arena arena;
    kdb_lock_column *columns;
    size_t column_count, column_capacity;
    size_t url_column, key_column, title_column; /* SIZE_MAX: it has none */
    kdb_lock_row *rows;
    size_t row_count, row_capacity;
    kdbib_str header;   /* as the file has it, a byte order mark before it included */
    size_t raw_columns; /* raw bytes are right for so many columns */
    uint32_t *order;    /* numbers of all rows as they are to be written; NULL: as they are */
    kdb_index by_url;   /* url as the row has it -> row */
    kdb_index by_canonical;
    bool canonical_ready;
    kdb_index by_key;       /* key in lower case -> row */
    kdb_index titled;       /* urls behind which some row has a title: kdb_lock_record_name() */
    kdb_index shared;       /* canonical URLs that several records have */
    bool conflict, foreign; /* foreign: the header is no lock's */
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
/* Cell number `column` of a row; absent when it has none. */
kdbib_str kdb_lock_row_cell(const kdb_lock_row *row, size_t column);
/* The row named so, in its present or an older canonical form, or KDB_LOCK_NO_ROW. */
uint32_t kdb_lock_find(kdb_lock *lock, kdbib_str name);
/* Remembers the canonical URLs that several records have, before anything is applied. False: memory
 * is out. */
bool kdb_lock_find_shared_urls(kdb_lock *lock, kdbib_bibliography *bibliography);
/* The row for a record that is still as the list and its URL have it, or KDB_LOCK_NO_ROW. */
uint32_t kdb_lock_choose_row(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record);
/* The name under which `record` stands in the lock; `with_title` for a URL that several papers of
 * the list share. The absent string when it has neither URL nor title. */
kdbib_str kdb_lock_record_name(kdb_arena *arena, const kdbib_record *record, bool with_title);

/* ---- changing a row ---- */

/* So many columns can be new in one edit: more than there are default ones. */
#define KDB_EDIT_NEW_COLUMNS 48

/* A row that is open for changes. */
typedef struct kdb_edit {
    kdb_lock *lock;
    kdb_arena *scratch;
    kdbib_str *cells;
    size_t capacity;
    uint32_t row;
    bool changed;
} kdb_edit;

/* Each is false when memory is out. Nothing is changed before kdb_edit_end(). */
bool kdb_edit_begin(kdb_edit *edit, kdb_lock *lock, uint32_t row, kdb_arena *scratch);
kdbib_str kdb_edit_get(const kdb_edit *edit, kdbib_str column);
bool kdb_edit_set(kdb_edit *edit, kdbib_str column, kdbib_str text);
bool kdb_edit_end(kdb_edit *edit);

/* ---- values of cells ---- */

/* A year, month or day within [least, most]; 0 when `text` is none. */
int kdb_lock_number(kdbib_str text, int least, int most);
/* The DOI in a cell, without `https://doi.org/` or `doi:` before it; absent when it is none. */
kdbib_str kdb_lock_doi(kdbib_str text);
bool kdb_lock_is_key(kdbib_str text);

#endif
