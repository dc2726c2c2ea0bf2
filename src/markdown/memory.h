/* Memory for cmark-gfm: everything of one piece comes out of one arena. */
#ifndef KDB_MARKDOWN_MEMORY_H
#define KDB_MARKDOWN_MEMORY_H

#include <cmark-gfm.h>
#include <setjmp.h>

#include "base/arena.h"

/* cmark's allocator has no user pointer and may not fail. So the arena in use stands in a variable
 * of the thread while cmark runs, and a failure jumps out of it. */
typedef struct kdb_cmark_run {
    kdb_arena *arena;
    char *at, *end;        /* of the arena, zeroed and not yet given out */
    jmp_buf out_of_memory; /* set by the caller before cmark is called */
    struct kdb_cmark_run *outer;
} kdb_cmark_run;

/* Between these two, kdb_cmark_memory() allocates from `run->arena`. */
void kdb_cmark_begin(kdb_cmark_run *run);
void kdb_cmark_end(kdb_cmark_run *run);
cmark_mem *kdb_cmark_memory(void);

/* Has cmark register its extensions, once a process. cmark would abort when memory is out; this
 * returns false. */
bool kdb_cmark_register(void);

#endif
