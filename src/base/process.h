/* What the libraries that kdbib uses do once a process, and not safely where several threads do it.
 */
#ifndef KDB_PROCESS_H
#define KDB_PROCESS_H

/* Between these two a thread is the only one there. They do not nest. */
void kdb_process_lock(void);
void kdb_process_unlock(void);

#endif
