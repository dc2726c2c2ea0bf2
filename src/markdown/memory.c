/* Memory for cmark-gfm: an arena behind cmark's allocator interface. */
#include "markdown/memory.h"

#include <cmark-gfm-core-extensions.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/process.h"

static _Thread_local kdb_cmark_run *current;

/* The size stands before each block, for realloc. */
typedef struct header {
    size_t size;
} header;

static void *fail(void) {
    longjmp(current->out_of_memory, 1);
}

/* cmark asks for very many small blocks: they come out of chunks, which are zeroed at once. In a
 * build that looks for mistakes each is one of the arena, see base/arena.c. */
#ifdef KDB_ARENA_EXACT
#define CHUNK ((size_t)0)
#else
#define CHUNK ((size_t)1536)
#endif

/* `size` zeroed bytes of the arena. */
static void *take_from_arena(size_t size) {
    void *memory = kdb_arena_alloc(current->arena, size);
    return memory ? memset(memory, 0, size) : fail();
}

static void *allocate(size_t size) {
    kdb_cmark_run *run = current;
    header *block;
    if (size > SIZE_MAX - sizeof *block - KDB_ARENA_ALIGNMENT)
        return fail();
    size_t whole = (sizeof *block + size + KDB_ARENA_ALIGNMENT - 1) & ~(KDB_ARENA_ALIGNMENT - 1);
    if (whole > CHUNK / 4) {
        block = take_from_arena(sizeof *block + size);
    } else {
        if ((size_t)(run->end - run->at) < whole) {
            run->at = take_from_arena(CHUNK);
            run->end = run->at + CHUNK;
        }
        block = (header *)(void *)run->at;
        run->at += whole;
    }
    block->size = size;
    return block + 1;
}

static void *cmark_calloc(size_t count, size_t size) {
    return size && count > SIZE_MAX / size ? fail() : allocate(count * size);
}

static void *cmark_realloc(void *old, size_t size) {
    size_t old_size = old ? ((header *)old - 1)->size : 0;
    if (size <= old_size)
        return old;
    void *memory = allocate(size);
    if (old_size)
        memcpy(memory, old, old_size);
    return memory;
}

static void cmark_free(void *memory) {
    (void)memory;
}

static cmark_mem memory_functions = {cmark_calloc, cmark_realloc, cmark_free};

void kdb_cmark_begin(kdb_cmark_run *run) {
    run->outer = current;
    current = run;
}

void kdb_cmark_end(kdb_cmark_run *run) {
    current = run->outer;
}

cmark_mem *kdb_cmark_memory(void) {
    return &memory_functions;
}

/* ---- registration ---- */

static _Thread_local jmp_buf *registration;

static void *lasting_calloc(size_t count, size_t size) {
    void *memory = calloc(count, size);
    if (!memory && registration)
        longjmp(*registration, 1);
    return memory;
}

static void *lasting_realloc(void *old, size_t size) {
    void *memory = realloc(old, size);
    if (!memory && registration)
        longjmp(*registration, 1);
    return memory;
}

/* What is registered outlives every arena, and comes from cmark's own allocator, which aborts. That
 * allocator is a struct that cmark hands out: for this moment its functions are ours. */
static bool register_extensions(void) {
    jmp_buf out_of_memory;
    cmark_mem *own = cmark_get_default_mem_allocator();
    cmark_mem saved = *own;
    registration = &out_of_memory;
    *own = (cmark_mem){lasting_calloc, lasting_realloc, free};
    bool fine = setjmp(out_of_memory) == 0;
    if (fine)
        cmark_gfm_core_extensions_ensure_registered();
    *own = saved;
    registration = NULL;
    return fine;
}

bool kdb_cmark_register(void) {
    kdb_process_lock();
    bool fine = cmark_find_syntax_extension("table") || register_extensions();
    kdb_process_unlock();
    return fine;
}
