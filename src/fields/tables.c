/* Looking words up in the tables of data/. */
#include "fields/tables.h"

#include "base/strings.h"

/* ---- keys ---- */

/* What a byte is in a key; 0: it parts words. Those of UTF-8 are themselves. */
static const unsigned char key_chars[256 + 1] =
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\0\0\0#\0\0\0\0\0\0\0+\0\0\0\0"
    "0123456789\0\0\0\0\0\0"
    "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"
    "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"
    "\200\201\202\203\204\205\206\207\210\211\212\213\214\215\216\217"
    "\220\221\222\223\224\225\226\227\230\231\232\233\234\235\236\237"
    "\240\241\242\243\244\245\246\247\250\251\252\253\254\255\256\257"
    "\260\261\262\263\264\265\266\267\270\271\272\273\274\275\276\277"
    "\300\301\302\303\304\305\306\307\310\311\312\313\314\315\316\317"
    "\320\321\322\323\324\325\326\327\330\331\332\333\334\335\336\337"
    "\340\341\342\343\344\345\346\347\350\351\352\353\354\355\356\357"
    "\360\361\362\363\364\365\366\367\370\371\372\373\374\375\376\377";

static inline char key_char(char c) {
    return (char)key_chars[(unsigned char)c];
}

kdbib_str kdb_word_key(kdbib_str text, char buffer[KDB_KEY_SIZE]) {
    size_t size = 0;
    bool gap = false, fits = text.size + 2 < KDB_KEY_SIZE;
    for (size_t i = 0; i < text.size; i++) {
        char c = key_char(text.data[i]);
        if (!c) {
            gap = size > 0;
            continue;
        }
        if (!fits && size + 2 >= KDB_KEY_SIZE)
            return KDBIB_STR("");
        if (gap)
            buffer[size++] = ' ';
        gap = false;
        buffer[size++] = c;
    }
    return (kdbib_str){buffer, size};
}

kdbib_str kdb_first_key_word(kdbib_str text) {
    size_t from = 0, to;
    while (from < text.size && !key_char(text.data[from]))
        from++;
    for (to = from; to < text.size && key_char(text.data[to]);)
        to++;
    return kdb_slice(text, from, to);
}

/* ---- the index ---- */

unsigned kdb_index_beginning(kdbib_str text) {
    size_t at = 0;
    unsigned sum = 0, c;
    while (at < text.size && !key_char(text.data[at]))
        at++;
    for (size_t end = at + 3; at < end && at < text.size; at++) {
        if (!(c = (unsigned char)key_char(text.data[at])))
            break;
        sum = sum * 41 + c;
    }
    return sum % KDB_BEGINNINGS;
}

unsigned kdb_index_outline(kdbib_str text, unsigned beginning) {
    size_t at = text.size;
    uint32_t sum = beginning, c;
    while (at && !key_char(text.data[at - 1]))
        at--;
    for (size_t n = 0; n < 3 && at; n++) {
        if (!(c = (unsigned char)key_char(text.data[--at])))
            break;
        sum = sum * 41 + c;
    }
    return (sum * 0x9E3779B1u) >> 17; /* 15 bits */
}

static bool has_bit(const uint64_t *bits, unsigned bit) {
    return bits[bit / 64] >> bit % 64 & 1;
}

bool kdb_word_index_begins(const kdb_word_index *index, kdbib_str text) {
    return has_bit(index->begins, kdb_index_beginning(text));
}

bool kdb_word_index_spans(const kdb_word_index *index, kdbib_str front, kdbib_str end) {
    unsigned beginning = kdb_index_beginning(front);
    return has_bit(index->begins, beginning) &&
           has_bit(index->outlines, kdb_index_outline(end, beginning));
}

static bool may_hold(const kdb_word_index *index, kdbib_str text) {
    return kdb_word_index_spans(index, text, text);
}

size_t kdb_word_index_place(const kdb_word_index *index, kdbib_str key, uint32_t hash) {
    size_t at = hash & index->mask;
    for (;; at = (at + 1) & index->mask) {
        const kdb_word_index_slot *slot = &index->slots[at];
        if (!slot->size || (slot->hash == hash &&
                            kdbib_str_equal((kdbib_str){index->text + slot->at, slot->size}, key)))
            return at;
    }
}

static uint32_t find_key(const kdb_word_index *index, kdbib_str key) {
    if (!key.size || !index->slots)
        return KDB_NOT_FOUND;
    const kdb_word_index_slot *slot =
        &index->slots[kdb_word_index_place(index, key, (uint32_t)kdb_hash(key))];
    return slot->size ? slot->value : KDB_NOT_FOUND;
}

uint32_t kdb_word_index_find_key(const kdb_word_index *index, kdbib_str key) {
    return may_hold(index, key) ? find_key(index, key) : KDB_NOT_FOUND;
}

uint32_t kdb_word_index_find(const kdb_word_index *index, kdbib_str text) {
    char buffer[KDB_KEY_SIZE];
    return may_hold(index, text) ? find_key(index, kdb_word_key(text, buffer)) : KDB_NOT_FOUND;
}
