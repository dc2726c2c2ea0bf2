/* What the program asks of the C library's heap. */
#ifndef KDB_CLI_HEAP_H
#define KDB_CLI_HEAP_H

/* What one piece of a list, one file or one thread leaves, the next one takes: giving it back to the
 * system in between, and a heap for each thread, cost more than the work. To be called before
 * anything is allocated. */
void kdb_heap_keep(void);

/* Takes the pages that a small list needs from the system at once: one by one, each at its first
 * touch, they cost a fifth of the time that such a list takes. Only a hint. */
void kdb_heap_prepare(void);

#endif
