/* The files of data/ that are built into the library (see cmake/embed.c). */
#ifndef KDB_EMBEDDED_H
#define KDB_EMBEDDED_H

#include <stdint.h>

#include "kdbib/str.h"

/* The bytes of data/NAME, or the absent string. NUL-terminated. */
kdbib_str kdb_embedded(kdbib_str name);

/* A table that was taken apart when kdbib was built. Cell number i, those of the header first, is
 * at cells + starts[i], NUL-terminated; starts[i + 1] begins the next one. */
typedef struct kdb_embedded_csv {
    const unsigned char *cells;
    const uint32_t *starts, *lines; /* lines: of each row */
    size_t columns, rows;
    /* Rows by the hash of their first cells (kdb_hash_nocase), or of each name in them: see
     * kdb_table_find(). A row's number and one, and above 16 bits the first 16 of the hash; 0:
     * free.
     */
    const uint32_t *slots;
    size_t mask; /* slots - 1, a power of two less one */
} kdb_embedded_csv;

/* The table of an embedded file, by its bytes as kdb_embedded() gave them; NULL for other bytes.
 * kdb_table_read() asks here, so that nothing else has to. */
const kdb_embedded_csv *kdb_embedded_table(kdbib_str bytes);

#endif
