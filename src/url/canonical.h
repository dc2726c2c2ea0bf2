/* One URL, one spelling: the lock's key, the deduplicator's, and what the DOI rules see. */
#ifndef KDB_CANONICAL_H
#define KDB_CANONICAL_H

#include "base/arena.h"
#include "kdbib/str.h"

/* The canonical form of `url` (section by section in canonical.c), in `arena`; the absent string
 * when it is no http, https or ftp URL (a relative path, a mail address). */
kdbib_str kdb_canonical_url(kdb_arena *arena, kdbib_str url);

#endif
