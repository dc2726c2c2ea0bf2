/* `kdbib check --fix`: which lists change, and putting them in place. */
#ifndef KDB_MEND_H
#define KDB_MEND_H

#include "cli/program.h"

typedef struct kdb_mended_list {
    const char *path, *name; /* as given; as findings call it */
    kdbib_str before, after;
    size_t fixes;
} kdb_mended_list;

typedef struct kdb_mending {
    kdb_program *program;
    kdb_arena arena;
    kdb_mended_list *lists;
    size_t count, capacity;
    size_t fixes; /* of all */
} kdb_mending;

/* Applies the fixes to the bytes of a list, in memory: `*bytes` become the mended ones, which live
 * as long as the mending. False: told. */
bool kdb_mend(kdb_mending *mending, const char *path, const char *name, kdbib_str *bytes);
/* Writes the lists that changed, each whole or not at all, and only if the file is still what was
 * read; standard input's goes to standard output, changed or not. False: told. */
bool kdb_mending_write(kdb_mending *mending);
void kdb_mending_free(kdb_mending *mending);

#endif
