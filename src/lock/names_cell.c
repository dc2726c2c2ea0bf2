/* Names in one cell of the lock, in the order of BibTeX, separated by semicolons:
 *     Family, Given; particle Family, Given; Family, Suffix, Given; {Corporate Body}; et al.
 * Words before the family that begin in lower case are its particle. Braces hold together what
 * would be read otherwise: `{hooks}, bell`, `{De La} Cruz, Ana`, `{Family; Sons}, A.`; in them and
 * outside a backslash stands before `{`, `}` and `\`. */
#include <utf8proc.h>

#include "base/strings.h"
#include "lock/cell.h"

/* ---- reading ---- */

/* Groups, and what takes its meaning from a sign. */
static bool is_mark(char c) {
    return c == '{' || c == '}' || c == '\\';
}

static bool has_marks(kdbib_str text) {
    size_t i = 0;
    while (i < text.size && !is_mark(text.data[i]))
        i++;
    return i < text.size;
}

/* Walks over text[at, …) up to the next `sign` outside braces or the end; `*depth` is that of the
 * open braces there. */
static size_t walk(kdbib_str text, char sign, size_t at, size_t *depth) {
    *depth = 0;
    for (; at < text.size; at++) {
        char c = text.data[at];
        if (c == '\\' && at + 1 < text.size && is_mark(text.data[at + 1]))
            at++;
        else if (c == '{')
            ++*depth;
        else if (c == '}')
            *depth -= *depth > 0;
        else if (c == sign && *depth == 0)
            break;
    }
    return at < text.size ? at : text.size;
}

/* Braces that are not closed hold nothing together. */
static bool is_balanced(kdbib_str text) {
    size_t depth, at = 0;
    do
        at = walk(text, ';', at, &depth) + 1;
    while (at < text.size);
    return depth == 0;
}

/* Position of the next `sign` outside braces, or the end. */
static size_t find_outside(kdbib_str text, char sign, size_t from, bool balanced) {
    size_t depth, at = balanced ? walk(text, sign, from, &depth) : kdb_find_char(text, sign, from);
    return at < text.size ? at : text.size;
}

/* End of the brace group that begins at `at`, behind its brace; `at` when there is none. */
static size_t group_end(kdbib_str text, size_t at) {
    if (at >= text.size || text.data[at] != '{')
        return at;
    size_t depth = 0;
    for (size_t i = at; i < text.size; i++) {
        char c = text.data[i];
        if (c == '\\' && i + 1 < text.size && is_mark(text.data[i + 1]))
            i++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            return i + 1;
    }
    return at;
}

/* The text in `part`, appended to `plain`: without braces that group and backslashes that escape;
 * `plain` is NULL where there are none. */
static kdbib_str plain_text(kdb_buffer *plain, kdbib_str part) {
    part = kdb_trim(part);
    if (!plain)
        return part;
    size_t from = plain->size;
    for (size_t at = 0, end; at < part.size; at = end + 1) {
        for (end = at; end < part.size && !is_mark(part.data[end]);)
            end++;
        kdb_buffer_add_str(plain, kdb_slice(part, at, end));
        if (end < part.size && part.data[end] == '\\') { /* the sign behind it, if it is a mark */
            end += end + 1 < part.size && is_mark(part.data[end + 1]);
            kdb_buffer_add_char(plain, part.data[end]);
        }
    }
    return (kdbib_str){plain->data ? plain->data + from : "", plain->size - from};
}

static bool begins_lower(kdbib_str word) {
    while (word.size && (word.data[0] == '\'' || kdb_starts_with(word, KDBIB_STR("\u2019"))))
        word = kdb_slice(word, word.data[0] == '\'' ? 1 : 3, word.size);
    utf8proc_int32_t c;
    if (utf8proc_iterate((const utf8proc_uint8_t *)word.data, (utf8proc_ssize_t)word.size, &c) <= 0)
        return false;
    return utf8proc_category(c) == UTF8PROC_CATEGORY_LL;
}

/* Where the family begins: behind the particle. */
static size_t particle_size(kdbib_str text) {
    size_t group = group_end(text, 0);
    if (group)
        return kdb_trim(kdb_slice(text, group, text.size)).size && kdb_is_space(text.data[group])
                   ? group
                   : 0;
    size_t at = 0;
    for (;;) {
        size_t end = kdb_find_char(text, ' ', at);
        if (end == SIZE_MAX || !begins_lower(kdb_slice(text, at, end)))
            return at;
        while (end < text.size && text.data[end] == ' ')
            end++;
        at = end;
    }
}

#define LONGEST_SUFFIX 3

