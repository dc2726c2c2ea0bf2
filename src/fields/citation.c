/* Citation strings taken apart: first the title is found (marks, quotes, the sign of GB/T 7714, the
 * year in front of it, or else the order of the sentences), then what stands around it. */
#include "fields/citation.h"

#include "fields/chars.h"
#include "fields/dates.h"
#include "fields/title.h"
#include "fields/words.h"

typedef struct reader {
    kdb_arena *arena;
    const kdb_fields *fields;
    const kdb_span *spans;
    size_t count;
    kdbib_str text;
    size_t from, to; /* of the citation itself: without number and notes */
    kdb_citation *out;
} reader;

typedef struct range {
    size_t from, to;
} range;

static kdbib_str part(const reader *r, size_t from, size_t to) {
    return kdb_trim(kdb_slice(r->text, from, to));
}

/* ---- sentences ---- */

static bool is_year_sentence(const reader *r, size_t at) {
    kdbib_str rest = kdb_slice(r->text, at, at + 8);
    return rest.size >= 4 && kdb_is_digit(rest.data[0]) && kdb_is_digit(rest.data[1]) &&
           kdb_is_digit(rest.data[2]) && kdb_is_digit(rest.data[3]) &&
           (rest.size == 4 || !kdb_is_alnum(rest.data[4]));
}

/* The `.`, `?` or `!` at `at` ends a sentence. */
static bool ends_sentence(const reader *r, size_t at) {
    kdbib_str text = r->text;
    char c = text.data[at];
    if (c != '.' && c != '?' && c != '!')
        return false;
    size_t next = at + 1;
    while (next < text.size && kdb_is_one_of(text.data[next], "\"')]*_"))
        next++;
    if (next < text.size && !kdb_is_space(text.data[next]))
        return false;
    while (next < text.size && kdb_is_space(text.data[next]))
        next++;
    if (next >= text.size || c != '.')
        return true;
    size_t word = at;
    while (word &&
           (kdb_is_alpha(text.data[word - 1]) || (unsigned char)text.data[word - 1] >= 0x80))
        word--;
    size_t letters = at - word;
    char first = text.data[next];
    if (first == ',' || first == '&' || first == ';')
        return false;
    if (kdb_starts_with(kdb_slice(text, next, text.size), KDBIB_STR("and ")))
        return false;
    if (letters && letters <= 2 && kdb_is_upper(text.data[word]) &&
        (letters == 1 || kdb_is_upper(text.data[word + 1])))
        /* "Lee A, Li B. Deep learning of …" against "John B. Smith, …" */
        return kdb_is_digit(first) ? is_year_sentence(r, next)
                                   : words_until_stop(text, next, 4) >= 4 ||
                                         !(kdb_is_upper(first) || (unsigned char)first >= 0x80);
    if (kdb_is_digit(first))
        return is_year_sentence(r, next) || letters > 4;
    if (kdb_is_lower(first)) {
        size_t end = next;
        while (end < text.size && !kdb_is_space(text.data[end]) &&
               !kdb_is_one_of(text.data[end], ",:"))
            end++;
        return kdb_venue_find(r->fields, kdb_slice(text, next, end)) != NULL ||
               kdb_starts_with(kdb_slice(text, next, text.size), KDBIB_STR("in "));
    }
    return true;
}

#define MOST_SENTENCES 16

/* Sentences of [from, to). */
static size_t sentences(const reader *r, size_t from, size_t to, range *out) {
    size_t count = 0, start = from;
    for (size_t at = from; at < to && count + 1 < MOST_SENTENCES; at++) {
        bool wide = at + 3 <= to && memcmp(r->text.data + at, "\xE3\x80\x82", 3) == 0;
        bool line = r->text.data[at] == '\n' ||
                    (r->text.data[at] == '|' && at > from && kdb_is_space(r->text.data[at - 1]));
        if (!wide && !line && !ends_sentence(r, at))
            continue;
        size_t end = line || r->text.data[at] == '.' || wide ? at : at + 1;
        if (part(r, start, end).size)
            out[count++] = (range){start, end};
        start = wide ? at + 3 : at + 1;
    }
    if (part(r, start, to).size)
        out[count++] = (range){start, to};
    return count;
}

/* ---- the title ---- */

static size_t words_of(kdbib_str text) {
    size_t words = 0;
    for (size_t i = 0; i < text.size; i++)
        words += !kdb_is_space(text.data[i]) && (i == 0 || kdb_is_space(text.data[i - 1]));
    return words;
}

static bool is_title(const reader *r, kdbib_str text, unsigned least) {
    return kdb_title_score(r->arena, r->fields, text) >= least;
}

