/* Citation strings taken apart: first the title is found, then what stands around it. */
#include "fields/citation_inside.h"

#include "fields/dates.h"

/* "[12]", "3.", "(4)" in front. */
static void skip_number(kdb_citation_reader *r) {
    size_t at = r->from;
    while (at < r->to && (kdb_is_space(r->text.data[at]) || kdb_is_one_of(r->text.data[at], "*_-")))
        at++;
    r->from = at;
    char open = at < r->to ? r->text.data[at] : '\0';
    size_t digits = open == '[' || open == '(' ? at + 1 : at, end = digits;
    while (end < r->to && kdb_is_digit(r->text.data[end]))
        end++;
    if (end == digits || end - digits > 3 || end >= r->to)
        return;
    char close = r->text.data[end];
    if ((open == '[' && close == ']') || (open == '(' && close == ')') ||
        (digits == at && (close == '.' || close == ')') && end + 1 < r->to &&
         kdb_is_space(r->text.data[end + 1]))) {
        r->from = end + 1;
        while (r->from < r->to &&
               (kdb_is_space(r->text.data[r->from]) || kdb_is_one_of(r->text.data[r->from], "*_.")))
            r->from++;
    }
}

/* Editors, "In X, Y (Eds.), Title": out of the venue's way. */
static kdbib_str without_editors(const kdb_citation_reader *r, kdbib_str text,
                                 kdb_name_list *editors) {
    static const char *const marks[] = {"(Eds.)",    "(Ed.)",  "(eds.)",    "(ed.)",
                                        "(editors)", ", eds.", ", editors,"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = kdb_find(text, kdbib_str_of(marks[i]), 0);
        if (at == SIZE_MAX)
            continue;
        kdbib_str before = kdb_trim(kdb_slice(text, 0, at));
        size_t in = kdb_starts_with_nocase(before, KDBIB_STR("in ")) ? 3 : 0;
        kdbib_str names = kdb_slice(before, in, before.size);
        if (kdb_names_score(r->arena, r->fields, names) >= 50) {
            kdb_names_parse(r->arena, r->fields, names, editors);
            kdbib_str rest = kdb_slice(text, at + strlen(marks[i]), text.size);
            while (rest.size && kdb_is_one_of(rest.data[0], " ,."))
                rest = kdb_slice(rest, 1, rest.size);
            return rest;
        }
    }
    return text;
}

static void trim_title(kdb_citation_reader *r, kdb_range *title) {
    while (title->from < title->to && kdb_is_one_of(r->text.data[title->from], " \t\n.,:;*_|"))
        title->from++;
    while (title->to > title->from && kdb_is_one_of(r->text.data[title->to - 1], " \t\n.,:;*_|"))
        title->to--;
}

static void take(kdb_citation *out, const kdb_citation *from) {
    if (!out->authors.count)
        out->authors = from->authors;
    kdbib_date date = out->venue.date;
    if (from->venue.name.size || !out->venue.name.size) {
        kdb_venue before = out->venue;
        out->venue = from->venue;
        if (!out->venue.doi.size)
            out->venue.doi = before.doi;
    }
    if (!out->venue.date.year)
        out->venue.date = date;
}

/* Reads what stands before and behind the title. `sure`: quotes or marks say that it is the title.
 */
