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
} kdb_numbers;

/* An empty one has only `is` and `user`; kdb_numbers_free() frees one. */
void kdb_numbers_free(kdb_numbers *numbers);

/* The number of `text`, whose hash is `hash`, or KDB_INDEX_NONE. */
uint32_t kdb_numbers_get(const kdb_numbers *numbers, uint64_t hash, kdbib_str text);
/* The place of the number of `text`, to be read and set until the next call; a text that was not
 * there comes with KDB_INDEX_NONE, which must not stay. NULL: memory is out. */
uint32_t *kdb_numbers_put(kdb_numbers *numbers, uint64_t hash, kdbib_str text);

#endif
