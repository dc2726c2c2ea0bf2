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

static void *allocate(size_t size) {
    header *block = size <= SIZE_MAX - sizeof *block
                        ? kdb_arena_alloc(current->arena, sizeof *block + size)
                        : NULL;
    if (!block)
        return fail();
    block->size = size;
    return block + 1;
}

static void *cmark_calloc(size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        return fail();
    void *memory = allocate(count * size);
    memset(memory, 0, count * size);
    return memory;
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
