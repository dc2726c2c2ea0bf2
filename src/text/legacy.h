/* Text that is older than UTF-8: Windows-1252, of which Latin-1 is a part. */
#ifndef KDB_LEGACY_H
#define KDB_LEGACY_H

#include "base/buffer.h"

/* Bytes above 0x7F, and most of them are no UTF-8. */
bool kdb_is_legacy(kdbib_str bytes);
/* Windows-1252 as UTF-8, appended. */
void kdb_legacy_to_utf8(kdbib_str bytes, kdb_buffer *utf8);

#endif
