/* Inside of the citation reader: what its files share. */
#ifndef KDB_FIELDS_CITATION_INSIDE_H
#define KDB_FIELDS_CITATION_INSIDE_H

#include "base/strings.h"
#include "fields/citation.h"

typedef struct kdb_citation_reader {
    kdb_arena *arena;
    const kdb_fields *fields;
    const kdb_span *spans;
    size_t count;
    kdbib_str text;
    size_t from, to; /* of the citation itself: without number and notes */
    kdb_citation *out;
} kdb_citation_reader;

typedef struct kdb_range {
    size_t from, to;
} kdb_range;

static inline kdbib_str kdb_citation_part(const kdb_citation_reader *r, size_t from, size_t to) {
    return kdb_trim(kdb_slice(r->text, from, to));
}

/* Finds the title in r->text. `*authors_end`: where the authors before it end, or 0 when it is not
 * known. Result: how sure it is that it is the title, 20 (all of the text) to 90. */
unsigned kdb_citation_find_title(kdb_citation_reader *r, kdb_range *title, size_t *authors_end);

/* ---- what stands around a title ---- */

/* The period at `at` ends a phrase. */
bool kdb_citation_ends_phrase(const kdb_fields *fields, kdbib_str text, size_t at);

/* The usual rest, ", Ann Lee, Bo Li, CVPR 2017.", at a glance. False: it is none, and is to be
 * taken apart by the next function; else the citation is the same. */
bool kdb_citation_rest_glance(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                              kdb_citation *citation);
/* False: memory. */
bool kdb_citation_rest_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                               kdb_citation *citation);

#endif
