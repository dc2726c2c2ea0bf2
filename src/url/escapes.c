/* Escapes in URLs. Decoding works at the end of what was written: when the last bytes form an
 * escape they become what it means, and the look goes on from there; so `%25252F` is `/` after one
 * pass, and no pass is ever needed again. */
#include "url/escapes.h"

#include "base/strings.h"

static int hex(char c) {
    if (kdb_is_digit(c))
        return c - '0';
    c = kdb_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that the last three characters before `end` mean, or -1. */
static int escaped_byte(const char *begin, const char *end) {
    if (end - begin < 3 || end[-3] != '%')
        return -1;
    int high = hex(end[-2]), low = hex(end[-1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

#define LONGEST_ENTITY 10

/* The entity, `&` to `;`, that ends before `end`: its character, or -1; its start in `*start`. */
static int entity(const char *begin, const char *end, const char **start) {
    const char *at = end - 1;
    while (at > begin && end - at < LONGEST_ENTITY && *at != '&')
        at--;
    if (*at != '&' || end - at < 3)
        return -1;
    *start = at;
    kdbib_str name = {at + 1, (size_t)(end - at) - 2};
    if (name.data[0] == '#') {
        bool is_hex = name.size > 1 && kdb_to_lower(name.data[1]) == 'x';
        int value = 0;
        size_t i = is_hex ? 2 : 1;
        if (i == name.size)
            return -1;
        for (; i < name.size; i++) {
            int digit = hex(name.data[i]);
            if (digit < 0 || (!is_hex && digit > 9))
                return -1;
            value = value * (is_hex ? 16 : 10) + digit;
            if (value > 0x7e)
                return -1;
        }
        return value < 0x20 ? -1 : value;
    }
    static const struct {
        const char *name;
        char c;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(known[i].name)))
            return known[i].c;
    return -1;
}

static bool is_control(char c) {
    return (unsigned char)c < 0x20 || c == 0x7f;
}

kdbib_str kdb_url_unescape_html(kdb_arena *arena, kdbib_str text) {
    unsigned char control = 0;
    for (size_t i = 0; i < text.size; i++) { /* all of it: compilers take many bytes at once */
        unsigned char c = (unsigned char)text.data[i];
        control |= (unsigned char)(c < 0x20 ? 1 : 0) | (unsigned char)(c == 0x7f ? 1 : 0);
    }
    size_t amp = kdb_find_char(text, '&', 0);
    if (!control && (amp == SIZE_MAX || kdb_find_char(text, ';', amp) == SIZE_MAX))
        return text;
    char *out = kdb_arena_alloc(arena, text.size + 1), *end = out;
    if (!out)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < text.size; i++) {
        if (is_control(text.data[i]))
            continue;
        *end++ = text.data[i];
        const char *start;
        for (int c; end[-1] == ';' && (c = entity(out, end, &start)) >= 0;) {
            end = out + (start - out);
            *end++ = (char)c;
        }
    }
    return (kdbib_str){out, (size_t)(end - out)};
}

kdbib_str kdb_url_decode(kdb_arena *arena, kdbib_str text) {
    if (kdb_find_char(text, '%', 0) == SIZE_MAX)
        return text;
    char *out = kdb_arena_alloc(arena, text.size + 1), *end = out;
    if (!out)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < text.size; i++) {
        *end++ = text.data[i];
        for (int c; (c = escaped_byte(out, end)) >= 0;) {
            end -= 3;
            *end++ = (char)c;
        }
    }
    return (kdbib_str){out, (size_t)(end - out)};
}

kdbib_str kdb_url_decode_once(kdb_arena *arena, kdbib_str text) {
    if (kdb_find_char(text, '%', 0) == SIZE_MAX)
        return text;
    char *out = kdb_arena_alloc(arena, text.size + 1), *end = out;
    if (!out)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < text.size; i++) {
        int c = i + 2 < text.size ? escaped_byte(text.data + i, text.data + i + 3) : -1;
        *end++ = c < 0 ? text.data[i] : (char)c;
        i += c < 0 ? 0 : 2;
    }
    return (kdbib_str){out, (size_t)(end - out)};
}

static char *add_escape(char *out, char c) {
    static const char digits[] = "0123456789ABCDEF";
    *out++ = '%';
    *out++ = digits[(unsigned char)c >> 4];
    *out++ = digits[(unsigned char)c & 15];
    return out;
}

/* What an ASCII byte asks for: to be escaped wherever it stands; in a path; or a look at what is
 * around it. */
enum { ANYWHERE = 1, IN_PATH = 2, SIGN = 4 };

static const unsigned char bytes[128] = {
    1,         1,         1,         1,          1,         1,          1,         1,
    1,         1,         1,         1,          1,         1,          1,         1,
    1,         1,         1,         1,          1,         1,          1,         1,
    1,         1,         1,         1,          1,         1,          1,         1,
    [' '] = 1, ['"'] = 1, ['<'] = 1, ['>'] = 1,  ['%'] = 1, ['\\'] = 1, ['^'] = 1, ['`'] = 1,
    ['{'] = 1, ['|'] = 1, ['}'] = 1, [0x7f] = 1, ['#'] = 2, ['?'] = 2,  ['&'] = 4, [';'] = 4,
    [':'] = 4, [']'] = 4,
};

/* It asks for one of these; no other byte than ASCII stands in a URL as it is. */
static bool asks_for(char c, unsigned what) {
    unsigned char u = (unsigned char)c;
    return u >= 0x80 || (bytes[u] & what);
}

size_t kdb_url_plain_run(kdbib_str text, size_t from) {
    size_t end = from;
    while (end < text.size && !asks_for(text.data[end], ANYWHERE | IN_PATH | SIGN))
        end++;
    return end - from;
}

char *kdb_url_encode_path(char *out, kdbib_str text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !asks_for(text.data[end], ANYWHERE | IN_PATH))
            end++;
        memcpy(out, text.data + at, end - at);
        out += end - at;
        at = end;
        if (at < text.size)
            out = add_escape(out, text.data[at++]);
    }
    return out;
}

char *kdb_url_normalize_query(char *out, kdbib_str raw) {
    char *begin = out;
    for (size_t i = 0; i < raw.size; i++) {
        char c = raw.data[i];
        if (c != '%' && asks_for(c, ANYWHERE)) {
            out = add_escape(out, c);
            continue;
        }
        *out++ = c;
        for (int byte; (byte = escaped_byte(begin, out)) >= 0;) {
            bool keeps = byte != '%' && (asks_for((char)byte, ANYWHERE) || strchr("&=#+;", byte));
            out -= 3;
            if (keeps) {
                out = add_escape(out, (char)byte);
                break;
            }
            *out++ = (char)byte;
        }
    }
    return out;
}
