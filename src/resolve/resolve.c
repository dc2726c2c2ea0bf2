/* What a URL alone tells. */
#include "resolve/resolve.h"

#include "library/context.h"
#include "url/canonical.h"

bool kdb_resolve_record(kdbib *context, kdbib_record *record) {
    kdb_arena scratch = {0};
    kdbib_str url =
        kdb_canonical_url(context, &scratch, kdbib_record_link(record, KDBIB_LINK_PAPER));
    bool fine = kdbib_record_set_text(record, KDBIB_CANONICAL_URL, url, KDBIB_BASIS_COMPUTED);
    kdb_arena_free(&scratch);
    return fine;
}
