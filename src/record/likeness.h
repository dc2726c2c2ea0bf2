/* How much two titles have in common. */
#ifndef KDB_LIKENESS_H
#define KDB_LIKENESS_H

#include "kdbib/str.h"

/* Words of the shorter title that the longer one has too, and of how many; both titles folded
 * (text/fold.h). Only the first 64 words of each count. */
typedef struct kdb_likeness {
    unsigned shared, shorter, longer;
    bool begins; /* one title begins with the other, word by word */
} kdb_likeness;

kdb_likeness kdb_compare_titles(kdbib_str a, kdbib_str b);

/* The titles can be those of one work whose links say the same: one is a part of the other's
 * beginning, or most of their words are shared. An absent title contradicts none. */
bool kdb_titles_agree(kdbib_str a, kdbib_str b);
/* The titles can hardly be those of one work: less than two fifths of the shorter one's words are
 * shared. */
bool kdb_titles_differ(kdbib_str a, kdbib_str b);

#endif
