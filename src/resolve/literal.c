/* Finding DOIs in URLs. */
#include "resolve/literal.h"

#include "base/csv.h"
#include "base/strings.h"
#include "url/escapes.h"

bool kdb_tails_read(kdb_tails *tails, kdbib_str csv) {
    kdb_table *table = &tails->table;
    if (!kdb_table_read(&tails->arena, csv, table))
        return false;
    tails->kind = kdb_table_column(table, KDBIB_STR("kind"));
    tails->where = kdb_table_column(table, KDBIB_STR("where"));
    tails->prefixes = kdb_arena_array(&tails->arena, table->rows, sizeof *tails->prefixes);
    tails->cuts = kdb_arena_array(&tails->arena, table->rows, sizeof *tails->cuts);
    if (!tails->prefixes || !tails->cuts)
        return false;
    for (size_t row = 0; row < table->rows; row++) {
        const kdbib_str kind = kdb_table_cell(table, row, tails->kind);
        if (kdbib_str_equal(kind, KDBIB_STR("prefix")))
            tails->prefixes[tails->prefix_count++] = kdb_table_cell(table, row, 0);
        else if (kdbib_str_equal(kind, KDBIB_STR("cut")))
            tails->cuts[tails->cut_count++] = kdb_table_cell(table, row, 0);
    }
    return true;
}

void kdb_tails_free(kdb_tails *tails) {
    kdb_arena_free(&tails->arena);
}

/* ---- tails ---- */

static size_t find_nocase(kdbib_str text, kdbib_str needle, size_t from) {
    bool letter = kdb_is_alpha(needle.data[0]); /* anything else has one case to look for */
    for (size_t i = from; i + needle.size <= text.size; i++) {
        if (!letter && (i = kdb_find_char(text, needle.data[0], i)) == SIZE_MAX)
            return SIZE_MAX;
        if (kdb_starts_with_nocase(kdb_slice(text, i, text.size), needle))
            return i;
    }
    return SIZE_MAX;
}

/* `text` is a tail of that kind; behind a resolver's host only some are. */
static bool is_tail(const kdb_tails *tails, kdbib_str kind, kdbib_str text, bool resolver) {
    kdb_table_walk walk = {0};
    for (size_t row; (row = kdb_table_find(&tails->table, text, &walk)) != SIZE_MAX;)
        if (kdbib_str_equal(kdb_table_cell(&tails->table, row, tails->kind), kind))
            return !resolver || kdbib_str_equal(kdb_table_cell(&tails->table, row, tails->where),
                                                KDBIB_STR("any"));
    return false;
}

static size_t last_of(kdbib_str text, char c) {
    for (size_t at = text.size; at-- > 0;)
        if (text.data[at] == c)
            return at;
    return SIZE_MAX;
}

/* A closing bracket that nothing opened. */
static bool closes_nothing(kdbib_str text) {
    char closing = text.data[text.size - 1], opening = closing == ')' ? '(' : '<';
    if (closing != ')' && closing != '>')
        return false;
    size_t open = 0, closed = 0;
    for (size_t i = 0; i < text.size; i++) {
        open += text.data[i] == opening;
        closed += text.data[i] == closing;
    }
    return closed > open;
}

/* One tail off the suffix; false when there is none. Something always stays. */
static bool cut_tail(const kdb_tails *tails, kdbib_str *suffix, bool resolver) {
    char end = suffix->data[suffix->size - 1];
    if (kdb_is_one_of(end, "/.,;:]}'\"") || closes_nothing(*suffix)) {
        suffix->size--;
        return true;
    }
    size_t slash = last_of(*suffix, '/');
    if (slash != SIZE_MAX && slash > 0) {
        kdbib_str segment = kdb_slice(*suffix, slash + 1, suffix->size);
        bool is_one = is_tail(tails, KDBIB_STR("segment"), segment, resolver);
        for (size_t i = 0; i < tails->prefix_count && !is_one && !resolver; i++)
            is_one = kdb_starts_with_nocase(segment, tails->prefixes[i]);
        if (is_one) {
            suffix->size = slash;
            return true;
        }
    }
    size_t dot = last_of(*suffix, '.');
    if (dot != SIZE_MAX && dot > 0 &&
        is_tail(tails, KDBIB_STR("ending"), kdb_slice(*suffix, dot, suffix->size), resolver)) {
        suffix->size = dot;
        return true;
    }
    return false;
}

/* "&id=3": a parameter that lost its question mark. */
static kdbib_str cut_parameters(kdbib_str suffix) {
    size_t amp = kdb_find_char(suffix, '&', 0);
    for (; amp != SIZE_MAX; amp = kdb_find_char(suffix, '&', amp + 1)) {
        size_t at = amp + 1;
        while (at < suffix.size && (kdb_is_alnum(suffix.data[at]) || suffix.data[at] == '_'))
            at++;
        if (at > amp + 1 && at < suffix.size && suffix.data[at] == '=')
            return kdb_slice(suffix, 0, amp);
    }
    return suffix;
}

