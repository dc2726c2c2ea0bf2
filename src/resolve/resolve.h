/* What a URL alone tells: a DOI, and other fields. Offline. */
#ifndef KDB_RESOLVE_H
#define KDB_RESOLVE_H

#include "kdbib/kdbib.h"

/* Sets KDBIB_CANONICAL_URL from the record's paper link (or its PDF link), the DOI and whatever
 * else the URLs of these two roles tell. A field that the list printed stays. False: memory is out.
 */
bool kdb_resolve_record(kdbib *context, kdbib_record *record);

#endif
