/* Texts found by hash: a table from a text to a number. */
#ifndef KDB_INDEX_H
#define KDB_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kdbib/str.h"

/* What kdb_index_get() gives for a text that is not there. */
#define KDB_INDEX_NONE UINT32_MAX

typedef struct kdb_index_slot {
    uint64_t hash;
    kdbib_str text; /* data is NULL: the slot is free */
    uint32_t value;
} kdb_index_slot;

typedef struct kdb_index {
    kdb_index_slot *slots;
    size_t count, capacity;
} kdb_index;

/* An empty index is {0}; kdb_index_free() frees one. */
void kdb_index_free(kdb_index *index);

/* Makes room for `count` texts in all; false when memory is out, which does no harm yet. */
bool kdb_index_reserve(kdb_index *index, size_t count);

/* The number of `text`, or KDB_INDEX_NONE. */
uint32_t kdb_index_get(const kdb_index *index, kdbib_str text);

/* The place of the number of `text`, to be read and set until the next call; a text that was not
 * there comes with KDB_INDEX_NONE. `text` is borrowed for the index's life. NULL: memory is out. */
uint32_t *kdb_index_put(kdb_index *index, kdbib_str text);

#endif
