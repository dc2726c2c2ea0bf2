/* What names.c and names_score.c share: an author list in pieces. */
#ifndef KDB_NAMES_CUT_H
#define KDB_NAMES_CUT_H

#include "fields/name_split.h"

typedef struct kdb_name_piece {
    kdbib_str text;
    char before; /* the separator: ',', ';', KDB_NAMES_AND, or 0 for the first */
    uint8_t words;
    bool initials;   /* nothing but initials */
    bool given_like; /* one or two words, or a word and initials */
    bool name_like;
    bool plain_words; /* only words with a capital */
    bool company, body, suffix, surname, family_initials, topic, lower, cjk;
} kdb_name_piece;

typedef struct kdb_name_pieces {
    kdb_name_piece *at;
    size_t count, capacity;
    bool truncated, semicolons;
} kdb_name_pieces;

/* The pieces of a text that kdb_names_clean() made, in the arena, not yet described. False: memory
 * is out. */
bool kdb_names_cut(kdb_arena *arena, kdbib_str text, kdb_name_pieces *list);

/* What the pieces of a list are; how many of them. */
typedef struct kdb_names_tally {
    size_t count;
    size_t bad;               /* of titles, or of nothing that is known */
    size_t singles;           /* one word */
    size_t initials;          /* with initials, or otherwise surely a name */
    size_t surnames;          /* with a common one */
    size_t words;             /* of the last piece */
    bool company;             /* the only piece is one */
    bool phrase;              /* one is "Deep Soup Filters": no name in any list */
    bool truncated;           /* "et al." */
    bool announced, question; /* by "Authors:"; with a sign that titles have */
} kdb_names_tally;

/* How much they look like an author list, see kdb_names_score(). */
unsigned kdb_names_weigh(const kdb_names_tally *tally);

/* Fills in all of the pieces but the text and what stands before it. */
void kdb_names_describe(const kdb_fields *fields, kdb_name_pieces *list);

/* What cutting and describing ask, for who needs no list. */

/* A word that titles have and names do not, or names of venues ("Conference", not "Springer"). */
bool kdb_name_is_topic(kdb_token_shape shape, unsigned letters, unsigned name_kinds,
                       unsigned title_kinds);
/* `word`, in any case, stands at `at` as a word. */
bool kdb_names_word_is(kdbib_str text, size_t at, kdbib_str word);
/* "et al." and its likes at `at`: where it ends, or `at`. */
size_t kdb_names_et_al(kdbib_str text, size_t at);

#endif
