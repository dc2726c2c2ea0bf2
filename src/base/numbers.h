/* Numbers found by the hash of a text that stands elsewhere: for indexes that grow with the list,
 * where kdb_index would take four times the memory. */
#ifndef KDB_NUMBERS_H
#define KDB_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/index.h"
#include "kdbib/str.h"

/* Is `text` the text of `number`? */
typedef bool kdb_number_is_fn(void *user, uint32_t number, kdbib_str text);

typedef struct kdb_number_slot {
    uint32_t hash, number; /* number KDB_INDEX_NONE: the slot is free */
} kdb_number_slot;

typedef struct kdb_numbers {
    kdb_number_is_fn *is;
    void *user;
    kdb_number_slot *slots;
    size_t count, capacity;
    size_t expected; /* see kdb_numbers_expect() */
} kdb_numbers;

/* An empty one has only `is` and `user`; kdb_numbers_free() frees one. */
void kdb_numbers_free(kdb_numbers *numbers);

/* It will hold about `count` texts in all: when it grows next, it grows to that size at once. It
 * may come to hold any other number. */
static inline void kdb_numbers_expect(kdb_numbers *numbers, size_t count) {
    numbers->expected = count;
}

/* What a slot keeps of a hash. */
static inline uint32_t kdb_numbers_shortened(uint64_t hash) {
    return (uint32_t)(hash ^ hash >> 32);
}
/* Where the slot of a shortened hash is looked for first: slots stand in the order of their hashes,
 * so that a table may have any capacity and grows from one end to the other. */
static inline size_t kdb_numbers_place(const kdb_numbers *numbers, uint32_t shortened) {
    return (size_t)((uint64_t)shortened * numbers->capacity >> 32);
}

/* The number of `text`, whose hash is `hash`, or KDB_INDEX_NONE. */
uint32_t kdb_numbers_get(const kdb_numbers *numbers, uint64_t hash, kdbib_str text);
/* `hash` will be asked for soon: the memory is fetched meanwhile, which in a large table takes
 * longer than all that is done with it. */
static inline void kdb_numbers_fetch(const kdb_numbers *numbers, uint64_t hash) {
    if (numbers->capacity)
        __builtin_prefetch(
            &numbers->slots[kdb_numbers_place(numbers, kdb_numbers_shortened(hash))]);
}
/* The place of the number of `text`, to be read and set until the next call; a text that was not
 * there comes with KDB_INDEX_NONE, which must not stay. NULL: memory is out. */
uint32_t *kdb_numbers_put(kdb_numbers *numbers, uint64_t hash, kdbib_str text);

#endif
