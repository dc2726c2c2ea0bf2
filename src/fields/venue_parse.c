/* A phrase taken apart: what is date, volume, pages, identifier or remark is erased from a copy of
 * it piece by piece; what stays is the name of the venue. */
#include "fields/chars.h"
#include "fields/dates.h"
#include "fields/names.h"
#include "fields/venue.h"

#define LONGEST_PHRASE ((size_t)600) /* anything longer is prose */
#define ERASED '\x03'

typedef struct phrase {
    const kdb_fields *fields;
    kdb_arena *arena;
    char text[LONGEST_PHRASE + 1];
    size_t size;
    kdb_venue *venue;
    bool dated, numbered, lead; /* lead: the date came first */
} phrase;

static kdbib_str view(const phrase *p) {
    return (kdbib_str){p->text, p->size};
}

static void erase(phrase *p, size_t from, size_t to) {
    memset(p->text + from, ERASED, to - from);
}

static bool is_edge(char c) {
    return c == '\0' || strchr(" \t\r\n([{}])*_`~.,;:|-/\"'\\<>=&\x03", c) != NULL;
}

/* Without brackets, punctuation, emoji and :shortcodes: at both ends. */
static kdbib_str bare(kdbib_str text) {
    bool again = true;
    while (again && text.size) {
        again = false;
        while (text.size && is_edge(text.data[0])) {
            size_t end = text.data[0] == ':' ? kdb_find_char(text, ':', 1) : SIZE_MAX;
            if (end != SIZE_MAX && end > 2 && end < 30 &&
                kdb_find_char(kdb_slice(text, 1, end), ' ', 0) == SIZE_MAX)
                text = kdb_slice(text, end, text.size);
            text = kdb_slice(text, 1, text.size);
        }
        while (text.size && is_edge(text.data[text.size - 1])) {
            char last = text.data[text.size - 1];
            if (last == ':') { /* ":star:" */
                size_t open = text.size - 1;
                while (open && (kdb_is_lower(text.data[open - 1]) || text.data[open - 1] == '_'))
                    open--;
                if (open && open + 2 < text.size && text.data[open - 1] == ':')
                    text.size = open;
            }
            if (last == '.' && text.size > 3 && kdb_is_alpha(text.data[text.size - 2]))
                break; /* of an abbreviation, perhaps; see tidy() */
            if (last == '\'' && text.size > 1 && kdb_is_digit(text.data[text.size - 2]))
                break;
            text.size--;
        }
        size_t next;
        if (text.size && (unsigned char)text.data[0] >= 0x80) {
            int32_t c = kdb_char_at(text, 0, &next);
            if (kdb_char_is_sign(c) || (c >= 0x2010 && c <= 0x2027 && c != 0x2019) || c == 0xFF08 ||
                c == 0x3010 || c == 0x300A || c == 0xA0) {
                text = kdb_slice(text, next, text.size);
                again = true;
            }
        }
        if (text.size && (unsigned char)text.data[text.size - 1] >= 0x80) {
            size_t at = kdb_char_before(text, text.size);
            int32_t c = kdb_char_at(text, at, &next);
            if (kdb_char_is_sign(c) || (c >= 0x2010 && c <= 0x2027) || c == 0xFF09 || c == 0x3011 ||
                c == 0x3002 || c == 0x300B || c == 0xFF0C || c == 0xA0) {
                text.size = at;
                again = true;
            }
        }
    }
    return text;
}

/* ---- identifiers ---- */

