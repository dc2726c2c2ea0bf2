/* Records that were made elsewhere, by another thread, move into a bibliography. */
#ifndef KDB_RECORD_MOVE_H
#define KDB_RECORD_MOVE_H

#include "kdbib/bibliography.h"
#include "record/record.h"

/* The section of the bibliography that a section of the record is. */
typedef const kdbib_section *kdb_section_there_fn(const kdbib_section *here);

/* The record as it is in memory of `origin`, in one piece. NULL: memory is out. */
kdbib_record *kdb_record_move(const kdbib_record *record, const kdb_origin *origin,
                              kdb_section_there_fn *there);

/* Appends the record as one from that file; it is copied. NULL: memory is out. */
kdbib_record *kdb_bibliography_take(kdbib_bibliography *bibliography, const kdbib_record *record,
                                    const char *file, kdb_section_there_fn *there);

#endif
