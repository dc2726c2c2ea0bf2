/* Open addressing, at most three quarters full. */
#include "base/numbers.h"

#include <stdlib.h>

#define FIRST_CAPACITY 64

void kdb_numbers_free(kdb_numbers *numbers) {
    free(numbers->slots);
    numbers->slots = NULL;
    numbers->count = numbers->capacity = 0;
}

static size_t next_place(const kdb_numbers *numbers, size_t at) {
    return at + 1 < numbers->capacity ? at + 1 : 0;
}

/* The slot of `text`, or the free one where it belongs. */
static kdb_number_slot *find(const kdb_numbers *numbers, uint32_t hash, kdbib_str text) {
    for (size_t at = kdb_numbers_place(numbers, hash);; at = next_place(numbers, at)) {
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
static void move_all(const kdb_numbers *from, kdb_numbers *to) {
    for (size_t i = 0; i < from->capacity; i++) {
        if (from->slots[i].number == KDB_INDEX_NONE)
            continue;
        size_t at = kdb_numbers_place(to, from->slots[i].hash);
        while (to->slots[at].number != KDB_INDEX_NONE)
            at = next_place(to, at);
        to->slots[at] = from->slots[i];
    }
}

/* By half: what a large table has too much of counts for every entry of a list. */
static bool grow(kdb_numbers *numbers) {
    kdb_numbers larger = *numbers;
    larger.capacity = numbers->capacity ? numbers->capacity / 2 * 3 : FIRST_CAPACITY;
    if (numbers->expected / 3 > larger.capacity / 4)
        larger.capacity = (numbers->expected / 3 + 1) * 4;
    if (larger.capacity > UINT32_MAX || larger.capacity > SIZE_MAX / sizeof *larger.slots)
        return false;
    larger.slots = malloc(larger.capacity * sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < larger.capacity; i++)
        larger.slots[i].number = KDB_INDEX_NONE;
    move_all(numbers, &larger);
    free(numbers->slots);
    numbers->slots = larger.slots;
    numbers->capacity = larger.capacity;
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