static void take_doi(phrase *p) {
    kdbib_str text = view(p);
    size_t at = kdb_find(text, KDBIB_STR("10."), 0);
    if (at == SIZE_MAX)
        return;
    size_t slash = kdb_find_char(text, '/', at);
    if (slash == SIZE_MAX || slash - at < 7 || slash - at > 12 ||
        (at && kdb_is_digit(text.data[at - 1])))
        return;
    size_t end = slash;
    while (end < text.size && !kdb_is_space(text.data[end]) && !strchr(",;\"<>", text.data[end]))
        end++;
    while (end > slash && strchr(".)]", text.data[end - 1]) &&
           !(text.data[end - 1] == ')' &&
             kdb_find_char(kdb_slice(text, slash, end), '(', 0) != SIZE_MAX))
        end--;
    p->venue->doi = kdb_arena_copy(p->arena, kdb_slice(text, at, end));
    /* "DOI=http://dx.doi.org/", "doi:" */
    size_t from = at;
    while (from && !kdb_is_space(text.data[from - 1]))
        from--;
    kdbib_str before = kdb_trim(kdb_slice(text, 0, from));
    if (before.size >= 3 &&
        kdb_starts_with_nocase(kdb_slice(before, before.size - 3, before.size), KDBIB_STR("doi")))
        from = before.size - 3;
    if (before.size >= 4 &&
        kdb_starts_with_nocase(kdb_slice(before, before.size - 4, before.size), KDBIB_STR("doi:")))
        from = before.size - 4;
    erase(p, from, end);
}

/* A new arXiv number at `at` ("2101.08471"): where it ends, or `at`. */
static size_t arxiv_number(kdbib_str text, size_t at) {
    size_t end = at;
    while (end < text.size && kdb_is_digit(text.data[end]))
        end++;
    if (end - at != 4 || end >= text.size || text.data[end] != '.')
        return at;
    size_t rest = ++end;
    while (end < text.size && kdb_is_digit(text.data[end]))
        end++;
    if (end - rest < 4 || end - rest > 5 || text.data[at + 2] > '1')
        return at;
    return end;
}

/* Keeps the number in the name ("arXiv preprint arXiv:1602.01783") but hides it from the search for
 * dates and volumes: its digits become letters in `shadow`. */
static bool take_arxiv(phrase *p, size_t *from, size_t *to) {
    kdbib_str text = view(p);
    for (size_t at = 0; at + 9 <= text.size; at++) {
        if (!kdb_is_digit(text.data[at]) || (at && kdb_is_alnum(text.data[at - 1])) ||
            (at && strchr("./", text.data[at - 1])))
            continue;
        size_t end = arxiv_number(text, at);
        if (end == at)
            continue;
        p->venue->arxiv = kdb_arena_copy(p->arena, kdb_slice(text, at, end));
        if (end + 1 < text.size && text.data[end] == 'v' && kdb_is_digit(text.data[end + 1])) {
            end += 2;
            while (end < text.size && kdb_is_digit(text.data[end]))
                end++;
        }
        *from = at;
        *to = end;
        return true;
    }
    return false;
}

/* ---- dates ---- */

static size_t next_word(kdbib_str text, size_t at) {
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == ERASED))
        at++;
    return at;
}

static bool ends_with_word(kdbib_str text, size_t end, const char *word) {
    while (end && text.data[end - 1] == ' ')
        end--;
    size_t size = strlen(word);
    return end >= size && kdb_equal_nocase(kdb_slice(text, end - size, end), kdbib_str_of(word)) &&
           (end == size || !kdb_is_alpha(text.data[end - size - 1]));
}

/* A date that is part of a long name: "Proceedings of the 2016 ACM …", "In 2018 IEEE …". */
static bool is_inside_name(kdbib_str text, size_t from, size_t to) {
    size_t after = next_word(text, to);
    if (after >= text.size || !kdb_is_upper(text.data[after]))
        return false;
    return ends_with_word(text, from, "the") || ends_with_word(text, from, "of") ||
           ends_with_word(text, from, "in");
}

