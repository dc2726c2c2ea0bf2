/* The small tables that rules look things up in: data/NAME.csv, loaded when first asked for.
 *
 * The first column is the key, compared without case. A table with columns `from` and `to` is one
 * of ranges: a key and a number are looked up together. Any other column may be asked for. */
#ifndef KDB_LOOKUP_H
#define KDB_LOOKUP_H

#include "base/arena.h"
#include "base/csv.h"

typedef struct kdb_lookup {
    kdbib_str name;
    kdb_table table;
    size_t from, to; /* columns of ranges; SIZE_MAX when it has none */
    struct kdb_lookup *older;
} kdb_lookup;

typedef struct kdb_lookups {
    kdb_arena arena;
    kdb_lookup *newest;
} kdb_lookups;

/* The table, or NULL: there is none of that name, or memory is out (kdb_arena_failed). */
const kdb_lookup *kdb_lookup_table(kdb_lookups *lookups, kdbib_str name);
/* The cell of `column`; absent when the key is not there. `number` is for tables of ranges. */
kdbib_str kdb_lookup_cell(const kdb_lookup *table, size_t column, kdbib_str key, kdbib_str number);
void kdb_lookups_free(kdb_lookups *lookups);

/* The number that `digits` are; false when they are none or too many. */
bool kdb_read_number(kdbib_str digits, uint32_t *number);

#endif
