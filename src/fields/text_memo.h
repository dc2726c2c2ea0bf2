/* What field readers said of a text, remembered: they ask each other the same questions again and
 * again, and recognisers ask them once more. */
#ifndef KDB_TEXT_MEMO_H
#define KDB_TEXT_MEMO_H

#include "fields/tables.h"

typedef enum kdb_question {
    KDB_ASK_VENUE, /* more: kdb_venue; NULL: kdb_venue_is_out() */
    KDB_ASK_NAMES,
    KDB_ASK_TITLE,
    KDB_ASK_LABEL,    /* more: kdb_label */
    KDB_ASK_CITATION, /* of the recognisers */
} kdb_question;

typedef struct kdb_answer {
    unsigned score;
    const void *more; /* what was found, as long as the arena of the memo lives; or NULL */
} kdb_answer;

/* Of one arena: everything that an answer points to lives there. A direct-mapped table; a new
 * answer pushes an old one out. */
typedef struct kdb_text_memo {
    kdb_arena *arena;
    struct kdb_text_slot *slots; /* NULL: nothing is remembered */
    size_t mask;
} kdb_text_memo;

/* A memo for questions about a text of `size` bytes and its parts. When memory is out, it is one
 * that forgets. */
void kdb_text_memo_begin(kdb_text_memo *memo, kdb_arena *arena, size_t size);

/* A question to the memo of `fields`, which serves only those who allocate from its arena. */
typedef struct kdb_memo_key {
    kdb_text_memo *memo; /* NULL: nobody remembers */
    kdbib_str text;
    uint64_t hash;
} kdb_memo_key;

kdb_memo_key kdb_memo_key_of(const kdb_fields *fields, const kdb_arena *arena,
                             kdb_question question, kdbib_str text);
bool kdb_recall(const kdb_memo_key *key, kdb_answer *answer);
/* `more`, of `size` bytes, and the text are copied. */
void kdb_remember(const kdb_memo_key *key, unsigned score, const void *more, size_t size);

/* A score that nothing but the text decides, asked of the memo before it is asked of `score`. */
typedef unsigned kdb_score_fn(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);
unsigned kdb_score_once(kdb_arena *arena, const kdb_fields *fields, kdb_question question,
                        kdbib_str text, kdb_score_fn *score);

#endif
