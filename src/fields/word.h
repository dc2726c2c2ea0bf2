/* What is known of one word: how it is written, and what the tables say of it. The same words come
 * again and again, so what was found is remembered. */
#ifndef KDB_FIELDS_WORD_H
#define KDB_FIELDS_WORD_H

#include "fields/tables.h"
#include "fields/text_ends.h"

typedef enum kdb_token_shape {
    KDB_TOKEN_OTHER,
    KDB_TOKEN_WORD,     /* begins with a capital, or a letter without case: "Lee", "O'Brien" */
    KDB_TOKEN_LOWER,    /* begins with a small letter */
    KDB_TOKEN_CAPITALS, /* two and more capitals: "LEE", "JB" */
    KDB_TOKEN_INITIALS, /* "J.", "J.-B.", "J.B.", "J" */
    KDB_TOKEN_CJK,
} kdb_token_shape;

typedef struct kdb_word {
    uint16_t name_kinds; /* kdb_name_word bits; 0: not in the table */
    uint8_t title_kinds; /* kdb_title_word bits; 0: not in the table */
    uint8_t places;  /* KDB_REMARK_BEGINS, KDB_REMARK_ENDS, KDB_LABEL_BEGINS, KDB_VENUE_BEGINS */
    uint8_t shape;   /* kdb_token_shape */
    uint8_t letters; /* how many, at most 255 */
    bool period;     /* holds a period */
    bool of_names;   /* in small letters behind a capital, "Lee", "Fei-Fei", "McLee", and only a
                        surname in the tables: nothing but a name is written so */
} kdb_word;

#define KDB_MEMO_WORDS 4096 /* a power of two */

typedef struct kdb_word_slot {
    uint64_t ends[2]; /* of the word's text; longer words are looked up each time */
    kdb_word word;
    uint8_t size; /* of the text; 0: free */
} kdb_word_slot;

/* Of one thread; {0} is empty. It holds for one set of tables. */
typedef struct kdb_word_memo {
    kdb_word_slot slots[KDB_MEMO_WORDS];
} kdb_word_memo;

/* What kdb_word_of() remembers. */
kdb_word kdb_word_look_up(const kdb_fields *fields, kdbib_str text);

/* `text` holds no blank. */
static inline kdb_word kdb_word_of(const kdb_fields *tables, kdbib_str text) {
    kdb_word_memo *memo = tables->memo;
    uint64_t ends[2];
    if (!memo || text.size == 0 || text.size > sizeof ends)
        return kdb_word_look_up(tables, text);
    kdb_text_ends(text, ends);
    uint64_t hash = (ends[0] ^ (ends[1] << 24 | ends[1] >> 40)) * 0x9E3779B97F4A7C15u;
    kdb_word_slot *slot = &memo->slots[hash >> 32 & (KDB_MEMO_WORDS - 1)];
    if (slot->size != text.size || slot->ends[0] != ends[0] || slot->ends[1] != ends[1])
        *slot =
            (kdb_word_slot){{ends[0], ends[1]}, kdb_word_look_up(tables, text), (uint8_t)text.size};
    return slot->word;
}

#endif
