/* BibTeX's names: `First von Last`, `von Last, First`, `von Last, Jr, First`, `{Body}`, and
 * biblatex's `family=Last, given=First, prefix=von`. */
#include <utf8proc.h>

#include "base/strings.h"
#include "from/bibtex_inside.h"

#define MOST_WORDS 64

/* A name's words or comma parts, LaTeX still. */
typedef struct pieces {
    kdbib_str of[MOST_WORDS];
    size_t count;
} pieces;

/* Splits at `,` or, with ' ', at blanks and `~`, outside braces. */
static pieces split(kdbib_str text, char sign) {
    pieces p = {0};
    size_t depth = 0, from = 0;
    for (size_t i = 0; i <= text.size; i++) {
        char c = i < text.size ? text.data[i] : sign;
        bool gap = sign == ' ' ? kdb_is_space(c) || c == '~' : c == sign;
        if (i < text.size && c == '\\' && i + 1 < text.size) {
            i++;
            continue;
        }
        depth += c == '{';
        depth -= c == '}' && depth;
        if (!gap || (depth && i < text.size))
            continue;
        kdbib_str piece = kdb_trim(kdb_slice(text, from, i));
        if ((piece.size || sign == ',') && p.count < MOST_WORDS)
            p.of[p.count++] = piece;
        from = i + 1;
    }
    return p;
}

/* From the first to behind the last of these words, as they stand. */
static kdbib_str span(const pieces *words, size_t from, size_t to) {
    if (from >= to)
        return (kdbib_str){0};
    const char *end = words->of[to - 1].data + words->of[to - 1].size;
    return (kdbib_str){words->of[from].data, (size_t)(end - words->of[from].data)};
}

/* A word of the particle: its first letter outside braces is small. `{\'e}` has a first letter, a
 * group that begins otherwise has none. */
static bool is_von(kdb_from *from, kdb_bibtex_values *values, kdbib_str word) {
    if (!word.size || (word.data[0] == '{' && (word.size < 2 || word.data[1] != '\\')))
        return false;
    kdbib_str plain = kdb_bibtex_plain(values, from->arena, word);
    for (size_t at = 0; at < plain.size;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)plain.data + at,
                                                 (utf8proc_ssize_t)(plain.size - at), &c);
        if (size <= 0)
            return false;
        utf8proc_category_t category = utf8proc_category(c);
        if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
            return category == UTF8PROC_CATEGORY_LL;
        at += (size_t)size;
    }
    return false;
}

static kdbib_str plain(kdb_from *from, kdb_bibtex_values *values, kdbib_str latex) {
    return kdb_bibtex_plain(values, from->arena, latex);
}

/* `von Last` into particle and family: the last word is never one of the particle's. */
static void split_last(kdb_from *from, kdb_bibtex_values *values, kdbib_str text,
                       kdbib_name *name) {
    pieces words = split(text, ' ');
    size_t von = 0;
    while (von + 1 < words.count && is_von(from, values, words.of[von]))
        von++;
    name->particle = plain(from, values, span(&words, 0, von));
    name->family = plain(from, values, span(&words, von, words.count));
    bool group = von < words.count && words.of[von].data[0] == '{' &&
                 !kdb_starts_with(words.of[von], KDBIB_STR("{\\"));
    if (!von && !group) /* d'Alembert */
        kdb_from_split_particle(name);
}

static kdbib_name without_comma(kdb_from *from, kdb_bibtex_values *values, kdbib_str text) {
    kdbib_name name = {0};
    pieces words = split(text, ' ');
    size_t von = 0;
    while (von + 1 < words.count && !is_von(from, values, words.of[von]))
        von++;
    if (von + 1 >= words.count) { /* no particle: the last word is the family */
        size_t last = words.count ? words.count - 1 : 0;
        if (last > 1 && kdb_from_is_suffix(plain(from, values, words.of[last])))
            name.suffix = plain(from, values, words.of[last--]);
        name.given = plain(from, values, span(&words, 0, last));
        split_last(from, values, words.of[last], &name);
        return name;
    }
    name.given = plain(from, values, span(&words, 0, von));
    split_last(from, values, span(&words, von, words.count), &name);
    return name;
}

