/* A bump allocator of growing blocks. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/spool.h"

struct kdb_arena_block {
    kdb_arena_block *older;
    size_t size;  /* of the data behind the header */
    bool spooled; /* see base/spool.h; then it begins a page, and with its header ends one */
};

#define FIRST_BLOCK ((size_t)16 * 1024)
#define LARGEST_STEP ((size_t)1024 * 1024)
#ifdef KDB_ARENA_EXACT
#define MAY_SPOOL false
#else
#define MAY_SPOOL true
#endif
#define SPOOLED_BLOCK                                                                              \
    ((size_t)8 * 1024 * 1024) /* with its header; more than that is not spooled                    \
                               */

static char *block_data(kdb_arena_block *block) {
    return (char *)(block + 1);
}

/* Of a block that must hold `least` bytes. In a build that looks for mistakes it holds nothing
 * else: a sanitizer sees where an allocation ends, and tests/torture lets each one fail. */
static size_t block_size(const kdb_arena *arena, size_t least) {
#ifdef KDB_ARENA_EXACT
    (void)arena;
    return least;
#else
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    return size < least ? least : size;
#endif
}

/* A block of a file, when the arena is so large that it may have one. */
static kdb_arena_block *spooled_block(kdb_arena *arena, size_t least, size_t *size) {
    if (!MAY_SPOOL || !arena->spool_from || arena->total < arena->spool_from ||
        least > SPOOLED_BLOCK - sizeof(kdb_arena_block))
        return NULL;
    kdb_arena_block *block = kdb_spool_new(SPOOLED_BLOCK);
    if (!block) {
        arena->spool_from = 0; /* a full disk takes long to say so */
        return NULL;
    }
    kdb_arena_rest(arena);
    *size = SPOOLED_BLOCK - sizeof *block;
    block->spooled = true;
    return block;
}

static kdb_arena_block *common_block(const kdb_arena *arena, size_t least, size_t *size) {
    *size = block_size(arena, least);
    kdb_arena_block *block =
        *size <= SIZE_MAX - sizeof *block ? malloc(sizeof *block + *size) : NULL;
    if (block)
        block->spooled = false;
    return block;
}

static void free_block(kdb_arena_block *block) {
    if (block->spooled)
        kdb_spool_free(block, SPOOLED_BLOCK);
    else
        free(block);
}

static bool add_block(kdb_arena *arena, size_t least) {
    size_t size;
    kdb_arena_block *block = spooled_block(arena, least, &size);
    if (!block)
        block = common_block(arena, least, &size);
    if (!block) {
        arena->failed = true;
        return false;
    }
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->at = block_data(block);
    arena->end = arena->at + size;
    arena->total += size;
    return true;
}

void kdb_arena_rest(const kdb_arena *arena) {
    for (kdb_arena_block *block = arena->blocks, *older; block; block = older) {
        older = block->older;
        if (block->spooled)
            kdb_spool_rest(block, SPOOLED_BLOCK);
    }
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
        arena->at = block_data(largest);
        arena->end = arena->at + largest->size;
    }
}

void kdb_arena_free(kdb_arena *arena) {
    kdb_arena_block *older;
    for (kdb_arena_block *block = arena->blocks; block; block = older) {
        older = block->older;
        free_block(block);
    }
    *arena = (kdb_arena){0};
}
