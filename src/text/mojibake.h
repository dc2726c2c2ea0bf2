/* UTF-8 that somebody read as Windows-1252, and wrote again. */
#ifndef KDB_MOJIBAKE_H
#define KDB_MOJIBAKE_H

#include <stdint.h>

#include "kdbib/str.h"

/* Looks at the code points that begin at `text.data[0]`. If they are surely the Windows-1252 reading
 * of one UTF-8 sequence, sets `*code_point` to what was meant and returns how many bytes of `text`
 * spell it; else 0. */
size_t kdb_mojibake(kdbib_str text, uint32_t *code_point);

#endif