/* family=…, given=…, prefix=…, suffix=… False: it is no such name. */
static bool read_extended(kdb_from *from, kdb_bibtex_values *values, const pieces *parts,
                          kdbib_name *name) {
    bool any = false;
    for (size_t i = 0; i < parts->count; i++) {
        size_t equals = kdb_find_char(parts->of[i], '=', 0);
        if (equals == SIZE_MAX)
            return false;
        kdbib_str what = kdb_trim(kdb_slice(parts->of[i], 0, equals));
        kdbib_str value =
            plain(from, values, kdb_slice(parts->of[i], equals + 1, parts->of[i].size));
        const struct {
            const char *name;
            kdbib_str *part;
        } slots[] = {{"family", &name->family},
                     {"given", &name->given},
                     {"prefix", &name->particle},
                     {"suffix", &name->suffix}};
        for (size_t j = 0; j < sizeof slots / sizeof *slots; j++)
            if (kdb_equal_nocase(what, kdbib_str_of(slots[j].name))) {
                *slots[j].part = value;
                any = true;
            }
    }
    return any;
}

static bool is_one_group(kdbib_str text) {
    size_t depth = 0;
    if (text.size < 2 || text.data[0] != '{' || text.data[1] == '\\')
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == '{')
            depth++;
        else if (text.data[i] == '}' && --depth == 0)
            return i + 1 == text.size;
    }
    return false;
}

static void read_name(kdb_from *from, kdb_bibtex_values *values, kdbib_record *record,
                      kdbib_field which, kdbib_str text) {
    kdbib_name name = {0};
    pieces parts = split(text, ',');
    if (is_one_group(text)) {
        name.literal = plain(from, values, text);
    } else if (read_extended(from, values, &parts, &name)) {
        if (!name.particle.size)
            kdb_from_split_particle(&name);
    } else if (parts.count > 1) {
        if (!parts.of[parts.count - 1].size) /* "Berg, Jan," */
            parts.count--;
        split_last(from, values, parts.of[0], &name);
        kdbib_str second = parts.count > 1 ? plain(from, values, parts.of[1]) : (kdbib_str){0};
        kdbib_str third = parts.count > 2 ? plain(from, values, parts.of[2]) : (kdbib_str){0};
        bool reversed = kdb_from_is_suffix(third) && !kdb_from_is_suffix(second);
        if (parts.count > 2) {
            name.suffix = reversed ? third : second;
            name.given = reversed ? second : third;
        } else if (kdb_from_is_suffix(second)) {
            name.suffix = second;
        } else {
            name.given = second;
        }
    } else {
        name = without_comma(from, values, text);
    }
    kdb_from_name(from, record, which, name);
}

/* Behind the next ` and ` outside braces: where it begins, or the end. */
static size_t find_and(kdbib_str list, size_t at) {
    for (size_t depth = 0; at < list.size; at++) {
        char c = list.data[at];
        if (c == '\\') {
            at++;
        } else if (c == '{') {
            depth++;
        } else if (c == '}') {
            depth -= depth > 0;
        } else if (!depth && kdb_is_space(c) &&
                   kdb_starts_with_nocase(kdb_slice(list, at + 1, list.size), KDBIB_STR("and")) &&
                   at + 4 < list.size && kdb_is_space(list.data[at + 4])) {
            return at;
        }
    }
    return list.size;
}

void kdb_bib_read_names(kdb_from *from, kdb_bibtex_values *values, kdbib_record *record,
                        kdbib_field which, kdbib_str list) {
    for (size_t at = 0, end; at < list.size; at = end + 4) {
        end = find_and(list, at);
        kdbib_str name = kdb_trim(kdb_slice(list, at, end));
        if (kdb_equal_nocase(name, KDBIB_STR("others")) ||
            kdb_equal_nocase(name, KDBIB_STR("et al.")) ||
            kdb_equal_nocase(name, KDBIB_STR("{others}"))) {
            if (which == KDBIB_AUTHORS)
                kdbib_record_set_authors_truncated(record, true);
        } else if (name.size) {
            read_name(from, values, record, which, name);
        }
    }
}
