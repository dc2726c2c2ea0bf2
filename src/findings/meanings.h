/* What the names of findings mean: the tables of docs/diagnostics.md, which is built in. */
#ifndef KDB_FINDINGS_MEANINGS_H
#define KDB_FINDINGS_MEANINGS_H

#include "kdbib/kdbib.h"

typedef struct kdb_meaning {
    kdbib_severity severity; /* that it has as a rule */
    kdbib_str text;          /* Markdown; not NUL-terminated */
} kdb_meaning;

/* False: the page does not tell it. */
bool kdb_meaning_of(kdbib_str name, kdb_meaning *meaning);

#endif
