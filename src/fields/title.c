/* A title freed from what the curator put around it. */
#include "fields/title_inside.h"

#include "fields/chars.h"
#include "fields/labels.h"
#include "fields/names.h"
#include "fields/word.h"
#include "fields/words.h"

static size_t end_spaces(kdbib_str text, size_t from, size_t end) {
    while (end > from && kdb_is_space(text.data[end - 1]))
        end--;
    return end;
}

/* ":star:" at `at`: its size. */
static size_t shortcode(kdbib_str text, size_t at, size_t end) {
    size_t to = at + 1;
    if (text.data[at] != ':')
        return 0;
    while (to < end && (kdb_is_lower(text.data[to]) || kdb_is_digit(text.data[to]) ||
                        text.data[to] == '_' || text.data[to] == '+'))
        to++;
    return to > at + 2 && to < end && text.data[to] == ':' ? to + 1 - at : 0;
}

/* Blanks, emoji, bullets and punctuation that begin no title. */
static void trim_front(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    for (;;) {
        t->from = kdb_title_skip_spaces(c->text, t->from, t->to);
        if (t->from >= t->to)
            return;
        size_t next, size = shortcode(c->text, t->from, t->to);
        if (size) {
            t->from += size;
            continue;
        }
        int32_t ch = kdb_char_at(c->text, t->from, &next);
        bool dash = ch == '-' && next < t->to && kdb_is_space(c->text.data[next]);
        if (kdb_char_is_sign(ch) || dash || ch == ':' || ch == ',' || ch == ';' || ch == '|' ||
            ch == 0x2022 || ch == 0xA0 || ch == 0xFF1A || ch == 0x2013 || ch == 0x2014 ||
            (ch == '.' && next < t->to && kdb_is_space(c->text.data[next])) || ch == '*' ||
            ch == '~' || ch == ')' || ch == ']')
            t->from = next;
        else
            return;
    }
}

static void trim_back(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    for (;;) {
        t->to = end_spaces(c->text, t->from, t->to);
        if (t->to <= t->from)
            return;
        char last = c->text.data[t->to - 1];
        if (last == ':') {
            size_t open = t->to - 1;
            while (open > t->from && c->text.data[open - 1] != ':' &&
                   !kdb_is_space(c->text.data[open - 1]))
                open--;
            if (open > t->from && shortcode(c->text, open - 1, t->to) == t->to - open + 1) {
                t->to = open - 1;
                continue;
            }
        }
        size_t at = kdb_char_before(c->text, t->to), next;
        int32_t ch = kdb_char_at(c->text, at, &next);
        bool dots = last == '.' && t->to - t->from > 2 && c->text.data[t->to - 2] == '.';
        if (kdb_char_is_sign(ch) || (last == '.' && !dots) || last == ',' || last == ';' ||
            last == '|' || last == ':' || ch == 0x3002 || ch == 0xA0 || ch == 0xFF0C ||
            last == '(' || last == '[' || last == '*' || last == '~' ||
            ((last == '-' || ch == 0x2013 || ch == 0x2014) && at > t->from &&
             kdb_is_space(c->text.data[at - 1])))
            t->to = at;
        else
            return;
    }
}

static int32_t closing_quote(int32_t open) {
    switch (open) {
    case '"':
        return '"';
    case 0x201C:
        return 0x201D;
    case 0x201E:
        return 0x201C;
    case 0xAB:
        return 0xBB;
    case 0x300A:
        return 0x300B;
    case 0x300C:
        return 0x300D;
    case 0x300E:
        return 0x300F;
    case 0x2018:
        return 0x2019;
    case '\'':
        return '\'';
    default:
        return 0;
    }
}

/* Quotes around the whole; a quote that is never closed goes, too. */
static bool unquote(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    if (t->from >= t->to)
        return false;
    size_t inside, next;
    int32_t open = kdb_char_at(c->text, t->from, &inside), close = closing_quote(open);
    if (!close)
        return false;
    size_t last = kdb_char_before(c->text, t->to);
    size_t end = t->to;
    while (last > inside && kdb_is_one_of(c->text.data[last], ".,")) { /* "Title". */
        end = last;
        last = kdb_char_before(c->text, last);
    }
    if (last < inside)
        return false;
    if (kdb_char_at(c->text, last, &next) != close)
        return false;
    /* the first closing quote must be the last: "A" and "B" stays */
    for (size_t at = inside; at < last; at = next)
        if (kdb_char_at(c->text, at, &next) == close && close != '\'' && close != 0x2019)
            return false;
    (void)end;
    t->from = inside;
    t->to = last;
    return true;
}

static bool overlaps_marks(const kdb_title_cutter *c, size_t from, size_t to, unsigned marks) {
    size_t at = 0;
    for (size_t i = 0; i < c->count; i++) {
        size_t end = at + c->spans[i].text.size;
        if (at <= from && to <= end)
            return (c->spans[i].marks & marks) != 0;
        at = end;
    }
    return false;
}

