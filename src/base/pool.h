/* Things that the threads of a team need for a while. Who asks gets one that he had before, of
 * those that were given back the last: most of it is still in the cache of his processor. */
#ifndef KDB_POOL_H
#define KDB_POOL_H

#include <stddef.h>

typedef struct kdb_pool kdb_pool;

/* Frees what a thing holds, not itself. */
typedef void kdb_empty_fn(void *thing);

/* Things of `size` bytes, zeroed when they are new. NULL: memory is out. */
kdb_pool *kdb_pool_new(size_t size, kdb_empty_fn *empty);
/* For that worker of the team, less than KDB_MOST_THREADS; a new one when none of his is there.
 * NULL: memory is out. */
void *kdb_pool_take(kdb_pool *pool, unsigned worker);
/* As it is; by any thread. `thing` may be NULL. */
void kdb_pool_give(kdb_pool *pool, void *thing);
/* With the things that were given back, which should be all. May be NULL. */
void kdb_pool_free(kdb_pool *pool);

#endif
