/* Evidence: titles, names, years, identifiers, URLs compared. */
#include "lookup/evidence.h"

#include "base/strings.h"
#include "record/likeness.h"

/* ---- identifiers ---- */

/* Compares letters and digits only: "S0092-8674(20)31388-X". */
static bool same_code(kdbib_str a, kdbib_str b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.size && !kdb_is_alnum(a.data[i]))
            i++;
        while (k < b.size && !kdb_is_alnum(b.data[k]))
            k++;
        if (i == a.size || k == b.size)
            return i == a.size && k == b.size;
        if (kdb_to_lower(a.data[i++]) != kdb_to_lower(b.data[k++]))
            return false;
    }
}

/* The part of `url` behind `mark`, up to the next of "/?#&"; absent when there is none. */
static kdbib_str part_behind(kdbib_str url, kdbib_str mark) {
    size_t at = kdb_find(url, mark, 0), end;
    if (at == SIZE_MAX)
        return (kdbib_str){NULL, 0};
    at += mark.size;
    for (end = at; end < url.size && !strchr("/?#&", url.data[end]);)
        end++;
    return kdb_slice(url, at, end);
}

static kdbib_str pii_in_url(kdbib_str url) {
    return part_behind(url, KDBIB_STR("/pii/"));
}

static kdbib_str ieee_number_in_url(kdbib_str url) {
    kdbib_str number = {NULL, 0};
    if (kdb_find(url, KDBIB_STR("ieee"), 0) == SIZE_MAX)
        return number;
    number = part_behind(url, KDBIB_STR("/document/"));
    if (!number.size)
        number = part_behind(url, KDBIB_STR("arnumber="));
    while (number.size > 1 && number.data[0] == '0')
        number = kdb_slice(number, 1, number.size);
    for (size_t i = 0; i < number.size; i++)
        if (!kdb_is_digit(number.data[i]))
            return (kdbib_str){NULL, 0};
    return number;
}

bool kdb_hit_has_pii(const kdb_hit *hit, kdbib_str pii) {
    for (size_t i = 0; i < hit->ids.count; i++)
        if (same_code(hit->ids.items[i], pii))
            return true;
    for (size_t i = 0; i < hit->urls.count; i++)
        if (pii_in_url(hit->urls.items[i]).size && same_code(pii_in_url(hit->urls.items[i]), pii))
            return true;
    return false;
}

/* Conference DOIs end in the number since 2012 or so: "10.1109/bibm49941.2020.9313542". The number
 * of a journal's DOI is another one, of seven digits too: it proves when equal and else says
 * nothing. */
static bool doi_ends_with(const kdb_hit *hit, kdbib_str number) {
    kdbib_str doi = kdbib_record_text(hit->record, KDBIB_DOI);
    return number.size >= 6 && doi.size > number.size + 1 && kdb_ends_with(doi, number) &&
           doi.data[doi.size - number.size - 1] == '.';
}

bool kdb_hit_has_ieee_number(const kdb_hit *hit, kdbib_str number) {
    bool other = false;
    for (size_t i = 0; i < hit->urls.count; i++) {
        kdbib_str found = ieee_number_in_url(hit->urls.items[i]);
        if (found.size && kdbib_str_equal(found, number))
            return true;
        other |= found.size > 0;
    }
    return !other && doi_ends_with(hit, number);
}

static kdb_support compare(kdbib_str a, kdbib_str b) {
    return !a.size || !b.size ? KDB_UNKNOWN : kdb_equal_nocase(a, b) ? KDB_AGREES : KDB_CONTRADICTS;
}

static kdb_support weigh_identifiers(const kdbib_record *record, const kdb_hit *hit) {
    kdbib_str number = kdbib_record_text(record, KDBIB_IEEE_NUMBER);
    kdbib_str pii = kdbib_record_text(record, KDBIB_PII);
    kdb_support support =
        compare(kdbib_record_text(record, KDBIB_DOI), kdbib_record_text(hit->record, KDBIB_DOI));
    for (size_t i = 0; i < hit->urls.count; i++) {
        kdbib_str other = ieee_number_in_url(hit->urls.items[i]);
        if (number.size && other.size && !kdbib_str_equal(number, other))
            return KDB_CONTRADICTS;
        other = pii_in_url(hit->urls.items[i]);
        if (pii.size && other.size && !same_code(pii, other))
            return KDB_CONTRADICTS;
    }
    if (support == KDB_CONTRADICTS)
        return support;
    kdb_support arxiv = compare(kdbib_record_text(record, KDBIB_ARXIV),
                                kdbib_record_text(hit->record, KDBIB_ARXIV));
    return arxiv != KDB_UNKNOWN ? arxiv : support;
}

