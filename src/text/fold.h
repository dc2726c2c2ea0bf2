/* Text reduced to what matters when two texts are compared. */
#ifndef KDB_FOLD_H
#define KDB_FOLD_H

#include "base/arena.h"
#include "kdbib/str.h"

/* NFKD without combining marks, case-folded, every run of anything but letters and digits one blank,
 * none at the ends. In `arena`. */
kdbib_str kdb_fold(kdb_arena *arena, kdbib_str text);

#endif
