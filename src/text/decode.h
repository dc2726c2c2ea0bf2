/* The bytes of a file become clean UTF-8 text, line for line. */
#ifndef KDB_DECODE_H
#define KDB_DECODE_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* UTF-8 in NFC with "\n" at the ends of lines, without BOM, from UTF-8 or from UTF-16 with a BOM.
 * Repairs what is surely damage: invalid bytes (U+FFFD), mojibake, ligatures, soft hyphens,
 * zero-width and bidi characters, odd spaces, control characters. No line is added or lost. Each
 * kind of repair is reported with its stable name, once a line. `*text` is a view of `bytes` when
 * nothing had to be done, else of `storage`. False: memory is out, or it is no text (reported). */
bool kdb_decode(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                kdbib_str *text);

#endif
