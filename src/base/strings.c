/* Small operations on borrowed strings. */
#include "base/strings.h"

enum { S = KDB_SPACE, D = KDB_DIGIT, U = KDB_UPPER, L = KDB_LOWER, E = KDB_EDGE, B = S | E };

/* clang-format off */
const unsigned char kdb_char_classes[256] = {
    E, 0, 0, E, 0, 0, 0, 0, 0, B, B, S, S, B, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    B, 0, E, 0, 0, 0, E, E, E, E, E, 0, E, E, E, E,
    D, D, D, D, D, D, D, D, D, D, E, E, E, E, E, 0,
    E, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, E, E, E, 0, E,
    E, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, E, E, E, E, 0,
};
/* clang-format on */

kdbib_str kdb_trim_ends(kdbib_str text) {
    while (text.size && kdb_is_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size && kdb_is_space(text.data[text.size - 1]))
        text.size--;
    return text;
}

bool kdb_has_digit(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (kdb_is_digit(text.data[i]))
            return true;
    return false;
}

bool kdb_equal_nocase(kdbib_str a, kdbib_str b) {
    return a.size == b.size && kdb_starts_with_nocase(a, b);
}

int kdb_compare(kdbib_str a, kdbib_str b) {
    size_t shorter = a.size < b.size ? a.size : b.size;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool kdb_starts_with(kdbib_str text, kdbib_str prefix) {
    return text.size >= prefix.size &&
           (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

bool kdb_ends_with(kdbib_str text, kdbib_str suffix) {
    return text.size >= suffix.size &&
           kdbib_str_equal(kdb_slice(text, text.size - suffix.size, text.size), suffix);
}

static bool is_common(char c) {
    return c == ' ' || (kdb_is_lower(c) && memchr("aeinorst", c, 8));
}

size_t kdb_find(kdbib_str text, kdbib_str needle, size_t from) {
    if (from > text.size || needle.size > text.size - from)
        return SIZE_MAX;
    if (needle.size == 0)
        return from;
    if (needle.size > 16) { /* memmem() pays only for itself when there is much to compare */
        const char *found = memmem(text.data + from, text.size - from, needle.data, needle.size);
        return found ? (size_t)(found - text.data) : SIZE_MAX;
    }
    /* looked for by its rarest character: blanks and vowels stand everywhere */
    size_t rare = 0;
    while (rare + 1 < needle.size && is_common(needle.data[rare]))
        rare++;
    kdbib_str window = {text.data, text.size - (needle.size - 1) + rare};
    for (size_t at = from + rare; (at = kdb_find_char(window, needle.data[rare], at)) != SIZE_MAX;
         at++)
        if (text.data[at - rare] == needle.data[0] &&
            memcmp(text.data + at - rare, needle.data, needle.size) == 0)
            return at - rare;
    return SIZE_MAX;
}

/* Little-endian whatever the machine; compilers make one load of it. */
static uint64_t eight_bytes(const unsigned char *at) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static uint64_t four_bytes(const unsigned char *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24;
}

static uint64_t mix(uint64_t hash) {
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ (hash >> 32);
}

/* Eight characters, the ASCII letters among them in lower case. */
static uint64_t eight_lower(uint64_t value) {
    const uint64_t each = 0x0101010101010101u, high = each * 0x80;
    uint64_t low = value & ~high;
    uint64_t from_a = low + each * (0x80 - 'A'), behind_z = low + each * (0x80 - 'Z' - 1);
    uint64_t upper = (from_a ^ behind_z) & ~value & high;
    return value | upper >> 2;
}

static inline uint64_t hash_of(kdbib_str text, bool nocase) {
    const unsigned char *at = (const unsigned char *)text.data;
    size_t left = text.size;
    uint64_t hash = 14695981039346656037u ^ (uint64_t)text.size;
    for (; left >= 8; at += 8, left -= 8) {
        uint64_t eight = eight_bytes(at);
        hash = mix(hash ^ (nocase ? eight_lower(eight) : eight)) * 0x9e3779b97f4a7c15u;
    }
    uint64_t tail = 0;
    if (left >= 4) /* two loads that may overlap */
        tail = four_bytes(at) | four_bytes(at + left - 4) << (8 * (left - 4));
    else if (left)
        tail = (uint64_t)at[0] | (uint64_t)at[left / 2] << (8 * (left / 2)) |
               (uint64_t)at[left - 1] << (8 * (left - 1));
    if (nocase)
        tail = eight_lower(tail);
    return mix((hash ^ tail) * 0x9e3779b97f4a7c15u);
}

uint64_t kdb_hash(kdbib_str text) {
    return hash_of(text, false);
}

uint64_t kdb_hash_nocase(kdbib_str text) {
    return hash_of(text, true);
}

/* All 64 bytes are ASCII; compilers look at 16 at a time. */
static bool is_ascii_block(const char *block) {
    unsigned char all = 0;
    for (size_t i = 0; i < 64; i++)
        all |= (unsigned char)block[i];
    return all < 0x80;
}

size_t kdb_ascii_run(kdbib_str text, size_t from) {
    size_t at = from;
    while (text.size - at >= 64 && is_ascii_block(text.data + at))
        at += 64;
    for (uint64_t eight; text.size - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.data + at, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    return at - from;
}

size_t kdb_printable_run(kdbib_str text, size_t from) {
    const uint64_t ones = UINT64_MAX / 255, top = ones << 7;
    size_t at = from;
    for (uint64_t eight; text.size - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text.data + at, sizeof eight);
        if ((eight | (eight + ones) | (eight - ones * ' ')) & top)
            break;
    }
    return at - from;
}

bool kdb_is_ascii(kdbib_str text) {
    for (size_t at = kdb_ascii_run(text, 0); at < text.size; at++)
        if ((unsigned char)text.data[at] >= 0x80)
            return false;
    return true;
}
