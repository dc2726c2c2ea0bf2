/* What the program asks of the C library's heap. */
#ifndef KDB_CLI_HEAP_H
#define KDB_CLI_HEAP_H

/* What one piece of a list, one file or one thread leaves, the next one takes: giving it back to
 * the system in between, and a heap for each thread, cost more than the work. To be called before
 * anything is allocated. */
void kdb_heap_keep(void);

/* Asks for a huge page where lists will be: a small list needs hundreds of common pages, and each
 * of them at its first touch costs as much as reading an entry. Only a hint. */
void kdb_heap_prepare(void);

#endif
