/* --update: the bibliography of a manuscript gets what is new, and nothing in it changes. */
#ifndef KDB_UPDATE_H
#define KDB_UPDATE_H

#include "cli/lists.h"

typedef struct kdb_update {
    const char *file;
    bool exists;
    kdb_buffer bytes;
    const kdbib_writer_class *class; /* of the file */
} kdb_update;

/* Reads the file of --update and finds out its format. `update` is {0} before; kdb_update_free() in
 * any case. False: told. */
bool kdb_update_begin(kdb_program *program, kdb_update *update);
/* Of the completed lists keeps what the file does not have. False: told. */
bool kdb_update_keep_new(kdb_program *program, const kdb_update *update, kdb_lists *lists);
/* The file and behind it `added`, to `output`. */
void kdb_update_write(const kdb_update *update, kdbib_str added, kdbib_output *output);
void kdb_update_free(kdb_update *update);

#endif
