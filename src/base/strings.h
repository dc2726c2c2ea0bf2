/* Small operations on borrowed strings; ASCII only, independent of the locale. */
#ifndef KDB_STRINGS_H
#define KDB_STRINGS_H

#include <stdint.h>
#include <string.h>

#include "kdbib/str.h"

/* What an ASCII character is; no bit for any other byte. */
enum { KDB_SPACE = 1, KDB_DIGIT = 2, KDB_UPPER = 4, KDB_LOWER = 8, KDB_EDGE = 16 };
extern const unsigned char kdb_char_classes[256];

static inline bool kdb_has_class(char c, unsigned classes) {
    return (kdb_char_classes[(unsigned char)c] & classes) != 0;
}
static inline bool kdb_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool kdb_is_digit(char c) {
    return c >= '0' && c <= '9';
}
static inline bool kdb_is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
static inline bool kdb_is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
static inline bool kdb_is_alpha(char c) {
    return kdb_has_class(c, KDB_UPPER | KDB_LOWER);
}
static inline bool kdb_is_alnum(char c) {
    return kdb_has_class(c, KDB_UPPER | KDB_LOWER | KDB_DIGIT);
}
static inline char kdb_to_lower(char c) {
    return kdb_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* `c` is one of `signs`, none of which is a letter or a digit. */
static inline bool kdb_is_one_of(char c, const char *signs) {
    return !kdb_is_alnum(c) && strchr(signs, c);
}

/* text[from, to), clipped to the text. */
static inline kdbib_str kdb_slice(kdbib_str text, size_t from, size_t to) {
    if (to > text.size)
        to = text.size;
    if (from >= to)
        return (kdbib_str){text.data ? text.data + (from < text.size ? from : text.size) : NULL, 0};
    return (kdbib_str){text.data + from, to - from};
}
/* Without ASCII white space at both ends. */
kdbib_str kdb_trim_ends(kdbib_str text);
/* The same; few texts need it. */
static inline kdbib_str kdb_trim(kdbib_str text) {
    bool clean = !text.size || ((unsigned char)text.data[0] > ' ' &&
                                (unsigned char)text.data[text.size - 1] > ' ');
    return clean ? text : kdb_trim_ends(text);
}
bool kdb_has_digit(kdbib_str text);
bool kdb_is_ascii(kdbib_str text);
/* So many bytes from `from`, which is inside, on are ASCII for sure: seen eight at a time. */
size_t kdb_ascii_run(kdbib_str text, size_t from);
/* The same for printable ASCII: blanks too, but no control characters. */
size_t kdb_printable_run(kdbib_str text, size_t from);
bool kdb_equal_nocase(kdbib_str a, kdbib_str b);
int kdb_compare(kdbib_str a, kdbib_str b); /* by bytes, like strcmp */
bool kdb_starts_with(kdbib_str text, kdbib_str prefix);
static inline bool kdb_starts_with_nocase(kdbib_str text, kdbib_str prefix) {
    if (text.size < prefix.size)
        return false;
    for (size_t i = 0; i < prefix.size; i++)
        if (kdb_to_lower(text.data[i]) != kdb_to_lower(prefix.data[i]))
            return false;
    return true;
}
bool kdb_ends_with(kdbib_str text, kdbib_str suffix);
/* Position of the first `needle` at or after `from`, or SIZE_MAX. */
size_t kdb_find(kdbib_str text, kdbib_str needle, size_t from);
static inline size_t kdb_find_char(kdbib_str text, char c, size_t from) {
    if (from >= text.size)
        return SIZE_MAX;
    const char *found = memchr(text.data + from, (unsigned char)c, text.size - from);
    return found ? (size_t)(found - text.data) : SIZE_MAX;
}
/* 64-bit hash, the same on every machine and in every run; not for secrets. */
uint64_t kdb_hash(kdbib_str text);
/* The same for texts that differ in upper and lower case only. */
uint64_t kdb_hash_nocase(kdbib_str text);

#endif
