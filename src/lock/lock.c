/* Reading a lock and applying it. */
#include "lock/lock.h"

#include <stdlib.h>

struct kdb_lock {
    kdbib *context;
};

kdb_lock *kdb_lock_read(kdbib *context, const char *file, kdbib_str bytes) {
    (void)file, (void)bytes;
    kdb_lock *lock = calloc(1, sizeof *lock);
    if (lock)
        lock->context = context;
    return lock;
}

void kdb_lock_free(kdb_lock *lock) { free(lock); }

bool kdb_lock_apply(const kdb_lock *lock, kdbib_bibliography *bibliography) {
    (void)lock, (void)bibliography;
    return true;
}

bool kdb_lock_has_key(const kdb_lock *lock, kdbib_str key, kdbib_str canonical_url) {
    (void)lock, (void)key, (void)canonical_url;
    return false;
}
