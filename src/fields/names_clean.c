/* Author lists without marks, affiliations and decoration. */
#include "fields/chars.h"
#include "fields/name_split.h"

/* Where a bracket that opens at `at` is closed; text.size when it is not. */
static size_t closing(kdbib_str text, size_t at) {
    char open = text.data[at], close = open == '(' ? ')' : open == '[' ? ']' : '>';
    int depth = 0;
    for (size_t i = at; i < text.size && i < at + 2000; i++) {
        depth += text.data[i] == open;
        if (text.data[i] == close && --depth == 0)
            return i + 1;
    }
    return SIZE_MAX;
}

/* What a character other than a letter becomes: itself, a blank, a comma, or nothing (0). */
static char replacement(int32_t c) {
    switch (c) {
    case ',':
    case 0xFF0C: /* full-width comma */
    case 0x3001: /* ideographic comma */
    case 0x2022: /* bullet */
    case 0xFF5C:
    case '|':
        return ',';
    case ';':
    case 0xFF1B:
        return ';';
    case '&':
    case 0xFF06:
        return KDB_NAMES_AND;
    case 0x2026: /* … */
        return '~';
    case '*':
    case '^':
    case '#':
    case '$':
    case '_':
    case '\\':
    case '"':
    case '<':
    case '>':
    case '=':
    case 0x2020: /* daggers, asterisks, section signs */
    case 0x2021:
    case 0x2217:
    case 0x204E:
    case 0xA7:
    case 0xB6:
    case 0xB0:
    case 0xAA:
    case 0xBA:
    case 0x201C:
    case 0x201D:
        return 0;
    default:
        return 1;
    }
}

static bool is_small_digit(int32_t c) {
    return (c >= '0' && c <= '9') || c == 0xB9 || c == 0xB2 || c == 0xB3 ||
           (c >= 0x2070 && c <= 0x209C);
}

kdbib_str kdb_names_skip_prefix(kdbib_str text) {
    static const char *const prefixes[] = {
        "by ",   "by:",    "authors:", "author:",      "author(s):", "authors ",
        "with ", "作者：", "作者:",    "authored by ", "written by "};
    text = kdb_trim(text);
    while (text.size && kdb_is_one_of(text.data[0], "-*_:|,.~ "))
        text = kdb_slice(text, 1, text.size);
    char first = text.size ? kdb_to_lower(text.data[0]) : '\0';
    if (first != 'a' && first != 'b' && first != 'w' && (unsigned char)first < 0x80) /* as most */
        return text;
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (first == prefixes[i][0] && kdb_starts_with_nocase(text, kdbib_str_of(prefixes[i])))
            return kdb_trim(kdb_slice(text, strlen(prefixes[i]), text.size));
    return text;
}

/* Nothing but letters, blanks, commas, hyphens and periods: there is nothing to clean. */
static bool is_clean(kdbib_str text) {
    for (size_t at = 0; at < text.size; at++) {
        char c = text.data[at];
        if (!kdb_is_alpha(c) && c != ' ' && c != ',' && c != '-' &&
            (c != '.' || (at && text.data[at - 1] == '.')))
            return false;
    }
    return true;
}

/* A copy without marks, affiliations and decoration; separators are `,`, `;` and AND, `~` stands
 * for an ellipsis. */
kdbib_str kdb_names_clean(kdb_arena *arena, kdbib_str text) {
    text = kdb_names_skip_prefix(text);
    if (is_clean(text))
        return text;
    char *out = kdb_arena_alloc(arena, text.size * 2 + 1);
    if (!out)
        return KDBIB_STR("");
    size_t size = 0, close;
    bool marks = false; /* behind a digit that marks an affiliation: "Lee1,2" */
    for (size_t at = 0; at < text.size;) {
        if (kdb_is_alpha(text.data[at]) || text.data[at] == ' ') {
            marks = false;
            out[size++] = text.data[at++];
            continue;
        }
        size_t next;
        int32_t c = kdb_char_at(text, at, &next);
        if ((c == '(' || c == '[') && (close = closing(text, at)) != SIZE_MAX) {
            at = close;
            out[size++] = ' ';
            continue;
        }
        if (is_small_digit(c)) {
            marks = true;
            at = next;
            continue;
        }
        if (marks && c == ',' && next < text.size && kdb_is_digit(text.data[next])) {
            at = next;
            continue;
        }
        marks = false;
        if (c == '{' && kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("{-}"))) {
            out[size++] = '-'; /* "Shih{-}Fu", as DBLP writes it */
            at += 3;
            continue;
        }
        if (c == '.' && kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("..."))) {
            out[size++] = '~';
            while (at < text.size && text.data[at] == '.')
                at++;
            continue;
        }
        char other = replacement(c);
        if (other == 1 &&
            (kdb_char_is_sign(c) || c == 0xFFFD || c == '(' || c == ')' || c == '[' || c == ']'))
            other = ' ';
        if (other == 1 && c >= 0x80 && utf8proc_category(c) == UTF8PROC_CATEGORY_ZS)
            other = ' ';
        if (other == 1) {
            memcpy(out + size, text.data + at, next - at);
            size += next - at;
        } else if (other) {
            out[size++] = other;
        }
        at = next;
    }
    out[size] = '\0';
    return (kdbib_str){out, size};
}
