/* What the program asks of the C library's heap; nothing where it is another one than glibc's. */
#include "cli/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define SMALL_LIST ((size_t)3 << 19) /* bytes that a list of 100 entries needs */

void kdb_heap_keep(void) {
#ifdef M_TRIM_THRESHOLD
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
    (void)mallopt(M_ARENA_MAX, 1);
#endif
}

void kdb_heap_prepare(void) {
#ifdef MADV_POPULATE_WRITE
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *block = malloc(SMALL_LIST);
    if (!block)
        return;
    size_t before = (page - (uintptr_t)block % page) % page;
    (void)madvise(block + before, (SMALL_LIST - before) / page * page, MADV_POPULATE_WRITE);
    free(block);
#endif
}
