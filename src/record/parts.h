/* What records were before they were united: only where somebody will write it down (jsonl), so
 * that several runs can be put together as if they had been one. */
#ifndef KDB_RECORD_PARTS_H
#define KDB_RECORD_PARTS_H

#include "kdbib/record.h"

typedef struct kdb_part {
    const kdbib_record *record;
    uint32_t position; /* in the bibliography before anything was united, from 0 */
    struct kdb_part *next;
} kdb_part;

typedef struct kdb_united {
    uint32_t position;      /* of the first part */
    kdb_part *first, *last; /* by position; none: it was united with nothing */
} kdb_united;

/* The record as it is now, in the same memory but in no bibliography; NULL: memory is out. */
kdbib_record *kdb_record_copy(const kdbib_record *record);

/* Adds `record`, copied, to `united` if there is nothing in it yet. False: memory is out. */
bool kdb_united_begin(kdb_united *united, const kdbib_record *record, uint32_t position);
/* Moves the parts of `other` behind those of `united`. */
void kdb_united_join(kdb_united *united, kdb_united *other);
/* Puts the parts in order and hangs them onto `record`, which is what became of them. False: memory
 * is out. */
bool kdb_united_finish(const kdb_united *united, kdbib_record *record);

#endif
