/* The table of services, and what all of them share. */
#include "services/service.h"

#include "base/buffer.h"
#include "base/strings.h"

#define DECLARE(id, name) extern const kdb_service kdb_##name;
KDB_SERVICES(DECLARE)

#define ENTRY(id, name) [KDB_AT_##id] = &kdb_##name,
static const kdb_service *const services[KDB_SERVICE_COUNT] = {KDB_SERVICES(ENTRY)};

const kdb_service *kdb_service_at(kdb_service_id id) {
    return services[id];
}

kdb_service_id kdb_service_find(kdbib_str name) {
    int id = 0;
    while (id < KDB_SERVICE_COUNT && !kdb_equal_nocase(kdbib_str_of(services[id]->name), name))
        id++;
    return (kdb_service_id)id;
}

void kdb_answer_init(kdb_answer *answer, kdbib_bibliography *bibliography, kdb_arena *arena) {
    *answer = (kdb_answer){.bibliography = bibliography, .arena = arena};
    answer->end = &answer->first;
}

kdb_hit *kdb_answer_take(kdb_answer *answer, kdbib_record *record) {
    kdb_hit *hit = kdb_arena_array(answer->arena, 1, sizeof *hit);
    if (!hit)
        return NULL;
    hit->record = record;
    *answer->end = hit;
    answer->end = &hit->next;
    answer->count++;
    return hit;
}

kdb_hit *kdb_answer_add(kdb_answer *answer) {
    kdbib_record *record = kdbib_bibliography_add(answer->bibliography, "answer", 0);
    return record ? kdb_answer_take(answer, record) : NULL;
}

bool kdb_strings_add(kdb_arena *arena, kdb_strings *strings, kdbib_str text) {
    if (!text.size)
        return true;
    kdbib_str *items =
        kdb_arena_grow(arena, strings->items, strings->count, &strings->capacity, sizeof *items);
    if (!items)
        return false;
    strings->items = items;
    strings->items[strings->count++] = kdb_arena_copy(arena, text);
    return !kdb_arena_failed(arena);
}

kdbib_str kdb_url_encode(kdb_arena *arena, kdbib_str text, const char *keep) {
    kdb_buffer url = {0};
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (kdb_is_alnum(c) || (c && strchr("-._~", c)) || (c && strchr(keep, c))) {
            kdb_buffer_add_char(&url, c);
        } else {
            static const char digits[] = "0123456789ABCDEF";
            kdb_buffer_add_char(&url, '%');
            kdb_buffer_add_char(&url, digits[(unsigned char)c >> 4]);
            kdb_buffer_add_char(&url, digits[(unsigned char)c & 15]);
        }
    }
    if (url.failed)
        arena->failed = true;
    kdbib_str result = kdb_arena_copy(arena, kdb_buffer_str(&url));
    kdb_buffer_free(&url);
    return result;
}
