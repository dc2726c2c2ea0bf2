/* The inside of a context. */
#ifndef KDB_CONTEXT_H
#define KDB_CONTEXT_H

#include "base/arena.h"
#include "kdbib/kdbib.h"

typedef struct kdb_added_writer {
    const kdbib_writer_class *class;
    struct kdb_added_writer *next;
} kdb_added_writer;

struct kdb_fields;

struct kdbib {
    kdbib_diagnostic_fn *handler;
    void *handler_user;
    kdb_added_writer *writers;       /* added by the program, newest first */
    const struct kdb_fields *fields; /* word tables, see fields/tables.h; NULL: not yet loaded */
    kdb_arena arena;                 /* lives as long as the context: tables, added writers */
};

#endif
