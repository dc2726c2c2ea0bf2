/* A word is protected for what it looks like, never for where it stands: the first word too. */
#include "case_protection.h"

#include <utf8proc.h>

#include "base/embedded.h"
#include "base/strings.h"

/* Few words begin as a proper one and are as long: the others need no hash. */
static size_t beginning_of(kdbib_str word) {
    const unsigned char first = (unsigned char)word.data[0];
    const unsigned char second = word.size > 1 ? (unsigned char)word.data[1] : 0;
    return (size_t)(first * 32 ^ second) % 1024;
}
static uint32_t size_bit(kdbib_str word) {
    return (uint32_t)1 << (word.size < 31 ? word.size : 31);
}

bool kdb_proper_words_init(kdb_proper_words *words, kdb_arena *arena) {
    *words = (kdb_proper_words){0};
    if (!kdb_table_read(arena, kdb_embedded(KDBIB_STR("proper-words.csv")), &words->table))
        return false;
    for (size_t i = 0; i < words->table.rows; i++) {
        const kdbib_str word = kdb_table_cell(&words->table, i, 0);
        words->sizes[beginning_of(word)] |= size_bit(word);
    }
    return true;
}

static bool is_proper(const kdb_proper_words *words, kdbib_str part) {
    if (!(words->sizes[beginning_of(part)] & size_bit(part)))
        return false;
    kdb_table_walk walk = {0};
    size_t row;
    do
        row = kdb_table_find(&words->table, part, &walk);
    while (row != SIZE_MAX && !kdbib_str_equal(kdb_table_cell(&words->table, row, 0), part));
    return row != SIZE_MAX;
}

typedef enum letter {
    OTHER, /* punctuation, symbols */
    SMALL,
    CAPITAL,
    DIGIT,
    CASELESS, /* a letter of a script without case, a mark, a superscript */
} letter;

static letter classify_other(kdbib_str text, size_t at, size_t *size) {
    utf8proc_int32_t point;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                               (utf8proc_ssize_t)(text.size - at), &point);
    *size = length > 0 ? (size_t)length : 1;
    if (length <= 0)
        return OTHER;
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LL:
        return SMALL;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return CAPITAL;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NO:
        return DIGIT;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
        return CASELESS;
    default:
        return OTHER;
    }
}

static inline letter classify(kdbib_str text, size_t at, size_t *size) {
    const char c = text.data[at];
    if ((unsigned char)c >= 0x80)
        return classify_other(text, at, size);
    *size = 1;
    return kdb_is_lower(c) ? SMALL : kdb_is_upper(c) ? CAPITAL : kdb_is_digit(c) ? DIGIT : OTHER;
}

/* From the first to the last letter or digit of a word; empty: it has none. */
static kdb_protected core_of(kdbib_str word) {
    kdb_protected core = {SIZE_MAX, 0};
    size_t size, last = word.size;
    while (last && (unsigned char)word.data[last - 1] < 0x80 && !kdb_is_alnum(word.data[last - 1]))
        last--;
    for (size_t at = 0; at < last; at += size) {
        if (classify(word, at, &size) == OTHER)
            continue;
        if (core.from == SIZE_MAX)
            core.from = at;
        core.to = at + size;
        if ((unsigned char)word.data[last - 1] < 0x80)
            core.to = last; /* no need to go through the middle */
        if (core.to == last)
            break;
    }
    return core;
}

/* What was seen of one part of a word, between hyphens, slashes and the like. */
typedef struct part_shape {
    size_t start;
    unsigned letters, capitals, small, digits;
    bool inner_capital; /* not at the beginning */
    bool leading_digit;
} part_shape;

/* 2nd, 19th, 1990s: ordinary. */
static bool is_ordinal(kdbib_str part) {
    size_t digits = 0;
    while (digits < part.size && kdb_is_digit(part.data[digits]))
        digits++;
    const kdbib_str rest = kdb_slice(part, digits, part.size);
    return digits &&
           (kdbib_str_equal(rest, KDBIB_STR("st")) || kdbib_str_equal(rest, KDBIB_STR("nd")) ||
            kdbib_str_equal(rest, KDBIB_STR("rd")) || kdbib_str_equal(rest, KDBIB_STR("th")) ||
            kdbib_str_equal(rest, KDBIB_STR("s")));
}

