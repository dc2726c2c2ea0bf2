/* Escapes in URLs: HTML entities and percent signs. All of it linear. */
#ifndef KDB_ESCAPES_H
#define KDB_ESCAPES_H

#include "base/arena.h"
#include "kdbib/str.h"

/* Without control characters and with HTML entities decoded, as often as they were encoded. Gives
 * `text` itself when there is nothing to do. */
kdbib_str kdb_url_unescape_html(kdb_arena *arena, kdbib_str text);

/* Percent-decoded, as often as it was encoded. */
kdbib_str kdb_url_decode(kdb_arena *arena, kdbib_str text);
/* Percent-decoded once; `+` stays. */
kdbib_str kdb_url_decode_once(kdb_arena *arena, kdbib_str text);

/* So many bytes from `from` on mean nothing but themselves in a path: no escape, no entity, no
 * colon, no end of the path, nothing that is to be escaped. */
size_t kdb_url_plain_run(kdbib_str text, size_t from);

/* Writes decoded text at `out` (room for three times its size) with escapes for what may not stand
 * in a path; gives the end. */
char *kdb_url_encode_path(char *out, kdbib_str text);
/* A query: decodes what needs no escape, in capitals what does. `out` as above. */
char *kdb_url_normalize_query(char *out, kdbib_str raw);

#endif
