/* Answers about texts, found by the hash of question and text. */
#include "fields/text_memo.h"

#include "base/strings.h"
#include "fields/text_ends.h"

/* There are about three questions to 100 bytes of a list. */
#define BYTES_A_SLOT 16
#define FEWEST_SLOTS ((size_t)128)
#define MOST_SLOTS ((size_t)4096) /* what a cache of the processor can hold beside the rest */

typedef struct kdb_text_slot {
    const char *text; /* NULL: free */
    uint32_t size;
    uint32_t hash : 25; /* what the place in the table does not say */
    uint32_t score : 7;
    const void *more;
} kdb_text_slot;

/* Of the ends only: the text itself is compared. */
static uint64_t hash_of(kdbib_str text, kdb_question question) {
    uint64_t ends[2] = {0, 0};
    if (text.size)
        kdb_text_ends(text, ends);
    uint64_t hash = ends[0] * 0x9E3779B97F4A7C15u + (ends[1] ^ text.size << 8 ^ question);
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static uint32_t rest_of(uint64_t hash) {
    return (uint32_t)(hash >> 39);
}

void kdb_text_memo_begin(kdb_text_memo *memo, kdb_arena *arena, size_t size) {
    size_t slots = FEWEST_SLOTS;
    while (slots < MOST_SLOTS && slots * BYTES_A_SLOT < size)
        slots *= 2;
    memo->arena = arena;
    memo->slots = kdb_arena_array(arena, slots, sizeof *memo->slots);
    memo->mask = slots - 1;
}

kdb_memo_key kdb_memo_key_of(const kdb_fields *fields, const kdb_arena *arena,
                             kdb_question question, kdbib_str text) {
    kdb_text_memo *memo = fields->texts;
    if (!memo || !memo->slots || memo->arena != arena)
        return (kdb_memo_key){NULL, text, 0};
    return (kdb_memo_key){memo, text, hash_of(text, question)};
}

bool kdb_recall(const kdb_memo_key *key, kdb_answer *answer) {
    if (!key->memo)
        return false;
    const kdb_text_slot *slot = &key->memo->slots[key->hash & key->memo->mask];
    if (!slot->text || slot->hash != rest_of(key->hash) || slot->size != key->text.size ||
        (slot->size && memcmp(slot->text, key->text.data, slot->size) != 0))
        return false;
    *answer = (kdb_answer){slot->score, slot->more};
    return true;
}

void kdb_remember(const kdb_memo_key *key, unsigned score, const void *more, size_t size) {
    if (!key->memo)
        return;
    kdb_text_slot *slot = &key->memo->slots[key->hash & key->memo->mask];
    void *kept = size ? kdb_arena_alloc(key->memo->arena, size) : NULL;
    kdbib_str text = kdb_arena_copy(key->memo->arena, key->text);
    if (size && kept)
        memcpy(kept, more, size);
    /* without memory the reader fails; no answer may be wrong until it does */
    bool fine = (kept || !size) && !kdb_arena_failed(key->memo->arena) && text.size <= UINT32_MAX;
    *slot = (kdb_text_slot){.text = fine ? text.data : NULL,
                            .size = (uint32_t)text.size,
                            .hash = rest_of(key->hash) & 0x1FFFFFF,
                            .score = score & 0x7F,
                            .more = kept};
}

unsigned kdb_score_once(kdb_arena *arena, const kdb_fields *fields, kdb_question question,
                        kdbib_str text, kdb_score_fn *score) {
    kdb_memo_key key = kdb_memo_key_of(fields, arena, question, text);
    kdb_answer answer;
    if (kdb_recall(&key, &answer))
        return answer.score;
    unsigned found = score(arena, fields, text);
    kdb_remember(&key, found, NULL, 0);
    return found;
}
