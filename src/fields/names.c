/* Author lists. */
#include "fields/names.h"

#include "base/strings.h"

bool kdb_name_split(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdbib_name *name) {
    (void)fields;
    *name = (kdbib_name){0};
    text = kdb_trim(text);
    size_t comma = kdb_find_char(text, ',', 0), blank = text.size;
    if (comma != SIZE_MAX) {
        name->family = kdb_arena_copy(arena, kdb_trim(kdb_slice(text, 0, comma)));
        name->given = kdb_arena_copy(arena, kdb_trim(kdb_slice(text, comma + 1, text.size)));
        return !kdb_arena_failed(arena);
    }
    while (blank && text.data[blank - 1] != ' ')
        blank--;
    name->family = kdb_arena_copy(arena, kdb_slice(text, blank, text.size));
    name->given = kdb_arena_copy(arena, kdb_trim(kdb_slice(text, 0, blank)));
    return !kdb_arena_failed(arena);
}

bool kdb_name_from_parts(kdb_arena *arena, const kdb_fields *fields, kdbib_str family,
                         kdbib_str given, kdbib_name *name) {
    (void)fields;
    *name = (kdbib_name){.family = kdb_arena_copy(arena, family),
                         .given = kdb_arena_copy(arena, given)};
    return !kdb_arena_failed(arena);
}

bool kdb_names_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                     kdb_name_list *list) {
    *list = (kdb_name_list){0};
    size_t commas = 1;
    for (size_t i = 0; i < text.size; i++)
        commas += text.data[i] == ',';
    list->names = kdb_arena_array(arena, commas, sizeof *list->names);
    for (size_t at = 0; list->names && at < text.size;) {
        size_t end = kdb_find_char(text, ',', at);
        end = end == SIZE_MAX ? text.size : end;
        if (!kdb_name_split(arena, fields, kdb_slice(text, at, end), &list->names[list->count]))
            return false;
        list->count += list->names[list->count].family.size > 0;
        at = end + 1;
    }
    return list->names != NULL;
}

unsigned kdb_names_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    (void)arena, (void)fields;
    return kdb_find(text, KDBIB_STR("et al"), 0) != SIZE_MAX ? 90 : 0;
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
