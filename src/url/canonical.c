/* One URL, one spelling. */
#include "url/canonical.h"

#include "base/strings.h"

kdbib_str kdb_canonical_url(kdbib *context, kdb_arena *arena, kdbib_str url) {
    (void)context;
    return kdb_arena_copy(arena, kdb_trim(url));
}