static bool read_around(kdb_citation_reader *r, kdb_range title, bool authors_known, bool sure) {
    kdb_citation side;
    size_t behind = title.to;
    unsigned understood = 0;
    while (behind < r->to && (kdb_is_space(r->text.data[behind]) ||
                              kdb_is_one_of(r->text.data[behind], ".,:;*_\"'") ||
                              (unsigned char)r->text.data[behind] == 0xE2)) {
        if ((unsigned char)r->text.data[behind] == 0xE2)
            behind += 2;
        behind++;
    }
    size_t sign_end = behind;
    if (behind + 2 < r->to && r->text.data[behind] == '[' &&
        strchr("JCDMPRNSZE", r->text.data[behind + 1])) {
        size_t close = kdb_find_char(r->text, ']', behind);
        if (close != SIZE_MAX && close - behind < 8)
            sign_end = close + 1;
    }
    while (sign_end < r->to && kdb_is_one_of(r->text.data[sign_end], " ./"))
        sign_end++;
    kdbib_str before = kdb_citation_part(r, r->from, title.from);
    while (before.size && kdb_is_one_of(before.data[before.size - 1], "\"'*_.,:(") &&
           !(before.data[before.size - 1] == '.' && before.size > 1 &&
             kdb_is_upper(before.data[before.size - 2])))
        before.size--;
    while (before.size >= 3 && (unsigned char)before.data[before.size - 3] == 0xE2)
        before.size -= 3;
    before = kdb_trim(before);
    if (before.size && !authors_known) {
        kdb_span span = {before, 0};
        kdb_venue venue;
        unsigned least =
            sure && kdb_venue_parse(r->arena, r->fields, before, &venue) < 60 ? 20 : 40;
        if (kdb_names_score(r->arena, r->fields, before) >= least &&
            !kdb_date_find(r->fields, before, 0, &(kdbib_date){0}, &(size_t){0}, &(size_t){0})) {
            if (!kdb_names_parse(r->arena, r->fields, before, &r->out->authors))
                return false;
            understood += 40;
        } else {
            if (!kdb_citation_parse_rest(r->arena, r->fields, &span, 1, &side))
                return false;
            understood += side.score * 4 / 10;
            take(r->out, &side);
        }
    } else {
        understood += 40;
    }
    kdbib_str after = kdb_citation_part(r, sign_end, r->to);
    after = without_editors(r, after, &r->out->editors);
    if (after.size) {
        bool have_authors = r->out->authors.count > 0;
        kdb_venue venue;
        unsigned likely = have_authors ? kdb_venue_parse(r->arena, r->fields, after, &venue) : 0;
        /* "Ann Lee. **Title.** J COMPUT SCI, 2011" */
        bool told = sure && likely >= 20 && venue.name.size && venue.date.year;
        if (likely >= 60 || (have_authors && (likely >= 30 || told) && after.size < 80)) {
            side = (kdb_citation){.venue = venue, .score = 100};
        } else {
            kdb_span span = {after, 0};
            if (!kdb_citation_parse_rest(r->arena, r->fields, &span, 1, &side))
                return false;
        }
        understood += side.score * 6 / 10;
        take(r->out, &side);
    } else {
        understood += 30;
    }
    r->out->score = understood > 100 ? 100 : understood;
    if (!r->out->authors.count && !r->out->venue.name.size && !r->out->venue.date.year)
        r->out->score = 10;
    return true;
}

bool kdb_citation_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                        size_t count, kdb_citation *citation) {
    *citation = (kdb_citation){0};
    kdb_citation_reader r = {
        .arena = arena, .fields = fields, .spans = spans, .count = count, .out = citation};
    r.text = kdb_spans_text(arena, spans, count);
    r.to = r.text.size;
    if (r.text.size > 20000) { /* no citation, but somebody's essay */
        citation->title = r.text;
        citation->title_to = r.text.size;
        return true;
    }
    skip_number(&r);
    kdb_title_place place;
    unsigned sure = kdb_citation_find_title(&r, &place);
    if (place.authors_end &&
        !kdb_names_parse(arena, fields, kdb_citation_part(&r, r.from, place.authors_end),
                         &citation->authors))
        return false;
    kdb_range title = place.title;
    trim_title(&r, &title);
    citation->title_from = title.from;
    citation->title_to = title.to;
    citation->title = kdb_slice(r.text, title.from, title.to);
    if (!read_around(&r, title, place.authors_end > 0, sure == 90))
        return false;
    bool told = citation->authors.count && citation->venue.known && citation->venue.date.year;
    if (sure >= 65 && told)
        sure = 95; /* it all fits */
    citation->score = citation->score * sure / 100;
    return !kdb_arena_failed(arena);
}
