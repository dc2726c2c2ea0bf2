/* Most texts are no venue, and most of those can be told without taking them apart; most venues are
 * one of the table and a year. */
#include "fields/dates.h"
#include "fields/text_memo.h"
#include "fields/venue_phrase.h"
#include "fields/word.h"

static bool has_bare_ends(kdbib_str text) {
    return text.size && kdb_is_alpha(text.data[0]) && kdb_is_alpha(text.data[text.size - 1]);
}

/* What there is in plain words beside letters. */
typedef struct signs {
    bool digits; /* none beside another: years and numbers of a venue have two and more */
    bool stops;  /* commas or periods: a publisher may stand behind one */
} signs;

/* Plain words: nothing that a date, a number or a bracket is made of. */
static bool is_plain(kdbib_str text, signs *found) {
    size_t colons = 0;
    *found = (signs){false, false};
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (kdb_is_alpha(c) || c == ' ')
            continue;
        bool digit = kdb_is_digit(c);
        if ((digit && i && kdb_is_digit(text.data[i - 1])) || c == '(' || c == ')' || c == '[' ||
            c == ']' || (unsigned char)c < ' ')
            return false;
        found->digits = found->digits || digit;
        found->stops = found->stops || c == ',' || c == '.';
        colons += c == ':';
    }
    return colons < 2;
}

/* "CVPR", "arXiv": a word by which a venue that the table knows is found in a longer name. */
static bool is_known_acronym(const kdb_fields *fields, kdbib_str word) {
    return kdb_phrase_is_acronym(word) && kdb_venue_find(fields, word);
}

static bool parts_acronym(char c) {
    return c == ' ' || c == ':' || c == ',' || c == '/' || c == '@' || c == '(';
}

static bool has_acronym_at_ends(const kdb_fields *fields, kdbib_str text) {
    size_t end = 0, from = text.size;
    while (end < text.size && !parts_acronym(text.data[end]) && text.data[end] != '-')
        end++;
    while (from && !parts_acronym(text.data[from - 1]))
        from--;
    return is_known_acronym(fields, kdb_slice(text, 0, end)) ||
           is_known_acronym(fields, kdb_slice(text, from, text.size));
}

/* No word is one of venues, and neither end is one of a remark's. */
static bool has_no_venue_word(const kdb_fields *fields, kdbib_str text) {
    unsigned ends = KDB_REMARK_BEGINS;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !kdb_phrase_is_edge(text.data[end]))
            end++;
        if (end > at) {
            kdb_word word = kdb_word_of(fields, kdb_slice(text, at, end));
            ends |= end == text.size ? KDB_REMARK_ENDS : 0u;
            if ((word.title_kinds & (KDB_WORD_VENUE | KDB_WORD_REMARK)) || (word.places & ends))
                return false;
            ends = 0;
        }
        at = end + 1;
    }
    return true;
}

/* As it stands, or without "Proceedings of the". */
static bool is_known(const kdb_fields *fields, kdbib_str text) {
    for (size_t opening;; text = kdb_phrase_bare(kdb_slice(text, opening, text.size))) {
        if (kdb_venue_find(fields, text))
            return true;
        opening = kdb_phrase_name_opening(text);
        if (!opening)
            return false;
    }
}

bool kdb_venue_is_unknown(const kdb_fields *fields, kdbib_str text, kdb_word first) {
    bool begins = (first.places & KDB_VENUE_BEGINS) || kdb_phrase_name_opening(text);
    return !(begins && is_known(fields, text)) && !has_acronym_at_ends(fields, text);
}

