/* What records were before they were united. */
#include "record/parts.h"

#include <stdlib.h>

#include "record/record.h"

static bool copy_title(kdbib_record *copy, const kdbib_record *record) {
    kdb_arena scratch = {0};
    size_t count = 0;
    kdbib_run run;
    for (kdbib_cursor c = {0}; kdbib_record_next_run(record, &c, &run);)
        count++;
    kdbib_run *runs = kdb_arena_array(&scratch, count + 1, sizeof *runs);
    count = 0;
    for (kdbib_cursor c = {0}; runs && kdbib_record_next_run(record, &c, &run);)
        runs[count++] = run;
    bool fine =
        runs && kdbib_record_set_title(copy, runs, count, kdbib_record_basis(record, KDBIB_TITLE));
    kdb_arena_free(&scratch);
    return fine;
}

static bool copy_names(kdbib_record *copy, const kdbib_record *record, kdbib_field which) {
    kdbib_name name;
    bool fine = true;
    for (kdbib_cursor c = {0}; fine && kdbib_record_next_name(record, which, &c, &name);)
        fine = kdbib_record_add_name(copy, which, &name, kdbib_record_basis(record, which));
    return fine;
}

kdbib_record *kdb_record_copy(const kdbib_record *record) {
    kdbib_record *copy = kdb_record_new(record->origin, record->line);
    if (!copy || !copy_title(copy, record) || !copy_names(copy, record, KDBIB_AUTHORS) ||
        !copy_names(copy, record, KDBIB_EDITORS))
        return NULL;
    bool fine = true;
    for (int field = KDBIB_TITLE + 1; fine && field < KDBIB_FIELD_COUNT; field++)
        fine = kdb_record_append_text(copy, (kdbib_field)field,
                                      kdbib_record_text(record, (kdbib_field)field),
                                      kdbib_record_basis(record, (kdbib_field)field));
    kdbib_str url;
    kdbib_role role;
    for (kdbib_cursor c = {0};
         fine && kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);)
        fine = kdbib_record_add_link(copy, role, url);
    const kdbib_section *section;
    for (kdbib_cursor c = {0}; fine && kdbib_record_next_section(record, &c, &section);)
        fine = kdbib_record_add_section(copy, section);
    kdbib_record_set_type(copy, kdbib_record_type(record), kdbib_record_basis(record, KDBIB_TYPE));
    kdbib_record_set_issued(copy, kdbib_record_issued(record),
                            kdbib_record_basis(record, KDBIB_ISSUED));
    copy->truncated = record->truncated;
    copy->not_paper = record->not_paper;
    copy->lock_row = record->lock_row;
    return fine ? copy : NULL;
}

bool kdb_united_begin(kdb_united *united, const kdbib_record *record, uint32_t position) {
    if (united->first)
        return true;
    kdb_part *part = kdb_arena_array(record->origin->arena, 1, sizeof *part);
    const kdbib_record *copy = part ? kdb_record_copy(record) : NULL;
    if (!copy)
        return false;
    *part = (kdb_part){copy, position, NULL};
    united->first = united->last = part;
    return true;
}

void kdb_united_join(kdb_united *united, kdb_united *other) {
    if (!other->first)
        return;
    united->last->next = other->first;
    united->last = other->last;
    other->first = other->last = NULL;
}

static int compare(const void *a, const void *b) {
    uint32_t x = (*(kdb_part *const *)a)->position, y = (*(kdb_part *const *)b)->position;
    return x < y ? -1 : x > y;
}

/* They come in order but where groups were joined. */
static bool sort(kdb_united *united) {
    size_t count = 0;
    bool sorted = true;
    for (const kdb_part *part = united->first; part; part = part->next, count++)
        sorted = sorted && (!part->next || part->position < part->next->position);
    if (sorted)
        return true;
    kdb_part **parts = malloc(count * sizeof(kdb_part *));
    if (!parts)
        return false;
    count = 0;
    for (kdb_part *part = united->first; part; part = part->next)
        parts[count++] = part;
    qsort(parts, count, sizeof(kdb_part *), compare);
    for (size_t i = 0; i < count; i++)
        parts[i]->next = i + 1 < count ? parts[i + 1] : NULL;
    united->first = parts[0];
    united->last = parts[count - 1];
    free(parts);
    return true;
}

bool kdb_united_finish(const kdb_united *united, kdbib_record *record) {
    kdb_united *own = kdb_arena_array(record->origin->arena, 1, sizeof *own);
    if (!own)
        return false;
    *own = *united;
    record->united = own;
    return sort(own);
}

/* ---- reading ---- */

size_t kdbib_record_position(const kdbib_record *record) {
    return record->united ? record->united->position : 0;
}

bool kdbib_record_next_part(const kdbib_record *record, kdbib_cursor *cursor,
                            const kdbib_record **part, size_t *position) {
    const kdb_part *next = cursor->started  ? cursor->next
                           : record->united ? record->united->first
                                            : NULL;
    if (!next)
        return false;
    *part = next->record;
    *position = next->position;
    *cursor = (kdbib_cursor){next->next, true};
    return true;
}