static bool is_suffix(kdbib_str text) {
    static const char *const suffixes[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"};
    if (!text.size || text.size > LONGEST_SUFFIX)
        return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (kdb_equal_nocase(text, kdbib_str_of(suffixes[i])))
            return true;
    return false;
}

/* Takes one name apart; its parts lie in `plain`, which must be reserved so that it stays put. */
static kdbib_name read_name(kdb_buffer *plain, kdbib_str text, bool balanced) {
    kdbib_name name = {0};
    if (text.size && group_end(text, 0) == text.size) {
        name.literal = plain_text(plain, text);
        return name;
    }
    size_t comma = find_outside(text, ',', 0, balanced);
    kdbib_str parts[3] = {kdb_trim(kdb_slice(text, 0, comma))};
    size_t second = find_outside(text, ',', comma + 1, balanced);
    parts[1] = kdb_trim(kdb_slice(text, comma + 1, second));
    parts[2] = kdb_trim(kdb_slice(text, second + 1, text.size));
    if (!parts[0].size) /* ", Given": better a family than none */
        parts[0] = parts[1], parts[1] = parts[2], parts[2] = (kdbib_str){0};
    size_t particle = particle_size(parts[0]);
    name.particle = plain_text(plain, kdb_slice(parts[0], 0, particle));
    name.family = plain_text(plain, kdb_slice(parts[0], particle, parts[0].size));
    bool reversed = is_suffix(parts[2]) && !is_suffix(parts[1]);
    if (parts[2].size) {
        name.suffix = plain_text(plain, parts[reversed ? 2 : 1]);
        name.given = plain_text(plain, parts[reversed ? 1 : 2]);
    } else if (is_suffix(parts[1])) {
        name.suffix = plain_text(plain, parts[1]);
    } else {
        name.given = plain_text(plain, parts[1]);
    }
    return name;
}

/* As most are: "Family, Given", the family one word, and the given name too long for a suffix. */
static bool read_usual_name(kdbib_str text, kdbib_name *name) {
    const size_t comma = kdb_find_char(text, ',', 0);
    if (comma == SIZE_MAX)
        return false;
    *name = (kdbib_name){.family = kdb_trim(kdb_slice(text, 0, comma)),
                         .given = kdb_trim(kdb_slice(text, comma + 1, text.size))};
    return name->family.size && name->given.size > LONGEST_SUFFIX &&
           kdb_find_char(name->family, ' ', 0) == SIZE_MAX &&
           kdb_find_char(name->given, ',', 0) == SIZE_MAX;
}

static bool is_et_al(kdbib_str text) {
    return kdb_equal_nocase(text, KDBIB_STR("et al.")) ||
           kdb_equal_nocase(text, KDBIB_STR("et al")) ||
           kdb_equal_nocase(text, KDBIB_STR("others"));
}

bool kdb_cell_read_names(kdbib_record *record, kdbib_field which, kdbib_str cell,
                         kdbib_basis basis) {
    kdb_buffer plain = {0};
    const bool marks = has_marks(cell), balanced = marks && is_balanced(cell);
    bool fine = !marks || kdb_buffer_reserve(&plain, cell.size);
    for (size_t at = 0, end; fine && at < cell.size; at = end + 1) {
        end = find_outside(cell, ';', at, balanced);
        kdbib_str text = kdb_trim(kdb_slice(cell, at, end));
        if (which == KDBIB_AUTHORS && is_et_al(text)) {
            kdbib_record_set_authors_truncated(record, true);
            continue;
        }
        kdb_buffer_clear(&plain);
        kdbib_name name;
        if (marks || !read_usual_name(text, &name))
            name = read_name(marks ? &plain : NULL, text, balanced);
        fine = kdbib_record_add_name(record, which, &name, basis);
    }
    fine = fine && !plain.failed;
    kdb_buffer_free(&plain);
    return fine;
}

/* ---- writing ---- */

static void add_escaped(kdb_buffer *cell, kdbib_str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (is_mark(text.data[i]))
            kdb_buffer_add_char(cell, '\\');
        kdb_buffer_add_char(cell, text.data[i]);
    }
}

static void add_part(kdb_buffer *cell, kdbib_str text, bool group) {
    if (group)
        kdb_buffer_add_char(cell, '{');
    add_escaped(cell, text);
    if (group)
        kdb_buffer_add_char(cell, '}');
}

static void add_person(kdb_buffer *cell, const kdbib_name *name, bool group) {
    if (name->particle.size) {
        add_part(cell, name->particle, group);
        kdb_buffer_add_char(cell, ' ');
    }
    add_part(cell, name->family, group);
    if (name->suffix.size || name->given.size || group)
        kdb_buffer_add_char(cell, ',');
    if (name->suffix.size) {
        kdb_buffer_add_char(cell, ' ');
        add_part(cell, name->suffix, group);
        if (name->given.size || group)
            kdb_buffer_add_char(cell, ',');
    }
    if (name->given.size) {
        kdb_buffer_add_char(cell, ' ');
        add_part(cell, name->given, group);
    }
}

static bool same_name(const kdbib_name *a, const kdbib_name *b) {
    return kdbib_str_equal(a->family, b->family) && kdbib_str_equal(a->given, b->given) &&
           kdbib_str_equal(a->particle, b->particle) && kdbib_str_equal(a->suffix, b->suffix) &&
           kdbib_str_equal(a->literal, b->literal);
}

/* The written name is read again; what does not come back the same is written with braces. */
static bool reads_back(kdbib_str text, const kdbib_name *name) {
    kdb_buffer plain = {0};
    if (!kdb_buffer_reserve(&plain, text.size))
        return true; /* the caller's buffer will fail too */
    bool same =
        !is_et_al(text) && is_balanced(text) && find_outside(text, ';', 0, true) == text.size;
    kdbib_name again = read_name(&plain, text, true);
    same = same && same_name(name, &again);
    kdb_buffer_free(&plain);
    return same;
}

void kdb_cell_write_names(kdb_buffer *cell, const kdbib_record *record, kdbib_field which) {
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        kdb_buffer_add(cell, "; ", any ? 2 : 0);
        any = true;
        if (name.literal.size) {
            add_part(cell, name.literal, true);
            continue;
        }
        size_t from = cell->size;
        add_person(cell, &name, false);
        if (!cell->failed &&
            !reads_back(kdb_slice(kdb_buffer_str(cell), from, cell->size), &name)) {
            cell->size = from;
            add_person(cell, &name, true);
        }
    }
    if (which == KDBIB_AUTHORS && kdbib_record_authors_truncated(record))
        kdb_buffer_add(cell, "; et al.", any ? 8 : 0);
}