static void take_dates(phrase *p) {
    kdbib_str text = view(p);
    kdbib_date date;
    size_t at = 0, from, to;
    while (kdb_date_find(p->fields, text, at, &date, &from, &to)) {
        at = to;
        kdbib_date *have = &p->venue->date;
        bool better = !have->year || (have->year == date.year && date.month && !have->month);
        bool later = have->year && have->year != date.year;
        if (is_inside_name(text, from, to)) {
            if (!have->year)
                *have = date;
            p->dated = true;
            continue;
        }
        if (better || (later && from > 0 && text.data[from - 1] == '('))
            *have = date;
        p->lead |= kdb_trim(kdb_slice(text, 0, from)).size == 0;
        p->dated = true;
        /* the brackets that hold nothing else, and an apostrophe */
        while (from && to < text.size &&
               ((text.data[from - 1] == '(' && text.data[to] == ')') ||
                (text.data[from - 1] == '[' && text.data[to] == ']'))) {
            from--;
            to++;
        }
        erase(p, from, to);
        at = to;
    }
}

/* "CVPR20", "ICML 23", "CVPR-20": two digits behind a venue of the table. */
static void take_short_year(phrase *p) {
    kdbib_str text = bare(view(p));
    if (p->dated || text.size < 4)
        return;
    size_t end = text.size;
    while (end && !kdb_is_digit(text.data[end - 1]))
        end--;
    if (end < 3 || !kdb_is_digit(text.data[end - 2]) || kdb_is_digit(text.data[end - 3]))
        return;
    kdbib_str name = bare(kdb_slice(text, 0, end - 2));
    if (end < text.size && kdb_is_alnum(text.data[end]))
        return;
    if (!name.size || !kdb_venue_find(p->fields, name))
        return;
    int year = (text.data[end - 2] - '0') * 10 + text.data[end - 1] - '0';
    p->venue->date.year = (int16_t)(year <= KDB_LAST_YEAR - 2000 ? 2000 + year : 1900 + year);
    p->dated = true;
    size_t offset = (size_t)(text.data - p->text);
    erase(p, offset + end - 2, offset + end);
}

/* ---- volume, issue, pages ---- */

typedef enum number_word { PLAIN, VOLUME, ISSUE, PAGES, ARTICLE } number_word;

static bool number_word_at(kdbib_str text, size_t at, number_word *word, size_t *end) {
    static const struct {
        const char *text;
        number_word word;
    } words[] = {{"volume", VOLUME}, {"vol", VOLUME},      {"number", ISSUE}, {"issue", ISSUE},
                 {"iss", ISSUE},     {"num", ISSUE},       {"no", ISSUE},     {"nr", ISSUE},
                 {"pages", PAGES},   {"page", PAGES},      {"pp", PAGES},     {"pgs", PAGES},
                 {"p", PAGES},       {"article", ARTICLE}, {"art", ARTICLE},  {"id", ARTICLE}};
    if (at && kdb_is_alnum(text.data[at - 1]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].text), behind = at + size;
        if (text.size - at <= size ||
            !kdb_equal_nocase(kdb_slice(text, at, behind), kdbib_str_of(words[i].text)))
            continue;
        while (behind < text.size && strchr(". :\x03", text.data[behind]))
            behind++;
        if (behind < text.size &&
            (kdb_is_digit(text.data[behind]) || (words[i].word == ARTICLE && behind > at + size))) {
            if (!kdb_is_digit(text.data[behind]) &&
                number_word_at(text, behind, word, end)) /* "Article No. 5" */
                *word = ARTICLE;
            else if (!kdb_is_digit(text.data[behind]))
                continue;
            else {
                *word = words[i].word;
                *end = behind;
            }
            return true;
        }
    }
    return false;
}

/* A dash between pages at `at`: its size. */
static size_t dash_size(kdbib_str text, size_t at) {
    size_t size = 0;
    for (;;) {
        if (at + size < text.size && text.data[at + size] == '-')
            size++;
        else if (at + size + 3 <= text.size && (unsigned char)text.data[at + size] == 0xE2 &&
                 (unsigned char)text.data[at + size + 1] == 0x80 &&
                 (unsigned char)text.data[at + size + 2] >= 0x90 &&
                 (unsigned char)text.data[at + size + 2] <= 0x95)
            size += 3;
        else
            return size;
    }
}

