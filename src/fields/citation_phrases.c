/* Titles found by the order of phrases: what stands between commas, bars and dashes. */
#include "fields/citation_inside.h"
#include "fields/words.h"

/* "…, Ann Lee, Show, Attend, and Tell: Neural …": words before the phrase behind commas[i] that are
 * no names, in a list of whole names, belong to the title. Behind which comma it begins. */
static size_t title_with_commas(const kdb_citation_reader *r, const size_t *commas, size_t i) {
    size_t begin = i;
    while (begin > 0 &&
           kdb_count_words(kdb_citation_part(r, commas[begin - 1] + 1, commas[begin])) == 1)
        begin--;
    for (size_t k = 0; k < begin; k++) {
        size_t from = k ? commas[k - 1] + 1 : r->from;
        if (kdb_count_words(kdb_citation_part(r, from, commas[k])) < 2)
            return i; /* "Lee, Ann" */
    }
    return begin;
}

/* "…: Trees, Graphs, and Covers, ICML, 2012": the title goes on to the comma before the venue. */
static size_t title_before_venue(const kdb_citation_reader *r, const size_t *commas, size_t i,
                                 size_t count) {
    kdb_venue venue;
    for (size_t k = i; k < count; k++)
        if (kdb_venue_parse(r->arena, r->fields, kdb_citation_part(r, commas[k] + 1, commas[k + 1]),
                            &venue) >= 60)
            return k;
    return i;
}

/* "Ann Lee, Bo Li, Deep Soups, ICML": between two names and a venue few words are a title. */
static bool is_before_venue(const kdb_citation_reader *r, const size_t *commas, size_t i,
                            size_t count) {
    kdbib_str phrase = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
    kdb_venue venue;
    return i > 0 && i + 1 < count && kdb_count_words(phrase) > 2 &&
           kdb_names_score(r->arena, r->fields, phrase) < 30 &&
           kdb_venue_parse(r->arena, r->fields,
                           kdb_citation_part(r, commas[i + 1] + 1, commas[i + 2]), &venue) >= 75;
}

/* "…, Ann van den den Lee, A Title of Words, …": four words that say nothing, before a title. */
static bool is_long_name(const kdb_citation_reader *r, kdbib_str phrase, const size_t *commas,
                         size_t i, size_t count) {
    return i < count && kdb_count_words(phrase) <= 5 && !kdb_citation_is_title(r, phrase, 61) &&
           kdb_citation_is_title(r, kdb_citation_part(r, commas[i] + 1, commas[i + 1]), 70);
}

/* "Ann Lee, A Title of Words, CVPR, 2015": one name, a title, a venue. */
static bool is_title_of_one(const kdb_citation_reader *r, kdbib_str name, kdbib_str phrase,
                            const size_t *commas, size_t count) {
    kdb_venue venue;
    return count > 1 && kdb_count_words(name) > 1 && kdb_find_char(phrase, ':', 0) == SIZE_MAX &&
           kdb_citation_is_title(r, phrase, 70) &&
           kdb_venue_parse(r->arena, r->fields, kdb_citation_part(r, commas[1] + 1, commas[2]),
                           &venue) >= 75;
}

/* "Title, Authors, Venue Year": the title ends where names or a venue begin. "Authors, Title,
 * Venue": it begins where the names end. */
bool kdb_title_by_phrases(kdb_citation_reader *r, kdb_title_place *place) {
    size_t commas[64], count = 0;
    for (size_t at = r->from; at < r->to && count < 62; at++)
        if (r->text.data[at] == ',' || (r->text.data[at] == '|') ||
            (r->text.data[at] == '-' && at > r->from && kdb_is_space(r->text.data[at - 1]) &&
             at + 1 < r->to && kdb_is_space(r->text.data[at + 1])))
            commas[count++] = at;
    if (!count)
        return false;
    commas[count] = r->to;
    size_t start = r->from;
    kdbib_str first = kdb_citation_part(r, r->from, commas[0]);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    if (count > 3 && kdb_count_words(first) == 1) /* "Lee, Ann, Bo Li, …" */
        names = kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, commas[2]));
    if ((names >= 50 || (names >= 30 && kdb_count_words(first) <= 3)) &&
        !kdb_citation_is_title(r, first, 60)) {
        /* names first: the title is the first phrase that is none */
        for (size_t i = 0; i < count; i++) {
            kdbib_str phrase = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
            if (kdb_citation_is_title(r, phrase, is_before_venue(r, commas, i, count) ? 45 : 60) &&
                !is_long_name(r, phrase, commas, i + 1, count) &&
                (kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, commas[i])) >=
                     50 ||
                 (i == 0 && is_title_of_one(r, first, phrase, commas, count)))) {
                size_t begin = title_with_commas(r, commas, i),
                       end = title_before_venue(r, commas, i + 1, count);
                place->title = (kdb_range){commas[begin] + 1, commas[end]};
                return true;
            }
        }
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kdbib_str behind = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
        kdb_venue venue;
        unsigned name = kdb_names_score(r->arena, r->fields, behind);
        bool is_name = name >= 50 || (name >= 30 && kdb_count_words(behind) >= 2 &&
                                      !kdb_citation_is_title(r, behind, 50));
        bool is_venue = kdb_venue_parse(r->arena, r->fields, behind, &venue) >= 75;
        if (is_name || is_venue) {
            place->title = (kdb_range){start, commas[i]};
            return kdb_citation_is_title(r, kdb_citation_part(r, start, commas[i]), 40);
        }
    }
    return false;
}
