/* What kdbib has to say about an input: notes, warnings and errors, each with a stable name. */
#ifndef KDBIB_DIAGNOSTIC_H
#define KDBIB_DIAGNOSTIC_H

#include <stdint.h>

#include "kdbib/str.h"

typedef enum kdbib_severity {
    KDBIB_SEVERITY_NOTE,    /* worth knowing; `kdbib check` lists it, a conversion does not */
    KDBIB_SEVERITY_WARNING, /* something was repaired, left out or doubtful */
    KDBIB_SEVERITY_ERROR,   /* the job, or a part of it, was not done */
} kdbib_severity;

/* A change to the bytes of a file that surely mends what was found. */
typedef struct kdbib_fix {
    size_t offset, size;     /* of the bytes to be replaced; the first byte of the file is 0 */
    const char *replacement; /* "" when they are only to go */
} kdbib_fix;

/* One finding. All strings are NUL-terminated, borrowed, and valid only during the call. */
typedef struct kdbib_diagnostic {
    kdbib_severity severity;
    const char *name;    /* stable, lower case, e.g. "no-doi"; `-W no-NAME` silences it */
    const char *file;    /* as the user named it; NULL when no file is concerned */
    uint32_t line;       /* 1-based; 0 when unknown */
    uint32_t column;     /* 1-based, in bytes; 0 when unknown */
    const char *message; /* one sentence, no newline; may hold bytes of the input */
    uint32_t length;     /* bytes from `column` on that it is about; 0: unknown */
    kdbib_str about; /* words of the input that it is about, in `line` or soon behind it, for who
                        wants to find the column; absent when there are none */
    const kdbib_fix *fix; /* NULL: only a person can tell what is right */
} kdbib_diagnostic;

/* Receives every finding as it is made. `user` is what was given with the handler. */
typedef void kdbib_diagnostic_fn(void *user, const kdbib_diagnostic *diagnostic);

#endif