/* A number as volumes and pages have it: "12", "e1008184", "S12", "14a"; where it ends, or `at`. */
static size_t number_at(kdbib_str text, size_t at) {
    size_t end = at;
    if (end < text.size && strchr("eES", text.data[end]) && end + 1 < text.size &&
        kdb_is_digit(text.data[end + 1]))
        end++;
    size_t digits = end;
    while (end < text.size && kdb_is_digit(text.data[end]))
        end++;
    if (end == digits || end - digits > 9)
        return at;
    if (end < text.size && kdb_is_alpha(text.data[end]))
        return at;
    return end;
}

/* Where the tail of numbers begins: everything behind is numbers, number words and punctuation. */
static size_t tail_start(kdbib_str text) {
    size_t start = text.size;
    for (size_t at = 0; at < text.size;) {
        number_word word;
        size_t end;
        bool begins = at == 0 || is_edge(text.data[at - 1]);
        if (begins && number_word_at(text, at, &word, &end)) {
            start = start == text.size ? at : start;
            at = end;
        } else if (begins && (end = number_at(text, at)) > at) {
            if (start == text.size)
                start = at;
            at = end;
        } else if (kdb_is_alpha(text.data[at]) ||
                   ((unsigned char)text.data[at] >= 0x80 && !dash_size(text, at))) {
            start = text.size; /* a word: what was before it is no tail */
            while (at < text.size &&
                   (kdb_is_alnum(text.data[at]) || (unsigned char)text.data[at] >= 0x80))
                at++;
        } else {
            size_t dash = dash_size(text, at);
            at += dash ? dash : 1;
        }
    }
    return start;
}

static void set_pages(phrase *p, kdbib_str from, kdbib_str to) {
    kdb_venue *v = p->venue;
    if (to.size)
        v->pages = kdb_arena_format(p->arena, "%.*s-%.*s", (int)from.size, from.data, (int)to.size,
                                    to.data);
    else if (from.size >= 5 || !kdb_is_digit(from.data[0]))
        v->article_number = kdb_arena_copy(p->arena, from);
    else
        v->pages = kdb_arena_copy(p->arena, from);
}

static void take_numbers(phrase *p) {
    kdbib_str text = view(p);
    size_t start = tail_start(text), at = start;
    if (start == text.size)
        return;
    kdb_venue *v = p->venue;
    char before = 0; /* the sign before a number */
    bool named = false;
    for (size_t i = 0; i < start; i++)
        named |= kdb_is_alpha(text.data[i]) || (unsigned char)text.data[i] >= 0x80;
    while (at < text.size) {
        number_word word = PLAIN;
        size_t end;
        if (number_word_at(text, at, &word, &end))
            at = end;
        end = number_at(text, at);
        if (end == at) {
            if (!kdb_is_space(text.data[at]) && text.data[at] != ERASED)
                before = text.data[at];
            at++;
            continue;
        }
        kdbib_str number = kdb_slice(text, at, end), last = {0};
        size_t gap = end;
        while (gap < text.size && text.data[gap] == ' ')
            gap++;
        size_t dash = dash_size(text, gap);
        if (dash) {
            size_t second = gap + dash;
            while (second < text.size && text.data[second] == ' ')
                second++;
            size_t second_end = number_at(text, second);
            if (second_end > second) {
                last = kdb_slice(text, second, second_end);
                end = second_end;
            }
        }
        if (word == ARTICLE && !v->article_number.size) {
            v->article_number = kdb_arena_copy(p->arena, number);
        } else if (word == PAGES || last.size || before == ':') {
            if (word == ISSUE) /* "no. 3-4" */
                v->issue = kdb_arena_format(p->arena, "%.*s-%.*s", (int)number.size, number.data,
                                            (int)last.size, last.data);
            else if (!v->pages.size && !v->article_number.size && (named || v->volume.size))
                set_pages(p, number, last);
            if (word == PAGES && v->article_number.size && !last.size && !v->pages.size) {
                v->pages = v->article_number;
                v->article_number = (kdbib_str){0};
            }
        } else if (word == VOLUME ||
                   (word == PLAIN && !v->volume.size && named && number.size <= 4)) {
            v->volume = kdb_arena_copy(p->arena, number);
        } else if (word == ISSUE || (word == PLAIN && !v->issue.size && v->volume.size &&
                                     number.size <= 3 && strchr("(,./", before) && before)) {
            v->issue = kdb_arena_copy(p->arena, number);
        } else if (word == PLAIN && v->volume.size && !v->pages.size && !v->article_number.size) {
            set_pages(p, number, last);
        }
        p->numbered = true;
        before = 0;
        at = end;
    }
    erase(p, start, text.size);
}

