/* What the two ways of reading a URL share: at a glance (glance.c), in full (canonical.c). */
#ifndef KDB_CANONICAL_INSIDE_H
#define KDB_CANONICAL_INSIDE_H

#include "url/canonical.h"
#include "url/tables.h"

/* Reads a URL that is written as most are, and plainly so, as kdb_url_read_in_full() would. False:
 * it is to be read in full. */
bool kdb_url_glance(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text, kdb_url *url);

/* What kdb_url_read() does. */
bool kdb_url_read_in_full(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text,
                          kdb_url *url);

/* The query without what does not name the work. */
kdbib_str kdb_url_clean_query(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str host,
                              kdbib_str raw);

/* The path with the end that the pages of the host have. */
kdbib_str kdb_url_with_right_tail(const kdb_url_tables *tables, kdb_arena *arena,
                                  const kdb_url *url);

#endif