bool kdb_venue_is_out(const kdb_fields *fields, kdbib_str text) {
    text = kdb_trim(text);
    if (text.size > 1 && kdb_is_one_of(text.data[text.size - 1], ".?!")) /* of a sentence */
        text.size--;
    signs found;
    if (!is_plain(text, &found))
        return false;
    if (!has_bare_ends(text))
        text = kdb_phrase_bare(text);
    size_t opening = kdb_phrase_opening(text);
    if (opening)
        text = kdb_phrase_bare(kdb_slice(text, opening, text.size));
    size_t stop;
    kdbib_str publisher;
    return has_bare_ends(text) && text.size <= KDB_LONGEST_PHRASE &&
           !(found.digits && kdb_phrase_name_opening(text)) && /* "The 3rd Soup Meeting" */
           !(found.stops && kdb_phrase_publisher(fields, text, 0, &stop, &publisher)) &&
           has_no_venue_word(fields, text) &&
           kdb_venue_is_unknown(fields, text, kdb_word_of(fields, kdb_first_key_word(text)));
}

/* ---- a venue of the table and its year ---- */

/* Four digits that the text ends with, and takes them from it; 0: none. `*glued`: behind a capital,
 * "CVPR2020". */
static int take_year(kdbib_str *text, bool *glued) {
    int year = 0;
    size_t from = text->size < 4 ? 0 : text->size - 4;
    for (size_t i = from; i < text->size; i++) {
        if (!kdb_is_digit(text->data[i]))
            return 0;
        year = year * 10 + text->data[i] - '0';
    }
    if (text->size - from < 4)
        return 0;
    *glued = from && kdb_is_upper(text->data[from - 1]);
    if (from && !*glued && text->data[from - 1] != ' ' && text->data[from - 1] != '(')
        return 0;
    text->size = from;
    return year >= KDB_FIRST_YEAR && year <= KDB_LAST_YEAR ? year : 0;
}

/* The month that the text ends with, and takes it from it; 0: none. */
static unsigned take_month(const kdb_fields *fields, kdbib_str *text) {
    size_t from = text->size;
    while (from && kdb_is_alpha(text->data[from - 1]))
        from--;
    if (from && text->data[from - 1] != ' ')
        return 0;
    unsigned month = kdb_month_of(fields, kdb_slice(*text, from, text->size));
    if (month)
        text->size = from;
    return month;
}

/* Words of letters, one blank, hyphen or "&" between them; neither end is one of a remark's. */
static bool is_bare_name(const kdb_fields *fields, kdbib_str name) {
    unsigned ends = KDB_REMARK_BEGINS;
    for (size_t at = 0, end; at < name.size; at = end + 1) {
        for (end = at; end < name.size && kdb_is_alpha(name.data[end]);)
            end++;
        ends |= end == name.size ? KDB_REMARK_ENDS : 0u;
        if (end == at || (kdb_word_of(fields, kdb_slice(name, at, end)).places & ends))
            return false;
        ends = 0;
        if (kdb_starts_with(kdb_slice(name, end, name.size), KDBIB_STR(" & ")))
            end += 2;
        else if (end < name.size && (end + 1 == name.size || !kdb_is_one_of(name.data[end], " -")))
            return false;
    }
    return true;
}

/* "CVPR 2020", "CoRL, Nov 2021", "ICML (2019)", "2020". */
static unsigned glance_at_dated(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                                kdb_venue *venue) {
    bool bracketed = text.data[text.size - 1] == ')'; /* all of it, or the year */
    if (bracketed && text.data[0] == '(') {
        text = kdb_slice(text, 1, text.size - 1);
        bracketed = false;
    } else if (bracketed) {
        text.size--;
    }
    bool glued;
    int year = take_year(&text, &glued);
    if (!year || (text.size && text.data[text.size - 1] == '(') != bracketed)
        return 0;
    text = kdb_trim(kdb_slice(text, 0, text.size - bracketed));
    unsigned month = bracketed || glued ? 0 : take_month(fields, &text);
    venue->date = (kdbib_date){(int16_t)year, (uint8_t)month, 0};
    text = kdb_trim(text);
    if (text.size && text.data[text.size - 1] == ',') {
        kdbib_str before = text = kdb_trim(kdb_slice(text, 0, text.size - 1));
        if (!month && take_month(fields, &before)) /* "May, 2020" */
            return 0;
    }
    text = kdb_slice(text, kdb_phrase_opening(text), text.size);
    if (!text.size)
        return bracketed ? 0 : 92;
    venue->known = is_bare_name(fields, text) ? kdb_venue_find(fields, text) : NULL;
    if (!venue->known)
        return 0;
    venue->name = kdb_arena_copy(arena, text);
    return 97;
}