/* ---- remarks and the name ---- */

/* Erases "Oral", "(Best Paper)", "Spotlight" at the end or the front; what it says goes to
 * `remark`. */
static bool take_remark(phrase *p) {
    kdbib_str text = bare(view(p));
    while (text.size && text.data[text.size - 1] == '.')
        text = bare(kdb_slice(text, 0, text.size - 1));
    /* up to four words from the end, then from the front */
    for (int front = 0; front < 2; front++) {
        size_t at = front ? 0 : text.size, best = SIZE_MAX;
        for (int words = 0; words < 4 && (front ? at < text.size : at > 0); words++) {
            if (front) {
                while (at < text.size && is_edge(text.data[at]))
                    at++;
                while (at < text.size && !is_edge(text.data[at]))
                    at++;
            } else {
                while (at && is_edge(text.data[at - 1]))
                    at--;
                while (at && !is_edge(text.data[at - 1]))
                    at--;
            }
            kdbib_str part = front ? kdb_slice(text, 0, at) : kdb_slice(text, at, text.size);
            uint32_t kinds = kdb_index_find(&p->fields->title_words, part);
            if (kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_REMARK))
                best = at;
        }
        if (best == SIZE_MAX)
            continue;
        kdbib_str part = front ? kdb_slice(text, 0, best) : kdb_slice(text, best, text.size);
        /* "Findings of ACL" and "EMNLP Findings" are venues */
        if (part.size < text.size && kdb_venue_find(p->fields, bare(text)))
            return false;
        if (!p->venue->remark.size)
            p->venue->remark = kdb_arena_copy(p->arena, part);
        size_t offset = (size_t)(part.data - p->text);
        erase(p, offset, offset + part.size);
        return true;
    }
    return false;
}

/* What is left, erased parts closed up, as a copy. */
static kdbib_str tidy(phrase *p) {
    char *out = p->text;
    size_t size = 0;
    for (size_t i = 0; i < p->size; i++) {
        char c = p->text[i];
        if (c == ERASED || kdb_is_space(c))
            c = ' ';
        if (c == ' ' && (!size || out[size - 1] == ' '))
            continue;
        if (size && out[size - 1] == ' ' && (c == ',' || c == ';' || c == '.' || c == ')'))
            size--;
        if (size && (c == ')' || c == ']') && (out[size - 1] == '(' || out[size - 1] == '[')) {
            size--;
            continue;
        }
        if (c == ',' && size && strchr(",;:(", out[size - 1]))
            continue;
        out[size++] = c;
    }
    kdbib_str name = bare((kdbib_str){out, size});
    /* the period of a sentence goes, that of an abbreviation stays: "IEEE Trans. Med. Imag." */
    if (name.size && name.data[name.size - 1] == '.') {
        bool abbreviations = kdb_find_char(name, '.', 0) < name.size - 1;
        if (!abbreviations)
            name.size--;
    }
    /* an unpaired bracket */
    size_t open = 0, close = 0;
    for (size_t i = 0; i < name.size; i++) {
        open += name.data[i] == '(';
        close += name.data[i] == ')';
    }
    if (close > open) { /* what was left of a bracket goes: "Some Lab). CVPR" */
        size_t last = name.size;
        while (last && name.data[last - 1] != ')')
            last--;
        kdbib_str behind = bare(kdb_slice(name, last, name.size));
        name = behind.size ? behind : bare(kdb_slice(name, 0, last - 1));
    }
    if (open > close) {
        if (name.size + (size_t)(name.data - out) < LONGEST_PHRASE) {
            char *end = out + (name.data - out) + name.size;
            *end = ')';
            name.size++;
        }
    }
    return name;
}

