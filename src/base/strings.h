/* Small operations on borrowed strings; ASCII only, independent of the locale. */
#ifndef KDB_STRINGS_H
#define KDB_STRINGS_H

#include <stdint.h>

#include "kdbib/str.h"

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
    return kdb_is_upper(c) || kdb_is_lower(c);
}
static inline bool kdb_is_alnum(char c) {
    return kdb_is_alpha(c) || kdb_is_digit(c);
}
static inline char kdb_to_lower(char c) {
    return kdb_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* text[from, to), clipped to the text. */
kdbib_str kdb_slice(kdbib_str text, size_t from, size_t to);
/* Without ASCII white space at both ends. */
kdbib_str kdb_trim(kdbib_str text);
bool kdb_equal_nocase(kdbib_str a, kdbib_str b);
int kdb_compare(kdbib_str a, kdbib_str b); /* by bytes, like strcmp */
bool kdb_starts_with(kdbib_str text, kdbib_str prefix);
bool kdb_starts_with_nocase(kdbib_str text, kdbib_str prefix);
bool kdb_ends_with(kdbib_str text, kdbib_str suffix);
/* Position of the first `needle` at or after `from`, or SIZE_MAX. */
size_t kdb_find(kdbib_str text, kdbib_str needle, size_t from);
size_t kdb_find_char(kdbib_str text, char c, size_t from);
/* 64-bit hash, the same on every machine and in every run; not for secrets. */
uint64_t kdb_hash(kdbib_str text);

#endif
