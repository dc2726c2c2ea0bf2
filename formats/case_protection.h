/* Which words of a title a bibliography style must not fold to lower case. */
#ifndef KDB_CASE_PROTECTION_H
#define KDB_CASE_PROTECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/csv.h"
#include "kdbib/str.h"

/* Words that are always capitalised, from data/proper-words.csv. */
typedef struct kdb_proper_words {
    kdb_table table;
    uint32_t sizes[1024]; /* bits: such sizes have those that begin with two letters */
} kdb_proper_words;

bool kdb_proper_words_init(kdb_proper_words *words, kdb_arena *arena);

/* What of a word needs braces: [from, to) in bytes. Punctuation around a word stays outside. */
typedef struct kdb_protected {
    size_t from, to;
} kdb_protected;

/* The part of `word`, a stretch of a title without blanks, that must keep its case: BERT, U-Net++,
 * mRNA, 3D, Alzheimer’s. False for ordinary words, capitalised or not, hyphened or not. With
 * `shouting` (the whole title is in capitals) capitals alone say nothing. */
bool kdb_needs_protection(const kdb_proper_words *words, kdbib_str word, bool shouting,
                          kdb_protected *part);

/* The size of the words that `text` begins with, one blank between two of them, that are plainly
 * ordinary ones. Where it stops kdb_needs_protection() must be asked. `goes_on`: what follows
 * `text` may be a part of its last word, which so does not count. */
size_t kdb_ordinary_words(const kdb_proper_words *words, kdbib_str text, bool goes_on);

/* The title has several words and no small letter. */
bool kdb_is_shouting(kdbib_str title);

#endif