/* ---- how sure ---- */

typedef struct form {
    size_t words, capitals, lower, function, topic, venue, letters;
    bool acronym; /* one word that holds two capitals and more than it has small letters, or nearly
                   */
} form;

static void form_of(const kdb_fields *fields, kdbib_str name, form *f) {
    *f = (form){0};
    size_t upper = 0, small = 0;
    for (size_t at = 0; at < name.size;) {
        while (at < name.size && is_edge(name.data[at]))
            at++;
        size_t end = at;
        while (end < name.size && !is_edge(name.data[end])) {
            upper += kdb_is_upper(name.data[end]);
            small += kdb_is_lower(name.data[end]);
            end++;
        }
        if (end == at)
            break;
        f->words++;
        f->capitals += kdb_is_upper(name.data[at]) || (unsigned char)name.data[at] >= 0x80;
        f->lower += kdb_is_lower(name.data[at]);
        uint32_t kinds = kdb_index_find(&fields->title_words, kdb_slice(name, at, end));
        if (kinds != KDB_NOT_FOUND) {
            f->function += (kinds & KDB_WORD_FUNCTION) != 0;
            f->topic += (kinds & KDB_WORD_TOPIC) != 0;
            f->venue += (kinds & KDB_WORD_VENUE) != 0;
        }
        at = end;
    }
    f->letters = upper + small;
    f->acronym = f->words == 1 && upper >= 2 && upper * 2 >= small && name.size <= 14;
}

/* "CVPR", "arXiv": written as no plain word is. */
static bool has_second_capital(kdbib_str word) {
    for (size_t i = 1; i < word.size; i++)
        if (kdb_is_upper(word.data[i]))
            return true;
    return kdb_starts_with_nocase(word, KDBIB_STR("arxiv"));
}

/* Finds the row of a name that is not in the table as it stands: without "Proceedings of the 33rd
 * Annual", by what its brackets hold, by its first or last word. `*whole`: it says the same. */
