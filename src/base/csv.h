/* CSV by libcsv (RFC 4180, UTF-8): every data table and the lock file are read here. */
#ifndef KDB_CSV_H
#define KDB_CSV_H

#include <stdint.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "kdbib/str.h"

/* One row. `line` is the line, 1-based, on which it begins. `broken` says that it is no CSV (a
 * stray or unclosed quote); then there are no cells and reading goes on with the next line. Cells
 * are NUL-terminated and valid during the call. Return false to stop. */
typedef bool kdb_csv_row_fn(void *user, const kdbib_str *cells, size_t count, uint32_t line,
                            bool broken);

/* Reads all of `text` (a BOM is skipped, blank lines too). False when memory is out. */
bool kdb_csv_read(kdbib_str text, kdb_csv_row_fn *row, void *user);

/* The same for cells that `delimiter` separates. */
bool kdb_csv_read_delimited(kdbib_str text, char delimiter, kdb_csv_row_fn *row, void *user);

/* A whole table in memory, with a header row. */
typedef struct kdb_table {
    const kdbib_str *header;
    size_t columns;
    const kdbib_str *cells; /* row after row, `columns` cells each; missing ones are absent */
    const uint32_t *lines;  /* of each row */
    size_t rows;
    const kdb_embedded_csv *packed; /* an embedded table's cells stay where they are; else NULL */
} kdb_table;

/* Reads `text` into `arena`. Rows that are broken are left out. False when memory is out. */
bool kdb_table_read(kdb_arena *arena, kdbib_str text, kdb_table *table);
/* Number of the column with that header, or SIZE_MAX. */
size_t kdb_table_column(const kdb_table *table, kdbib_str name);
/* The cell, or the absent string when `column` is SIZE_MAX. */
static inline kdbib_str kdb_table_cell(const kdb_table *table, size_t row, size_t column) {
    if (column >= table->columns)
        return (kdbib_str){NULL, 0};
    if (!table->packed)
        return table->cells[row * table->columns + column];
    const uint32_t *start = table->packed->starts + (row + 1) * table->columns + column;
    return (kdbib_str){(const char *)table->packed->cells + start[0], start[1] - start[0] - 1};
}

/* The rows of a key, one after the other. */
typedef struct kdb_table_walk {
    size_t column; /* where the key is looked for: as a rule the first one */
    size_t at;
    uint64_t hash; /* of the key */
    bool started;
} kdb_table_walk;

/* The next row whose cell in the walk's column is `key`, or SIZE_MAX; upper and lower case are one.
 * A walk starts with {0}, or with a column. One that is called `host` may hold several keys in a
 * cell, parted by blanks, and no "www." counts. By the first column the rows of an embedded table
 * are known since kdbib was built; anything else is walked through. */
size_t kdb_table_find(const kdb_table *table, kdbib_str key, kdb_table_walk *walk);
/* The first row whose first cell is `key`, or SIZE_MAX. */
size_t kdb_table_row(const kdb_table *table, kdbib_str key);
/* The next of the keys in a cell; `*at` starts with 0. False: no more. */
bool kdb_table_key(const kdb_table *table, size_t row, size_t column, size_t *at, kdbib_str *key);

#endif
