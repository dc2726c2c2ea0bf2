/* The headings that keywords become. */
#include "from/keywords.h"

#include <stdlib.h>

#include "base/array.h"

const kdbib_section *kdb_keywords_get(kdb_keywords *k, kdbib_str word) {
    uint32_t known = kdb_index_get(&k->numbers, word);
    if (known != KDB_INDEX_NONE)
        return k->sections[known];
    size_t count = k->numbers.count;
    const kdbib_section **sections =
        kdb_array_grow(k->sections, count, &k->room, sizeof(kdbib_section *));
    if (!sections)
        return NULL;
    k->sections = sections;
    const kdbib_section *section = kdbib_bibliography_add_section(k->list, NULL, 1, word);
    uint32_t *number = section ? kdb_index_put(&k->numbers, section->title) : NULL;
    if (!number)
        return NULL;
    *number = (uint32_t)count;
    return k->sections[count] = section;
}

void kdb_keywords_free(kdb_keywords *k) {
    kdb_index_free(&k->numbers);
    free(k->sections);
}