static const kdb_known_venue *find_loosely(const kdb_fields *fields, kdbib_str name, bool *whole) {
    const kdb_known_venue *known = kdb_venue_find(fields, name);
    *whole = known != NULL;
    if (known || name.size > 300)
        return known;
    kdbib_str rest = name;
    static const char *const openings[] = {"proceedings of the ",
                                           "proceedings of ",
                                           "proc. of the ",
                                           "proc. of ",
                                           "proc. ",
                                           "proc ",
                                           "the ",
                                           "annual ",
                                           "ieee ",
                                           "acm ",
                                           "international conference on "};
    bool cut = true;
    while (cut) {
        cut = false;
        for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
            if (kdb_starts_with_nocase(rest, kdbib_str_of(openings[i]))) {
                rest = bare(kdb_slice(rest, strlen(openings[i]), rest.size));
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
            rest = bare(kdb_slice(rest, end, rest.size));
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
        known = kdb_venue_find(fields, bare(kdb_slice(name, open, close)));
        form before; /* "A Study of Yarn (TDSC)" is a title and its venue */
        form_of(fields, kdb_slice(name, 0, open), &before);
        if (known && (before.venue || before.words <= 2)) {
            *whole = true;
            return known;
        }
    }
    /* "NIPS Deep Learning Workshop", "SLE: 14th ACM …", "Workshop at ICML", "CVPR/ICCV" */
    size_t end = 0;
    while (end < name.size && !strchr(" :,/@-(", name.data[end]))
        end++;
    known = end > 2 && end < name.size && has_second_capital(kdb_slice(name, 0, end))
                ? kdb_venue_find(fields, kdb_slice(name, 0, end))
                : NULL;
    if (known)
        return known;
    size_t from = name.size;
    while (from && !strchr(" :,/@(", name.data[from - 1]))
        from--;
    return from && name.size - from > 2 && has_second_capital(kdb_slice(name, from, name.size))
               ? kdb_venue_find(fields, kdb_slice(name, from, name.size))
               : NULL;
}

static unsigned judge(phrase *p) {
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
    if (kdb_find_char(v->name, ',', 0) != SIZE_MAX &&
        kdb_names_score(p->arena, p->fields, v->name) >= 60)
        return 15;
    if (v->arxiv.size && v->name.size < 50 && v->known)
        return 95;
    if (v->known) {
        bool workshop = f.venue > 0;
        size_t end = 0; /* a word that begins a name says more than one that ends a title */
        while (end < v->name.size && !strchr(" :,/@-(", v->name.data[end]))
            end++;
        bool leads = kdb_venue_find(p->fields, kdb_slice(v->name, 0, end)) == v->known;
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

/* What announces a venue. */
static kdbib_str without_opening(kdbib_str text) {
    static const char *const openings[] = {"accepted by ",  "accepted to ",
                                           "accepted at ",  "accepted in ",
                                           "accepted as ",  "to appear in ",
                                           "to appear at ", "published in ",
                                           "published at ", "published by ",
                                           "appeared in ",  "appears in ",
                                           "appear in ",    "presented at ",
                                           "submitted to ", "venue: ",
                                           "conference: ",  "journal: ",
                                           "pub. ",         "at ",
                                           "in: ",          "in "};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (kdb_starts_with_nocase(text, kdbib_str_of(openings[i])))
            return bare(kdb_slice(text, strlen(openings[i]), text.size));
    return text;
}

/* Emoji by name, ":star:", anywhere. */
static void erase_shortcodes(phrase *p) {
    for (size_t at = 0; at < p->size; at++) {
        if (p->text[at] != ':')
            continue;
        size_t end = at + 1;
        while (end < p->size && (kdb_is_lower(p->text[end]) || p->text[end] == '_'))
            end++;
        if (end > at + 2 && end < p->size && p->text[end] == ':') {
            erase(p, at, end + 1);
            at = end;
        }
    }
}

unsigned kdb_venue_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                         kdb_venue *venue) {
    *venue = (kdb_venue){0};
    text = without_opening(bare(text));
    if (!text.size || text.size > LONGEST_PHRASE)
        return 0;
    phrase p = {.fields = fields, .arena = arena, .size = text.size, .venue = venue};
    memcpy(p.text, text.data, text.size);
    p.text[text.size] = '\0';
    erase_shortcodes(&p);
    take_doi(&p);
    size_t from = 0, to = 0;
    char number[40] = "";
    bool arxiv = take_arxiv(&p, &from, &to) && to - from < sizeof number;
    if (arxiv) { /* out of the way of the other steps */
        memcpy(number, p.text + from, to - from);
        memset(p.text + from, 'x', to - from);
    }
    take_dates(&p);
    take_short_year(&p);
    if (!arxiv)
        take_numbers(&p);
    for (int i = 0; i < 3 && take_remark(&p); i++)
        ;
    if (arxiv) {
        memcpy(p.text + from, number, to - from);
        if (!venue->date.year) {
            venue->date.year = (int16_t)(2000 + (number[0] - '0') * 10 + number[1] - '0');
            unsigned month = (unsigned)((number[2] - '0') * 10 + number[3] - '0');
            venue->date.month = (uint8_t)(month <= 12 ? month : 0);
        }
    }
    kdbib_str name = tidy(&p);
    if (arxiv && kdbib_str_equal(name, venue->arxiv))
        name.size = 0;
    venue->name = kdb_arena_copy(arena, name);
    unsigned score = judge(&p);
    return kdb_arena_failed(arena) ? 0 : score;
}
