/* The inside of a bibliography. */
#ifndef KDB_BIBLIOGRAPHY_H
#define KDB_BIBLIOGRAPHY_H

#include "base/arena.h"
#include "kdbib/kdbib.h"

struct kdbib_bibliography {
    kdbib *context;
    kdb_arena arena; /* records, their parts, sections, file names */
    kdbib_record **records;
    size_t count, capacity;
    const struct kdb_origin *origin; /* of the record added last */
    bool keep_parts;                 /* what is united is also kept as it was */
};

#endif
