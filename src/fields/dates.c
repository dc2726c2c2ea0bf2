/* Dates: found by their year, which is then completed by the numbers and month words beside it. */
#include "fields/dates.h"

#include "base/strings.h"

unsigned kdb_month_of(const kdb_fields *fields, kdbib_str word) {
    uint32_t month = kdb_word_index_find(&fields->months, word);
    return month == KDB_NOT_FOUND ? 0 : month;
}

static bool is_year(unsigned long number) {
    return number >= KDB_FIRST_YEAR && number <= KDB_LAST_YEAR;
}

static bool is_word_byte(char c) {
    return kdb_is_alpha(c) || (unsigned char)c >= 0x80;
}

static bool has_at(kdbib_str text, size_t at, kdbib_str what) {
    return at <= text.size && kdb_starts_with(kdb_slice(text, at, text.size), what);
}

/* One of 年 月 日 (or Korean 년 월 일) at `at`: its kind, else 0. */
static char cjk_unit(kdbib_str text, size_t at) {
    static const struct {
        const char *sign;
        char kind;
    } signs[] = {{"年", 'y'}, {"月", 'm'}, {"日", 'd'}, {"號", 'd'},
                 {"号", 'd'}, {"년", 'y'}, {"월", 'm'}, {"일", 'd'}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (has_at(text, at, kdbib_str_of(signs[i].sign)))
            return signs[i].kind;
    return 0;
}

/* Up to three numbers joined by `-`, `/`, `.` or the signs 年月日. */
typedef struct numbers {
    unsigned long value[4];
    size_t digits[4];
    char separator[4]; /* behind each */
    size_t count;
    size_t end;
} numbers;

static size_t skip_digits(kdbib_str text, size_t at, unsigned long *value) {
    unsigned long number = 0;
    for (; at < text.size && kdb_is_digit(text.data[at]); at++)
        if (number < 1000000000)
            number = number * 10 + (unsigned long)(text.data[at] - '0');
    *value = number;
    return at;
}

static size_t separator_at(kdbib_str text, size_t at, char *separator) {
    if (at >= text.size)
        return 0;
    char c = text.data[at];
    if (c == '-' || c == '/' || c == '.') {
        *separator = c;
        return 1;
    }
    if (has_at(text, at, KDBIB_STR("\xE2\x80\x93")) ||
        has_at(text, at, KDBIB_STR("\xE2\x80\x90")) ||
        has_at(text, at, KDBIB_STR("\xE2\x80\x91"))) {
        *separator = '-';
        return 3;
    }
    char unit = cjk_unit(text, at);
    if (!unit)
        return 0;
    *separator = unit;
    size_t size = 3;
    while (at + size < text.size && text.data[at + size] == ' ') /* Korean prints blanks */
        size++;
    return size;
}

static void read_numbers(kdbib_str text, size_t at, numbers *n) {
    *n = (numbers){0};
    n->end = at;
    while (n->count < 4) {
        size_t end = skip_digits(text, at, &n->value[n->count]);
        if (end == at)
            return;
        n->digits[n->count] = end - at;
        n->count++;
        n->end = end;
        char separator = 0;
        size_t size = separator_at(text, end, &separator);
        if (!size)
            return;
        n->separator[n->count - 1] = separator;
        at = end + size;
        if (separator == 'y' || separator == 'm' || separator == 'd')
            n->end = end + 3;
    }
}

static bool set(kdbib_date *date, unsigned long year, unsigned long month, unsigned long day) {
    if (!is_year(year) || month > 12 || day > 31)
        return false;
    *date = (kdbib_date){(int16_t)year, (uint8_t)month, (uint8_t)(month ? day : 0)};
    return true;
}

static bool is_date_separator(char c) {
    return c == '-' || c == '/' || c == '.';
}

/* Three numbers with one kind of separator: year first, or year last. */
static bool three_numbers(const numbers *n, kdbib_date *date) {
    const unsigned long *v = n->value;
    if (n->digits[0] == 4)
        return n->digits[1] <= 2 && n->digits[2] <= 2 && v[1] && v[2] &&
               set(date, v[0], v[1], v[2]);
    if (n->digits[2] != 4 || n->digits[0] > 2 || n->digits[1] > 2 || !v[0] || !v[1])
        return false;
    if (n->separator[0] == '.' || v[0] > 12)
        return set(date, v[2], v[1], v[0]);
    if (v[1] > 12)
        return set(date, v[2], v[0], v[1]);
    return set(date, v[2], v[0] == v[1] ? v[0] : 0, v[0]); /* which is the month nobody knows */
}

/* A group of numbers that says a year by itself. */
static bool date_of_numbers(const numbers *n, kdbib_date *date) {
    const unsigned long *v = n->value;
    if (n->separator[0] == 'y' && n->digits[0] == 4) {
        bool month = n->count > 1 && n->separator[1] == 'm';
        bool day = month && n->count > 2 && n->separator[2] == 'd';
        return set(date, v[0], month ? v[1] : 0, day ? v[2] : 0);
    }
    if (n->count == 1) {
        if (n->digits[0] == 8 && v[0] / 10000 >= 1900)
            return v[0] / 100 % 100 && v[0] % 100 &&
                   set(date, v[0] / 10000, v[0] / 100 % 100, v[0] % 100);
        if (n->digits[0] == 6 && v[0] / 100 >= 1980)
            return v[0] % 100 && set(date, v[0] / 100, v[0] % 100, 0);
        return n->digits[0] == 4 && set(date, v[0], 0, 0);
    }
    if (!is_date_separator(n->separator[0]))
        return false;
    if (n->count == 2) {
        if (n->digits[0] == 4 && n->digits[1] <= 2 && v[1])
            return set(date, v[0], v[1], 0);
        return n->digits[1] == 4 && n->digits[0] <= 2 && v[0] && set(date, v[1], v[0], 0);
    }
    return n->count == 3 && n->separator[0] == n->separator[1] && three_numbers(n, date);
}

static bool is_gap(char c) {
    return c == ' ' || c == ',' || c == '.' || c == '\n' || c == '\t';
}

static size_t back_over_gap(kdbib_str text, size_t at) {
    while (at && is_gap(text.data[at - 1]))
        at--;
    return at;
}

static size_t back_over_word(kdbib_str text, size_t at) {
    while (at && is_word_byte(text.data[at - 1]))
        at--;
    return at;
}

/* A day of the month that ends at `at`: where it begins, or SIZE_MAX. "17-19" gives 17. */
static size_t day_before(kdbib_str text, size_t at, unsigned long *day) {
    size_t end = at;
    if (end >= 3 && is_word_byte(text.data[end - 1])) {
        static const char *const endings[] = {"st", "nd", "rd", "th"};
        bool ordinal = false;
        for (size_t i = 0; i < 4; i++)
            ordinal |= kdb_equal_nocase(kdb_slice(text, end - 2, end), kdbib_str_of(endings[i]));
        if (!ordinal)
            return SIZE_MAX;
        end -= 2;
    }
    size_t from = end;
    while (from && kdb_is_digit(text.data[from - 1]))
        from--;
    if (from == end || end - from > 2 || (from && is_word_byte(text.data[from - 1])))
        return SIZE_MAX;
    skip_digits(text, from, day);
    if (*day < 1 || *day > 31)
        return SIZE_MAX;
    /* the first day of a range */
    size_t dash = from;
    while (dash && (text.data[dash - 1] == ' ' || text.data[dash - 1] == '-' ||
                    (unsigned char)text.data[dash - 1] == 0x93 ||
                    (unsigned char)text.data[dash - 1] == 0x80 ||
                    (unsigned char)text.data[dash - 1] == 0xE2))
        dash--;
    size_t first = dash;
    while (first && kdb_is_digit(text.data[first - 1]))
        first--;
    if (first < dash && dash < from && dash - first <= 2) {
        skip_digits(text, first, day);
        return first;
    }
    return from;
}

/* Month and day in words before the year at `from`. */
static void look_back(const kdb_fields *fields, kdbib_str text, size_t *from, kdbib_date *date) {
    size_t end = back_over_gap(text, *from);
    unsigned long day = 0;
    size_t at = end, day_from = day_before(text, end, &day);
    if (day_from != SIZE_MAX)
        at = back_over_gap(text, day_from);
    size_t word = back_over_word(text, at);
    if (word == at || (word && kdb_is_digit(text.data[word - 1])))
        return;
    unsigned month = kdb_month_of(fields, kdb_slice(text, word, at));
    if (!month)
        return;
    /* "May/June", "Mar-Apr": the first */
    if (word > 1 && (text.data[word - 1] == '/' || text.data[word - 1] == '-')) {
        size_t other = back_over_word(text, word - 1);
        unsigned first = kdb_month_of(fields, kdb_slice(text, other, word - 1));
        if (first) {
            month = first;
            word = other;
        }
    }
    *from = word;
    if (day_from == SIZE_MAX) {
        size_t before = back_over_gap(text, word);
        if (before > 3 && kdb_equal_nocase(kdb_slice(text, before - 3, before), KDBIB_STR(" of")))
            before -= 3;
        day_from = before == word && before ? SIZE_MAX : day_before(text, before, &day);
        /* in "36, 7 July 1993" the 7 may be a day or an issue; only a bare "7 July" is a day */
        bool after_comma = before < word && text.data[before] == ',';
        if (day_from != SIZE_MAX && !after_comma)
            *from = day_from;
        else
            day = 0;
    }
    date->month = (uint8_t)month;
    date->day = (uint8_t)day;
}

/* "2021 March 5", "2020, Dec". */
static void look_ahead(const kdb_fields *fields, kdbib_str text, size_t *to, kdbib_date *date) {
    size_t at = *to;
    while (at < text.size && is_gap(text.data[at]))
        at++;
    size_t end = at;
    while (end < text.size && is_word_byte(text.data[end]))
        end++;
    unsigned month = end > at && at > *to ? kdb_month_of(fields, kdb_slice(text, at, end)) : 0;
    if (!month)
        return;
    date->month = (uint8_t)month;
    *to = end;
    while (end < text.size && (text.data[end] == ' ' || text.data[end] == '.'))
        end++;
    unsigned long day;
    size_t day_end = skip_digits(text, end, &day);
    if (day_end > end && day_end - end <= 2 && day >= 1 && day <= 31 &&
        !(day_end < text.size && is_word_byte(text.data[day_end]))) {
        date->day = (uint8_t)day;
        *to = day_end;
    }
}

/* "'23", "’98": the apostrophe is at `at`. */
static bool short_year(kdbib_str text, size_t at, kdbib_date *date, size_t *to) {
    size_t size =
        text.data[at] == '\'' || text.data[at] == '`' ? 1
        : has_at(text, at, KDBIB_STR("\xE2\x80\x99")) || has_at(text, at, KDBIB_STR("\xE2\x80\x98"))
            ? 3
            : 0;
    if (!size)
        return false;
    at += size;
    while (at < text.size && text.data[at] == ' ' && size < 6) { /* "[CVPR' 20]" */
        at++;
        size++;
    }
    unsigned long number;
    size_t end = skip_digits(text, at, &number);
    if (end < text.size && kdb_is_alnum(text.data[end]))
        return false;
    *to = end;
    if (end - at == 4)
        return set(date, number, 0, 0);
    return end - at == 2 &&
           set(date, number + (number <= KDB_LAST_YEAR - 2000 ? 2000 : 1900), 0, 0);
}

bool kdb_date_find(const kdb_fields *fields, kdbib_str text, size_t at, kdbib_date *date,
                   size_t *from, size_t *to) {
    while (at < text.size) {
        char c = text.data[at];
        if (kdb_is_alpha(c)) {
            at++;
            continue;
        }
        if (!kdb_is_digit(c)) {
            if ((c == '\'' || c == '`' || (unsigned char)c == 0xE2) &&
                short_year(text, at, date, to)) {
                *from = at;
                return true;
            }
            at++;
            continue;
        }
        numbers n;
        read_numbers(text, at, &n);
        size_t end = n.end;
        /* a range of years or pages, a DOI, a decimal, a number with letters behind it */
        bool glued = at && (text.data[at - 1] == '/' || text.data[at - 1] == ':' ||
                            text.data[at - 1] == '_' || text.data[at - 1] == '$');
        char next = end < text.size ? text.data[end] : ' ';
        bool letter = kdb_is_alpha(next) && end + 1 < text.size && kdb_is_alnum(text.data[end + 1]);
        if (!(glued && n.count > 1) && !letter && next != '_' && next != '/' &&
            date_of_numbers(&n, date)) {
            *from = at;
            *to = end;
            if (kdb_is_lower(next) && next <= 'f' && date->month == 0)
                ++*to; /* "2020a" */
            if (!date->month) {
                look_back(fields, text, from, date);
                if (!date->month)
                    look_ahead(fields, text, to, date);
            }
            return true;
        }
        if (n.count > 1 &&
            date_of_numbers(&(numbers){.value = {n.value[n.count - 1]},
                                       .digits = {n.digits[n.count - 1]},
                                       .count = 1},
                            date) &&
            n.digits[n.count - 1] == 4 && n.digits[0] <= 2 && n.separator[0] == '-' && !letter) {
            *from = end - 4; /* "17-19.2020" and the like: the year at least */
            *to = end;
            return true;
        }
        at = end > at ? end : at + 1;
    }
    return false;
}

/* Without blanks, brackets and punctuation at both ends. */
static kdbib_str bare(kdbib_str text) {
    size_t from = 0, to = text.size;
    while (from < to && kdb_is_one_of(text.data[from], " \t\r\n([{<*_.,;:|-"))
        from++;
    while (to > from && kdb_is_one_of(text.data[to - 1], " \t\r\n)]}>*_.,;:|-"))
        to--;
    return kdb_slice(text, from, to);
}

bool kdb_date_parse(const kdb_fields *fields, kdbib_str text, kdbib_date *date) {
    size_t from, to;
    text = bare(text);
    if (text.size > 40 || !kdb_date_find(fields, text, 0, date, &from, &to))
        return false;
    while (to < text.size && kdb_is_one_of(text.data[to], ".) "))
        to++;
    return from == 0 && to == text.size;
}
