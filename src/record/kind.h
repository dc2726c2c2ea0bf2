/* What kind of work a record is, as far as its venue and its identifiers tell. */
#ifndef KDB_KIND_H
#define KDB_KIND_H

#include "kdbib/kdbib.h"

/* The tables that tell. */
typedef struct kdb_kinds kdb_kinds;

/* Those of the context, loaded when they are first asked for; NULL: memory is out. */
kdb_kinds *kdb_kinds_of(kdbib *context);
void kdb_kinds_free(kdb_kinds *kinds);

/* Gives type, event title or container title to a record whose venue is known (data/venues.csv) or
 * says what it is ("Journal of …", "PhD thesis": data/venue-words.csv); what has an arXiv id or the
 * DOI of a preprint server, and no other venue, is a preprint. What the URL told stays, but a
 * published venue in the list makes a preprint a paper. Nothing is guessed: the rest stays
 * KDBIB_TYPE_DOCUMENT. False: memory is out. */
bool kdb_decide_kind(kdb_kinds *kinds, kdbib_record *record);
/* The same for every record. */
bool kdb_decide_kinds(kdbib_bibliography *bibliography);

#endif
