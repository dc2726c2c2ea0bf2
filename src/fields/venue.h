/* Phrases that say where and when a work appeared: "CVPR 2020 Oral", "(NeurIPS'23)", "[ICCV2019]",
 * "Commun. ACM 36, 7 (July 1993), 87-96", "arXiv preprint arXiv:1509.02971 (2015)". */
#ifndef KDB_FIELDS_VENUE_H
#define KDB_FIELDS_VENUE_H

#include "fields/tables.h"

typedef struct kdb_venue {
    kdbib_str name;  /* as printed, without year, volume and pages: "Commun. ACM"; may be empty */
    kdbib_date date; /* year 0: none printed */
    kdbib_str volume, issue, pages, article_number;
    kdbib_str doi;   /* printed: "10.1145/159544.159630" */
    kdbib_str arxiv; /* printed: "1509.02971" */
    kdbib_str publisher;
    kdbib_str remark;             /* "Oral", "Best Paper": said of the paper, not of the venue */
    const kdb_known_venue *known; /* the row of data/venues.csv, or NULL */
} kdb_venue;

/* Takes a phrase apart (brackets and punctuation around it aside). Result: how sure it is that the
 * phrase is a venue or a date and nothing else, 0 to 100. 90 and more: known by the table, or a
 * date; 60: has the form of one (a word of capitals and a year); 30 to 50: may be a venue that the
 * table does not know ("Medical Physics" in the place of one); below: rather a title or a sentence.
 * The venue is filled as well as it can be whatever the score. */
unsigned kdb_venue_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                         kdb_venue *venue);

/* True: kdb_venue_parse() would give less than 60; it is quick to say so. */
bool kdb_venue_is_out(const kdb_fields *fields, kdbib_str text);
/* The same as kdb_venue_parse() where that gives 60 or more; else the result may be less than it,
 * and the venue empty. */
unsigned kdb_venue_parse_likely(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                                kdb_venue *venue);

/* The usual phrase, looked up and not taken apart: a year, before it a month or none, before both a
 * venue of the table or none: "CVPR 2020", "CoRL, Nov 2021", "ICML (2019)", "2020"; or
 * "arXiv:2104.02096". 0: it is none of these, else the same as kdb_venue_parse(), which asks this
 * first. */
unsigned kdb_venue_glance(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                          kdb_venue *venue);

/* A shields.io badge URL that carries venue and year ("badge/EMNLP-2021-blue"); a badge of stars,
 * licences and the like gives 0. */
unsigned kdb_venue_from_badge(kdb_arena *arena, const kdb_fields *fields, kdbib_str url,
                              kdb_venue *venue);

/* The last phrase of `text` when it is a venue or a date: "…: A Study (TDSC 2019)", "… Warmup
 * NSDI'23", "…, CVPR 2020". Gives where it begins in `*from` (with its bracket and the separator
 * before it); 0 and text.size when there is none. A title that merely ends in a year ("Census
 * 2020") keeps it. */
unsigned kdb_venue_at_end(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, size_t *from,
                          kdb_venue *venue);

/* The row of data/venues.csv by an abbreviation or the full name, or NULL. */
const kdb_known_venue *kdb_venue_find(const kdb_fields *fields, kdbib_str name);

/* Fills what `record` lacks (venue, date, volume, …) from `venue`, with basis LIST. False: memory.
 */
bool kdb_venue_to_record(const kdb_venue *venue, kdbib_record *record);

#endif
