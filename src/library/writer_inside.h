/* The inside of a writer. */
#ifndef KDB_WRITER_INSIDE_H
#define KDB_WRITER_INSIDE_H

#include "kdbib/kdbib.h"

#define LARGEST_OPTIONS 32

struct kdbib_writer {
    kdbib *context;
    const kdbib_writer_class *class;
    kdbib_output *output;
    void *state;
    const char *values[LARGEST_OPTIONS]; /* one for each option of the class */
    bool begun, failed;
};

/* Writes records [1, count) of the bibliography behind the first one, which is written; several
 * threads make the bytes, in pieces. False: something but the output failed. */
bool kdb_write_side_by_side(const kdbib_bibliography *bibliography, kdbib_writer *writer);

#endif
