/* A growing array of records over one arena. */
#include "record/bibliography.h"

#include <stdlib.h>

#include "base/array.h"
#include "record/record.h"

/* Bytes of records, some 450,000 of them, that are all in memory; what comes then is spooled. */
#define SPOOL_FROM ((size_t)136 << 20)

kdbib_bibliography *kdbib_bibliography_new(kdbib *context) {
    kdbib_bibliography *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->context = context;
    b->arena.spool_from = SPOOL_FROM;
    return b;
}

void kdbib_bibliography_free(kdbib_bibliography *b) {
    if (!b)
        return;
    kdb_arena_free(&b->arena);
    free(b->records);
    free(b->open);
    free(b);
}

kdbib *kdbib_bibliography_context(const kdbib_bibliography *b) {
    return b->context;
}
size_t kdbib_bibliography_count(const kdbib_bibliography *b) {
    return b->count;
}

kdbib_record *kdbib_bibliography_record(const kdbib_bibliography *b, size_t index) {
    return b->records[index];
}

/* ---- what is settled ---- */

static bool grow_open(kdbib_bibliography *b) {
    void *open = kdb_array_grow(b->open, b->open_count, &b->open_capacity, sizeof *b->open);
    b->open = open ? open : b->open;
    return open != NULL;
}

/* There is room for one more. */
static void add_open(kdbib_bibliography *b, size_t from, size_t to) {
    kdb_range *last = b->open_count ? &b->open[b->open_count - 1] : NULL;
    if (!last || last->to < from)
        b->open[b->open_count++] = (kdb_range){from, to};
    else
        *last = (kdb_range){last->from < from ? last->from : from, to};
}

void kdb_bibliography_settled_last(kdbib_bibliography *b) {
    kdb_range *last = b->open_count ? &b->open[b->open_count - 1] : NULL;
    if (last && last->to == b->count && --last->to == last->from)
        b->open_count--;
}

void kdb_bibliography_reopen(kdbib_bibliography *b) {
    b->open_count = 0;
    if (b->count)
        add_open(b, 0, b->count);
}

/* ---- records ---- */

void kdb_bibliography_add(kdbib_bibliography *b, kdbib_record *record) {
    add_open(b, b->count, b->count + 1);
    b->records[b->count++] = record;
}

bool kdb_bibliography_make_room(kdbib_bibliography *b, const char *file) {
    kdbib_record **records =
        kdb_array_grow(b->records, b->count, &b->capacity, sizeof(kdbib_record *));
    if (!records)
        return false;
    b->records = records;
    if (!grow_open(b))
        return false;
    if (!b->origin || strcmp(b->origin->file, file) != 0) {
        kdb_origin *origin = kdb_arena_array(&b->arena, 1, sizeof *origin);
        if (!origin)
            return false;
        *origin = (kdb_origin){&b->arena, kdb_arena_copy(&b->arena, kdbib_str_of(file)).data};
        if (kdb_arena_failed(&b->arena))
            return false;
        b->origin = origin;
    }
    return true;
}

bool kdb_bibliography_is_spooled(const kdbib_bibliography *b) {
    return b->arena.spool_from && b->arena.total >= b->arena.spool_from;
}

bool kdb_bibliography_join(kdbib_bibliography *b, kdbib_bibliography *other) {
    bool fine = true;
    while (fine && b->capacity - b->count < other->count) {
        void *records =
            kdb_array_grow(b->records, b->capacity, &b->capacity, sizeof(kdbib_record *));
        fine = records != NULL;
        b->records = fine ? records : b->records;
    }
    fine = fine && grow_open(b);
    for (size_t i = 0; fine && i < other->open_count; i++) {
        add_open(b, b->count + other->open[i].from, b->count + other->open[i].to);
        fine = grow_open(b);
    }
    if (fine && other->count) {
        memcpy(b->records + b->count, other->records, other->count * sizeof *other->records);
        b->count += other->count;
        other->origin->arena = &b->arena;
        b->origin = other->origin;
        kdb_arena_join(&b->arena, &other->arena);
    }
    kdbib_bibliography_free(other);
    return fine;
}

kdbib_record *kdbib_bibliography_add(kdbib_bibliography *b, const char *file, uint32_t line) {
    kdbib_record *record =
        kdb_bibliography_make_room(b, file) ? kdb_record_new(b->origin, line) : NULL;
    if (record)
        kdb_bibliography_add(b, record);
    return record;
}

void kdbib_bibliography_drop_last(kdbib_bibliography *b) {
    if (b->count)
        b->count--;
}

void kdbib_bibliography_filter(kdbib_bibliography *b,
                               bool (*keep)(void *user, const kdbib_record *record), void *user) {
    size_t kept = 0;
    for (size_t i = 0; i < b->count; i++) {
        kdb_bibliography_pass(b, i, i + 1);
        if (keep(user, b->records[i]))
            b->records[kept++] = b->records[i];
    }
    b->count = kept;
    kdb_bibliography_reopen(b);
}

kdbib_section *kdbib_bibliography_add_section(kdbib_bibliography *b, const kdbib_section *parent,
                                              unsigned level, kdbib_str title) {
    kdbib_section *section = kdb_arena_array(&b->arena, 1, sizeof *section);
    if (!section)
        return NULL;
    section->parent = parent;
    section->level = (uint8_t)(level > UINT8_MAX ? UINT8_MAX : level);
    section->title = kdb_arena_copy(&b->arena, title);
    return kdb_arena_failed(&b->arena) ? NULL : section;
}
