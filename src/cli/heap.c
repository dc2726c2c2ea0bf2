/* What the program asks of the C library's heap; nothing where it is another one than glibc's. */
#include "cli/heap.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes. One huge page is for what every run needs. Another holds up at its first touch whoever
 * needs it, and those who wait for the heap with him; small pages are more often at hand. */
#define HUGE_PAGE ((size_t)2 << 20)
#define EARLY ((size_t)32 << 10) /* what is allocated before a list is read, about */
#define GROWTH (8 << 20)         /* at once: threads that need pages wait while the heap grows */
#define KEPT ((size_t)256 << 20) /* of free memory */
#define LARGE_BLOCK ((size_t)16 << 20) /* goes back to the system as soon as it is freed */

/* How far `address` is from the next huge page. */
static size_t before_huge_page(const char *address) {
    return -(uintptr_t)address & (HUGE_PAGE - 1);
}

void kdb_heap_keep(void) {
#ifdef M_TRIM_THRESHOLD
    char *begin = sbrk(0); /* the heap is to begin so that what is early ends at a huge page */
    (void)sbrk((intptr_t)before_huge_page(begin + EARLY));
    (void)mallopt(M_TRIM_THRESHOLD, KEPT);
    (void)mallopt(M_MMAP_THRESHOLD, KEPT);
    (void)mallopt(M_ARENA_MAX, 1);
    (void)mallopt(M_TOP_PAD, GROWTH);
#endif
}

void kdb_heap_prepare(void) {
#if defined M_TRIM_THRESHOLD && defined MADV_HUGEPAGE && !defined KDB_ARENA_EXACT
    char *all = malloc(2 * HUGE_PAGE); /* only addresses, no memory yet */
    if (all)
        (void)madvise(all + before_huge_page(all), HUGE_PAGE, MADV_HUGEPAGE);
    free(all);
    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
#endif
}
