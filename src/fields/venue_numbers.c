/* Volume, issue, pages and article number at the end of a phrase: "36, 7", "12(3): 45-67", "vol.
 * 2". */
#include "base/strings.h"
#include "fields/venue_phrase.h"

#define LONGEST_NUMBER_WORD 7 /* "article" */

typedef enum number_word { PLAIN, VOLUME, ISSUE, PAGES, ARTICLE } number_word;

/* What a number is called by the word text[from, to). */
static number_word number_word_of(kdbib_str text, size_t from, size_t to) {
    static const struct {
        const char *text;
        number_word word;
    } words[] = {{"volume", VOLUME}, {"vol", VOLUME},      {"number", ISSUE}, {"issue", ISSUE},
                 {"iss", ISSUE},     {"num", ISSUE},       {"no", ISSUE},     {"nr", ISSUE},
                 {"pages", PAGES},   {"page", PAGES},      {"pp", PAGES},     {"pgs", PAGES},
                 {"p", PAGES},       {"article", ARTICLE}, {"art", ARTICLE},  {"id", ARTICLE}};
    if (to - from > LONGEST_NUMBER_WORD)
        return PLAIN;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_to_lower(text.data[from]) == words[i].text[0] &&
            kdb_equal_nocase(kdb_slice(text, from, to), kdbib_str_of(words[i].text)))
            return words[i].word;
    return PLAIN;
}

/* "vol. 12", "p12", "Article No. 5" at `at`; the number begins at `*end`. */
static bool number_word_at(kdbib_str text, size_t at, number_word *word, size_t *end) {
    size_t stop = at;
    while (stop < text.size && kdb_is_alpha(text.data[stop]))
        stop++;
    if (stop == at || stop == text.size || (at && kdb_is_alnum(text.data[at - 1])))
        return false;
    size_t behind = stop;
    while (behind < text.size && kdb_is_one_of(text.data[behind], ". :\x03"))
        behind++;
    if (behind == text.size)
        return false;
    if (kdb_is_digit(text.data[behind])) {
        *word = number_word_of(text, at, stop);
        *end = behind;
        return *word != PLAIN;
    }
    number_word second;
    bool may_be_article = kdb_to_lower(text.data[at]) == 'a' || kdb_to_lower(text.data[at]) == 'i';
    if (behind == stop || !may_be_article || number_word_of(text, at, stop) != ARTICLE ||
        !number_word_at(text, behind, &second, end))
        return false;
    *word = ARTICLE;
    return true;
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

static bool begins_number(char c) {
    return c == 'e' || c == 'E' || c == 'S';
}

/* A number as volumes and pages have it: "12", "e1008184", "S12", "14a"; where it ends, or `at`. */
static size_t number_at(kdbib_str text, size_t at) {
    size_t end = at;
    if (end < text.size && begins_number(text.data[end]) && end + 1 < text.size &&
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

/* Where the last word begins that is too long for one of numbers, or 0: no tail begins before it.
 */
static size_t last_long_word(kdbib_str text) {
    for (size_t end = text.size, from; end; end = from == end ? end - 1 : from) {
        for (from = end; from && kdb_is_alpha(text.data[from - 1]);)
            from--;
        if (end - from > LONGEST_NUMBER_WORD &&
            (from == 0 || kdb_phrase_is_edge(text.data[from - 1])))
            return from;
    }
    return 0;
}

/* The text ends with a word, signs aside. */
static bool ends_with_word(kdbib_str text) {
    size_t end = text.size;
    while (end && !kdb_is_alnum(text.data[end - 1]) && (unsigned char)text.data[end - 1] < 0x80)
        end--;
    return end && kdb_is_alpha(text.data[end - 1]);
}

/* Where the tail of numbers begins: everything behind is numbers, number words and punctuation. */
static size_t tail_start(kdbib_str text) {
    size_t start = text.size;
    if (ends_with_word(text)) /* as most */
        return start;
    for (size_t at = last_long_word(text); at < text.size;) {
        number_word word;
        size_t end;
        bool begins = at == 0 || kdb_phrase_is_edge(text.data[at - 1]);
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

static void set_pages(kdb_phrase *p, kdbib_str from, kdbib_str to) {
    kdb_venue *v = p->venue;
    if (to.size)
        v->pages = kdb_arena_format(p->arena, "%.*s-%.*s", (int)from.size, from.data, (int)to.size,
                                    to.data);
    else if (from.size >= 5 || !kdb_is_digit(from.data[0]))
        v->article_number = kdb_arena_copy(p->arena, from);
    else
        v->pages = kdb_arena_copy(p->arena, from);
}

void kdb_phrase_take_numbers(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_text(p);
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
            if (!kdb_is_space(text.data[at]) && text.data[at] != KDB_ERASED)
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
        bool range = false; /* "1:4, 311-338" */
        for (size_t i = end; i < text.size && before == ':' && !last.size && v->volume.size; i++)
            range = range || (text.data[i] == ',' && i == end);
        for (size_t i = end; i + 1 < text.size && range && !dash_size(text, i); i++)
            range = kdb_is_digit(text.data[i]) || kdb_is_one_of(text.data[i], ", p.");
        range = range && text.size > end + 4;
        if (range && word == PLAIN && !v->issue.size && number.size <= 3) {
            v->issue = kdb_arena_copy(p->arena, number);
        } else if (word == ARTICLE && !v->article_number.size) {
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
                                     number.size <= 3 && kdb_is_one_of(before, "(,./") && before)) {
            v->issue = kdb_arena_copy(p->arena, number);
        } else if (word == PLAIN && v->volume.size && !v->pages.size && !v->article_number.size) {
            set_pages(p, number, last);
        }
        before = 0;
        at = end;
    }
    kdb_phrase_erase(p, start, text.size);
    p->numbered = true;
}

/* "bioRxiv 2022.03.11.484043": the number of a preprint there begins with its date. */
void kdb_phrase_take_dated_number(kdb_phrase *p) {
    static const char form[] = "dddd.dd.dd.dddddd";
    const size_t size = sizeof form - 1;
    kdbib_str text = kdb_phrase_text(p);
    for (size_t at = 0; at + size <= text.size; at++) {
        if (text.data[at + 4] != '.' || text.data[at + 7] != '.')
            continue;
        bool fits = (at == 0 || !kdb_is_alnum(text.data[at - 1])) &&
                    (at + size == text.size || !kdb_is_digit(text.data[at + size]));
        for (size_t i = 0; i < size && fits; i++)
            fits = form[i] == 'd' ? kdb_is_digit(text.data[at + i]) : text.data[at + i] == form[i];
        if (!fits)
            continue;
        int year = 0;
        for (size_t i = 0; i < 4; i++)
            year = year * 10 + text.data[at + i] - '0';
        if (!p->venue->date.year)
            p->venue->date.year = (int16_t)year;
        p->dated = true;
        kdb_phrase_erase(p, at, at + size);
        return;
    }
}
