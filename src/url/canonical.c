/* One URL, one spelling. */
#include "url/canonical.h"

#include "base/strings.h"

kdbib_str kdb_canonical_url(kdb_arena *arena, kdbib_str url) {
    return kdb_arena_copy(arena, kdb_trim(url));
}
