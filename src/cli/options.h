/* The command line, read once. */
#ifndef KDB_OPTIONS_H
#define KDB_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/team.h"

/* Of --jobs. */
#define KDB_MOST_JOBS KDB_MOST_THREADS

/* Arguments of an option that may be given several times, in order. */
typedef struct kdb_values {
    const char **items;
    size_t count;
} kdb_values;

typedef struct kdb_options {
    const char *from, *to;   /* NULL: not given */
    const char *update;      /* the bibliography that gets what is new */
    const char *files0_from; /* names of FILEs, parted by NUL */
    const char *output;      /* NULL or "-": standard output */
    const char *lock;        /* NULL: the default */
    const char *rules;
    const char *mailto;
    bool no_lock, frozen, strict, all, prefer_preprint, offline, explain, dry_run, quiet, verbose;
    bool pages, interactive, refresh, json, no_cache, online, fix;
    const char *level; /* error, warning, note */
    const char *timeout;
    unsigned jobs;             /* threads; 0: one for each processor */
    kdb_values writer_options; /* NAME or NAME=VALUE */
    kdb_values warnings;       /* no-NAME, NAME, error */
    kdb_values services;       /* NAME=URL */
    kdb_values with;           /* bibliographies of the user */
    char *const *operands;     /* FILEs or URLs */
    size_t operand_count;
    const char **memory;     /* of all values */
    struct kdb_names *names; /* of --files0-from */
} kdb_options;

/* Which commands take an option; bits. */
enum {
    KDB_CONVERT = 1,
    KDB_DOI = 2,
    KDB_RESOLVE = 4,
    KDB_CHECK = 8,
    KDB_FORMATS = 16,
};

typedef enum kdb_options_result {
    KDB_OPTIONS_FINE,
    KDB_OPTIONS_HELP,    /* --help was asked for */
    KDB_OPTIONS_VERSION, /* --version was asked for */
    KDB_OPTIONS_WRONG,   /* told on standard error */
} kdb_options_result;

/* Reads the arguments behind the name of the program (and the command's, if it was given) for
 * `command`, one of the bits above. `options` is {0} before, and borrows from `argv`;
 * kdb_options_free() in any case. */
kdb_options_result kdb_options_read(kdb_options *options, int argc, char **argv, unsigned command);
void kdb_options_free(kdb_options *options);

#endif
