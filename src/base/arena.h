/* One allocation idea: memory that is freed at once. A failure sticks (kdb_arena_failed), so that a
 * chain of steps is checked at its end; the functions that give structs still return NULL. */
#ifndef KDB_ARENA_H
#define KDB_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "kdbib/str.h"

typedef struct kdb_arena_block kdb_arena_block;

typedef struct kdb_arena {
    kdb_arena_block *blocks; /* newest first */
    char *at, *end;          /* free part of the newest block */
    size_t total;            /* bytes of all blocks */
    size_t spool_from; /* with so many in memory the next blocks are spooled; 0: never, or it was
                          tried */
    size_t step;       /* bytes of a block at most, unless one allocation takes more; 0: many */
    bool spools;       /* some block is */
    bool failed;
} kdb_arena;

/* An empty arena is {0}. */

#define KDB_ARENA_ALIGNMENT ((size_t)8)

/* `size` bytes, aligned for any type of at most 8 bytes' alignment, not zeroed; NULL on failure. */
void *kdb_arena_alloc(kdb_arena *arena, size_t size);
/* `count` zeroed elements of `size` bytes; NULL on failure or overflow. */
void *kdb_arena_array(kdb_arena *arena, size_t count, size_t size);
/* Room for one more element of `size` bytes behind the `count` of an array that grows: `array`, or,
 * when *capacity is reached, a larger copy, and *capacity is what that holds. NULL on failure or
 * overflow; nothing has changed then. */
void *kdb_arena_grow(kdb_arena *arena, void *array, size_t count, size_t *capacity, size_t size);
/* A NUL-terminated copy; the absent string (data "") on failure. */
kdbib_str kdb_arena_copy(kdb_arena *arena, kdbib_str text);
/* Like snprintf into the arena. */
kdbib_str kdb_arena_format(kdb_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline bool kdb_arena_failed(const kdb_arena *arena) {
    return arena->failed;
}
/* What is spooled (base/spool.h) takes no memory until it is looked at again. Not while another
 * thread allocates. */
void kdb_arena_rest(const kdb_arena *arena);
/* Forgets everything but a failure; keeps the largest block for reuse. */
void kdb_arena_reset(kdb_arena *arena);
/* Takes over what `other`, which is empty then, holds: it stays where it is. The arena goes on in
 * its own newest block. */
void kdb_arena_join(kdb_arena *arena, kdb_arena *other);
/* Frees everything; the arena is empty again. */
void kdb_arena_free(kdb_arena *arena);

#endif
