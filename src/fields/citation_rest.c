/* What stands around a title: phrases between separators, each an author, a venue, a date, or
 * something else; the longest run of authors is the author list, what stays says where and when. */
#include "fields/chars.h"
#include "fields/citation_inside.h"
#include "fields/words.h"

#define MOST_ATOMS 400 /* a list of more authors than that is cut off */

typedef enum atom_kind {
    ATOM_OTHER,
    ATOM_NAME, /* surely a name: "Ann Lee", "A. Lee", "Lee et al" */
    ATOM_WORD, /* a word with a capital: half of "Lee, Ann" */
    ATOM_VENUE,
} atom_kind;

typedef struct atom {
    uint32_t from, to;
    char before; /* the separator: ',', '.', '|', '(', '\n', … */
    uint8_t kind;
} atom;

typedef struct rest {
    kdb_arena *arena;
    const kdb_fields *fields;
    kdbib_str text;
    atom *atoms;
    size_t count;
} rest;

static bool is_dash(kdbib_str text, size_t at, size_t *size) {
    bool spaced = at && kdb_is_space(text.data[at - 1]);
    *size = text.data[at] == '-' ? 1
            : kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("\xE2\x80\x93")) ||
                    kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("\xE2\x80\x94"))
                ? 3
                : 0;
    return *size && spaced && at + *size < text.size && kdb_is_space(text.data[at + *size]);
}

static void add_atom(rest *r, size_t from, size_t to, char before) {
    while (from < to &&
           (kdb_is_space(r->text.data[from]) || kdb_is_one_of(r->text.data[from], "*_:-<>")))
        from++;
    while (to > from && kdb_is_space(r->text.data[to - 1]))
        to--;
    if (to > from && r->count < MOST_ATOMS)
        r->atoms[r->count++] = (atom){(uint32_t)from, (uint32_t)to, before, ATOM_OTHER};
}

/* Cuts at commas, sentence ends, bars, dashes, brackets and line breaks. Brackets are phrases. */
static bool cut(rest *r) {
    kdbib_str text = r->text;
    r->atoms = kdb_arena_alloc(r->arena, MOST_ATOMS * sizeof *r->atoms);
    if (!r->atoms)
        return false;
    size_t from = 0;
    char before = 0;
    for (size_t at = 0; at < text.size; at++) {
        char c = text.data[at];
        if (c == ' ' || kdb_is_alnum(c))
            continue;
        size_t size = 1;
        bool separator = c == ',' || c == '|' || c == ';' || c == '\n' || c == '(' || c == ')' ||
                         c == '[' || c == ']' ||
                         (c == '.' && kdb_citation_ends_phrase(r->fields, text, at)) ||
                         is_dash(text, at, &size);
        if (!separator)
            continue;
        add_atom(r, from, at, before);
        before = c;
        from = at + (size ? size : 1);
        at = from - 1;
    }
    add_atom(r, from, text.size, before);
    return true;
}

/* "Ann & Lee", of "Bo, Ann & Lee, Cy". */
static bool joins(kdbib_str text) {
    return kdb_find(text, KDBIB_STR(" & "), 0) != SIZE_MAX ||
           kdb_find(text, KDBIB_STR(" and "), 0) != SIZE_MAX;
}

/* "Lee and Moss", not "MIT and Stanford". */
static bool is_capitalised(kdbib_str text) {
    for (size_t i = 1; i < text.size; i++)
        if (kdb_is_upper(text.data[i]) && kdb_is_alnum(text.data[i - 1]))
            return false;
    return true;
}

/* A bracket that holds several names: "(Ann Lee, Bo Li), CVPR 2017", "(Lee et al., CVPR 2017)",
 * "(Lee & Li, 2017)"; not "(NTU, Singapore)". */
static bool brackets_names(const rest *r, size_t i, unsigned name) {
    kdbib_str text = kdb_slice(r->text, r->atoms[i].from, r->atoms[i].to);
    if (i == 0 && r->count > 1 && kdb_is_one_of(r->atoms[1].before, ",.")) {
        kdbib_str next = kdb_slice(r->text, r->atoms[1].from, r->atoms[1].to);
        size_t words = kdb_count_words(text);
        if (words > 1 &&
            ((joins(text) && (name >= 50 || (name >= 25 && words == 3 && is_capitalised(text)))) ||
             kdb_find(text, KDBIB_STR(" et al"), 0) != SIZE_MAX))
            return true;
        if (words == 1 && joins(next) && name >= 15) /* "(Lee, Li & Moss, 2017)" */
            return kdb_names_score(r->arena, r->fields,
                                   kdb_slice(r->text, r->atoms[0].from, r->atoms[1].to)) >= 60;
    }
    return name >= 50 && i + 1 < r->count && r->atoms[i + 1].before == ',' &&
           kdb_count_words(text) > 1 &&
           kdb_names_score(r->arena, r->fields,
                           kdb_slice(r->text, r->atoms[i].from, r->atoms[i + 1].to)) >= 70;
}