/* ---- titles ---- */

static bool equal_without_blanks(kdbib_str a, kdbib_str b) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.size && a.data[i] == ' ')
            i++;
        while (k < b.size && b.data[k] == ' ')
            k++;
        if (i == a.size || k == b.size)
            return i == a.size && k == b.size;
        if (a.data[i++] != b.data[k++])
            return false;
    }
}

/* The part before the first ": ", folded, equals `other`: a title without its subtitle. */
static bool is_main_title(kdb_arena *arena, kdbib_str title, kdbib_str other) {
    size_t colon = kdb_find(title, KDBIB_STR(": "), 0);
    return colon != SIZE_MAX &&
           equal_without_blanks(kdb_fold(arena, kdb_slice(title, 0, colon)), other);
}

static kdb_title_match weigh_titles(kdb_arena *arena, const kdbib_record *record, kdbib_str title,
                                    const kdb_hit *hit) {
    kdbib_str theirs = kdbib_record_text(hit->record, KDBIB_TITLE);
    kdbib_str folded = kdb_fold(arena, theirs);
    if (!title.size || !folded.size)
        return KDB_TITLE_UNKNOWN;
    if (equal_without_blanks(title, folded))
        return KDB_TITLE_EQUAL;
    if (is_main_title(arena, theirs, title) ||
        is_main_title(arena, kdbib_record_text(record, KDBIB_TITLE), folded))
        return KDB_TITLE_PART;
    kdb_likeness likeness = kdb_compare_titles(title, folded);
    if (likeness.begins && likeness.shorter >= 4)
        return KDB_TITLE_PART;
    unsigned both = likeness.shorter + likeness.longer;
    if (likeness.shared * 8 >= both * 3) /* shared / mean >= 0.75 */
        return KDB_TITLE_NEAR;
    return likeness.shared * 4 >= both ? KDB_TITLE_SIMILAR : KDB_TITLE_OTHER;
}

/* ---- names and years ---- */

static kdbib_str surname(kdb_arena *arena, const kdbib_name *name) {
    if (name->family.size)
        return kdb_fold(arena, name->family);
    kdbib_str literal = kdb_fold(arena, name->literal);
    return literal;
}

/* Whole words of `long_name` hold `name`: "de la cruz" and "cruz", "doantam phan" and "phan". */
static bool holds(kdbib_str long_name, kdbib_str name) {
    if (name.size < 2)
        return kdbib_str_equal(long_name, name);
    for (size_t at = 0; (at = kdb_find(long_name, name, at)) != SIZE_MAX; at++) {
        size_t end = at + name.size;
        if ((at == 0 || long_name.data[at - 1] == ' ') &&
            (end == long_name.size || long_name.data[end] == ' '))
            return true;
    }
    return false;
}

static kdb_support weigh_authors(kdb_arena *arena, const kdbib_record *record, const kdb_hit *hit,
                                 bool *first) {
    kdbib_name ours, theirs;
    bool any = false;
    unsigned looked_at = 0;
    for (kdbib_cursor a = {0};
         looked_at < 10 && kdbib_record_next_name(record, KDBIB_AUTHORS, &a, &ours); looked_at++) {
        kdbib_str mine = surname(arena, &ours);
        unsigned more = 0;
        if (!mine.size)
            continue;
        for (kdbib_cursor b = {0};
             more < 2000 && kdbib_record_next_name(hit->record, KDBIB_AUTHORS, &b, &theirs);
             more++) {
            kdbib_str other = surname(arena, &theirs);
            any = true;
            if (holds(mine, other) || holds(other, mine)) {
                *first = looked_at == 0 && more == 0;
                return KDB_AGREES;
            }
        }
    }
    return any ? KDB_CONTRADICTS : KDB_UNKNOWN;
}