/* The first quoted text that is long enough. */
static bool quoted_title(const reader *r, range *title) {
    static const struct {
        const char *open, *close;
    } quotes[] = {{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\"", "\""},
                  {"\xC2\xAB", "\xC2\xBB"},         {"``", "''"},
                  {"\xE2\x80\x9C", "\""},           {"\"", "\xE2\x80\x9D"},
                  {"\xE2\x80\x9D", "\xE2\x80\x9D"}, {"\xE3\x80\x8A", "\xE3\x80\x8B"},
                  {"\xE3\x80\x8C", "\xE3\x80\x8D"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t open = kdb_find(r->text, kdbib_str_of(quotes[i].open), r->from);
        if (open == SIZE_MAX || open >= r->to)
            continue;
        size_t inside = open + strlen(quotes[i].open);
        size_t close = kdb_find(r->text, kdbib_str_of(quotes[i].close), inside);
        if (close == SIZE_MAX || close >= r->to || close - inside < 5)
            continue;
        kdbib_str text = part(r, inside, close);
        /* a quotation inside a title is short and stands in the midst of words */
        size_t before = open;
        while (before > r->from && kdb_is_space(r->text.data[before - 1]))
            before--;
        bool after_stop = before == r->from ||
                          kdb_is_one_of(r->text.data[before - 1], ".,:;)*_\n|") ||
                          words_of(text) >= 5;
        if (after_stop && (words_of(text) >= 3 || is_title(r, text, 40))) {
            *title = (range){inside, close};
            return true;
        }
    }
    return false;
}

/* The longest run of spans with `mark` that may be a title. */
static bool marked_title(const reader *r, unsigned mark, unsigned least, range *title) {
    size_t at = 0, start = SIZE_MAX, best = 0;
    for (size_t i = 0; i <= r->count; i++) {
        bool has = i < r->count && (r->spans[i].marks & mark);
        if (has && start == SIZE_MAX)
            start = at;
        if (!has && start != SIZE_MAX) {
            kdbib_str text = part(r, start, at);
            bool whole = start <= r->from && at >= r->to;
            if (!whole && words_of(text) >= 2 && text.size > best && is_title(r, text, least)) {
                *title = (range){start, at};
                best = text.size;
            }
            start = SIZE_MAX;
        }
        if (i < r->count)
            at += r->spans[i].text.size;
    }
    return best > 0;
}

/* "Title[J]." of GB/T 7714: the sign's place and its end. */
static bool find_document_sign(const reader *r, size_t *sign, size_t *behind) {
    for (size_t at = r->from; at + 2 < r->to; at++) {
        if (r->text.data[at] != '[' || !strchr("JCDMPRNSZ", r->text.data[at + 1]))
            continue;
        size_t end = at + 2;
        if (r->text.data[end] == '/') /* [J/OL], [EB/OL] */
            while (end < r->to && r->text.data[end] != ']')
                end++;
        if (end < r->to && r->text.data[end] == ']') {
            *sign = at;
            *behind = end + 1;
            return true;
        }
    }
    return false;
}

/* Where a title that ends at `end` begins: behind the author list in front of it. */
static size_t behind_authors(const reader *r, size_t end) {
    range list[MOST_SENTENCES];
    size_t count = sentences(r, r->from, end, list);
    if (count < 2)
        return r->from;
    for (size_t i = 1; i < count; i++)
        if (kdb_names_score(r->arena, r->fields, part(r, r->from, list[i].from)) >= 50)
            return list[i].from;
    return r->from;
}

/* "Authors (2015). Title. …", "Authors. 1993. Title. …". */
static bool title_behind_year(const reader *r, range *title, size_t *authors_end) {
    kdbib_date date;
    size_t at = r->from, from, to;
    if (!kdb_date_find(r->fields, kdb_slice(r->text, 0, r->to), at, &date, &from, &to))
        return false;
    bool bracket =
        from > r->from && r->text.data[from - 1] == '(' && to < r->to && r->text.data[to] == ')';
    size_t before = bracket ? from - 1 : from;
    while (before > r->from && kdb_is_space(r->text.data[before - 1]))
        before--;
    bool stopped =
        before > r->from && (r->text.data[before - 1] == '.' || r->text.data[before - 1] == ',');
    size_t behind = bracket ? to + 1 : to;
    if (before <= r->from + 2 ||
        !(bracket || (stopped && behind < r->to && kdb_is_one_of(r->text.data[behind], ".:"))))
        return false;
    if (kdb_names_score(r->arena, r->fields, part(r, r->from, before)) < 50)
        return false;
    while (behind < r->to && kdb_is_one_of(r->text.data[behind], " .,:;\t\n"))
        behind++;
    range list[MOST_SENTENCES];
    size_t count = sentences(r, behind, r->to, list);
    if (!count || !is_title(r, part(r, list[0].from, list[0].to), 35))
        return false;
    *title = list[0];
    *authors_end = before;
    r->out->venue.date = date;
    return true;
}

/* By the order of sentences: authors first, or title first. */
static bool title_by_sentences(const reader *r, range *title) {
    range list[MOST_SENTENCES];
    size_t count = sentences(r, r->from, r->to, list);
    if (count < 2)
        return false;
    kdbib_str first = part(r, list[0].from, list[0].to), second = part(r, list[1].from, list[1].to);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    unsigned as_title = kdb_title_score(r->arena, r->fields, first);
    if (names >= 50 && names > as_title && is_title(r, second, 30)) {
        *title = list[1];
        return true;
    }
    if (as_title < 40)
        return false;
    *title = list[0];
    return true;
}

/* "Title, Authors, Venue Year": the title ends where names or a venue begin. "Authors, Title,
 * Venue": it begins where the names end. */
static bool title_by_commas(const reader *r, range *title) {
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
    kdbib_str first = part(r, r->from, commas[0]);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    if ((names >= 50 || (names >= 30 && words_of(first) <= 3)) && !is_title(r, first, 60)) {
        /* names first: the title is the first phrase that is none */
        for (size_t i = 0; i < count; i++) {
            kdbib_str phrase = part(r, commas[i] + 1, commas[i + 1]);
            if (is_title(r, phrase, 60) &&
                kdb_names_score(r->arena, r->fields, part(r, r->from, commas[i])) >= 50) {
                start = commas[i] + 1;
                *title = (range){start, commas[i + 1]};
                return true;
            }
        }
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kdbib_str behind = part(r, commas[i] + 1, commas[i + 1]);
        kdb_venue venue;
        unsigned name = kdb_names_score(r->arena, r->fields, behind);
        bool is_name =
            name >= 50 || (name >= 30 && words_of(behind) >= 2 && !is_title(r, behind, 50));
        bool is_venue = kdb_venue_parse(r->arena, r->fields, behind, &venue) >= 75;
        if (is_name || is_venue) {
            *title = (range){start, commas[i]};
            return is_title(r, part(r, start, commas[i]), 40);
        }
    }
    return false;
}

/* ---- all of it ---- */

/* "[12]", "3.", "(4)" in front. */
static void skip_number(reader *r) {
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
static kdbib_str without_editors(const reader *r, kdbib_str text, kdb_name_list *editors) {
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

static void trim_title(reader *r, range *title) {
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
static bool read_around(reader *r, range title, bool authors_known, bool sure) {
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
    kdbib_str before = part(r, r->from, title.from);
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
    kdbib_str after = part(r, sign_end, r->to);
    after = without_editors(r, after, &r->out->editors);
    if (after.size) {
        bool have_authors = r->out->authors.count > 0;
        kdb_venue venue;
        unsigned likely = have_authors ? kdb_venue_parse(r->arena, r->fields, after, &venue) : 0;
        if (likely >= 60 || (have_authors && likely >= 30 && after.size < 80)) {
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

/* "Lee, A., Li, B.: Title. In: Venue": a colon behind an initial. */
static bool title_behind_colon(const reader *r, range *title, size_t *authors_end) {
    size_t colon = kdb_find(kdb_slice(r->text, 0, r->to), KDBIB_STR(".: "), r->from);
    if (colon == SIZE_MAX || colon < r->from + 4 || colon - r->from > 600 ||
        !kdb_is_upper(r->text.data[colon - 1]) ||
        kdb_names_score(r->arena, r->fields, part(r, r->from, colon + 1)) < 50)
        return false;
    range found[MOST_SENTENCES];
    if (!sentences(r, colon + 2, r->to, found))
        return false;
    *title = found[0];
    *authors_end = colon + 1;
    return true;
}

bool kdb_citation_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                        size_t count, kdb_citation *citation) {
    *citation = (kdb_citation){0};
    reader r = {.arena = arena, .fields = fields, .spans = spans, .count = count, .out = citation};
    r.text = kdb_spans_text(arena, spans, count);
    r.to = r.text.size;
    if (r.text.size > 20000) { /* no citation, but somebody's essay */
        citation->title = r.text;
        citation->title_to = r.text.size;
        return true;
    }
    skip_number(&r);
    range title = {r.from, r.to};
    size_t sign, behind, authors_end = 0;
    unsigned sure = 90;
    if (quoted_title(&r, &title)) {
        ;
    } else if (find_document_sign(&r, &sign, &behind)) {
        title = (range){behind_authors(&r, sign), sign};
    } else if (marked_title(&r, KDB_MARK_BOLD, 42, &title) ||
               marked_title(&r, KDB_MARK_LINK, 42, &title)) {
        ;
    } else if (title_behind_year(&r, &title, &authors_end) ||
               title_behind_colon(&r, &title, &authors_end)) {
        if (!kdb_names_parse(arena, fields, part(&r, r.from, authors_end), &citation->authors))
            return false;
    } else if (marked_title(&r, KDB_MARK_ITALIC, 60, &title)) {
        sure = 80;
    } else if (title_by_sentences(&r, &title)) {
        sure = 75;
    } else if (title_by_commas(&r, &title)) {
        sure = 65;
    } else {
        title = (range){r.from, r.to};
        sure = 20;
    }
    trim_title(&r, &title);
    citation->title_from = title.from;
    citation->title_to = title.to;
    citation->title = kdb_slice(r.text, title.from, title.to);
    if (!read_around(&r, title, authors_end > 0, sure == 90))
        return false;
    bool told = citation->authors.count && citation->venue.known && citation->venue.date.year;
    if (sure >= 65 && told)
        sure = 95; /* it all fits */
    citation->score = citation->score * sure / 100;
    return !kdb_arena_failed(arena);
}
