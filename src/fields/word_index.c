/* Filling an index of words: open addressing, at most half full. */
#include "fields/word_index.h"

#include <string.h>

#include "base/strings.h"

/* An index that is being filled is not yet constant. */
static kdb_word_index_slot *slot_at(const kdb_word_index *index, size_t place) {
    return (kdb_word_index_slot *)&index->slots[place];
}

bool kdb_word_index_init(kdb_word_index *index, kdb_arena *arena, size_t count) {
    size_t slots = 16;
    while (slots < count * 2)
        slots *= 2;
    *index = (kdb_word_index){.mask = slots - 1};
    index->slots = kdb_arena_array(arena, slots, sizeof *index->slots);
    return index->slots != NULL;
}

static bool grow(kdb_word_index *index, kdb_arena *arena) {
    kdb_word_index bigger = *index;
    bigger.mask = index->mask * 2 + 1;
    bigger.slots = kdb_arena_array(arena, bigger.mask + 1, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i <= index->mask; i++) {
        kdb_word_index_slot slot = index->slots[i];
        kdbib_str key = {index->text + slot.at, slot.size};
        if (slot.size)
            *slot_at(&bigger, kdb_word_index_place(&bigger, key, slot.hash)) = slot;
    }
    *index = bigger;
    return true;
}

/* The keys stand one behind the other; `*at` is where the new one begins. */
static bool add_text(kdb_word_index *index, kdb_arena *arena, kdbib_str key, uint32_t *at) {
    if (index->text_capacity - index->text_size < key.size) {
        size_t capacity = index->text_capacity * 2 + 1024;
        char *text = kdb_arena_alloc(arena, capacity);
        if (!text)
            return false;
        if (index->text_size)
            memcpy(text, index->text, index->text_size);
        index->text = text;
        index->text_capacity = capacity;
    }
    memcpy((char *)index->text + index->text_size, key.data, key.size);
    *at = (uint32_t)index->text_size;
    index->text_size += key.size;
    return true;
}

/* The slot of `word`, which has no size when it is new; NULL: memory is out, or it is no word. */
static kdb_word_index_slot *put(kdb_word_index *index, kdb_arena *arena, kdbib_str key) {
    if (index->count * 2 > index->mask && !grow(index, arena))
        return NULL;
    uint32_t hash = (uint32_t)kdb_hash(key);
    kdb_word_index_slot *slot = slot_at(index, kdb_word_index_place(index, key, hash));
    if (slot->size)
        return slot;
    uint32_t at;
    if (!add_text(index, arena, key, &at))
        return NULL;
    *slot = (kdb_word_index_slot){.at = at, .hash = hash, .size = (uint32_t)key.size};
    index->count++;
    unsigned beginning = kdb_index_beginning(key), outline = kdb_index_outline(key, beginning);
    index->begins[beginning / 64] |= (uint64_t)1 << beginning % 64;
    index->outlines[outline / 64] |= (uint64_t)1 << outline % 64;
    return slot;
}

bool kdb_word_index_add(kdb_word_index *index, kdb_arena *arena, kdbib_str word, uint32_t value) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(word, buffer);
    if (!key.size)
        return true;
    size_t before = index->count;
    kdb_word_index_slot *slot = put(index, arena, key);
    if (slot && index->count > before)
        slot->value = value;
    return slot != NULL;
}

bool kdb_word_index_join(kdb_word_index *index, kdb_arena *arena, kdbib_str word, uint32_t value) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(word, buffer);
    kdb_word_index_slot *slot = key.size ? put(index, arena, key) : NULL;
    if (slot)
        slot->value |= value;
    return slot || !key.size;
}
