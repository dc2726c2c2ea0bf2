/* How sure it is that a text names a venue: by the table, by its words, by its form. */
#include "base/strings.h"
#include "fields/names.h"
#include "fields/venue_phrase.h"
#include "fields/word.h"

typedef struct form {
    size_t words, capitals, lower, function, topic, venue;
    bool acronym; /* one word that holds two capitals and more than it has small letters, or nearly
                   */
} form;

static bool looks_like_acronym(kdbib_str word) {
    size_t upper = 0, small = 0;
    for (size_t i = 0; i < word.size; i++) {
        upper += kdb_is_upper(word.data[i]);
        small += kdb_is_lower(word.data[i]);
    }
    return upper >= 2 && upper * 2 >= small;
}

static void form_of(const kdb_fields *fields, kdbib_str name, form *f) {
    *f = (form){0};
    for (size_t at = 0; at < name.size;) {
        while (at < name.size && kdb_phrase_is_edge(name.data[at]))
            at++;
        size_t end = at;
        while (end < name.size && !kdb_phrase_is_edge(name.data[end]))
            end++;
        if (end == at)
            break;
        f->words++;
        f->capitals += kdb_is_upper(name.data[at]) || (unsigned char)name.data[at] >= 0x80;
        f->lower += kdb_is_lower(name.data[at]);
        if (end - at > 1) { /* no initial */
            unsigned kinds = kdb_word_of(fields, kdb_slice(name, at, end)).title_kinds;
            f->function += (kinds & KDB_WORD_FUNCTION) != 0;
            f->topic += (kinds & KDB_WORD_TOPIC) != 0;
            f->venue += (kinds & KDB_WORD_VENUE) != 0;
        }
        at = end;
    }
    f->acronym = f->words == 1 && name.size <= 14 && looks_like_acronym(name);
}

/* The capitals of "ICRA" begin words of "International Conference on Robotics and Automation". */
static bool abbreviates(kdbib_str abbreviation, kdbib_str name) {
    size_t at = 0, capitals = 0;
    for (size_t i = 0; i < abbreviation.size; i++) {
        if (!kdb_is_upper(abbreviation.data[i]))
            continue;
        capitals++;
        while (at < name.size &&
               !(kdb_to_lower(name.data[at]) == kdb_to_lower(abbreviation.data[i]) &&
                 (at == 0 || !kdb_is_alpha(name.data[at - 1]) || kdb_is_upper(name.data[at]))))
            at++;
        if (at++ >= name.size)
            return false;
    }
    return capitals > 1;
}

static bool has_venue_word(const kdb_fields *fields, kdbib_str name) {
    form f;
    form_of(fields, name, &f);
    return f.venue > 0;
}

/* Finds the row of a name that is not in the table as it stands: without "Proceedings of the 33rd
 * Annual", by what its brackets hold, by its first or last word. `*whole`: it says the same. */
static const kdb_known_venue *find_loosely(const kdb_fields *fields, kdbib_str name, bool *whole) {
    const kdb_known_venue *known = kdb_venue_find(fields, name);
    *whole = known != NULL;
    if (known || name.size > 300)
        return known;
    kdbib_str rest = name;
    bool cut = true;
    while (cut) {
        cut = false;
        for (size_t opening; (opening = kdb_phrase_name_opening(rest)) != 0;) {
            rest = kdb_phrase_bare(kdb_slice(rest, opening, rest.size));
            cut = true;
            known = kdb_venue_find(fields, rest);
            if (known && rest.size > 2) {
                *whole = true;
                return known;
            }
        }
        size_t digits = 0, end = 0;
        while (digits < rest.size && kdb_is_digit(rest.data[digits]))
            digits++;
        if (digits) { /* "33rd", "2016" */
            end = kdb_find_char(rest, ' ', 0);
            if (end == SIZE_MAX)
                break;
            rest = kdb_phrase_bare(kdb_slice(rest, end, rest.size));
            cut = true;
        }
        known = cut ? kdb_venue_find(fields, rest) : NULL;
        if (known) {
            *whole = true;
            return known;
        }
    }
    size_t open = kdb_find_char(name, '(', 0);
    if (open != SIZE_MAX && open > 3) {
        size_t close = kdb_find_char(name, ')', open);
        kdbib_str abbreviation = kdb_phrase_bare(kdb_slice(name, open, close));
        known = kdb_venue_find(fields, abbreviation);
        if (known && (abbreviates(abbreviation, kdb_slice(name, 0, open)) ||
                      kdb_venue_find(fields, kdb_phrase_bare(kdb_slice(name, 0, open))) == known)) {
            *whole = true;
            return known;
        }
    }
    /* "NIPS Deep Learning Workshop", "SLE: 14th ACM …", "Workshop at ICML", "CVPR/ICCV" */
    size_t end = 0;
    while (end < name.size && !kdb_is_one_of(name.data[end], " :,/@-("))
        end++;
    known = end > 2 && end < name.size && kdb_phrase_is_acronym(kdb_slice(name, 0, end))
                ? kdb_venue_find(fields, kdb_slice(name, 0, end))
                : NULL;
    if (known)
        return known;
    size_t from = name.size;
    while (from && !kdb_is_one_of(name.data[from - 1], " :,/@("))
        from--;
    if (from > 1 && name.data[from - 1] == '(' && !has_venue_word(fields, name))
        return NULL; /* "Soup Gyms (CIDR)": a title */
    return from && name.size - from > 2 && kdb_phrase_is_acronym(kdb_slice(name, from, name.size))
               ? kdb_venue_find(fields, kdb_slice(name, from, name.size))
               : NULL;
}