static void classify(rest *r) {
    for (size_t i = 0; i < r->count; i++) {
        atom *a = &r->atoms[i];
        kdbib_str text = kdb_slice(r->text, a->from, a->to);
        if (text.size > 200)
            continue;
        kdb_venue venue;
        unsigned sure = kdb_venue_parse_likely(r->arena, r->fields, text, &venue);
        unsigned name = sure >= 90 ? 0 : kdb_names_score(r->arena, r->fields, text);
        size_t words = kdb_count_words(text);
        bool bracket = a->before == '(' || a->before == '[';
        bool known = venue.known && sure >= 60 && words == 1 && name < 50; /* "Neurocomputing" */
        if ((sure >= 75 && name < 75) || known)
            a->kind = ATOM_VENUE;
        else if (bracket && !brackets_names(r, i, name))
            a->kind = ATOM_OTHER; /* an affiliation, a remark */
        else if (name >= 50 || (name >= 30 && words >= 2))
            a->kind = ATOM_NAME;
        else if (words == 1 && (unsigned char)text.data[0] < 0x80 && kdb_is_upper(text.data[0]) &&
                 sure < 60)
            a->kind = ATOM_WORD;
        else if ((words <= 2 && name >= 15) || (name >= 20 && words <= 5 && joins(text)))
            a->kind = ATOM_WORD;
        else if (sure >= 60)
            a->kind = ATOM_VENUE;
    }
}

/* Affiliations in brackets belong to the run of names they stand in. */
static bool continues(const rest *r, size_t i) {
    const atom *a = &r->atoms[i];
    if (a->kind == ATOM_NAME || a->kind == ATOM_WORD)
        return a->before != '|' && a->before != '\n' && a->before != '.';
    return (a->before == '(' || a->before == '[') && a->kind == ATOM_OTHER;
}

static bool is_et_al(kdbib_str text) {
    return kdb_starts_with_nocase(text, KDBIB_STR("et al")) ||
           kdb_starts_with_nocase(text, KDBIB_STR("and others"));
}

/* The run of names: [*first, *last). */
static bool find_names(const rest *r, size_t *first, size_t *last) {
    unsigned best = 0;
    for (size_t i = 0; i < r->count;) {
        if (r->atoms[i].kind != ATOM_NAME && r->atoms[i].kind != ATOM_WORD) {
            i++;
            continue;
        }
        size_t end = i + 1;
        unsigned weight = r->atoms[i].kind == ATOM_NAME ? 3 : 1;
        while (end < r->count &&
               (continues(r, end) ||
                is_et_al(kdb_slice(r->text, r->atoms[end].from, r->atoms[end].to)))) {
            weight += r->atoms[end].kind == ATOM_NAME ? 3 : 1;
            end++;
        }
        while (end > i && r->atoms[end - 1].kind == ATOM_OTHER && r->atoms[end - 1].before == '(')
            end--;
        if (weight > best) {
            best = weight;
            *first = i;
            *last = end;
        }
        i = end;
    }
    return best > 0;
}

/* One word of three capitals and more, in a list of whole names. */
static bool is_acronym(const rest *r, size_t i) {
    kdbib_str text = kdb_slice(r->text, r->atoms[i].from, r->atoms[i].to);
    bool capitals = text.size > 2 && kdb_count_words(kdb_slice(r->text, r->atoms[i - 1].from,
                                                               r->atoms[i - 1].to)) > 1;
    for (size_t k = 0; k < text.size && capitals; k++)
        capitals = kdb_is_upper(text.data[k]);
    return capitals;
}

/* Takes what `more` says and `venue` does not. */
static void unite(kdb_venue *venue, const kdb_venue *more) {
    if (!venue->name.size) {
        venue->name = more->name;
        venue->known = more->known;
    }
    if (!venue->date.year)
        venue->date = more->date;
    kdbib_str *own[] = {&venue->volume, &venue->issue, &venue->pages, &venue->article_number,
                        &venue->doi,    &venue->arxiv, &venue->remark};
    const kdbib_str *other[] = {&more->volume, &more->issue, &more->pages, &more->article_number,
                                &more->doi,    &more->arxiv, &more->remark};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!own[i]->size)
            *own[i] = *other[i];
}

/* The venue within atoms [first, last): all of them as one phrase, or else the longest run that is
 * one, and dates. Adds to `venue`; result: how many of the atoms were understood. */