/* "[LR] …", "[2023 Genome Biology] …", "(arXiv 2024.07) …": a bracket in front. */
static bool take_bracket(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    char open = t->from < t->to ? c->text.data[t->from] : '\0';
    char close = open == '[' ? ']' : open == '(' ? ')' : '\0';
    if (!close)
        return false;
    size_t end = kdb_find_char(c->text, close, t->from);
    if (end == SIZE_MAX || end >= t->to || end - t->from > 80)
        return false;
    kdbib_str inside = kdb_trim(kdb_slice(c->text, t->from + 1, end));
    size_t rest = kdb_title_skip_spaces(c->text, end + 1, t->to);
    if (rest >= t->to) /* the whole title stands in brackets */
        return false;
    /* "[3D-Aware] Things" keeps what a word is glued to: "[Re]thinking" */
    if (rest == end + 1 && kdb_is_lower(c->text.data[rest]))
        return false;
    kdb_venue venue;
    unsigned score = kdb_venue_parse(c->arena, c->fields, inside, &venue);
    if (score >= 60 && (venue.name.size || venue.date.year)) {
        if (score >= t->score) {
            t->venue = venue;
            t->score = score;
        }
    } else if (open == '(' || kdb_count_words(inside) > 4) {
        return false;
    } else {
        if (!t->tag.size)
            t->tag = inside;
        if (venue.date.year && !t->venue.date.year) { /* "[2023 Some Journal tGPT]" */
            t->venue.date = venue.date;
            t->score = t->score > 40 ? t->score : 40;
        }
    }
    t->from = rest;
    return true;
}

static bool says_code(kdbib_str word) {
    for (size_t i = 0; i + 4 <= word.size; i++)
        if (kdb_equal_nocase(kdb_slice(word, i, i + 4), KDBIB_STR("code")))
            return true;
    return word.size && (unsigned char)word.data[0] >= 0x80;
}

/* No label and no venue, as most nicknames. */
static bool says_nothing(const kdb_fields *fields, kdbib_str name) {
    return !kdb_may_be_label(fields, name) && kdb_venue_is_out(fields, name);
}

bool kdb_title_has_nickname(const kdb_fields *fields, kdbib_str text, size_t colon) {
    kdbib_str name = kdb_slice(text, 0, colon), behind = kdb_slice(text, colon + 1, text.size);
    return !kdb_starts_with_nocase(kdb_trim(behind), name) && says_nothing(fields, name) &&
           kdb_field_label_of(fields, name, NULL) == KDB_FIELD_LABEL_NONE;
}

/* The nickname before a colon: "**BERT**: …", "LID: "…"". Where the title behind it begins, or 0.
 */
static size_t take_nickname(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    size_t colon = kdb_find_char(c->text, ':', t->from);
    size_t wide = c->bare
                      ? SIZE_MAX
                      : kdb_find(kdb_slice(c->text, 0, t->to), KDBIB_STR("\xEF\xBC\x9A"), t->from);
    size_t width = 1;
    if (wide < colon) {
        colon = wide;
        width = 3;
    }
    if (colon == SIZE_MAX || colon >= t->to || colon == t->from || colon - t->from > 60)
        return 0;
    size_t rest = kdb_title_skip_spaces(c->text, colon + width, t->to), inside;
    if (rest >= t->to)
        return 0;
    kdbib_str name = kdb_trim(kdb_slice(c->text, t->from, colon));
    kdbib_str behind = kdb_slice(c->text, rest, t->to);
    if (kdb_count_words(name) > 4)
        return 0;
    bool marked = overlaps_marks(c, t->from, t->from + name.size, KDB_MARK_BOLD) &&
                  !overlaps_marks(c, rest, rest + 1, KDB_MARK_BOLD);
    /* "LID: "…"": quotes say what the title is */
    if (closing_quote(kdb_char_at(c->text, rest, &inside)) && c->text.data[rest] != '\'') {
        t->tag = name;
        return rest;
    }
    /* "FILM: FILM: …": the tag is said again by the title itself */
    if (kdb_starts_with_nocase(behind, name) && behind.size > name.size &&
        !kdb_is_alnum(behind.data[name.size])) {
        t->tag = name;
        return rest;
    }
    /* "**Dice+Focal:** AnatomyNet: …": the title has its own nickname */
    size_t second = kdb_find_char(behind, ':', 0);
    if (marked && second != SIZE_MAX && second < 40 &&
        kdb_count_words(kdb_slice(behind, 0, second)) <= 2) {
        t->tag = name;
        return rest;
    }
    /* "Paper: …", "论文: …" */
    if (says_nothing(c->fields, name))
        return 0;
    if (kdb_is_label(c->arena, c->fields, name)) {
        kdb_label label;
        kdb_label_parse(c->arena, c->fields, name, &label);
        bool announced = label.venue.date.year || label.preprint;
        if (label.role == KDBIB_LINK_CODE && !says_code(name))
            return 0; /* "PyTorch: An Imperative Style …" */
        if (!label.venue.name.size || (label.score >= 90 && announced)) {
            if (label.score > t->score) {
                t->venue = label.venue;
                t->score = label.score;
            }
            return rest;
        }
    }
    return 0;
}

