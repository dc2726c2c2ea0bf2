/* A stack of things, and a lock. */
#include "base/pool.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct kept {
    struct kept *next;
    max_align_t thing[]; /* of pool->size bytes */
} kept;

struct kdb_pool {
    pthread_mutex_t lock;
    size_t size;
    kdb_empty_fn *empty;
    kept *first;
};

kdb_pool *kdb_pool_new(size_t size, kdb_empty_fn *empty) {
    kdb_pool *pool = size <= SIZE_MAX - sizeof(kept) ? calloc(1, sizeof *pool) : NULL;
    if (!pool)
        return NULL;
    if (pthread_mutex_init(&pool->lock, NULL) != 0) {
        free(pool);
        return NULL;
    }
    pool->size = size;
    pool->empty = empty;
    return pool;
}

void *kdb_pool_take(kdb_pool *pool) {
    pthread_mutex_lock(&pool->lock);
    kept *found = pool->first;
    if (found)
        pool->first = found->next;
    pthread_mutex_unlock(&pool->lock);
    if (!found)
        found = calloc(1, sizeof *found + pool->size);
    return found ? found->thing : NULL;
}

void kdb_pool_give(kdb_pool *pool, void *thing) {
    if (!thing)
        return;
    kept *back = (kept *)(void *)((char *)thing - offsetof(kept, thing));
    pthread_mutex_lock(&pool->lock);
    back->next = pool->first;
    pool->first = back;
    pthread_mutex_unlock(&pool->lock);
}

void kdb_pool_free(kdb_pool *pool) {
    if (!pool)
        return;
    for (kept *one = pool->first, *next; one; one = next) {
        next = one->next;
        pool->empty(one->thing);
        free(one);
    }
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}
