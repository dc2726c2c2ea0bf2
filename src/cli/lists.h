/* The lists that the command line names, read into one bibliography, and their lock. */
#ifndef KDB_LISTS_H
#define KDB_LISTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "cli/program.h"
#include "lock/ahead.h"

/* Sees every list before it is read. */
typedef struct kdb_list_visitor {
    /* `path` is the operand or the file in a folder, `name` what findings call it; `*bytes` may be
     * exchanged for others, which are then read. False: told, or memory is out. */
    bool (*visit)(void *user, const char *path, const char *name, const char *format,
                  kdbib_str *bytes);
    void *user;
} kdb_list_visitor;

typedef struct kdb_lists {
    kdbib_bibliography *bibliography;
    const char *lock_file; /* NULL: no lock; it may not exist when a default or for resolve */
    bool lock_exists;
    kdbib_str lock; /* its bytes */
    bool bundled;   /* no FILE was named */
    bool resolving; /* set before: the lock is to be written, need not exist, and is never built in
                     */
    kdb_list_visitor visitor; /* set before kdb_lists_read(), or {0} */
    kdb_lock **keep_lock;     /* set before kdb_lists_read(): gets the lock that was read, which
                                 the caller frees; or NULL */
    bool keep_parts;          /* set before kdb_lists_complete(): see kdbib_complete_options */
    kdbib_output *new_lock;   /* set before kdb_lists_complete(): takes the new lock; or NULL */
    kdb_lock_ahead *ahead;    /* the lock while it is read, when nobody else wants it */
    kdb_arena arena;
    kdb_buffer lock_bytes;
} kdb_lists;

/* Reads every FILE of the operands, or the bundled list, and finds and reads the lock: --lock, or
 * kdbib.lock.csv beside the first list, or the bundled one; for standard input none. `lists` is {0}
 * before; kdb_lists_free() in any case. False: told. */
bool kdb_lists_read(kdb_program *program, kdb_lists *lists);
/* kdbib_complete() with the options of the command line. False: told; also when nothing is left. */
bool kdb_lists_complete(kdb_program *program, kdb_lists *lists);
void kdb_lists_free(kdb_lists *lists);

/* True when `path` is one of the files that the operands name (or links to one). */
bool kdb_lists_include(const kdb_program *program, const char *path);

#endif
