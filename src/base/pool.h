/* Things that threads need for a while, made when there is none. Who asks gets the one that was
 * given back last: most of it is still in a processor's cache. */
#ifndef KDB_POOL_H
#define KDB_POOL_H

#include <stddef.h>

typedef struct kdb_pool kdb_pool;

/* Frees what a thing holds, not itself. */
typedef void kdb_empty_fn(void *thing);

/* Things of `size` bytes, zeroed when they are new. NULL: memory is out. */
kdb_pool *kdb_pool_new(size_t size, kdb_empty_fn *empty);
/* Of any thread. NULL: memory is out. */
void *kdb_pool_take(kdb_pool *pool);
/* As it is; of any thread. `thing` may be NULL. */
void kdb_pool_give(kdb_pool *pool, void *thing);
/* With the things that were given back, which should be all. May be NULL. */
void kdb_pool_free(kdb_pool *pool);

#endif
