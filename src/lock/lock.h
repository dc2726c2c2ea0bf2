/* kdbib.lock.csv: what was looked up once, and the keys that were given. */
#ifndef KDB_LOCK_H
#define KDB_LOCK_H

#include "kdbib/kdbib.h"

typedef struct kdb_lock kdb_lock;

/* Reads a lock. Broken rows are reported with their line; the rest serves. NULL: memory is out. */
kdb_lock *kdb_lock_read(kdbib *context, const char *file, kdbib_str bytes);
void kdb_lock_free(kdb_lock *lock);

/* Fills the records that have a row: the row's values over the list's and the URL's, its key. */
bool kdb_lock_apply(const kdb_lock *lock, kdbib_bibliography *bibliography);
/* True when some row has given this key to the record of another canonical URL. */
bool kdb_lock_has_key(const kdb_lock *lock, kdbib_str key, kdbib_str canonical_url);

#endif
