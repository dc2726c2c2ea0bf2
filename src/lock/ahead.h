/* A lock that is read while its lists are read. */
#ifndef KDB_LOCK_AHEAD_H
#define KDB_LOCK_AHEAD_H

#include "lock/lock.h"

typedef struct kdb_lock_ahead kdb_lock_ahead;

/* Begins to read a lock, in a thread of its own when there is one and the lock is worth it. `file`
 * is borrowed until the lock is taken, `bytes` until that is freed. NULL: memory is out. */
kdb_lock_ahead *kdb_lock_ahead_new(kdbib *context, const char *file, kdbib_str bytes);
/* Waits until the lock is read, once, and tells its findings, which no one has heard before. What
 * it gives is what kdb_lock_read() would give. */
kdb_lock *kdb_lock_ahead_take(kdb_lock_ahead *ahead);
/* Waits, if need be. May be NULL. */
void kdb_lock_ahead_free(kdb_lock_ahead *ahead);

#endif