/* "Title [`seg.` `cls.`]": a bracket that holds nothing but code is the curator's. */
static bool cut_tags(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    if (t->to < t->from + 8 || c->text.data[t->to - 1] != ']')
        return false;
    size_t open = t->to - 1, at = 0;
    while (open > t->from && c->text.data[open] != '[')
        open--;
    bool code = false;
    for (size_t i = 0; i < c->count; i++) {
        size_t from = at > open + 1 ? at : open + 1, end = at + c->spans[i].text.size;
        size_t to = end < t->to - 1 ? end : t->to - 1;
        at = end;
        if (from >= to || kdb_trim(kdb_slice(c->text, from, to)).size == 0)
            continue;
        if (!(c->spans[i].marks & KDB_MARK_CODE))
            return false;
        code = true;
    }
    if (code)
        t->to = open;
    return code;
}

/* "22_ASE_Title", "2022_ASE_Title": parted as in the name of a file. */
static void take_file_name(kdb_title_cutter *c) {
    size_t digits = 0;
    while (digits < c->text.size && digits < 5 && kdb_is_digit(c->text.data[digits]))
        digits++;
    if ((digits != 2 && digits != 4) || c->text.size < 20 || c->text.data[digits] != '_')
        return;
    size_t end = kdb_find_char(kdb_slice(c->text, 0, 40), '_', digits + 1);
    kdb_venue venue;
    if (end == SIZE_MAX ||
        kdb_venue_parse(c->arena, c->fields, kdb_slice(c->text, digits + 1, end), &venue) < 35 ||
        venue.date.year)
        return;
    int year = 0;
    for (size_t i = 0; i < digits; i++)
        year = year * 10 + (c->text.data[i] - '0');
    venue.date.year = (int16_t)(digits == 4 ? year : year < 50 ? 2000 + year : 1900 + year);
    c->title->venue = venue;
    c->title->score = 95;
    c->title->from = end + 1;
}

/* Nothing that parts a title from what stands around it, but for a nickname's colon and quotes. */
static bool is_bare(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (kdb_is_alpha(c))
            continue;
        bool et_al = c == ' ' && text.size - i > 5 && memcmp(text.data + i, " et al", 6) == 0;
        if (c == ' ' && !et_al)
            continue;
        if (et_al || (unsigned char)c >= 0x80 || kdb_is_digit(c) || kdb_is_one_of(c, "()[],|;.") ||
            (c == '-' && i && text.data[i - 1] == ' '))
            return false;
    }
    return true;
}

/* A venue, a date, a remark behind it. */
static void cut_venue(kdb_title_cutter *c) {
    kdb_title *title = c->title;
    kdb_venue venue;
    size_t cut;
    kdbib_str now = kdb_slice(c->text, title->from, title->to);
    unsigned score = kdb_venue_at_end(c->arena, c->fields, now, &cut, &venue);
    if (!score || cut <= 3 ||
        (title->score && venue.date.year && title->venue.date.year && venue.name.size))
        return;
    if (score >= title->score || !title->venue.name.size) {
        kdb_venue before = title->venue;
        title->venue = venue;
        if (!venue.date.year)
            title->venue.date = before.date;
        if (!venue.name.size) {
            title->venue.name = before.name;
            title->venue.known = before.known;
        }
        title->score = score > title->score ? score : title->score;
    }
    title->to = title->from + cut;
}

bool kdb_title_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                     size_t count, kdb_title *title) {
    *title = (kdb_title){0};
    kdbib_str text = kdb_spans_text(arena, spans, count);
    kdb_title_cutter c = {arena, fields, text, spans, count, title, is_bare(text)};
    title->to = text.size;
    if (!c.bare)
        take_file_name(&c);
    for (int round = 0; round < 4; round++) {
        size_t from = title->from, to = title->to;
        trim_front(&c);
        trim_back(&c);
        if (!c.bare) {
            if (cut_tags(&c))
                trim_back(&c);
            cut_venue(&c);
            trim_back(&c);
            kdb_title_take_credit(&c);
            take_bracket(&c);
            if (!title->authors.size)
                kdb_title_take_authors(&c);
        }
        size_t behind = take_nickname(&c);
        if (behind)
            title->from = behind;
        unquote(&c);
        if (from == title->from && to == title->to)
            break;
    }
    return !kdb_arena_failed(arena);
}
