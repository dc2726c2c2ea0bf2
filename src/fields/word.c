/* How a word is written, what the tables say of it, and a memory for both. */
#include "fields/word.h"

#include "fields/chars.h"

/* The letters of ASCII that the text begins with, and how many of them are capitals. */
static size_t plain_letters(kdbib_str text, unsigned *upper) {
    size_t at = 0;
    *upper = 0;
    for (; at < text.size && kdb_is_alpha(text.data[at]); at++)
        *upper += kdb_is_upper(text.data[at]);
    return at;
}

/* `at` letters have been seen, `upper` of them capitals. */
static void shape_of(kdbib_str text, size_t at, unsigned upper, kdb_word *word) {
    unsigned lower, other = 0, cjk = 0, runs, longest, periods = 0;
    size_t next;
    runs = longest = (unsigned)at;
    lower = runs - upper;
    bool first = at == 0, first_lower = at && kdb_is_lower(text.data[0]);
    for (; at < text.size; at = next) {
        int32_t c = kdb_char_at(text, at, &next);
        if (kdb_char_is_cjk(c)) {
            cjk++;
        } else if (kdb_char_is_upper(c)) {
            upper++;
            runs++;
        } else if (kdb_char_is_lower(c)) {
            lower++;
            first_lower |= first;
            runs++;
        } else if (kdb_char_is_letter(c)) {
            other++;
            runs++;
        } else if (c == '.' || c == '-') {
            periods += c == '.';
            runs = 0;
        } else if (!kdb_char_is_mark(c) && c != '\'' && c != 0x2019 && c != 0x2018 && c != 0x2010 &&
                   c != 0x2011 && c != 0xB7 && c != '`' && c != 0x30FB) {
            word->shape = KDB_TOKEN_OTHER;
            return;
        }
        longest = runs > longest ? runs : longest;
        first = false;
    }
    word->period = periods > 0;
    unsigned letters = upper + lower + other + cjk;
    word->letters = (uint8_t)(letters > UINT8_MAX ? UINT8_MAX : letters);
    if (!letters)
        word->shape = KDB_TOKEN_OTHER;
    else if (cjk)
        word->shape = KDB_TOKEN_CJK;
    else if (upper && !lower && (letters == 1 || (longest == 1 && letters <= 5)))
        word->shape = KDB_TOKEN_INITIALS;
    else if (periods > 1 && longest <= 2 && upper && letters <= 6) /* "Yu.K." */
        word->shape = KDB_TOKEN_INITIALS;
    else if (upper && !lower && !other)
        word->shape = KDB_TOKEN_CAPITALS;
    else
        word->shape = first_lower ? KDB_TOKEN_LOWER : KDB_TOKEN_WORD;
}

/* No part of "Pin-Yu" says anything, and with a capital within, no part is known as a venue. */
static bool are_of_names(const kdb_fields *fields, kdbib_str text, bool within) {
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = kdb_find_char(text, '-', at);
        kdbib_str part = kdb_slice(text, at, end = end < text.size ? end : text.size);
        if (kdb_word_index_find(&fields->title_words, part) != KDB_NOT_FOUND ||
            kdb_word_index_find(&fields->remark_ends, part) != KDB_NOT_FOUND ||
            (within && kdb_word_index_find(&fields->venue_index, part) != KDB_NOT_FOUND))
            return false;
    }
    return !within || kdb_word_index_find(&fields->venue_index, text) == KDB_NOT_FOUND;
}

static bool is_arxiv(kdbib_str text) {
    return kdb_starts_with_nocase(text, KDBIB_STR("arxiv"));
}

/* A capital, and letters and hyphens behind it. */
static bool is_of_names(const kdb_fields *fields, kdbib_str text) {
    bool within = is_arxiv(text), hyphen = false;
    for (size_t at = 0, next = 0; at < text.size; at = next) {
        if (at && kdb_is_lower(text.data[at])) { /* most are */
            next = at + 1;
            continue;
        }
        int32_t c = kdb_char_at(text, at, &next);
        bool upper = kdb_char_is_upper(c), joins = c == '-' && at && next < text.size;
        if (!upper && !joins && !(at && kdb_char_is_lower(c)))
            return false;
        within = within || (upper && at);
        hyphen = hyphen || joins;
    }
    return (!within && !hyphen) || are_of_names(fields, text, within);
}

kdb_word kdb_word_look_up(const kdb_fields *fields, kdbib_str text) {
    kdb_word word = {0};
    unsigned upper;
    size_t letters = plain_letters(text, &upper);
    shape_of(text, letters, upper, &word);
    uint32_t kinds = kdb_word_index_find(&fields->words, text);
    if (kinds != KDB_NOT_FOUND) {
        word.name_kinds = (uint16_t)kinds;
        word.title_kinds = (uint8_t)(kinds >> KDB_TITLE_KINDS_SHIFT);
        word.places = (uint8_t)(kinds >> KDB_PLACES_SHIFT);
    }
    bool usual = letters == text.size && upper == 1 && !is_arxiv(text); /* "Lee" */
    word.of_names = word.shape == KDB_TOKEN_WORD && !(word.name_kinds & ~KDB_WORD_SURNAME) &&
                    !word.title_kinds && !(word.places & (KDB_REMARK_BEGINS | KDB_REMARK_ENDS)) &&
                    (usual || is_of_names(fields, text));
    return word;
}
