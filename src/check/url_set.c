/* URLs in canonical form, as a set. */
#include "check/url_set.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/index.h"
#include "url/canonical.h"

struct kdb_url_set {
    kdbib *context;
    kdb_arena kept, scratch;
    kdb_index index;
    bool failed;
};

kdb_url_set *kdb_url_set_new(kdbib *context) {
    kdb_url_set *set = calloc(1, sizeof *set);
    if (set)
        set->context = context;
    return set;
}

/* What is no URL stands for itself. */
static kdbib_str name_of(kdb_url_set *set, kdbib_str url) {
    kdb_arena_reset(&set->scratch);
    kdbib_str canonical = kdb_canonical_url(set->context, &set->scratch, url);
    return canonical.size ? canonical : url;
}

void kdb_url_set_add(kdb_url_set *set, kdbib_str url) {
    kdbib_str name = kdb_arena_copy(&set->kept, name_of(set, url));
    uint32_t *place = kdb_index_put(&set->index, name);
    if (place)
        *place = 1;
    else
        set->failed = true;
}

bool kdb_url_set_has(kdb_url_set *set, kdbib_str url) {
    kdbib_str name = name_of(set, url);
    return kdb_url_set_failed(set) || kdb_index_get(&set->index, name) != KDB_INDEX_NONE;
}

bool kdb_url_set_failed(const kdb_url_set *set) {
    return set->failed || kdb_arena_failed(&set->kept) || kdb_arena_failed(&set->scratch);
}

void kdb_url_set_free(kdb_url_set *set) {
    if (!set)
        return;
    kdb_index_free(&set->index);
    kdb_arena_free(&set->kept);
    kdb_arena_free(&set->scratch);
    free(set);
}
