/* Open addressing, at most half full. */
#include "base/index.h"

#include <stdlib.h>

#include "base/strings.h"

#define FIRST_CAPACITY 16

void kdb_index_free(kdb_index *index) {
    free(index->slots);
    *index = (kdb_index){0};
}

/* The slot that holds `text`, or the free one where it belongs. */
static kdb_index_slot *find(const kdb_index *index, kdbib_str text, uint64_t hash) {
    size_t mask = index->capacity - 1, at = (size_t)hash & mask;
    while (index->slots[at].text.data &&
           !(index->slots[at].hash == hash && kdbib_str_equal(index->slots[at].text, text)))
        at = (at + 1) & mask;
    return &index->slots[at];
}

uint32_t kdb_index_get(const kdb_index *index, kdbib_str text) {
    if (!index->count)
        return KDB_INDEX_NONE;
    const kdb_index_slot *slot = find(index, text, kdb_hash(text));
    return slot->text.data ? slot->value : KDB_INDEX_NONE;
}

static bool grow(kdb_index *index, size_t capacity) {
    kdb_index larger = {.count = index->count, .capacity = capacity};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].text.data)
            *find(&larger, index->slots[i].text, index->slots[i].hash) = index->slots[i];
    free(index->slots);
    *index = larger;
    return true;
}

bool kdb_index_reserve(kdb_index *index, size_t count) {
    size_t capacity = index->capacity ? index->capacity : FIRST_CAPACITY;
    while (capacity / 2 < count && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    return capacity == index->capacity || grow(index, capacity);
}

uint32_t *kdb_index_put(kdb_index *index, kdbib_str text) {
    if (index->count >= index->capacity / 2 && !kdb_index_reserve(index, index->count + 1))
        return NULL;
    uint64_t hash = kdb_hash(text);
    kdb_index_slot *slot = find(index, text, hash);
    if (!slot->text.data) {
        *slot = (kdb_index_slot){hash, text.data ? text : KDBIB_STR(""), KDB_INDEX_NONE};
        index->count++;
    }
    return &slot->value;
}
