/* Open addressing, at most half full. */
#include "base/map.h"

#include "base/strings.h"

static kdb_map_slot *slot_of(const kdb_map *map, kdbib_str key, uint32_t hash) {
    for (size_t i = hash & (map->capacity - 1);; i = (i + 1) & (map->capacity - 1)) {
        kdb_map_slot *slot = &map->slots[i];
        if (!slot->key.data || (slot->hash == hash && kdbib_str_equal(slot->key, key)))
            return slot;
    }
}

static bool grow(kdb_arena *arena, kdb_map *map) {
    kdb_map larger = {NULL, map->capacity ? map->capacity * 2 : 16, map->count};
    larger.slots = kdb_arena_array(arena, larger.capacity, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key.data)
            *slot_of(&larger, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    *map = larger;
    return true;
}

bool kdb_map_put(kdb_arena *arena, kdb_map *map, kdbib_str key, uint32_t value) {
    if (map->count * 2 >= map->capacity && !grow(arena, map))
        return false;
    if (!key.data)
        key.data = "";
    uint32_t hash = (uint32_t)kdb_hash(key);
    kdb_map_slot *slot = slot_of(map, key, hash);
    map->count += slot->key.data == NULL;
    *slot = (kdb_map_slot){key, hash, value};
    return true;
}

uint32_t kdb_map_get(const kdb_map *map, kdbib_str key, uint32_t absent) {
    if (!map->count)
        return absent;
    const kdb_map_slot *slot = slot_of(map, key, (uint32_t)kdb_hash(key));
    return slot->key.data ? slot->value : absent;
}
