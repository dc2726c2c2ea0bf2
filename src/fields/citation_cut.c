/* Where a period in what stands around a title ends a phrase: not behind an initial, nor inside of
 * an abbreviation. */
#include "fields/chars.h"
#include "fields/citation_inside.h"
#include "fields/word.h"
#include "fields/words.h"

/* The word that ends at `end` is a venue's, or one in a row of abbreviations that begins with such
 * a one: "Proc. Natl. Acad." */
static bool is_venue_abbreviation(const kdb_fields *fields, kdbib_str text, size_t end) {
    for (int i = 0; i < 5 && end; i++) {
        size_t word = end;
        while (word && kdb_is_alpha(text.data[word - 1]))
            word--;
        if (word == end || end - word > 9)
            return false;
        if (end - word > 1 &&
            (kdb_word_of(fields, kdb_slice(text, word, end)).title_kinds & KDB_WORD_VENUE))
            return end - word <= 5;
        while (word && text.data[word - 1] == ' ')
            word--;
        if (!word || text.data[word - 1] != '.')
            return false;
        end = word - 1;
    }
    return false;
}

/* "Lee K", "De Hauwere Y M" before `end`: a family name and initials. Where it begins, or `end`. */
static size_t initials_behind(kdbib_str text, size_t end) {
    size_t from = end, words = 0, initials = 0;
    while (from && !kdb_is_one_of(text.data[from - 1], ",;.:()&"))
        from--;
    while (from < end && kdb_is_space(text.data[from]))
        from++;
    if (kdb_starts_with(kdb_slice(text, from, end), KDBIB_STR("by ")))
        from += 3;
    for (size_t at = from; at < end;) {
        size_t stop = at;
        while (stop < end && !kdb_is_space(text.data[stop]))
            stop++;
        bool initial = stop - at == 1 && kdb_is_upper(text.data[at]);
        if (!initial && (initials || stop == at || kdb_is_digit(text.data[at])))
            return end;
        initials += initial;
        words += !initial;
        at = stop;
        while (at < end && kdb_is_space(text.data[at]))
            at++;
    }
    return words && words <= 3 && initials && initials <= 3 ? from : end;
}

/* "Lee Y, Miller K. Soup Press": the period behind the initial ends the list, for the one before
 * it is written so, too, or a year, an article or a word of titles follows. */
static bool ends_initials(const kdb_fields *fields, kdbib_str text, size_t at) {
    size_t from = initials_behind(text, at), next = at + 1, end;
    if (from == at)
        return false;
    size_t before = from;
    while (before && kdb_is_space(text.data[before - 1]))
        before--;
    if (kdb_words_until_stop(text, at + 1, 3) >= 2 && from >= 3 &&
        kdb_starts_with(kdb_slice(text, from - 3, from), KDBIB_STR("by ")))
        return true; /* "by Lee K M. Some Journal of Soups, 2004" */
    if (before && text.data[before - 1] == ',' && initials_behind(text, before - 1) != before - 1)
        return true;
    while (next < text.size && kdb_is_space(text.data[next]))
        next++;
    for (end = next; end < text.size && kdb_is_alnum(text.data[end]);)
        end++;
    if (next < text.size && kdb_is_digit(text.data[next]))
        return end - next == 4;
    uint32_t kinds = kdb_word_index_find(&fields->title_words, kdb_slice(text, next, end));
    return kinds != KDB_NOT_FOUND &&
           (kinds & (KDB_WORD_TOPIC | KDB_WORD_VENUE | KDB_WORD_FUNCTION));
}

bool kdb_citation_ends_phrase(const kdb_fields *fields, kdbib_str text, size_t at) {
    if (at + 1 < text.size && !kdb_is_space(text.data[at + 1]))
        return kdb_starts_with_nocase(kdb_slice(text, at + 1, text.size), KDBIB_STR("arxiv:"));
    size_t word = at;
    while (word && kdb_is_alpha(text.data[word - 1]))
        word--;
    size_t next = at + 1;
    while (next < text.size && kdb_is_space(text.data[next]))
        next++;
    size_t end = next; /* a venue begins another phrase whatever stands before it */
    while (end < text.size && (kdb_is_alnum(text.data[end]) || text.data[end] == '-'))
        end++;
    bool acronym = next < text.size && kdb_is_lower(text.data[next]);
    for (size_t i = next + 1; i < end; i++)
        acronym |= kdb_is_upper(text.data[i]);
    size_t name = end; /* "arXiv2020" */
    while (name > next && kdb_is_digit(text.data[name - 1]))
        name--;
    if (name > next + 2 && acronym && kdb_venue_find(fields, kdb_slice(text, next, name)))
        return true;
    bool initial = at - word == 1 && kdb_is_upper(text.data[word]);
    if (word == at && at > 2 && (unsigned char)text.data[at - 2] >= 0xC3 &&
        (kdb_is_space(text.data[at - 3]) || text.data[at - 3] == '.'))
        initial = true; /* "É. Martin" */
    if (initial)
        return at + 1 >= text.size || ends_initials(fields, text, at);
    if (is_venue_abbreviation(fields, text, at))
        return false;
    return next >= text.size || !kdb_is_lower(text.data[next]);
}
