/* A title freed from what the curator put around it: tags, remarks, quotes, emoji, the period. */
#ifndef KDB_FIELDS_TITLE_H
#define KDB_FIELDS_TITLE_H

#include "fields/span.h"
#include "fields/venue.h"

typedef struct kdb_title {
    size_t from, to;   /* the title within the joined text of the spans */
    kdbib_str tag;     /* dropped before it: "Dice+Focal" of "**Dice+Focal:** AnatomyNet: …" */
    kdb_venue venue;   /* of a phrase before or behind it: "… (TDSC 2019)", "[CVPR 2020] …" */
    unsigned score;    /* of the venue */
    kdbib_str authors; /* of a credit behind it: "… (Lee et al., ICML 2015)" */
} kdb_title;

/* Finds the title in text that holds nothing else but what was said above. A nickname that the
 * paper itself carries ("CycleGAN: Unpaired …") stays. False: memory. */
bool kdb_title_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                     size_t count, kdb_title *title);

/* How much `text` looks like the title of a work, 0 to 100: words of a sentence in it, no label, no
 * author list, no venue, no address. `arena` is scratch. */
unsigned kdb_title_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);
/* The same, by all the rules and not remembered. */
unsigned kdb_title_score_by_rules(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);

typedef struct kdb_plain_title {
    unsigned score; /* its kdb_title_score() */
    size_t colon;   /* where one stands; 0: nowhere */
    bool bare;      /* letters, and single blanks, hyphens, apostrophes and the colon between them,
                       and perhaps a question mark: when there is no colon, or behind a nickname of
                       its own, kdb_title_parse() leaves it as it is */
} kdb_plain_title;

/* True: the text is a title as most are, which is quick to say. It is no label, kdb_venue_parse()
 * gives less than 60, and its kdb_names_score() is KDB_NAMES_OF_PHRASE. */
bool kdb_title_is_plain(const kdb_fields *fields, kdbib_str text, kdb_plain_title *title);
/* What stands before text[colon] is surely part of the title: no label, no venue, nothing that is
 * said again. */
bool kdb_title_has_nickname(const kdb_fields *fields, kdbib_str text, size_t colon);

#endif
