/* CSL-JSON's names of the fields that stand there as they are. */
#ifndef KDB_CSL_VARIABLES_H
#define KDB_CSL_VARIABLES_H

#include "kdbib/record.h"

typedef struct kdb_csl_variable {
    const char *name;
    kdbib_field field;
    bool checked; /* a reader looks at what it says before it believes it */
} kdb_csl_variable;

/* In the order in which they are written; the last one has no name. Source: CSL 1.0.2. */
extern const kdb_csl_variable kdb_csl_variables[];

#endif
