/* What the steps of kdb_venue_parse() share: the phrase, from which each erases what it understood.
 */
#ifndef KDB_VENUE_PHRASE_H
#define KDB_VENUE_PHRASE_H

#include "base/strings.h"
#include "fields/venue.h"
#include "fields/word.h"

#define KDB_LONGEST_PHRASE ((size_t)600) /* anything longer is prose */
#define KDB_ERASED '\x03'

typedef struct kdb_phrase {
    const kdb_fields *fields;
    kdb_arena *arena;
    char text[KDB_LONGEST_PHRASE + 1];
    size_t size;
    kdb_venue *venue;
    bool dated, numbered, lead; /* lead: the date came first */
} kdb_phrase;

static inline kdbib_str kdb_phrase_text(const kdb_phrase *p) {
    return (kdbib_str){p->text, p->size};
}

static inline void kdb_phrase_erase(kdb_phrase *p, size_t from, size_t to) {
    memset(p->text + from, KDB_ERASED, to - from);
}

/* A blank, bracket or sign that parts words. */
static inline bool kdb_phrase_is_edge(char c) {
    return kdb_has_class(c, KDB_EDGE);
}
/* "CVPR", "arXiv": written as no plain word is. */
static inline bool kdb_phrase_is_acronym(kdbib_str word) {
    for (size_t i = 1; i < word.size; i++)
        if (kdb_is_upper(word.data[i]))
            return true;
    return kdb_starts_with_nocase(word, KDBIB_STR("arxiv"));
}
/* Without brackets, punctuation, emoji and :shortcodes: at both ends. */
kdbib_str kdb_phrase_bare(kdbib_str text);

/* The size of what announces a venue, "accepted at ", or 0. */
size_t kdb_phrase_opening(kdbib_str text);
/* The size of what a venue's name begins with and a table need not have, "Proceedings of the ". */
size_t kdb_phrase_name_opening(kdbib_str text);

/* Takes a DOI, "doi:10.1000/182". */
void kdb_phrase_take_doi(kdb_phrase *p);
/* Takes "abs/1502.05477", of "CoRR, abs/1502.05477". */
void kdb_phrase_take_abs(kdb_phrase *p);
/* Notes an arXiv number, [*from, *to), which stays in the name: "arXiv preprint arXiv:1602.01783".
 * False: there is none. */
bool kdb_phrase_take_arxiv(kdb_phrase *p, size_t *from, size_t *to);
/* "arXiv:1602.01783 / ICML 2016": the number [from, to) and what announces it go. */
bool kdb_phrase_erase_before_venue(kdb_phrase *p, size_t from, size_t to);

/* The first publisher that the table knows, behind a comma or a period at `*stop`, at or behind
 * `from`. */
bool kdb_phrase_publisher(const kdb_fields *fields, kdbib_str text, size_t from, size_t *stop,
                          kdbib_str *publisher);

/* Takes volume, issue, pages and article number from the end of the phrase. */
void kdb_phrase_take_numbers(kdb_phrase *phrase);
/* "bioRxiv 2022.03.11.484043". */
void kdb_phrase_take_dated_number(kdb_phrase *p);

/* Neither the text nor a word at one of its ends is the name of a venue in the table. `first`: what
 * is known of the first word of its key. */
bool kdb_venue_is_unknown(const kdb_fields *fields, kdbib_str text, kdb_word first);

/* kdb_venue_parse() of what no glance knows. */
unsigned kdb_venue_take_apart(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                              kdb_venue *venue);

/* How sure it is that the name that was left over is a venue's; finds it in the table. */
unsigned kdb_phrase_judge(kdb_phrase *phrase);

#endif