static bool part_is_special(const kdb_proper_words *words, kdbib_str part, const part_shape *shape,
                            bool alone, bool shouting) {
    if (!shape->letters)
        return false;
    if (shape->digits && shape->letters && !(shouting && !shape->small && !alone))
        return !is_ordinal(part);
    if (shouting && !shape->small)
        return false;
    if (shape->inner_capital)
        return true;
    if (shape->capitals == 1 && shape->letters == 1)
        return part.size == 1 &&
               (!alone || part.data[0] != 'A'); /* X-ray, I, vitamin D; no article */
    return shape->capitals && is_proper(words, part);
}

bool kdb_needs_protection(const kdb_proper_words *words, kdbib_str word, bool shouting,
                          kdb_protected *range) {
    const kdb_protected core = core_of(word);
    size_t from = core.from, to = core.to, size = 0;
    bool special = false, alone = true;
    if (from == SIZE_MAX)
        return false;
    /* signs that belong to a name */
    while (to < word.size && (word.data[to] == '+' || word.data[to] == '#' || word.data[to] == '*'))
        to++;
    const size_t open = kdb_find_char(kdb_slice(word, 0, to), '(', from);
    if (open != SIZE_MAX && kdb_find_char(kdb_slice(word, 0, to), ')', open) == SIZE_MAX &&
        to < word.size && word.data[to] == ')')
        to++;                                            /* O(n) */
    for (size_t at = from; at < to && alone; at += size) /* one part, or more? */
        alone = classify(word, at, &size) != OTHER || at + size >= to;
    part_shape shape = {.start = from};
    for (size_t at = from;; at += size) {
        const letter kind = at < to ? classify(word, at, &size) : OTHER;
        if (kind == OTHER) {
            special |=
                part_is_special(words, kdb_slice(word, shape.start, at), &shape, alone, shouting);
            if (at >= to)
                break;
            shape = (part_shape){.start = at + size};
            continue;
        }
        if (kind == CAPITAL && shape.letters)
            shape.inner_capital = true;
        shape.letters += kind != DIGIT;
        shape.capitals += kind == CAPITAL;
        shape.small += kind == SMALL;
        shape.digits += kind == DIGIT;
    }
    *range = (kdb_protected){from, to};
    return special;
}

/* The end of the word at `from`, up to a blank or the end, when it is plainly an ordinary one:
 * small letters, each part perhaps with one capital before them, perhaps a sign of punctuation
 * behind them. Else `from`. */
static size_t ordinary_word(const kdb_proper_words *words, kdbib_str text, size_t from) {
    size_t at = from;
    for (;;) {
        const size_t start = at, small = at + (at < text.size && kdb_is_upper(text.data[at]));
        for (at = small; at < text.size && kdb_is_lower(text.data[at]);)
            at++;
        if (at == small || (small > start && is_proper(words, kdb_slice(text, start, at))))
            return from;
        if (at == text.size || text.data[at] != '-')
            break;
        at++;
    }
    if (at < text.size && !kdb_is_space(text.data[at]) && kdb_is_one_of(text.data[at], ",:;.?!"))
        at++;
    return at == text.size || kdb_is_space(text.data[at]) ? at : from;
}

size_t kdb_ordinary_words(const kdb_proper_words *words, kdbib_str text, bool goes_on) {
    size_t size = 0;
    for (size_t from = 0;; from = size + 1) {
        const size_t end = ordinary_word(words, text, from);
        if (end == from || (goes_on && end == text.size))
            return size;
        size = end;
        if (end == text.size || text.data[end] != ' ')
            return size;
    }
}

bool kdb_is_shouting(kdbib_str title) {
    size_t size, words = 0;
    bool in_word = false;
    for (size_t at = 0; at < title.size; at += size) {
        const letter kind = classify(title, at, &size);
        if (kind == SMALL)
            return false;
        words += kind == CAPITAL && !in_word;
        in_word = kind != OTHER;
    }
    return words >= 4;
}
