/* Author lists: pieces joined again where a list prints "Family, Given", and made into names. */
#include "base/strings.h"
#include "fields/names_cut.h"
#include "fields/names_quick.h"

static bool is_single(const kdb_name_piece *p) {
    return p->words == 1 && !p->initials && !p->body;
}

/* A family name alone: one word, or particles and one word. */
static bool is_family(const kdb_fields *fields, const kdb_name_piece *p) {
    if (is_single(p))
        return true;
    if (p->words < 2 || p->words > 4 || p->body)
        return false;
    kdb_name_tokens tokens;
    kdb_name_tokens_of(fields, p->text, &tokens);
    for (size_t i = 0; i + 1 < tokens.count; i++)
        if (!(tokens.at[i].kinds & KDB_WORD_PARTICLE) || tokens.at[i].period) /* "T. Lee" */
            return false;
    return true;
}

/* Three names and more, all with given and family name: none is "Family, Given", even if one
 * begins as a family name may, "Ben Moss". */
static bool are_whole(const kdb_name_pieces *list) {
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].words < 2 || list->at[i].initials)
            return false;
    return list->count > 2;
}

/* How many pieces from `at` on make one name; `whole`: see are_whole(). */
static size_t name_length(const kdb_fields *fields, const kdb_name_pieces *list, size_t at,
                          bool whole) {
    const kdb_name_piece *p = &list->at[at], *next = at + 1 < list->count ? p + 1 : NULL;
    if (!next || next->before != ',')
        return 1;
    if (next->initials) /* "Lee, J. B.", and a double family name, "Lopez Garcia, M." */
        return p->words <= 4 && !p->initials ? 2 : 1;
    if (next->suffix)
        return 1;
    if (is_family(fields, p) && next->given_like) {
        if (!is_single(next))
            return p->family_initials || whole ? 1 : 2;
        /* two single words: "Feng, Yue", unless the list is one of family names only */
        size_t run = 0, first = at;
        while (first && at - first < 64 && list->at[first].before == ',' &&
               is_single(&list->at[first - 1]))
            first--;
        for (size_t i = first; i < list->count && i < first + 128; i++) {
            if (i > first && list->at[i].before != ',') {
                if (i + 1 == list->count && is_single(&list->at[i]))
                    return 1; /* "Lee, Moss & Reed" */
                break;
            }
            if (!is_single(&list->at[i]))
                return 2;
            run++;
        }
        return run % 2 == 0 ? 2 : 1;
    }
    return 1;
}

static bool add_name(kdb_arena *arena, const kdb_fields *fields, kdb_name_list *out,
                     const kdb_name_pieces *list, size_t at, size_t length, kdb_name_order order) {
    const kdb_name_piece *p = &list->at[at];
    kdbib_name *name = &out->names[out->count];
    bool done;
    if (list->semicolons || p->text.data[0] == '{') {
        done = kdb_name_split(arena, fields, p->text, name);
    } else if (length == 2) {
        done = kdb_name_from_parts(arena, fields, p->text, p[1].text, name);
    } else {
        kdb_name_tokens tokens;
        kdb_name_tokens_of(fields, p->text, &tokens);
        done = kdb_name_of_tokens(arena, fields, &tokens, order, name);
    }
    if (name->family.size || name->literal.size)
        out->count++;
    return done;
}

/* Fills `out` from the pieces. */
static bool build(kdb_arena *arena, const kdb_fields *fields, const kdb_name_pieces *list,
                  kdb_name_list *out) {
    out->truncated = list->truncated;
    out->names = kdb_arena_array(arena, list->count + 1, sizeof *out->names);
    if (!out->names)
        return false;
    size_t family_first = 0;
    for (size_t i = 0; i < list->count; i++)
        family_first += list->at[i].family_initials;
    kdb_name_order order =
        family_first * 2 > list->count ? KDB_ORDER_FAMILY_INITIALS : KDB_ORDER_UNKNOWN;
    bool whole = are_whole(list);
    for (size_t i = 0; i < list->count;) {
        const kdb_name_piece *p = &list->at[i];
        if (p->suffix && out->count) { /* "…, Jr." */
            if (!out->names[out->count - 1].suffix.size)
                out->names[out->count - 1].suffix = kdb_arena_copy(arena, p->text);
            i++;
            continue;
        }
        size_t length = name_length(fields, list, i, whole);
        if (!add_name(arena, fields, out, list, i, length, order))
            return false;
        i += length;
    }
    return true;
}

bool kdb_names_parse_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                             kdb_name_list *list) {
    *list = (kdb_name_list){0};
    kdb_name_pieces cuts;
    kdbib_str cleaned = kdb_names_clean(arena, text);
    if (!kdb_names_cut(arena, cleaned, &cuts))
        return false;
    kdb_names_describe(fields, &cuts);
    return build(arena, fields, &cuts, list) && !kdb_arena_failed(arena);
}

bool kdb_names_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                     kdb_name_list *list) {
    kdb_names_glance glance;
    text = kdb_trim(text);
    return kdb_names_glance_at(fields, text, &glance)
               ? kdb_names_of_glance(arena, text, &glance, list)
               : kdb_names_parse_in_full(arena, fields, text, list);
}

bool kdb_names_to_record(const kdb_name_list *list, kdbib_record *record, kdbib_field which,
                         kdbib_basis basis) {
    kdbib_record_clear_names(record, which);
    for (size_t i = 0; i < list->count; i++)
        if (!kdbib_record_add_name(record, which, &list->names[i], basis))
            return false;
    if (which == KDBIB_AUTHORS)
        kdbib_record_set_authors_truncated(record, list->truncated);
    return true;
}
