/* What every match of a pattern holds: the literal characters between its groups, classes and
 * anchors. Whatever is not plainly understood gives no needle, which is always true. */
#include "base/strings.h"
#include "resolve/pattern.h"

/* Where the class that begins at `at` ends; 0: not understood. */
static size_t behind_class(kdbib_str source, size_t at) {
    size_t i = at + 1;
    i += i < source.size && source.data[i] == '^';
    i += i < source.size && source.data[i] == ']'; /* the first one stands for itself */
    for (; i < source.size && source.data[i] != ']'; i++) {
        if (source.data[i] == '\\')
            i++;
        else if (source.data[i] == '[')
            return 0;
    }
    return i < source.size ? i + 1 : 0;
}

/* Where the group that begins at `at` ends; 0: not understood. */
static size_t behind_group(kdbib_str source, size_t at) {
    size_t depth = 0;
    for (size_t i = at; i < source.size; i++) {
        char c = source.data[i];
        if (c == '\\') {
            i++;
        } else if (c == '[') {
            size_t end = behind_class(source, i);
            if (!end)
                return 0;
            i = end - 1;
        } else if (c == '(') {
            /* options and verbs change what follows: (?i) (*UCP) */
            char next = i + 1 < source.size ? source.data[i + 1] : ')';
            char third = i + 2 < source.size ? source.data[i + 2] : ')';
            if (next == '*' || (next == '?' && !kdb_is_one_of(third, ":=!<")))
                return 0;
            depth++;
        } else if (c == ')' && --depth == 0) {
            return i + 1;
        }
    }
    return 0;
}

/* Where what stands in the group at `at`, which ends before `end`, begins; 0: it is no plain one,
 * and what it holds may not be there. */
static size_t inside_group(kdbib_str source, size_t at, size_t end) {
    bool special = source.data[at + 1] == '?';
    if (special && source.data[at + 2] != ':')
        return 0; /* it looks ahead or behind */
    const size_t begin = at + (special ? 3 : 1);
    for (size_t i = begin; i < end - 1;) {
        char c = source.data[i];
        if (c == '|')
            return 0;
        i = c == '(' ? behind_group(source, i) : c == '[' ? behind_class(source, i) : i + 1;
        i += c == '\\';
    }
    return begin;
}

/* Where a quantifier at `at` ends. */
static size_t behind_quantifier(kdbib_str source, size_t at) {
    if (at < source.size && source.data[at] == '{')
        while (at < source.size && source.data[at] != '}')
            at++;
    else if (at >= source.size || !kdb_is_one_of(source.data[at], "?*+"))
        return at;
    at++;
    return at < source.size && kdb_is_one_of(source.data[at], "?+") ? at + 1 : at;
}

size_t kdb_pattern_needle(const char *text, char needle[KDB_NEEDLE_SIZE]) {
    kdbib_str source = kdbib_str_of(text);
    char run[KDB_NEEDLE_SIZE];
    size_t size = 0, longest = 0, depth = 0; /* depth: of plain groups */
    for (size_t at = 0; at <= source.size;) {
        char c = at < source.size ? source.data[at] : '$';
        bool literal = false;
        if (c == '|')
            return 0;
        if (c == ')' && depth) {
            depth--;
            at++;
            continue;
        }
        if (c == '(' || c == '[') {
            size_t end = c == '(' ? behind_group(source, at) : behind_class(source, at);
            if (!end)
                return 0;
            size_t inside = c == '(' && behind_quantifier(source, end) == end
                                ? inside_group(source, at, end)
                                : 0;
            if (inside) {
                depth++;
                at = inside;
                continue;
            }
            at = end;
        } else if (c == '\\') {
            c = at + 1 < source.size ? source.data[at + 1] : 'Q';
            literal = !kdb_is_alnum(c);
            if (!literal && !memchr("dwsDWSbB", c, 8))
                return 0;
            at += 2;
        } else {
            literal = !kdb_is_one_of(c, ".^$)");
            at++;
        }
        size_t behind = behind_quantifier(source, at);
        bool repeated = behind > at;
        at = behind;
        if (literal && !repeated && size < sizeof run) {
            run[size++] = kdb_to_lower(c);
            continue;
        }
        if (size > longest) {
            memcpy(needle, run, size);
            longest = size;
        }
        size = 0;
        if (literal && !repeated)
            run[size++] = kdb_to_lower(c);
    }
    return longest;
}
