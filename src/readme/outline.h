/* The outline of one list: the sections that are open, what was read in them, and how the steps of
 * its pieces become sections and records. */
#ifndef KDB_OUTLINE_H
#define KDB_OUTLINE_H

#include "readme/readme.h"
#include "readme/step.h"

typedef struct kdb_open_section {
    const kdbib_section *section;
    kdb_heading heading;      /* its title is gone */
    uint32_t entries, papers; /* read in it so far */
    kdbib_record **doubtful;  /* papers only if the others of the section are */
    size_t doubtful_count, doubtful_capacity;
} kdb_open_section;

typedef struct kdb_outline {
    kdbib_bibliography *bibliography;
    const char *file;
    kdb_record_read_fn *record_read; /* or NULL */
    kdb_arena arena;
    kdb_open_section sections[KDB_DEEPEST_SECTION];
    size_t count; /* of the sections that are open */
    kdbib_section *document_title;
    unsigned level_1_headings;
    size_t entries; /* read so far */
} kdb_outline;

/* Of the levels in `asked`: those for which the nearest section above that level (the nearest of
 * all for the highest bit) says that nothing below it is an entry. */
kdb_levels kdb_outline_nothing(const kdb_outline *outline, kdb_levels asked);
/* Takes the steps of the next piece; findings go to the bibliography's context. False: memory. */
bool kdb_outline_take(kdb_outline *outline, const kdb_step_list *steps);
/* After the last piece: all sections end. */
void kdb_outline_end(kdb_outline *outline);
void kdb_outline_free(kdb_outline *outline);

/* ---- for those who make records ---- */

/* draft_record.c; false: memory. */
bool kdb_draft_to_record(kdb_outline *outline, kdb_draft *draft);
/* Keeps `record`, which is none, to be asked again when all entries of the section are read. */
bool kdb_outline_doubt(kdb_outline *outline, kdbib_record *record);
/* paper.c: how much speaks for a paper, 0 to 100, 50: even. `*type` what else it is. */
unsigned kdb_draft_is_paper(const kdb_outline *outline, const kdb_draft *draft, kdbib_type *type);
/* Nothing speaks against a paper but that little speaks for it. */
bool kdb_draft_may_be_paper(const kdb_outline *outline, const kdb_draft *draft, unsigned sure);

#endif