/* "2023-07-05", "24th Feb., 2022". */
static unsigned glance_at_date(const kdb_fields *fields, kdbib_str text, kdb_venue *venue) {
    return kdb_is_digit(text.data[0]) && kdb_is_digit(text.data[text.size - 1]) &&
                   kdb_date_parse(fields, text, &venue->date)
               ? 92
               : 0;
}

/* "arXiv:2104.02096", "arxiv 2104.02096": the number begins with year and month. */
static unsigned glance_at_arxiv(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                                kdb_venue *venue) {
    static const char form[] = "ddtd.dddd"; /* t: the tens of a month; perhaps one digit more */
    kdbib_str server = KDBIB_STR("arXiv");
    size_t from = server.size;
    if (!kdb_starts_with_nocase(text, server))
        return 0;
    from += from < text.size && text.data[from] == ':';
    from += from < text.size && text.data[from] == ' ';
    kdbib_str number = kdb_slice(text, from, text.size);
    if (from == server.size || number.size < sizeof form - 1 || number.size > sizeof form)
        return 0;
    for (size_t i = 0; i < number.size; i++) {
        char c = number.data[i], want = i + 1 < sizeof form ? form[i] : 'd';
        if (want == '.' ? c != '.' : !kdb_is_digit(c) || (want == 't' && c > '1'))
            return 0;
    }
    const char *d = number.data;
    int month = (d[2] - '0') * 10 + d[3] - '0';
    venue->date.year = (int16_t)(2000 + (d[0] - '0') * 10 + d[1] - '0');
    venue->date.month = (uint8_t)(month <= 12 ? month : 0);
    venue->known = kdb_venue_find(fields, server);
    venue->name = kdb_arena_copy(arena, text);
    venue->arxiv = kdb_slice(venue->name, from, text.size);
    return venue->known ? 95 : 0;
}

unsigned kdb_venue_glance(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                          kdb_venue *venue) {
    *venue = (kdb_venue){0};
    text = kdb_trim(text);
    if (text.size && kdb_is_one_of(text.data[text.size - 1], ".,"))
        text.size--;
    if (text.size > 2 && text.data[0] == '[' && text.data[text.size - 1] == ']')
        text = kdb_slice(text, 1, text.size - 1);
    if (text.size < 4)
        return 0;
    unsigned score = glance_at_dated(arena, fields, text, venue);
    if (!score)
        score = glance_at_date(fields, text, venue);
    return score ? score : glance_at_arxiv(arena, fields, text, venue);
}

/* ---- who asks ---- */

/* `likely`: what is out is not taken apart. That it is out is all that is remembered of it, so that
 * the answer depends on nothing that was asked before. */
static unsigned ask(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, bool likely,
                    kdb_venue *venue) {
    unsigned score = kdb_venue_glance(arena, fields, text, venue);
    if (score)
        return score;
    kdb_memo_key key = kdb_memo_key_of(fields, arena, KDB_ASK_VENUE, text);
    kdb_answer answer;
    bool known = kdb_recall(&key, &answer);
    if (known && answer.more) {
        *venue = *(const kdb_venue *)answer.more;
        return answer.score;
    }
    bool out = known || kdb_venue_is_out(fields, text);
    if (out && !known)
        kdb_remember(&key, 0, NULL, 0);
    *venue = (kdb_venue){0};
    if (out && likely)
        return 0;
    score = kdb_venue_take_apart(arena, fields, text, venue);
    if (!out)
        kdb_remember(&key, score, venue, sizeof *venue);
    return score;
}

unsigned kdb_venue_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                         kdb_venue *venue) {
    return ask(arena, fields, text, false, venue);
}

unsigned kdb_venue_parse_likely(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                                kdb_venue *venue) {
    return ask(arena, fields, text, true, venue);
}
