/* Open addressing, at most three quarters full. */
#include "base/numbers.h"

#include <stdlib.h>

#define FIRST_CAPACITY 64

void kdb_numbers_free(kdb_numbers *numbers) {
    free(numbers->slots);
    numbers->slots = NULL;
    numbers->count = numbers->capacity = 0;
}

/* The slot of `text`, or the free one where it belongs. */
static kdb_number_slot *find(const kdb_numbers *numbers, uint32_t hash, kdbib_str text) {
    size_t mask = numbers->capacity - 1, at = hash & mask;
    for (;; at = (at + 1) & mask) {
        kdb_number_slot *slot = &numbers->slots[at];
        if (slot->number == KDB_INDEX_NONE ||
            (slot->hash == hash && numbers->is(numbers->user, slot->number, text)))
            return slot;
    }
}

uint32_t kdb_numbers_get(const kdb_numbers *numbers, uint64_t hash, kdbib_str text) {
    return numbers->count ? find(numbers, kdb_numbers_shortened(hash), text)->number
                          : KDB_INDEX_NONE;
}

/* Every slot moves to where it belongs; no two texts need to be compared for that. */
static bool grow(kdb_numbers *numbers) {
    size_t capacity = numbers->capacity ? numbers->capacity * 2 : FIRST_CAPACITY;
    kdb_number_slot *slots =
        capacity <= SIZE_MAX / sizeof *slots / 2 ? malloc(capacity * sizeof *slots) : NULL;
    if (!slots)
        return false;
    for (size_t i = 0; i < capacity; i++)
        slots[i].number = KDB_INDEX_NONE;
    for (size_t i = 0; i < numbers->capacity; i++) {
        if (numbers->slots[i].number == KDB_INDEX_NONE)
            continue;
        size_t at = numbers->slots[i].hash & (capacity - 1);
        while (slots[at].number != KDB_INDEX_NONE)
            at = (at + 1) & (capacity - 1);
        slots[at] = numbers->slots[i];
    }
    free(numbers->slots);
    numbers->slots = slots;
    numbers->capacity = capacity;
    return true;
}

uint32_t *kdb_numbers_put(kdb_numbers *numbers, uint64_t hash, kdbib_str text) {
    if (numbers->count >= numbers->capacity / 4 * 3 && !grow(numbers))
        return NULL;
    kdb_number_slot *slot = find(numbers, kdb_numbers_shortened(hash), text);
    if (slot->number == KDB_INDEX_NONE) {
        slot->hash = kdb_numbers_shortened(hash);
        numbers->count++;
    }
    return &slot->number;
}
