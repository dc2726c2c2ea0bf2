/* Citation strings taken apart: ACM, APA, MLA, Chicago, IEEE, GB/T 7714, and the home-made kinds
 * "Title. Authors. Venue Year", "Authors. Title. Venue, Year.", "Title, Authors, Venue Year". */
#ifndef KDB_FIELDS_CITATION_H
#define KDB_FIELDS_CITATION_H

#include "fields/names.h"
#include "fields/span.h"
#include "fields/venue.h"

typedef struct kdb_citation {
    kdbib_str title; /* slice of the joined text, [title_from, title_to) of it */
    size_t title_from, title_to;
    kdb_name_list authors;
    kdb_name_list editors;
    kdb_venue venue; /* date, volume, pages, DOI too */
    unsigned score;  /* 0 to 100 that the text is a citation and was read rightly */
    bool doubtful;   /* what was taken for names before the title may be the begin of it */
} kdb_citation;

/* Reads a citation. Bold, italics, quotes and links often mark the title; they are evidence, not
 * needed. Numbers before it ("[12]", "3.") and notes behind it are dropped. False: memory. */
bool kdb_citation_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                        size_t count, kdb_citation *citation);

/* What stands around a title that is known already: `text` is everything behind (or before) it, as
 * ", Wang et al., Arxiv 2021" or "by A. Lee and B. Li, 2022." or ". Lee A, Li B. CVPR 2021". Fills
 * authors and venue; the score says how much of the text was understood, 100: all of it. */
bool kdb_citation_parse_rest(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                             size_t count, kdb_citation *citation);

#endif
