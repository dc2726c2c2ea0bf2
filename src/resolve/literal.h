/* A DOI that stands in a text, and what publishers append to it. */
#ifndef KDB_LITERAL_H
#define KDB_LITERAL_H

#include "base/arena.h"
#include "base/csv.h"
#include "url/canonical.h"

/* data/doi-tails.csv: what is cut off. A "segment" is the last part of the path ("abstract"), an
 * "ending" what is behind its last full stop (".pdf"). */
typedef struct kdb_tails {
    kdb_arena arena;
    kdb_table table;
    size_t kind, where; /* its columns */
    kdbib_str *prefixes, *cuts;
    size_t prefix_count, cut_count;
} kdb_tails;

bool kdb_tails_read(kdb_tails *tails, kdbib_str csv);
void kdb_tails_free(kdb_tails *tails);

/* The first DOI in the URL's path, query or fragment, without tails; absent when there is none.
 * Borrowed from the URL or the arena. `*registrant` is its part up to the slash, "10.1109". */
kdbib_str kdb_literal_doi(const kdb_tails *tails, kdb_arena *arena, const kdb_url *url,
                          kdbib_str *registrant);

#endif
