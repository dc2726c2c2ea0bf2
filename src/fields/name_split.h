/* What the readers of names share: the words of one name. */
#ifndef KDB_NAME_SPLIT_H
#define KDB_NAME_SPLIT_H

#include "fields/names.h"
#include "fields/word.h"

#define KDB_NAME_TOKENS 12 /* a name of more words is none */

typedef struct kdb_name_token {
    kdbib_str text;
    kdb_token_shape shape;
    unsigned letters;
    bool period;          /* holds a period */
    uint32_t kinds;       /* kdb_name_word bits */
    uint32_t title_kinds; /* kdb_title_word bits */
} kdb_name_token;

typedef struct kdb_name_tokens {
    kdb_name_token at[KDB_NAME_TOKENS];
    size_t count;
    bool overflow;
} kdb_name_tokens;

/* The words of one name, as views of `text`. */
void kdb_name_tokens_of(const kdb_fields *fields, kdbib_str text, kdb_name_tokens *tokens);

/* Bytes of the family name that a Chinese, Japanese or Korean name without a blank begins with; 0
 * when nobody can tell. */
size_t kdb_cjk_family_size(const kdb_fields *fields, kdbib_str text);

/* What other names of the same list showed. */
typedef enum kdb_name_order {
    KDB_ORDER_UNKNOWN,
    KDB_ORDER_FAMILY_INITIALS, /* "Lee JB" */
} kdb_name_order;

/* A name without comma, from its words. */
bool kdb_name_of_tokens(kdb_arena *arena, const kdb_fields *fields, const kdb_name_tokens *tokens,
                        kdb_name_order order, kdbib_name *name);

#define KDB_NAMES_AND '\x02' /* stands for "and" and "&" in a list that is clean */

/* Without "by", "Authors:" in front. */
kdbib_str kdb_names_skip_prefix(kdbib_str text);
/* Without marks, affiliations and decoration, a copy where need be; separators are `,`, `;` and
 * KDB_NAMES_AND, `~` stands for an ellipsis. */
kdbib_str kdb_names_clean(kdb_arena *arena, kdbib_str text);

#endif
