/* A phrase taken apart: what is date, volume, pages, identifier or remark is erased from a copy of
 * it piece by piece; what stays is the name of the venue. */
#include "fields/chars.h"
#include "fields/dates.h"
#include "fields/venue_phrase.h"

/* ---- the ends ---- */

kdbib_str kdb_phrase_bare(kdbib_str text) {
    bool again = true;
    while (again && text.size) {
        again = false;
        while (text.size && kdb_phrase_is_edge(text.data[0])) {
            size_t end = text.data[0] == ':' ? kdb_find_char(text, ':', 1) : SIZE_MAX;
            if (end != SIZE_MAX && end > 2 && end < 30 &&
                kdb_find_char(kdb_slice(text, 1, end), ' ', 0) == SIZE_MAX)
                text = kdb_slice(text, end, text.size);
            text = kdb_slice(text, 1, text.size);
        }
        while (text.size && kdb_phrase_is_edge(text.data[text.size - 1])) {
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
                c == 0x3010 || c == 0x300A || c == 0xA0 || c == 0xAB || c == 0xBB) {
                text = kdb_slice(text, next, text.size);
                again = true;
            }
        }
        if (text.size && (unsigned char)text.data[text.size - 1] >= 0x80) {
            size_t at = kdb_char_before(text, text.size);
            int32_t c = kdb_char_at(text, at, &next);
            if (kdb_char_is_sign(c) || (c >= 0x2010 && c <= 0x2027) || c == 0xFF09 || c == 0x3011 ||
                c == 0x3002 || c == 0x300B || c == 0xFF0C || c == 0xA0 || c == 0xAB || c == 0xBB) {
                text.size = at;
                again = true;
            }
        }
    }
    return text;
}

/* "Proceedings of CHI (CHI '92), Ann Lee and Bo Moss (Eds.). ACM": the editors go. */
static void erase_editors(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_text(p);
    size_t mark = kdb_find(text, KDBIB_STR("(Ed"), 0), close = kdb_find_char(text, ')', mark);
    if (mark == SIZE_MAX || close == SIZE_MAX || close - mark > 6)
        return;
    size_t from = kdb_find(kdb_slice(text, 0, mark), KDBIB_STR("), "), 0);
    if (from != SIZE_MAX)
        kdb_phrase_erase(p, from + 1, close + 1);
}

/* ---- dates ---- */

static size_t next_word(kdbib_str text, size_t at) {
    while (at < text.size && (text.data[at] == ' ' || text.data[at] == KDB_ERASED))
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

static void take_dates(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_text(p);
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
        kdb_phrase_erase(p, from, to);
        at = to;
    }
}

static int year_of_two(const char *digits) {
    int year = (digits[0] - '0') * 10 + digits[1] - '0';
    return year <= KDB_LAST_YEAR - 2000 ? 2000 + year : 1900 + year;
}

/* "CVPR20", "ICML 23", "CVPR-20", "23arxiv": two digits beside a venue of the table. */
static void take_short_year(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_bare(kdb_phrase_text(p));
    if (p->dated || text.size < 4)
        return;
    if (kdb_is_digit(text.data[0]) && kdb_is_digit(text.data[1]) && kdb_is_alpha(text.data[2]) &&
        kdb_venue_find(p->fields, kdb_slice(text, 2, text.size))) {
        p->venue->date.year = (int16_t)year_of_two(text.data);
        p->dated = true;
        size_t at = (size_t)(text.data - p->text);
        kdb_phrase_erase(p, at, at + 2);
        return;
    }
    size_t end = text.size;
    while (end && !kdb_is_digit(text.data[end - 1]))
        end--;
    if (end < 3 || !kdb_is_digit(text.data[end - 2]) || kdb_is_digit(text.data[end - 3]))
        return;
    kdbib_str name = kdb_phrase_bare(kdb_slice(text, 0, end - 2));
    if (end < text.size && kdb_is_alnum(text.data[end]))
        return;
    bool acronym = name.size > 3 && name.size < 11 && p->text[p->size - 1] == text.data[end - 1];
    for (size_t i = 0; i < name.size && acronym; i++)
        acronym = kdb_is_upper(name.data[i]);
    if (!name.size || (!acronym && !kdb_venue_find(p->fields, name)))
        return;
    p->venue->date.year = (int16_t)year_of_two(text.data + end - 2);
    p->dated = true;
    size_t offset = (size_t)(text.data - p->text);
    kdb_phrase_erase(p, offset + end - 2, offset + end);
}

