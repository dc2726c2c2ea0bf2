/* Inside of the citation reader: what its files share. */
#ifndef KDB_FIELDS_CITATION_INSIDE_H
#define KDB_FIELDS_CITATION_INSIDE_H

#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"

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

/* ---- the title ---- */

typedef struct kdb_title_place {
    kdb_range title;
    size_t authors_end; /* of the authors before it; 0: not known */
} kdb_title_place;

/* Finds the title in r->text. Result: how sure it is that it is the title, 20 (all of the text) to
 * 90. */
unsigned kdb_citation_find_title(kdb_citation_reader *r, kdb_title_place *place);

/* What it tries. False: the citation has not this form. */
typedef bool kdb_title_form(kdb_citation_reader *r, kdb_title_place *place);
kdb_title_form kdb_title_behind_year;     /* "Lee, A. (2015). Title. …" */
kdb_title_form kdb_title_behind_initials; /* "Lee, A., Li, B.: Title. In: Venue" */
kdb_title_form kdb_title_before_bracket;  /* "Title (TIP 2014), Ann Lee, Bo Li." */
kdb_title_form kdb_title_behind_names;    /* "Ann Lee, et al.: Title, ICML 2013" */
kdb_title_form kdb_title_of_one_author;   /* "Ann Lee. A Title of Words, ACL 2005." */
kdb_title_form kdb_title_by_sentences;    /* "Ann Lee, Bo Li. Title. …", "Title. Ann Lee. …" */
kdb_title_form kdb_title_by_phrases;      /* "Title, Ann Lee, ICML 2013", "Ann Lee, Title, ICML" */

#define KDB_MOST_SENTENCES 16
/* Sentences of [from, to): at most so many. */
size_t kdb_citation_sentences(const kdb_citation_reader *r, size_t from, size_t to,
                              kdb_range out[KDB_MOST_SENTENCES]);

static inline bool kdb_citation_is_title(const kdb_citation_reader *r, kdbib_str text,
                                         unsigned least) {
    return kdb_title_score(r->arena, r->fields, text) >= least;
}

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
