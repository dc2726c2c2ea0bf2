/* A URL -> its canonical form and what it tells. */
#include "fuzz.h"

#include "resolve/resolve.h"
#include "url/canonical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    if (!context)
        context = kdbib_new();
    kdb_arena arena = {0};
    kdbib_str once = kdb_canonical_url(context, &arena, (kdbib_str){(const char *)data, size});
    kdbib_str twice = kdb_canonical_url(context, &arena, once);
    PROMISE(kdbib_str_equal(once, twice));
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdbib_record *record = b ? kdbib_bibliography_add(b, "fuzz", 1) : NULL;
    PROMISE(record);
    PROMISE(kdbib_record_add_link(record, KDBIB_LINK_PAPER, (kdbib_str){(const char *)data, size}));
    PROMISE(kdb_resolve_record(context, record));
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    PROMISE(doi.size == 0 || (doi.size > 7 && memcmp(doi.data, "10.", 3) == 0));
    for (size_t i = 0; i < doi.size; i++)
        PROMISE((unsigned char)doi.data[i] > ' ' && doi.data[i] != 0x7F);
    kdbib_bibliography_free(b);
    kdb_arena_free(&arena);
    return 0;
}