/* ---- remarks and the name ---- */

/* The first (else the last) word of `text` is one that a remark begins (ends) with. */
static bool may_be_remark(const kdb_fields *fields, kdbib_str text, bool front) {
    size_t from = 0, to = text.size;
    if (front)
        for (to = 0; to < text.size && !kdb_phrase_is_edge(text.data[to]);)
            to++;
    else
        for (from = to; from && !kdb_phrase_is_edge(text.data[from - 1]);)
            from--;
    char buffer[KDB_KEY_SIZE];
    kdbib_str word = kdb_word_key(kdb_slice(text, from, to), buffer);
    if (!word.size) /* signs: what stands beside them counts */
        return true;
    for (size_t i = word.size; !front && i; i--) /* of "a%b" the key is two words */
        if (word.data[i - 1] == ' ')
            word = kdb_slice(word, i, word.size), i = 1;
    size_t blank = kdb_find_char(word, ' ', 0);
    word = kdb_slice(word, 0, blank);
    uint32_t ends = kdb_word_index_find_key(&fields->remark_ends, word);
    return ends != KDB_NOT_FOUND && (ends & (front ? KDB_REMARK_BEGINS : KDB_REMARK_ENDS));
}

/* Erases "Oral", "(Best Paper)", "Spotlight" at the end or the front; what it says goes to
 * `remark`. */
static bool take_remark(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_bare(kdb_phrase_text(p));
    while (text.size && text.data[text.size - 1] == '.')
        text = kdb_phrase_bare(kdb_slice(text, 0, text.size - 1));
    /* up to four words from the end, then from the front */
    for (int front = 0; front < 2; front++) {
        if (!may_be_remark(p->fields, text, front))
            continue;
        size_t at = front ? 0 : text.size, best = SIZE_MAX;
        for (int words = 0; words < 4 && (front ? at < text.size : at > 0); words++) {
            if (front) {
                while (at < text.size && kdb_phrase_is_edge(text.data[at]))
                    at++;
                while (at < text.size && !kdb_phrase_is_edge(text.data[at]))
                    at++;
            } else {
                while (at && kdb_phrase_is_edge(text.data[at - 1]))
                    at--;
                while (at && !kdb_phrase_is_edge(text.data[at - 1]))
                    at--;
            }
            kdbib_str part = front ? kdb_slice(text, 0, at) : kdb_slice(text, at, text.size);
            uint32_t kinds = kdb_word_index_find(&p->fields->title_words, part);
            if (kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_REMARK))
                best = at;
        }
        if (best == SIZE_MAX)
            continue;
        kdbib_str part = front ? kdb_slice(text, 0, best) : kdb_slice(text, best, text.size);
        /* "Findings of ACL" and "EMNLP Findings" are venues */
        if (part.size < text.size && kdb_venue_find(p->fields, kdb_phrase_bare(text)))
            return false;
        if (!p->venue->remark.size)
            p->venue->remark = kdb_arena_copy(p->arena, part);
        size_t offset = (size_t)(part.data - p->text);
        kdb_phrase_erase(p, offset, offset + part.size);
        return true;
    }
    return false;
}

