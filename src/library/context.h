/* The inside of a context. */
#ifndef KDB_CONTEXT_H
#define KDB_CONTEXT_H

#include "base/arena.h"
#include "kdbib/kdbib.h"

typedef struct kdb_added_writer {
    const kdbib_writer_class *class;
    struct kdb_added_writer *next;
} kdb_added_writer;

struct kdb_url_tables;
struct kdb_resolver;
struct kdb_kinds;

struct kdbib {
    kdbib_diagnostic_fn *handler;
    void *handler_user;
    unsigned threads;                  /* that work; 0 and 1: only the caller's */
    kdb_added_writer *writers;         /* added by the program, newest first */
    struct kdb_url_tables *url_tables; /* see url/tables.h; NULL: not yet loaded */
    struct kdb_resolver *resolver;     /* see resolve/resolver.h; likewise */
    struct kdb_kinds *kinds;           /* see record/kind.h; likewise */
    const char *examined; /* a list whose damaged characters were told one by one (see src/check) */
    kdb_arena arena;      /* lives as long as the context: tables, added writers */
};

/* Who hears the findings of a context. */
typedef struct kdb_hearer {
    kdbib_diagnostic_fn *handler; /* NULL: nobody */
    void *user;
} kdb_hearer;

/* Another hears them from now on; who did before. */
kdb_hearer kdb_set_hearer(kdbib *context, kdb_hearer hearer);

#endif
