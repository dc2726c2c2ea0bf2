/* Work on many things of a kind, shared out among the threads of a team: some in a row at a time,
 * side by side; what comes of them is taken in order, by the caller's thread. */
#ifndef KDB_SHARE_H
#define KDB_SHARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/pool.h"

typedef struct kdb_share {
    size_t count; /* of the things */
    size_t step;  /* so many of them at a time */
    size_t size;  /* bytes of what comes of them, a struct: zeroed once, then used again */
    /* Things [from, to) into `result`; several of these go on at once, and while others are taken.
     * `worker` is less than kdb_team_threads(threads). False: memory is out. */
    bool (*work)(void *user, void *result, size_t from, size_t to, unsigned worker);
    /* Takes what became of them. False: no more of it. */
    bool (*take)(void *user, void *result, size_t from, size_t to);
    /* Frees what is in `result`, not itself; it may still be zeroed. */
    kdb_empty_fn *free_result;
    void *user;
} kdb_share;

/* False: one of the functions said so, or memory is out; the rest is not done then. */
bool kdb_share_out(const kdb_share *share, unsigned threads);

#endif