/* What is left, erased parts closed up, as a copy. */
static kdbib_str tidy(kdb_phrase *p) {
    char *out = p->text;
    size_t size = 0;
    for (size_t i = 0; i < p->size; i++) {
        char c = p->text[i];
        if (kdb_is_alnum(c)) {
            out[size++] = c;
            continue;
        }
        if (c == KDB_ERASED || kdb_is_space(c))
            c = ' ';
        if (c == ' ' && (!size || out[size - 1] == ' '))
            continue;
        if (size && out[size - 1] == ' ' && (c == ',' || c == ';' || c == '.' || c == ')'))
            size--;
        if (size && (c == ')' || c == ']') && (out[size - 1] == '(' || out[size - 1] == '[')) {
            size--;
            continue;
        }
        if (c == ',' && size && kdb_is_one_of(out[size - 1], ",;:("))
            continue;
        out[size++] = c;
    }
    kdbib_str name = kdb_phrase_bare((kdbib_str){out, size});
    /* the period of a sentence goes, that of an abbreviation stays: "IEEE Trans. Med. Imag." */
    if (name.size && name.data[name.size - 1] == '.') {
        bool abbreviations = kdb_find_char(name, '.', 0) < name.size - 1;
        if (!abbreviations)
            name.size--;
    }
    if (kdb_find_char(name, '(', 0) == SIZE_MAX && kdb_find_char(name, ')', 0) == SIZE_MAX)
        return name;
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
        kdbib_str behind = kdb_phrase_bare(kdb_slice(name, last, name.size));
        name = behind.size ? behind : kdb_phrase_bare(kdb_slice(name, 0, last - 1));
    }
    if (open > close) {
        if (name.size + (size_t)(name.data - out) < KDB_LONGEST_PHRASE) {
            char *end = out + (name.data - out) + name.size;
            *end = ')';
            name.size++;
        }
    }
    return name;
}

bool kdb_phrase_publisher(const kdb_fields *fields, kdbib_str text, size_t from, size_t *stop,
                          kdbib_str *publisher) {
    for (size_t at = from; at + 3 < text.size; at++) {
        if ((text.data[at] != '.' && text.data[at] != ',') || text.data[at + 1] != ' ')
            continue;
        size_t to = at + 2;
        while (to < text.size && text.data[to] != ',' && text.data[to] != '.')
            to++;
        kdbib_str words = kdb_trim(kdb_slice(text, at + 2, to));
        uint32_t kinds = kdb_word_index_find(&fields->title_words, words);
        if (kinds == KDB_NOT_FOUND || !(kinds & KDB_WORD_PUBLISHER))
            continue;
        *stop = at;
        *publisher = words;
        return true;
    }
    return false;
}

/* "Proceedings of CHI. ACM, New York, NY, USA": the venue ends before its publisher. */
static kdbib_str take_publisher(kdb_phrase *p, kdbib_str name) {
    size_t stop;
    kdbib_str publisher;
    if (!kdb_phrase_publisher(p->fields, name, 8, &stop, &publisher))
        return name;
    p->venue->publisher = kdb_arena_copy(p->arena, publisher);
    return kdb_trim(kdb_slice(name, 0, stop));
}

/* Emoji by name, ":star:", anywhere. */
static void erase_shortcodes(kdb_phrase *p) {
    for (size_t at = 0; at < p->size; at++) {
        if (p->text[at] != ':')
            continue;
        size_t end = at + 1;
        while (end < p->size && (kdb_is_lower(p->text[end]) || p->text[end] == '_'))
            end++;
        if (end > at + 2 && end < p->size && p->text[end] == ':') {
            kdb_phrase_erase(p, at, end + 1);
            at = end;
        }
    }
}

/* "ICRA 2023 (MIT, Google)": where the bracket opens that says where the authors work, or 0. */
static size_t affiliation(const kdb_fields *fields, kdbib_str text) {
    if (text.size < 10 || text.data[text.size - 1] != ')')
        return 0;
    size_t open = text.size - 1;
    while (open && text.data[open] != '(' && !kdb_is_digit(text.data[open]))
        open--;
    kdbib_str inside = kdb_phrase_bare(kdb_slice(text, open + 1, text.size - 1));
    if (open < 4 || text.data[open] != '(' || text.data[open - 1] != ' ' || inside.size < 2)
        return 0;
    bool small = kdb_has_digit(kdb_slice(text, 0, open)); /* "NeurIPS, 2021 (JHU)" */
    for (size_t i = 0; i < inside.size; i++)
        small = small || kdb_is_lower(inside.data[i]) || inside.data[i] == ',';
    size_t last = inside.size;
    while (last && !kdb_is_space(inside.data[last - 1]))
        last--;
    uint32_t kinds = kdb_word_index_find(&fields->title_words, inside),
             end = kdb_word_index_find(&fields->title_words, kdb_slice(inside, last, inside.size));
    bool remark = (kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_REMARK)) ||
                  (end != KDB_NOT_FOUND && (end & KDB_WORD_REMARK));
    return small && !remark && !kdb_venue_find(fields, inside) ? open : 0;
}

