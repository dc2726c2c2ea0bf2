/* Filling an index of words: most are filled when kdbib is built, see cmake/words.c. */
#ifndef KDB_WORD_INDEX_H
#define KDB_WORD_INDEX_H

#include "base/arena.h"
#include "fields/tables.h"

/* Room for `count` keys, in `arena`. False: memory is out. */
bool kdb_word_index_init(kdb_word_index *index, kdb_arena *arena, size_t count);
/* The first value of a key wins. `key` is folded and copied. */
bool kdb_word_index_add(kdb_word_index *index, kdb_arena *arena, kdbib_str key, uint32_t value);
/* Adds a key, or joins the bits of `value` to those that it has. */
bool kdb_word_index_join(kdb_word_index *index, kdb_arena *arena, kdbib_str key, uint32_t value);

#endif