/* The last word of `name` comes behind a period, a comma or an "&". */
static bool stands_alone(kdbib_str name) {
    size_t from = name.size;
    while (from && !kdb_is_space(name.data[from - 1]))
        from--;
    return kdb_find_char(kdb_slice(name, 0, from), '&', 0) != SIZE_MAX ||
           (from > 1 && kdb_is_one_of(name.data[from - 2], ".,"));
}

unsigned kdb_phrase_judge(kdb_phrase *p) {
    kdb_venue *v = p->venue;
    form f;
    if (!v->name.size)
        return v->date.year ? 92 : v->arxiv.size || v->doi.size ? 85 : v->remark.size ? 60 : 0;
    form_of(p->fields, v->name, &f);
    bool whole, evidence = p->dated || v->volume.size || v->pages.size || v->remark.size;
    v->known = find_loosely(p->fields, v->name, &whole);
    if (v->known && whole) {
        if (p->dated || v->pages.size || v->volume.size)
            return 97;
        if (f.acronym || v->remark.size || v->known->kind == KDB_VENUE_PREPRINT || f.venue)
            return f.lower && f.words == 1 && v->known->kind != KDB_VENUE_PREPRINT ? 50 : 93;
        if (!f.capitals && v->known->kind != KDB_VENUE_PREPRINT)
            return 40;
        if (f.words == 1 && (f.lower || kdb_equal_nocase(v->name, v->known->name)) &&
            !kdbib_str_equal(v->name, v->known->name))
            return 40; /* "Fast" is no "FAST" */
        return f.topic == f.words || f.words == 1 ? 62 : 85;
    }
    /* "Lee et al. CVPR", "Ann Lee, Bo Li": names, perhaps with a venue behind them */
    if (kdb_find(v->name, KDBIB_STR(" et al"), 0) != SIZE_MAX)
        return 5;
    if (!f.venue && kdb_find_char(v->name, ',', 0) != SIZE_MAX &&
        kdb_names_score(p->arena, p->fields, v->name) >= 60)
        return 15;
    size_t end = 0; /* a word that begins a name says more than one that ends a title */
    while (end < v->name.size && !kdb_is_one_of(v->name.data[end], " :,/@-("))
        end++;
    bool leads = v->known && kdb_venue_find(p->fields, kdb_slice(v->name, 0, end)) == v->known;
    if (v->arxiv.size && v->known)
        return leads && v->name.size < 50 ? 95 : 30;
    if (v->known) {
        bool workshop = f.venue > 0;
        /* the server's own name says nothing of the words before it: "Ann Lee. arXiv" */
        if (!leads && v->known->kind == KDB_VENUE_PREPRINT && stands_alone(v->name))
            workshop = false;
        /* "Mert R. NeurIPS", "Ann & Bo, CVPR": somebody stands before it */
        if (!leads && !workshop && stands_alone(v->name))
            return 30;
        if (!workshop && f.words > (leads ? 7U : 3U))
            return 30;
        unsigned score = workshop && p->dated ? 90 : p->dated ? 78 : workshop ? 70 : 40;
        return f.words > 14 ? score / 2 : f.function > 2 && !workshop ? score / 2 : score;
    }
    if (f.words > 22)
        return 5;
    if (f.venue) {
        unsigned score = evidence ? 80 : 62;
        if (f.words == 1)
            score -= 15;
        return score - (f.lower > 4 ? 15U : 0U);
    }
    if (f.acronym)
        return evidence ? 78 : 45;
    if (f.lower > 1 + f.capitals || f.function > 2)
        return evidence ? 20 : 5;
    if (f.words <= 6 && f.capitals) {
        if (v->volume.size && (v->pages.size || v->issue.size || p->dated))
            return 80;
        if (f.topic > 1 || f.function)
            return evidence ? 35 : 15;
        return evidence ? 60 : f.words <= 4 ? 38 : 25;
    }
    return evidence ? 25 : 8;
}