unsigned kdb_venue_take_apart(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                              kdb_venue *venue) {
    *venue = (kdb_venue){0};
    kdbib_str whole = kdb_trim(text);
    while (whole.size && strchr("., ", whole.data[whole.size - 1]))
        whole.size--;
    size_t bracket = text.size < 200 ? affiliation(fields, whole) : 0;
    size_t from_whom = bracket || whole.size > 60 || whole.size < 16
                           ? SIZE_MAX
                           : kdb_find(whole, KDBIB_STR(" from "), 0);
    if (from_whom != SIZE_MAX && from_whom > 3)
        bracket = from_whom; /* "VLDB 2021 from Ann Lee" */
    if (bracket) {
        unsigned sure = kdb_venue_parse(arena, fields, kdb_slice(whole, 0, bracket), venue);
        if (sure >= 93 && venue->known && venue->date.year)
            return sure;
        *venue = (kdb_venue){0};
    }
    text = kdb_phrase_bare(text);
    size_t opening = kdb_phrase_opening(text);
    if (opening)
        text = kdb_phrase_bare(kdb_slice(text, opening, text.size));
    if (!text.size || text.size > KDB_LONGEST_PHRASE)
        return 0;
    kdb_phrase p; /* not zeroed: it is large */
    p.fields = fields;
    p.arena = arena;
    p.size = text.size;
    p.venue = venue;
    p.dated = p.numbered = p.lead = false;
    memcpy(p.text, text.data, text.size);
    p.text[text.size] = '\0';
    if (kdb_find_char(text, ':', 0) != SIZE_MAX)
        erase_shortcodes(&p);
    bool digits = kdb_has_digit(text); /* without one there is no number, date or identifier */
    size_t from = 0, to = 0;
    char number[40] = "";
    if (digits) {
        kdb_phrase_take_doi(&p);
        kdb_phrase_take_dated_number(&p);
        kdb_phrase_take_abs(&p);
        erase_editors(&p);
    }
    bool arxiv = digits && kdb_phrase_take_arxiv(&p, &from, &to) && to - from < sizeof number;
    if (arxiv && kdb_phrase_erase_before_venue(&p, from, to))
        arxiv = false;
    if (arxiv) { /* out of the way of the other steps, and "(6th of VOC 2012)" behind it goes */
        size_t open = kdb_find_char(kdb_phrase_text(&p), '(', to);
        if (open != SIZE_MAX && open < to + 4 && p.size - open > 8)
            kdb_phrase_erase(&p, open, p.size);
        memcpy(number, p.text + from, to - from);
        memset(p.text + from, 'x', to - from);
    }
    if (digits) {
        take_dates(&p);
        take_short_year(&p);
    }
    int remarks = 0;
    while (remarks < 3 && take_remark(&p))
        remarks++;
    if (digits && !arxiv)
        kdb_phrase_take_numbers(&p);
    if (p.numbered || remarks == 3) /* else nothing new shows */
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
    size_t id = p.dated ? kdb_find(name, KDBIB_STR(" : "), 0) : SIZE_MAX;
    if (id != SIZE_MAX && kdb_find_char(name, ' ', id + 3) == SIZE_MAX &&
        kdb_is_lower(name.data[id + 3])) /* "Gut (2019): gutjnl-2018" */
        name.size = id;
    if (arxiv && kdbib_str_equal(name, venue->arxiv))
        name.size = 0;
    name = take_publisher(&p, name);
    venue->name = kdb_arena_copy(arena, name);
    unsigned score = kdb_phrase_judge(&p);
    return kdb_arena_failed(arena) ? 0 : score;
}
