/* Most of what stands behind a title is a list of names and a venue of the table with its year, or
 * one of both: what each phrase is need not be asked when each is clear by itself. */
#include "fields/citation_inside.h"
#include "fields/names_quick.h"

#define LONGEST_PHRASE ((size_t)200) /* a longer one says nothing */

/* The names of text[from, to), of which a comma ends each phrase, and nothing else does. */
static bool read_names(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, size_t from,
                       size_t to, kdb_name_list *authors) {
    kdb_names_glance glance;
    kdbib_str list = kdb_slice(text, from, to);
    if (!kdb_names_glance_at(fields, list, &glance))
        return false;
    bool asked = glance.venues || list.size > LONGEST_PHRASE;
    for (size_t at = from; at < to && asked; at++) {
        size_t end = kdb_find_char(text, ',', at);
        kdbib_str phrase = kdb_trim(kdb_slice(text, at, end < to ? end : to));
        if (phrase.size > LONGEST_PHRASE || kdb_venue_find(fields, phrase)) /* "Acta Physica" */
            return false;
        at = end < to ? end : to;
    }
    for (size_t at = from; (at = kdb_find_char(text, '.', at)) < to; at++)
        if (kdb_citation_ends_phrase(fields, text, at))
            return false;
    return kdb_names_of_glance(arena, list, &glance, authors);
}

static bool is_stop(char c) {
    return c == ',' || c == '.';
}

/* "CVPR", of "CVPR, 2020": a phrase of its own, and surely a venue, too. */
static bool stands_alone(kdb_arena *arena, const kdb_fields *fields, kdbib_str phrase) {
    kdb_venue venue;
    unsigned sure = kdb_venue_parse_likely(arena, fields, phrase, &venue);
    return sure >= 90 || (sure >= 75 && kdb_names_score(arena, fields, phrase) < 75);
}

/* The last comma or period before a blank within text[from, to), or SIZE_MAX. */
static size_t last_stop(kdbib_str text, size_t from, size_t to) {
    while (to > from + 1 && !(text.data[to - 1] == ' ' && is_stop(text.data[to - 2])))
        to--;
    return to > from + 1 ? to - 2 : SIZE_MAX;
}

/* The venue that text[from, to) ends with, and its year; `*stop`: the sign before it, or SIZE_MAX
 * when it is all of it. */
static bool find_venue(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, size_t from,
                       size_t to, size_t *stop, kdb_venue *venue) {
    *stop = last_stop(text, from, to);
    kdbib_str phrase = kdb_trim(kdb_slice(text, *stop == SIZE_MAX ? from : *stop + 1, to));
    if (!kdb_venue_glance(arena, fields, phrase, venue))
        return false;
    if (phrase.data[0] == '(') /* all of it; else perhaps what a curator says of an author */
        return *stop == SIZE_MAX;
    size_t parted = kdb_find_char(phrase, '(', 0); /* "CVPR (2020)" */
    if (!venue->name.size && *stop != SIZE_MAX && text.data[*stop] == ',') {
        kdb_venue named; /* "CVPR, May 2020" */
        size_t before = last_stop(text, from, *stop),
               begin = before == SIZE_MAX ? from : before + 1;
        if (kdb_venue_glance(arena, fields, kdb_slice(text, begin, to), &named) && named.known) {
            phrase = kdb_slice(text, begin, to);
            parted = *stop - begin;
            *stop = before;
            *venue = named;
        }
    }
    return parted == SIZE_MAX ||
           stands_alone(arena, fields, kdb_trim(kdb_slice(phrase, 0, parted)));
}

bool kdb_citation_rest_glance(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                              kdb_citation *citation) {
    size_t from = 0, to = text.size, stop;
    *citation = (kdb_citation){.score = 100};
    while (from < to && kdb_is_space(text.data[from]))
        from++;
    if (from + 1 < to && is_stop(text.data[from]) && kdb_is_space(text.data[from + 1]))
        from++;
    while (from < to && kdb_is_space(text.data[from]))
        from++;
    while (to > from && kdb_is_space(text.data[to - 1]))
        to--;
    if (to > from && is_stop(text.data[to - 1]))
        to--;
    if (to - from < 4)
        return false;
    if (text.data[to - 1] != ')' && !kdb_is_digit(text.data[to - 1]))
        return read_names(arena, fields, text, from, to, &citation->authors);
    if (!find_venue(arena, fields, text, from, to, &stop, &citation->venue))
        return false;
    return stop == SIZE_MAX ||
           ((text.data[stop] == ',' || kdb_citation_ends_phrase(fields, text, stop)) &&
            read_names(arena, fields, text, from, stop, &citation->authors));
}
