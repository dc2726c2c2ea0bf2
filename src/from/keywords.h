/* The headings that keywords become: one for all records that have the word. */
#ifndef KDB_KEYWORDS_H
#define KDB_KEYWORDS_H

#include "base/index.h"
#include "kdbib/bibliography.h"

typedef struct kdb_keywords {
    kdbib_bibliography *list;
    kdb_index numbers; /* of words */
    const kdbib_section **sections;
    size_t room;
} kdb_keywords;

/* NULL: memory is out. `word` is copied. */
const kdbib_section *kdb_keywords_get(kdb_keywords *keywords, kdbib_str word);
void kdb_keywords_free(kdb_keywords *keywords);

#endif
