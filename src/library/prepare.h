/* What is done with each record before records are compared. */
#ifndef KDB_PREPARE_H
#define KDB_PREPARE_H

#include "record/bibliography.h"
#include "record/kind.h"

/* What is decided when the list, the URLs and the lock have spoken. False: memory is out. */
bool kdb_decide(kdbib *context, kdb_kinds *kinds, kdbib_record *record);
/* The same unless it is decided already; and whether the bibliography is still without keys. */
bool kdb_settle(kdbib_bibliography *bibliography, kdb_kinds *kinds, kdbib_record *record);

/* Drops what is no paper unless `all` are kept, and asks the URLs of the others what they tell
 * unless that was done; records that are settled stay as they are. Without a lock that may speak,
 * `kinds` is there and they are settled in the same walk. False: memory is out. */
bool kdb_prepare(kdbib_bibliography *bibliography, bool all, kdb_kinds *kinds);

#endif
