/* Which DOIs belong to preprint servers (data/preprint-dois.csv). */
#ifndef KDB_PREPRINT_H
#define KDB_PREPRINT_H

#include "base/arena.h"
#include "base/csv.h"

typedef struct kdb_preprint_row {
    kdbib_str prefix; /* in lower case */
    kdbib_str archive;
    bool digit; /* one follows */
} kdb_preprint_row;

typedef struct kdb_preprint_table {
    kdb_preprint_row *rows;
    size_t count;
} kdb_preprint_table;

/* Reads the table into `arena`; false when memory is out. */
bool kdb_preprint_table_read(kdb_arena *arena, kdb_preprint_table *preprints);
/* The server that gave `doi` ("A/B" when it may be either), or the absent string when it is no
 * preprint's. */
kdbib_str kdb_preprint_archive(const kdb_preprint_table *preprints, kdbib_str doi);

#endif
