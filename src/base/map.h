/* A map from strings to small numbers; it lives in an arena and only grows. */
#ifndef KDB_MAP_H
#define KDB_MAP_H

#include <stdint.h>

#include "base/arena.h"
#include "kdbib/str.h"

typedef struct kdb_map_slot {
    kdbib_str key; /* borrowed; data NULL: free */
    uint32_t hash, value;
} kdb_map_slot;

typedef struct kdb_map {
    kdb_map_slot *slots;
    size_t capacity, count;
} kdb_map;

/* An empty map is {0}. */

/* Adds `key` or replaces its value. `key` is borrowed as long as the map lives. False: memory. */
bool kdb_map_put(kdb_arena *arena, kdb_map *map, kdbib_str key, uint32_t value);
/* The value of `key`, or `absent`. */
uint32_t kdb_map_get(const kdb_map *map, kdbib_str key, uint32_t absent);

#endif
