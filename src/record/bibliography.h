/* The inside of a bibliography. */
#ifndef KDB_BIBLIOGRAPHY_H
#define KDB_BIBLIOGRAPHY_H

#include "base/arena.h"
#include "kdbib/kdbib.h"
#include "record/record.h"

/* Records from one index up to another. */
typedef struct kdb_range {
    size_t from, to;
} kdb_range;

struct kdbib_bibliography {
    kdbib *context;
    kdb_arena arena; /* records, their parts, sections, file names */
    kdbib_record **records;
    size_t count, capacity;
    kdb_range *open; /* in order: all records outside of these were settled as they were read */
    size_t open_count, open_capacity;
    kdb_origin *origin; /* of the record added last */
    bool keep_parts;    /* what is united is also kept as it was */
    bool keyless;       /* no record has a key: so it was found to be */
};

/* Room for one more record, and `origin` is that of `file`. False: memory is out. */
bool kdb_bibliography_make_room(kdbib_bibliography *bibliography, const char *file);

/* Adds a record for which there is room. */
void kdb_bibliography_add(kdbib_bibliography *bibliography, kdbib_record *record);
/* The record added last is settled, and has no key. */
void kdb_bibliography_settled_last(kdbib_bibliography *bibliography);
/* Whatever was settled: every record is to be looked at again. */
void kdb_bibliography_reopen(kdbib_bibliography *bibliography);

/* Moves all records of `other`, which were read from one file, behind those of the bibliography,
 * and frees it; the records stay where they are. False: memory is out. */
bool kdb_bibliography_join(kdbib_bibliography *bibliography, kdbib_bibliography *other);
/* New records rest in files: those of another bibliography would take memory instead. */
bool kdb_bibliography_is_spooled(const kdbib_bibliography *bibliography);

/* Whoever goes over the records in order says here that he comes from record `before` to record
 * `index`, unless another thread adds to records: of a large bibliography those that were looked at
 * need not stay in memory. */
static inline void kdb_bibliography_pass(const kdbib_bibliography *bibliography, size_t before,
                                         size_t index) {
    const size_t often = 8192; /* records; not for each, as it is no small matter */
    if (before / often != index / often)
        kdb_arena_rest(&bibliography->arena);
}

/* Whoever goes over the records in order, and looks at each only for a moment, says here that he is
 * at record `index`: one ahead of him is fetched. */
static inline void kdb_bibliography_fetch(const kdbib_bibliography *bibliography, size_t index) {
    const size_t ahead = 8;
    if (index + ahead < bibliography->count)
        kdb_record_fetch(bibliography->records[index + ahead]);
}
/* The same for whoever looks at what is not in cells. */
static inline void kdb_bibliography_fetch_head(const kdbib_bibliography *bibliography,
                                               size_t index) {
    const size_t ahead = 16;
    if (index + ahead < bibliography->count)
        kdb_record_fetch_head(bibliography->records[index + ahead]);
}

#endif
