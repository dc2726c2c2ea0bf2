/* The words of a text as citation keys have them: a to z and digits. */
#ifndef KDB_KEY_WORDS_H
#define KDB_KEY_WORDS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"

/* data/transliteration.csv and data/stop-words.csv. */
typedef struct kdb_key_tables {
    kdb_arena arena;
    kdb_index letters; /* UTF-8 of a code point -> number in ascii */
    kdbib_str *ascii;
    kdb_index stop_words;
} kdb_key_tables;

/* False when memory is out; free them in any case. */
bool kdb_key_tables_read(kdb_key_tables *tables);
void kdb_key_tables_free(kdb_key_tables *tables);

#define KDB_KEY_MOST_WORDS 8

typedef struct kdb_key_words {
    char text[256]; /* the words, one behind the other */
    size_t ends[KDB_KEY_MOST_WORDS];
    size_t count;
    kdb_buffer word; /* while they are looked for; its memory stays for the next text */
} kdb_key_words;

/* {0} to begin with; frees what was needed for looking. */
void kdb_key_words_free(kdb_key_words *words);

/* The first `most` words (up to KDB_KEY_MOST_WORDS) of `text` that say something, transliterated:
 * no stop words, parted at everything that is no letter and no digit, but a single sign stays with
 * what follows (`U-Net` is `unet`). Letters that have no transliteration are left out.
 * False when memory is out. */
bool kdb_key_words_of(const kdb_key_tables *tables, kdbib_str text, size_t most,
                      kdb_key_words *words);
/* Word `i`, borrowed. */
kdbib_str kdb_key_word(const kdb_key_words *words, size_t i);

/* Appends all letters and digits of `text`, transliterated, at most `most` bytes. */
void kdb_key_squeeze(const kdb_key_tables *tables, kdbib_str text, size_t most, kdb_buffer *key);

#endif
