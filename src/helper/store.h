/* The lock while a run finds things: what was found is on disk as soon as it was found. */
#ifndef KDB_STORE_H
#define KDB_STORE_H

#include "lock/lock.h"
#include "lookup/session.h"

typedef struct kdb_store kdb_store;

/* A store for the lock at `path` (borrowed); `lock` is the one that was applied to `bibliography`,
 * `bytes` what to begin with where there is no file (both borrowed). NULL: memory is out. */
kdb_store *kdb_store_new(kdbib_bibliography *bibliography, kdb_lock *lock, const char *path,
                         kdbib_str bytes);
void kdb_store_free(kdb_store *store);

/* The row of record `index` says that it was looked up, or that a person wrote it. */
bool kdb_store_knows(const kdb_store *store, size_t index);
bool kdb_store_is_manual(const kdb_store *store, size_t index);

/* Record `index` was found by `source`. It goes to disk now, or with the next ones when the file is
 * so large that writing it takes long. False: it cannot be written (told). */
bool kdb_store_put(kdb_store *store, size_t index, const char *source);
/* What waits goes to disk; the last call of a run. False: told. */
bool kdb_store_finish(kdb_store *store);
/* Anything was found. */
bool kdb_store_changed(const kdb_store *store);

#endif
