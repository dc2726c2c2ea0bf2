/* How a word is written, what the tables say of it, and a memory for both. */
#include "fields/word.h"

#include "fields/chars.h"

static void shape_of(kdbib_str text, kdb_word *word) {
    unsigned upper = 0, lower = 0, other = 0, cjk = 0, runs = 0, longest = 0, periods = 0;
    bool first_lower = false, first = true;
    for (size_t at = 0; at < text.size;) {
        size_t next = at + 1;
        if (kdb_is_alpha(text.data[at])) { /* most are */
            bool small = kdb_is_lower(text.data[at]);
            lower += small;
            upper += !small;
            first_lower |= first && small;
            first = false;
            longest = ++runs > longest ? runs : longest;
            at = next;
            continue;
        }
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
        at = next;
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

/* A capital, and letters and hyphens behind it. */
static bool is_of_names(const kdb_fields *fields, kdbib_str text) {
    bool within = kdb_starts_with_nocase(text, KDBIB_STR("arxiv")), hyphen = false;
    for (size_t at = 0, next = 0; at < text.size; at = next) {
        int32_t c = kdb_char_at(text, at, &next);
        bool upper = kdb_char_is_upper(c), joins = c == '-' && at && next < text.size;
        if (!upper && !joins && !(at && kdb_char_is_lower(c)))
            return false;
        within = within || (upper && at);
        hyphen = hyphen || joins;
    }
    return (!within && !hyphen) || are_of_names(fields, text, within);
}

static kdb_word look_up(const kdb_fields *fields, kdbib_str text) {
    kdb_word word = {0};
    shape_of(text, &word);
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(text, buffer);
    uint32_t name = kdb_word_index_find_key(&fields->name_words, key),
             title = kdb_word_index_find_key(&fields->title_words, key),
             ends = kdb_word_index_find_key(&fields->remark_ends, key);
    word.name_kinds = name == KDB_NOT_FOUND ? 0 : (uint16_t)name;
    word.title_kinds = title == KDB_NOT_FOUND ? 0 : (uint8_t)title;
    word.remark_ends = ends == KDB_NOT_FOUND ? 0 : (uint8_t)ends;
    word.of_names = word.shape == KDB_TOKEN_WORD && !(word.name_kinds & ~KDB_WORD_SURNAME) &&
                    title == KDB_NOT_FOUND && ends == KDB_NOT_FOUND && is_of_names(fields, text);
    return word;
}

kdb_word kdb_word_of(const kdb_fields *fields, kdbib_str text) {
    kdb_word_memo *memo = fields->memo;
    if (!memo || text.size == 0 || text.size > KDB_MEMO_TEXT)
        return look_up(fields, text);
    size_t at = kdb_hash(text) & (KDB_MEMO_WORDS - 1);
    if (memo->slots[at].size != text.size ||
        memcmp(memo->slots[at].text, text.data, text.size) != 0) {
        memo->slots[at].word = look_up(fields, text);
        memo->slots[at].size = (uint8_t)text.size;
        memcpy(memo->slots[at].text, text.data, text.size);
    }
    return memo->slots[at].word;
}
