/* Writers: one a format. A format is one kdbib_writer_class; kdbib_add_writer() makes it known, or
 * for the formats that kdbib brings, one line in formats/registry.c. */
#ifndef KDBIB_WRITER_H
#define KDBIB_WRITER_H

#include "kdbib/output.h"
#include "kdbib/record.h"

struct kdbib;
typedef struct kdbib_writer kdbib_writer;

/* An option of a format, given as `-O NAME` or `-O NAME=VALUE`. */
typedef struct kdbib_writer_option {
    const char *name; /* lower case, hyphens; the last element of an array has NULL */
    const char *help; /* one line */
} kdbib_writer_option;

/* A format. Everything here is constant and lives as long as the context that knows it. */
typedef struct kdbib_writer_class {
    const char *name;           /* "csl-json" */
    const char *const *aliases; /* NULL-terminated, or NULL: "csljson", … */
    const char *extension;      /* of files, without the dot, or NULL; the first format wins */
    const char *description;    /* one line for `kdbib formats` */
    const kdbib_writer_option *options; /* or NULL */
    bool writes_parts;                  /* it asks for kdbib_record_next_part() */
    size_t state_size;                  /* zeroed memory for kdbib_writer_state(); 0 for none */
    /* What record() writes depends on the record alone, and on whether it is the first; so several
     * threads may write, each with a writer of its own. */
    bool independent;

    /* Each may be NULL but record. They return false when something but the output failed (memory);
     * errors of the output stick to it and need no check. begin comes first, end last; cleanup
     * always, also after a failure. */
    bool (*begin)(kdbib_writer *writer);
    bool (*record)(kdbib_writer *writer, const kdbib_record *record);
    bool (*end)(kdbib_writer *writer);
    void (*cleanup)(kdbib_writer *writer);
} kdbib_writer_class;

/* ---- for those who use a writer ---- */

/* A writer of that class to `output`, which it borrows. NULL when memory is out. */
kdbib_writer *kdbib_writer_new(struct kdbib *context, const kdbib_writer_class *class,
                               kdbib_output *output);
/* Before the first record. False: the class has no such option. `value` may be NULL. Both are
 * borrowed until the writer is freed. */
bool kdbib_writer_set_option(kdbib_writer *writer, const char *name, const char *value);
/* Writes one record; the first call begins the document. False on failure (see the class). */
bool kdbib_writer_record(kdbib_writer *writer, const kdbib_record *record);
/* Ends the document and frees the writer; flushes the output but does not close it. False when
 * anything failed since the writer was made, the output included. `writer` may be NULL (false). */
bool kdbib_writer_finish(kdbib_writer *writer);

/* ---- for those who write one ---- */

void *kdbib_writer_state(kdbib_writer *writer);
kdbib_output *kdbib_writer_output(const kdbib_writer *writer);
struct kdbib *kdbib_writer_context(const kdbib_writer *writer);
/* The value of an option: NULL when it was not given, "" when it was given without a value. */
const char *kdbib_writer_get_option(const kdbib_writer *writer, const char *name);

#endif
