/* A bump allocator of growing blocks. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/spool.h"

/* Not in front of its data when that is spooled: to be looked at, it would come back to memory. */
struct kdb_arena_block {
    kdb_arena_block *older;
    char *data;
    size_t size;  /* of the data */
    bool spooled; /* see base/spool.h */
};

#define FIRST_BLOCK ((size_t)16 * 1024)
#define FIRST_ELEMENTS 8 /* of an array that grows */
#define LARGEST_STEP ((size_t)1024 * 1024)
#ifdef KDB_ARENA_EXACT
#define MAY_SPOOL false
#else
#define MAY_SPOOL true
#endif
#define SPOOLED_BLOCK ((size_t)8 * 1024 * 1024) /* more than that is not spooled */

/* Of a block that must hold `least` bytes. In a build that looks for mistakes it holds nothing
 * else: a sanitizer sees where an allocation ends, and tests/torture lets each one fail. */
static size_t block_size(const kdb_arena *arena, size_t least) {
#ifdef KDB_ARENA_EXACT
    (void)arena;
    return least;
#else
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    const size_t step = arena->step ? arena->step : LARGEST_STEP;
    if (size > step)
        size = step;
    return size < least ? least : size;
#endif
}

/* A block of a file, when the arena is so large that it may have one. */
static kdb_arena_block *spooled_block(kdb_arena *arena, size_t least) {
    if (!MAY_SPOOL || !arena->spool_from || arena->total < arena->spool_from ||
        least > SPOOLED_BLOCK)
        return NULL;
    kdb_arena_block *block = malloc(sizeof *block);
    char *data = block ? kdb_spool_new(SPOOLED_BLOCK) : NULL;
    if (!data) {
        arena->spool_from = 0; /* a full disk takes long to say so */
        free(block);
        return NULL;
    }
    if (arena->blocks->spooled)
        kdb_spool_rest(arena->blocks->data, SPOOLED_BLOCK);
    *block = (kdb_arena_block){.data = data, .size = SPOOLED_BLOCK, .spooled = true};
    return block;
}

static kdb_arena_block *common_block(const kdb_arena *arena, size_t least) {
    size_t size = block_size(arena, least);
    kdb_arena_block *block = size <= SIZE_MAX - sizeof *block ? malloc(sizeof *block + size) : NULL;
    if (block)
        *block = (kdb_arena_block){.data = (char *)(block + 1), .size = size};
    return block;
}

static void free_block(kdb_arena_block *block) {
    if (block->spooled)
        kdb_spool_free(block->data, block->size);
    free(block);
}

static bool add_block(kdb_arena *arena, size_t least) {
    kdb_arena_block *block = spooled_block(arena, least);
    if (!block)
        block = common_block(arena, least);
    if (!block) {
        arena->failed = true;
        return false;
    }
    block->older = arena->blocks;
    arena->blocks = block;
    arena->at = block->data;
    arena->end = arena->at + block->size;
    arena->total += block->size;
    arena->spools = arena->spools || block->spooled;
    return true;
}

void kdb_arena_rest(const kdb_arena *arena) {
    if (!arena->spools)
        return;
    for (const kdb_arena_block *block = arena->blocks; block; block = block->older)
        if (block->spooled)
            kdb_spool_rest(block->data, block->size);
}

void *kdb_arena_alloc(kdb_arena *arena, size_t size) {
    if (size > SIZE_MAX - KDB_ARENA_ALIGNMENT) {
        arena->failed = true;
        return NULL;
    }
#ifndef KDB_ARENA_EXACT
    size = (size + KDB_ARENA_ALIGNMENT - 1) & ~(KDB_ARENA_ALIGNMENT - 1);
#endif
    if ((size_t)(arena->end - arena->at) < size && !add_block(arena, size))
        return NULL;
    void *memory = arena->at;
    arena->at += size;
    return memory;
}

void *kdb_arena_array(kdb_arena *arena, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    void *memory = kdb_arena_alloc(arena, count * size);
    if (memory)
        memset(memory, 0, count * size);
    return memory;
}

void *kdb_arena_grow(kdb_arena *arena, void *array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return array;
    size_t larger =
        *capacity ? *capacity <= SIZE_MAX / 2 ? *capacity * 2 : SIZE_MAX : FIRST_ELEMENTS;
    void *copy = kdb_arena_array(arena, larger, size);
    if (!copy)
        return NULL;
    if (count)
        memcpy(copy, array, count * size);
    *capacity = larger;
    return copy;
}

kdbib_str kdb_arena_copy(kdb_arena *arena, kdbib_str text) {
    char *copy = text.size < SIZE_MAX ? kdb_arena_alloc(arena, text.size + 1) : NULL;
    if (!copy)
        return KDBIB_STR("");
    if (text.size)
        memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return (kdbib_str){copy, text.size};
}

kdbib_str kdb_arena_format(kdb_arena *arena, const char *format, ...) {
    char small[256]; /* most texts are: formatted once and copied */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    char *text = size >= 0 ? kdb_arena_alloc(arena, (size_t)size + 1) : NULL;
    if (text && (size_t)size < sizeof small)
        memcpy(text, small, (size_t)size + 1);
    else if (text)
        vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text ? (kdbib_str){text, (size_t)size} : KDBIB_STR("");
}

void kdb_arena_reset(kdb_arena *arena) {
#ifdef KDB_ARENA_EXACT
    bool failed = arena->failed;
    kdb_arena_free(arena);
    arena->failed = failed;
    return;
#endif
    kdb_arena_block *largest = NULL, *older;
    for (kdb_arena_block *block = arena->blocks; block; block = older) {
        older = block->older;
        if (!largest) {
            largest = block;
        } else if (block->size > largest->size) {
            free_block(largest);
            largest = block;
        } else {
            free_block(block);
        }
    }
    arena->blocks = largest;
    arena->total = 0;
    arena->at = arena->end = NULL;
    if (largest) {
        largest->older = NULL;
        arena->total = largest->size;
        arena->at = largest->data;
        arena->end = arena->at + largest->size;
    }
    arena->spools = largest && largest->spooled;
}

void kdb_arena_join(kdb_arena *arena, kdb_arena *other) {
    kdb_arena_block *oldest = other->blocks;
    while (oldest && oldest->older)
        oldest = oldest->older;
    if (oldest && arena->blocks) {
        oldest->older = arena->blocks->older;
        arena->blocks->older = other->blocks;
    } else if (oldest) {
        arena->blocks = other->blocks;
        arena->at = other->at;
        arena->end = other->end;
    }
    arena->total += other->total;
    arena->spools = arena->spools || other->spools;
    arena->failed = arena->failed || other->failed;
    *other = (kdb_arena){0};
}

void kdb_arena_free(kdb_arena *arena) {
    kdb_arena_block *older;
    for (kdb_arena_block *block = arena->blocks; block; block = older) {
        older = block->older;
        free_block(block);
    }
    *arena = (kdb_arena){0};
}
