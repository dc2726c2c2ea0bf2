/* Names: `von Last, Jr, First and {Corporate Body} and others`. */
#include <utf8proc.h>

#include "base/output.h"
#include "base/strings.h"
#include "bibtex_entry.h"

static bool is_small(kdbib_str word) {
    utf8proc_int32_t point;
    if (!word.size || utf8proc_iterate((const utf8proc_uint8_t *)word.data,
                                       (utf8proc_ssize_t)word.size, &point) <= 0)
        return false;
    return utf8proc_category(point) == UTF8PROC_CATEGORY_LL;
}

/* The next word of `text` at `*at`; false at the end. */
static bool next_word(kdbib_str text, size_t *at, kdbib_str *word) {
    while (*at < text.size && kdb_is_space(text.data[*at]))
        (*at)++;
    const size_t start = *at;
    while (*at < text.size && !kdb_is_space(text.data[*at]))
        (*at)++;
    *word = kdb_slice(text, start, *at);
    return word->size != 0;
}

/* No name has such signs; biber would take the braces of their escapes for initials. */
static bool has_signs(kdbib_str part) {
    for (size_t i = 0; i < part.size; i++)
        if (part.data[i] && kdb_is_one_of(part.data[i], "\\{}<>^~|`#$%&_\""))
            return true;
    return kdb_find(part, KDBIB_STR("--"), 0) != SIZE_MAX;
}

static bool parts_names(kdbib_str word) {
    return (word.size == 3 && kdb_equal_nocase(word, KDBIB_STR("and"))) ||
           (word.size == 6 && kdb_equal_nocase(word, KDBIB_STR("others")));
}

/* BibTeX would split the part or take words of it for something else. */
static bool needs_braces(kdbib_str part, bool family, bool alone) {
    kdbib_str word;
    size_t words = 0;
    bool small_inside = false,
         separator = has_signs(part) || kdb_find_char(part, ',', 0) != SIZE_MAX;
    for (size_t at = 0; next_word(part, &at, &word); words++) {
        separator |= parts_names(word);
        small_inside |= words > 0 && is_small(word);
    }
    /* “Silva dos Santos” is one family name, “van der Maaten” may well be parsed */
    return separator || (family && words > 1 && (alone || (small_inside && !is_small(part))));
}

static void write_part(kdb_bib *bib, kdbib_str part, bool braces) {
    if (braces)
        kdbib_output_char(bib->out, '{');
    kdb_latex_text(&bib->latex, bib->out, kdb_trim(part));
    if (braces)
        kdbib_output_char(bib->out, '}');
}

/* “d’” and “al-” are not followed by a blank. */
static bool joins(kdbib_str particle) {
    return kdb_ends_with(particle, KDBIB_STR("'")) ||
           kdb_ends_with(particle, KDBIB_STR("\u2019")) || kdb_ends_with(particle, KDBIB_STR("-"));
}

/* Plainly written as it stands: words of ASCII letters and full stops, perhaps with a hyphen
 * inside, one blank between two of them where there may be several. */
static bool is_plain(kdbib_str part, bool several) {
    size_t word = 0, at = 0;
    for (;; at++) {
        while (at < part.size && kdb_is_alpha(part.data[at]))
            at++;
        if (at == part.size)
            return at > word && !parts_names(kdb_slice(part, word, at));
        const char c = part.data[at];
        if (c == '.' || (c == '-' && at > word && part.data[at - 1] != '-'))
            continue;
        if (!several || c != ' ' || at == word || parts_names(kdb_slice(part, word, at)))
            return false;
        word = at + 1;
    }
}

/* Most persons have but a family and a given name of such words. False: nothing is written yet. */
static bool write_plain_person(kdbib_output *out, const kdbib_name *name) {
    if (name->particle.size || name->suffix.size || !is_plain(name->family, false) ||
        (name->given.size && !is_plain(name->given, true)))
        return false;
    if (name->given.size)
        kdb_output_three(out, name->family, KDBIB_STR(", "), name->given);
    else
        kdbib_output_str(out, name->family);
    return true;
}

static void write_person(kdb_bib *bib, const kdbib_name *name) {
    kdbib_output *out = bib->out;
    const kdbib_str particle = kdb_trim(name->particle);
    const bool given = kdb_trim(name->given).size != 0, suffix = kdb_trim(name->suffix).size != 0;
    const bool apart = !has_signs(particle); /* biber looks into a group that is one of two */
    const bool braces = needs_braces(name->family, true, !given && !suffix && !particle.size);
    if (!apart)
        kdbib_output_char(out, '{');
    if (particle.size) {
        write_part(bib, particle, apart && needs_braces(particle, false, false));
        if (!joins(particle))
            kdbib_output_char(out, ' ');
    }
    write_part(bib, name->family, apart && braces);
    if (!apart)
        kdbib_output_char(out, '}');
    if (suffix) {
        kdbib_output_text(out, ", ");
        write_part(bib, name->suffix, needs_braces(name->suffix, false, false));
    }
    if (given) {
        kdbib_output_text(out, ", ");
        bib->latex.in_given = bib->cuts_given_names;
        write_part(bib, name->given, needs_braces(name->given, false, false));
        bib->latex.in_given = false;
    } else if (suffix) {
        kdbib_output_text(out, ", {}"); /* two commas, or the suffix would be a given name */
    }
}

bool kdb_bib_names_field(kdb_bib *bib, kdbib_str field, const kdbib_record *record,
                         kdbib_field which) {
    kdbib_name name;
    bool any = false;
    bib->latex.in_name = true;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        const bool person = kdb_trim(name.family).size != 0;
        if (!person && !kdb_trim(name.literal).size)
            continue;
        if (any)
            kdbib_output_bytes(bib->out, " and ", 5);
        else
            kdb_bib_open_field(bib, field);
        any = true;
        if (person && write_plain_person(bib->out, &name))
            continue;
        if (person)
            write_person(bib, &name);
        else
            write_part(bib, name.literal, true);
    }
    bib->latex.in_name = false;
    if (!any)
        return false;
    if (which == KDBIB_AUTHORS && kdbib_record_authors_truncated(record))
        kdbib_output_text(bib->out, " and others");
    kdb_bib_close_field(bib);
    return true;
}
