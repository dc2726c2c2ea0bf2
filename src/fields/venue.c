/* Venues: the table, badges, phrases at the end of a title, and the way onto a record. */
#include "fields/venue.h"

#include "fields/chars.h"
#include "fields/dates.h"
#include "fields/names.h"

const kdb_known_venue *kdb_venue_find(const kdb_fields *fields, kdbib_str name) {
    uint32_t row = kdb_word_index_find(&fields->venue_index, name);
    return row == KDB_NOT_FOUND ? NULL : &fields->venues[row];
}

/* ---- badges ---- */

static int hex(char c) {
    return kdb_is_digit(c)        ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The text of a badge's path: %20 and `_` are blanks, `--` and `__` the signs themselves; a single
 * `-` separates and becomes '\x1f'. */
static size_t decode(kdbib_str path, char out[256]) {
    size_t size = 0;
    for (size_t i = 0; i < path.size && size < 250; i++) {
        char c = path.data[i];
        if (c == '?' || c == '#' || c == '/')
            break;
        if (c == '%' && i + 2 < path.size && hex(path.data[i + 1]) >= 0 &&
            hex(path.data[i + 2]) >= 0) {
            int byte = hex(path.data[i + 1]) * 16 + hex(path.data[i + 2]);
            out[size++] = (char)(byte < 0x20 ? ' ' : byte);
            i += 2;
            continue;
        }
        bool twice = i + 1 < path.size && path.data[i + 1] == c;
        if (c == '-' || c == '_') {
            out[size++] = twice ? c : c == '-' ? '\x1f' : ' ';
            i += twice;
            continue;
        }
        out[size++] = c;
    }
    return size;
}

unsigned kdb_venue_from_badge(kdb_arena *arena, const kdb_fields *fields, kdbib_str url,
                              kdb_venue *venue) {
    char text[256];
    *venue = (kdb_venue){0};
    size_t at = kdb_find(url, KDBIB_STR("badge/"), 0);
    if (at == SIZE_MAX || kdb_find(url, KDBIB_STR("shields.io"), 0) == SIZE_MAX)
        return 0;
    size_t size = decode(kdb_slice(url, at + 6, url.size), text);
    size_t last = size;
    while (last && text[last - 1] != '\x1f')
        last--;
    if (!last) /* no colour: no badge */
        return 0;
    kdbib_str words = {text, last - 1}, label = {0};
    size_t split = kdb_find_char(words, '\x1f', 0);
    if (split != SIZE_MAX)
        label = kdb_slice(words, 0, split);
    kdb_venue parsed;
    unsigned score = 0;
    /* "Conference-ICML'23": the label announces; "EMNLP-2021": both say */
    if (label.size) {
        kdbib_str message = kdb_slice(words, split + 1, words.size);
        score = kdb_venue_parse(arena, fields, message, &parsed);
        if (score >= 75 && parsed.name.size) {
            *venue = parsed;
            return score;
        }
    }
    for (size_t i = 0; i < words.size; i++)
        if (text[i] == '\x1f')
            text[i] = ' ';
    score = kdb_venue_parse(arena, fields, words, &parsed);
    if (score < 75 || !(parsed.name.size || parsed.date.year))
        return 0;
    *venue = parsed;
    return score;
}

/* ---- the end of a title ---- */

/* The bracket that the text ends with: where it opens, or SIZE_MAX. */
static size_t last_bracket(kdbib_str text) {
    char close = text.data[text.size - 1];
    char open = close == ')' ? '(' : close == ']' ? '[' : 0;
    size_t at = text.size - 1;
    if (!open) {
        if (text.size < 3 || !kdb_ends_with(text, KDBIB_STR("\xEF\xBC\x89"))) /* full width */
            return SIZE_MAX;
        for (size_t i = text.size; i >= 3; i--)
            if (memcmp(text.data + i - 3, "\xEF\xBC\x88", 3) == 0)
                return i - 3;
        return SIZE_MAX;
    }
    int depth = 0;
    for (;; at--) {
        depth += text.data[at] == close ? 1 : text.data[at] == open ? -1 : 0;
        if (depth == 0)
            return at;
        if (at == 0 || text.size - at > 300)
            return SIZE_MAX;
    }
}

static size_t trimmed_end(kdbib_str text, size_t end) {
    while (end && kdb_is_space(text.data[end - 1]))
        end--;
    return end;
}

#define LONGEST_PLACE ((size_t)40) /* bytes */

/* "…, aug 2016, Google": month, year and a place that is no venue. Where the comma stands, or 0. */
static size_t date_and_place(const kdb_fields *fields, kdbib_str text, kdbib_date *date) {
    size_t last = text.size, from, to, begin;
    if (kdb_find_char(text, ',', 0) == SIZE_MAX) /* as most */
        return 0;
    while (last && text.data[last - 1] != ',' && text.size - last < 2 * LONGEST_PLACE)
        last--;
    kdbib_str place = kdb_trim(kdb_slice(text, last, text.size));
    if (last < 16 || text.data[last - 1] != ',' || place.size < 2 || place.size > LONGEST_PLACE ||
        !kdb_is_upper(place.data[0]) || !kdb_is_digit(text.data[last - 2]) ||
        kdb_venue_find(fields, place))
        return 0;
    for (begin = last - 1; begin && text.data[begin - 1] != ','; begin--)
        ;
    kdbib_str words = kdb_trim(kdb_slice(text, begin, last - 1));
    bool found = begin > 8 && kdb_date_find(fields, words, 0, date, &from, &to) && date->month &&
                 from == 0 && to == words.size;
    if (!found)
        *date = (kdbib_date){0};
    return found ? begin - 1 : 0;
}

unsigned kdb_venue_at_end(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, size_t *from,
                          kdb_venue *venue) {
    kdb_venue parsed;
    *venue = (kdb_venue){0};
    *from = text.size;
    kdbib_str whole = text;
    whole.size = trimmed_end(text, text.size);
    while (whole.size && whole.data[whole.size - 1] == '.')
        whole.size = trimmed_end(whole, whole.size - 1);
    if (whole.size < 5)
        return 0;
    size_t open = last_bracket(whole);
    if (open != SIZE_MAX && open > 0) {
        unsigned score = kdb_venue_parse_likely(
            arena, fields, kdb_slice(whole, open + 1, whole.size - 1), &parsed);
        bool told = parsed.name.size || parsed.date.year || parsed.arxiv.size || parsed.remark.size;
        size_t comma = whole.size - 1; /* "(Some Track, NIPS 2018)" */
        while (comma > open && whole.data[comma] != ',')
            comma--;
        kdb_venue known;
        if (score < 60 && comma > open &&
            kdb_names_score(arena, fields, kdb_slice(whole, open + 1, comma)) < 30 &&
            kdb_venue_parse_likely(arena, fields, kdb_slice(whole, comma + 1, whole.size - 1),
                                   &known) >= 95 &&
            known.known && known.date.year) {
            *venue = known;
            *from = trimmed_end(text, open);
            return 95;
        }
        if (score < 60 || !told || (score < 75 && !parsed.date.year && !parsed.remark.size))
            return 0;
        *venue = parsed;
        *from = trimmed_end(text, open);
        return score;
    }
    size_t dated = date_and_place(fields, whole, &venue->date);
    if (dated) {
        *from = dated;
        return 92;
    }
    /* behind the last separator, then behind the one before it: "…, CVPR, 2020" */
    size_t at = whole.size, stop = whole.size > 120 ? whole.size - 120 : 0;
    size_t best_at = SIZE_MAX;
    unsigned best = 0;
    kdb_venue best_venue = {0};
    for (int tries = 0; tries < 3 && at > stop;) {
        at--;
        char c = whole.data[at];
        if (c == ' ' || kdb_is_alnum(c))
            continue;
        bool separator =
            c == ',' || c == '|' || c == ';' ||
            (c == '.' && at + 1 < whole.size && whole.data[at + 1] == ' ' &&
             !(at > 1 && kdb_is_upper(whole.data[at - 1]) && whole.data[at - 2] == ' ')) ||
            (c == '-' && at && whole.data[at - 1] == ' ' && whole.data[at + 1] == ' ') ||
            ((unsigned char)c == 0x93 && at > 1 && (unsigned char)whole.data[at - 1] == 0x80);
        if (!separator)
            continue;
        tries++;
        unsigned score =
            kdb_venue_parse_likely(arena, fields, kdb_slice(whole, at + 1, whole.size), &parsed);
        bool full = parsed.name.size && (parsed.date.year || parsed.known);
        if (score >= 75 && (full || !parsed.name.size) && (score >= best || parsed.name.size)) {
            best = score;
            best_venue = parsed;
            best_at = at;
        } else if (best) {
            break;
        }
    }
    if (best) {
        *venue = best_venue;
        size_t end = best_at;
        while (end && ((unsigned char)whole.data[end - 1] >= 0x80
                           ? (unsigned char)whole.data[end] == 0x93 ||
                                 (unsigned char)whole.data[end] == 0x80
                           : kdb_is_one_of(whole.data[end - 1], " ,;|-")))
            end--;
        *from = end;
        return best;
    }
    /* "… Warmup NSDI'23", "… Networks CVPR 2020": one known word and a year */
    size_t word = whole.size;
    for (int words = 0; words < 3 && word; words++) {
        word = trimmed_end(whole, word);
        while (word && whole.data[word - 1] != ' ' && whole.data[word - 1] != '}')
            word--;
        if (!word)
            break;
        kdbib_str phrase = kdb_slice(whole, word, whole.size);
        if (!kdb_has_digit(phrase)) /* no year */
            continue;
        unsigned score = kdb_venue_parse(arena, fields, phrase, &parsed);
        if (score >= 95 && parsed.known && parsed.date.year && parsed.name.size) {
            *venue = parsed;
            *from = trimmed_end(text, word);
            best = score;
        }
    }
    return best;
}

bool kdb_venue_to_record(const kdb_venue *venue, kdbib_record *record) {
    static const kdbib_field fields[] = {KDBIB_VENUE,          KDBIB_VOLUME,   KDBIB_ISSUE,
                                         KDBIB_PAGES,          KDBIB_DOI,      KDBIB_ARXIV,
                                         KDBIB_ARTICLE_NUMBER, KDBIB_PUBLISHER};
    const kdbib_str values[] = {venue->name,           venue->volume,   venue->issue,
                                venue->pages,          venue->doi,      venue->arxiv,
                                venue->article_number, venue->publisher};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (values[i].size && !kdbib_record_text(record, fields[i]).size &&
            !kdbib_record_set_text(record, fields[i], values[i], KDBIB_BASIS_LIST))
            return false;
    kdbib_date have = kdbib_record_issued(record);
    if (venue->date.year &&
        (!have.year || (have.year == venue->date.year && !have.month && venue->date.month)))
        kdbib_record_set_issued(record, venue->date, KDBIB_BASIS_LIST);
    return true;
}