static size_t read_venue(const rest *r, size_t first, size_t last, kdb_venue *venue,
                         unsigned *score) {
    if (first >= last)
        return 0;
    kdb_venue parsed = {0};
    size_t from = r->atoms[first].from, to = r->atoms[last - 1].to;
    if (r->atoms[first].before == '(' || r->atoms[first].before == '[')
        from--;
    unsigned sure = 0;
    while (to < r->text.size && kdb_is_one_of(r->text.data[to], ")]."))
        to++;
    if (to - from < 400)
        sure = kdb_venue_parse(r->arena, r->fields, kdb_slice(r->text, from, to), &parsed);
    bool small = kdb_is_lower(r->text.data[r->atoms[first].from]);
    if (last - first == 1 && sure < 60 && !parsed.known && r->atoms[first].before == '(')
        return 0;                                                    /* "(Some University)" */
    bool dated = last - first == 2 && first > 0 && parsed.date.year; /* "Ann Lee. Journal, 2005" */
    if (sure >= 60 || ((last - first == 1 || dated) && sure >= 35 && !small)) {
        unite(venue, &parsed);
        *score = sure > *score ? sure : *score;
        return last - first;
    }
    size_t understood = 0;
    for (size_t i = first; i < last; i++) {
        if (r->atoms[i].kind != ATOM_VENUE)
            continue;
        size_t end = i + 1; /* with the numbers and dates behind it */
        while (end < last && r->atoms[end].kind == ATOM_VENUE)
            end++;
        size_t stop = r->atoms[end - 1].to;
        while (stop < r->text.size && kdb_is_one_of(r->text.data[stop], ")]"))
            stop++;
        sure = kdb_venue_parse(r->arena, r->fields, kdb_slice(r->text, r->atoms[i].from, stop),
                               &parsed);
        if (sure >= 60) {
            unite(venue, &parsed);
            *score = sure > *score ? sure : *score;
            understood += end - i;
        }
        i = end - 1;
    }
    return understood;
}

/* Without "Cited By: 24" at the end. */
static kdbib_str without_counts(kdbib_str text) {
    size_t end = text.size;
    while (end && (kdb_is_digit(text.data[end - 1]) || kdb_is_one_of(text.data[end - 1], " :.)")))
        end--;
    static const char *const words[] = {"cited by", "citations", "cites"};
    for (size_t i = 0; i < sizeof words / sizeof *words && end < text.size; i++) {
        size_t size = strlen(words[i]);
        if (end <= size ||
            !kdb_equal_nocase(kdb_slice(text, end - size, end), kdbib_str_of(words[i])))
            continue;
        end -= size;
        while (end && kdb_is_one_of(text.data[end - 1], " ,;|(-"))
            end--;
        return kdb_slice(text, 0, end);
    }
    return text;
}

bool kdb_citation_rest_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                               kdb_citation *citation) {
    *citation = (kdb_citation){0};
    rest r = {.arena = arena, .fields = fields, .text = text};
    if (r.text.size > UINT32_MAX / 2)
        return true;
    if (!cut(&r))
        return false;
    classify(&r);
    size_t first = r.count, last = r.count, understood = 0;
    unsigned score = 0;
    if (find_names(&r, &first, &last)) {
        while (last > first + 1 && last < r.count && is_acronym(&r, last - 1) &&
               r.atoms[last].kind == ATOM_VENUE) /* "Ann Lee, Bo Li, WNUT, (2019)" */
            r.atoms[--last].kind = ATOM_VENUE;
        kdbib_str list = kdb_slice(r.text, r.atoms[first].from, r.atoms[last - 1].to);
        unsigned names = kdb_names_score(arena, fields, list);
        bool announced =
            r.atoms[first].from >= 3 &&
            kdb_starts_with_nocase(kdb_slice(r.text, r.atoms[first].from - 3, r.text.size),
                                   KDBIB_STR("by "));
        bool dated = first > 0; /* "(2019), Ann Lee" */
        for (size_t i = 0; i < first && dated; i++)
            dated =
                r.atoms[i].to - r.atoms[i].from == 4 && kdb_is_digit(r.text.data[r.atoms[i].from]);
        bool place = dated && last == first + 1 && list.size < 6; /* "(1927, EJ)" */
        for (size_t i = 0; i < list.size && place; i++)
            place = kdb_is_upper(list.data[i]);
        if (place)
            names = 0;
        if (names >= 50 || announced || (names >= 35 && (first == 0 || dated)) ||
            (names >= 25 && brackets_names(&r, first, names))) {
            /* "et al." may stand behind the last separator */
            size_t to = r.atoms[last - 1].to;
            if (!kdb_names_parse(arena, fields, kdb_slice(r.text, r.atoms[first].from, to),
                                 &citation->authors))
                return false;
            understood += last - first;
        } else {
            first = last = r.count;
        }
    }
    understood += read_venue(&r, 0, first, &citation->venue, &score);
    if (last < r.count)
        understood += read_venue(&r, last, r.count, &citation->venue, &score);
    citation->score = r.count ? (unsigned)(understood * 100 / r.count) : 0;
    if (citation->score == 100 && !citation->authors.count && score < 60)
        citation->score = score;
    return !kdb_arena_failed(arena);
}

bool kdb_citation_parse_rest(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                             size_t count, kdb_citation *citation) {
    kdbib_str text = without_counts(kdb_spans_text(arena, spans, count));
    return (kdb_citation_rest_glance(arena, fields, text, citation) ||
            kdb_citation_rest_in_full(arena, fields, text, citation)) &&
           !kdb_arena_failed(arena);
}
