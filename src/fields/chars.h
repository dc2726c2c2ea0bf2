/* Characters of UTF-8 text, as the field readers look at them. */
#ifndef KDB_FIELDS_CHARS_H
#define KDB_FIELDS_CHARS_H

#include <utf8proc.h>

#include "base/strings.h"

/* The character at `at` and, in `*next`, where the one behind it begins. A bad byte is U+FFFD. */
static inline int32_t kdb_char_at(kdbib_str text, size_t at, size_t *next) {
    unsigned char c = (unsigned char)text.data[at];
    *next = at + 1;
    if (c < 0x80)
        return c;
    utf8proc_int32_t character;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                             (utf8proc_ssize_t)(text.size - at), &character);
    if (size <= 0)
        return 0xFFFD;
    *next = at + (size_t)size;
    return character;
}

/* Where the character before `at` begins; `at` is not 0. */
static inline size_t kdb_char_before(kdbib_str text, size_t at) {
    at--;
    for (int i = 0; i < 3 && at && ((unsigned char)text.data[at] & 0xC0) == 0x80; i++)
        at--;
    return at;
}

static inline bool kdb_char_is_han(int32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005 || c == 0x3007;
}
static inline bool kdb_char_is_kana(int32_t c) {
    return c >= 0x3040 && c <= 0x30FF;
}
static inline bool kdb_char_is_hangul(int32_t c) {
    return c >= 0xAC00 && c <= 0xD7A3;
}
static inline bool kdb_char_is_cjk(int32_t c) {
    return kdb_char_is_han(c) || kdb_char_is_kana(c) || kdb_char_is_hangul(c);
}
static inline bool kdb_char_is_upper(int32_t c) {
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}
static inline bool kdb_char_is_lower(int32_t c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}
static inline bool kdb_char_is_letter(int32_t c) {
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    utf8proc_category_t category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}
/* Marks that belong to the letter before them. */
static inline bool kdb_char_is_mark(int32_t c) {
    if (c < 0x300)
        return false;
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}
/* Emoji, dingbats, arrows, daggers and other signs that decorate. */
static inline bool kdb_char_is_sign(int32_t c) {
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x2BFF) ||
           (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
           c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

#endif
