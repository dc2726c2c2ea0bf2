/* What the commands share. A command is one file in this folder and one line in main.c. */
#ifndef KDB_PROGRAM_H
#define KDB_PROGRAM_H

#include "cli/diagnostics.h"
#include "cli/options.h"
#include "kdbib/kdbib.h"

/* Exit statuses of every command. */
enum {
    KDB_DONE = 0,
    KDB_FELL_SHORT = 1, /* done, but not to the end that the user asked for */
    KDB_NOT_DONE = 2,
};

typedef struct kdb_program {
    kdbib *context;
    const kdb_options *options;
    kdb_diagnostics *diagnostics; /* takes what the context reports */
    char **arguments; /* the command's name and what followed it, for a program that goes on */
} kdb_program;

typedef struct kdb_command {
    const char *name;
    unsigned bit;                     /* its options: KDB_CONVERT, …; see options.c */
    const char *help;                 /* a screen of text */
    int (*run)(kdb_program *program); /* gives the exit status */
} kdb_command;

extern const kdb_command kdb_convert_command, kdb_doi_command, kdb_check_command,
    kdb_formats_command, kdb_resolve_command;

#endif