static kdbib_str cut_tails(const kdb_tails *tails, kdbib_str suffix, bool resolver) {
    for (size_t i = 0; i < suffix.size; i++) /* what follows a blank was never part of it */
        if ((unsigned char)suffix.data[i] <= ' ' || suffix.data[i] == 0x7f)
            suffix.size = i;
    for (size_t i = 0; i < tails->cut_count; i++) {
        size_t at = find_nocase(suffix, tails->cuts[i], 0);
        if (at != SIZE_MAX && at > 0)
            suffix.size = at;
    }
    suffix = cut_parameters(suffix);
    while (suffix.size > 1 && cut_tail(tails, &suffix, resolver))
        continue;
    return suffix;
}

/* ---- finding ---- */

/* Is the registrant at `text`, up to `size`, one that exists? "10.5555" stands for none, and four
 * digits that look like a year are more likely a date, unless the URL says "doi". */
static bool is_registrant(kdbib_str digits, bool says_doi) {
    size_t size = 0;
    while (size < digits.size && digits.data[size] != '.')
        size++;
    if (size < 4 || size > 5 || digits.data[0] == '0' || kdbib_str_equal(digits, KDBIB_STR("5555")))
        return false;
    bool year =
        size == 4 && digits.size == 4 &&
        (kdb_starts_with(digits, KDBIB_STR("19")) || kdb_starts_with(digits, KDBIB_STR("20")));
    return !year || says_doi;
}

/* The DOI that begins at `at`: its registrant's size, or 0. */
static size_t registrant_size(kdbib_str text, size_t at, bool says_doi) {
    size_t i = at + 3;
    while (i < text.size && (kdb_is_digit(text.data[i]) ||
                             (text.data[i] == '.' && i + 1 < text.size &&
                              kdb_is_digit(text.data[i + 1]) && kdb_is_digit(text.data[i - 1]))))
        i++;
    if (i + 1 >= text.size || text.data[i] != '/' || i - at > 32)
        return 0;
    return is_registrant(kdb_slice(text, at + 3, i), says_doi) ? i - at : 0;
}

static bool ends_with_doi_word(kdbib_str before) {
    return before.size >= 4 && find_nocase(kdb_slice(before, before.size - 4, before.size),
                                           KDBIB_STR("doi"), 0) != SIZE_MAX;
}

static kdbib_str find_doi(const kdb_tails *tails, kdbib_str text, bool resolver,
                          kdbib_str *registrant) {
    for (size_t at = kdb_find_char(text, '1', 0); at != SIZE_MAX;
         at = kdb_find_char(text, '1', at + 1)) {
        if (at + 2 >= text.size || text.data[at + 1] != '0' || text.data[at + 2] != '.')
            continue;
        if (at > 0 && (kdb_is_digit(text.data[at - 1]) || text.data[at - 1] == '.'))
            continue;
        size_t size =
            registrant_size(text, at, resolver || ends_with_doi_word(kdb_slice(text, 0, at)));
        if (!size)
            continue;
        kdbib_str suffix = kdb_slice(text, at + size + 1, text.size);
        suffix = cut_tails(tails, suffix, resolver);
        bool sound = false;
        for (size_t i = 0; i < suffix.size && !sound; i++)
            sound = kdb_is_alnum(suffix.data[i]);
        for (size_t i = 0; i < suffix.size && sound; i++)
            sound = (unsigned char)suffix.data[i] < 0x80;
        if (!sound)
            continue;
        *registrant = kdb_slice(text, at, at + size);
        return kdb_slice(text, at, at + size + 1 + suffix.size);
    }
    return (kdbib_str){NULL, 0};
}

kdbib_str kdb_literal_doi(const kdb_tails *tails, kdb_arena *arena, const kdb_url *url,
                          kdbib_str *registrant) {
    bool resolver = kdb_ends_with(url->host, KDBIB_STR("doi.org"));
    kdbib_str doi = find_doi(tails, url->path, resolver, registrant);
    for (size_t at = 0; !doi.size && at < url->query.size;) {
        size_t end = kdb_find_char(url->query, '&', at);
        if (end == SIZE_MAX)
            end = url->query.size;
        kdbib_str item = kdb_slice(url->query, at, end);
        if (kdb_find(item, KDBIB_STR("10."), 0) != SIZE_MAX)
            doi = find_doi(tails, kdb_url_decode(arena, item), resolver, registrant);
        at = end + 1;
    }
    if (!doi.size && url->fragment.size)
        doi = find_doi(tails, url->fragment, resolver, registrant);
    return doi;
}
