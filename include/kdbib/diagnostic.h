/* What kdbib has to say about an input: notes, warnings and errors, each with a stable name. */
#ifndef KDBIB_DIAGNOSTIC_H
#define KDBIB_DIAGNOSTIC_H

#include <stdint.h>

typedef enum kdbib_severity {
    KDBIB_SEVERITY_NOTE,    /* worth knowing; `kdbib check` lists it, a conversion does not */
    KDBIB_SEVERITY_WARNING, /* something was repaired, left out or doubtful */
    KDBIB_SEVERITY_ERROR,   /* the job, or a part of it, was not done */
} kdbib_severity;

/* One finding. All strings are NUL-terminated, borrowed, and valid only during the call. */
typedef struct kdbib_diagnostic {
    kdbib_severity severity;
    const char *name;    /* stable, lower case, e.g. "no-doi"; `-W no-NAME` silences it */
    const char *file;    /* as the user named it; NULL when no file is concerned */
    uint32_t line;       /* 1-based; 0 when unknown */
    uint32_t column;     /* 1-based, in bytes; 0 when unknown */
    const char *message; /* one sentence, no newline; may hold bytes of the input */
} kdbib_diagnostic;

/* Receives every finding as it is made. `user` is what was given with the handler. */
typedef void kdbib_diagnostic_fn(void *user, const kdbib_diagnostic *diagnostic);

#endif