static kdb_support weigh_years(const kdbib_record *record, const kdb_hit *hit, bool author) {
    int ours = kdbib_record_issued(record).year, theirs = kdbib_record_issued(hit->record).year;
    if (!ours || !theirs)
        return KDB_UNKNOWN;
    int apart = ours > theirs ? ours - theirs : theirs - ours;
    return apart == 0   ? KDB_AGREES
           : apart == 1 ? (author ? KDB_AGREES : KDB_UNKNOWN)
                        : KDB_CONTRADICTS;
}

/* ---- kinds and places ---- */

static kdb_support weigh_kind(const kdbib_record *record, const kdb_hit *hit) {
    kdbib_type type = kdbib_record_type(record);
    bool preprint = type == KDBIB_TYPE_ARTICLE || kdbib_record_text(record, KDBIB_ARXIV).size ||
                    kdbib_record_text(record, KDBIB_ARCHIVE).size;
    bool published = type == KDBIB_TYPE_ARTICLE_JOURNAL || type == KDBIB_TYPE_PAPER_CONFERENCE ||
                     type == KDBIB_TYPE_CHAPTER || type == KDBIB_TYPE_BOOK ||
                     kdbib_record_text(record, KDBIB_IEEE_NUMBER).size ||
                     kdbib_record_text(record, KDBIB_PII).size ||
                     kdbib_record_text(record, KDBIB_PMID).size ||
                     kdbib_record_text(record, KDBIB_PMCID).size;
    if (preprint && !(type != KDBIB_TYPE_ARTICLE && published))
        return hit->preprint ? KDB_AGREES : KDB_CONTRADICTS;
    if (published)
        return hit->preprint ? KDB_CONTRADICTS : KDB_AGREES;
    return KDB_UNKNOWN;
}

/* Host and path, without scheme, "www.", query, fragment and a last slash. */
static kdbib_str place_of(kdbib_str url) {
    size_t at = kdb_find(url, KDBIB_STR("://"), 0);
    if (at != SIZE_MAX)
        url = kdb_slice(url, at + 3, url.size);
    if (kdb_starts_with_nocase(url, KDBIB_STR("www.")))
        url = kdb_slice(url, 4, url.size);
    size_t end = 0;
    while (end < url.size && url.data[end] != '?' && url.data[end] != '#')
        end++;
    while (end && url.data[end - 1] == '/')
        end--;
    return kdb_slice(url, 0, end);
}

static kdb_support weigh_urls(const kdbib_record *record, const kdb_hit *hit) {
    kdbib_str urls[] = {kdbib_record_link(record, KDBIB_LINK_PAPER),
                        kdbib_record_link(record, KDBIB_LINK_PDF),
                        kdbib_record_text(record, KDBIB_CANONICAL_URL)};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        kdbib_str ours = place_of(urls[i]);
        size_t slash = kdb_find_char(ours, '/', 0);
        if (slash == SIZE_MAX || ours.size - slash < 5 ||
            kdb_find_char(urls[i], '?', 0) != SIZE_MAX)
            continue; /* a host alone, or a page that its query tells from others */
        for (size_t k = 0; k < hit->urls.count; k++)
            if (kdb_equal_nocase(place_of(hit->urls.items[k]), ours))
                return KDB_AGREES;
    }
    return KDB_UNKNOWN;
}

kdb_evidence kdb_weigh(kdb_arena *arena, const kdbib_record *record, kdbib_str title,
                       const kdb_hit *hit) {
    bool first = false;
    kdb_evidence e = {.title = weigh_titles(arena, record, title, hit),
                      .author = weigh_authors(arena, record, hit, &first),
                      .identifier = weigh_identifiers(record, hit),
                      .published = weigh_kind(record, hit),
                      .url = weigh_urls(record, hit)};
    e.year = weigh_years(record, hit, e.author == KDB_AGREES);
    e.strength = (first ? 2u : 0u) + (weigh_years(record, hit, false) == KDB_AGREES ? 1u : 0u);
    return e;
}
