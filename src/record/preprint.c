/* Which DOIs belong to preprint servers. */
#include "record/preprint.h"

#include "base/embedded.h"
#include "base/strings.h"

bool kdb_preprint_table_read(kdb_arena *arena, kdb_preprint_table *preprints) {
    kdb_table *table = &preprints->table;
    if (!kdb_table_read(arena, kdb_embedded(KDBIB_STR("preprint-dois.csv")), table))
        return false;
    preprints->prefix = kdb_table_column(table, KDBIB_STR("prefix"));
    preprints->next = kdb_table_column(table, KDBIB_STR("next"));
    preprints->archive = kdb_table_column(table, KDBIB_STR("archive"));
    return true;
}

kdbib_str kdb_preprint_archive(const kdb_preprint_table *preprints, kdbib_str doi) {
    /* a dozen rows, most of which differ in their last byte */
    for (size_t i = 0; doi.size && i < preprints->table.rows; i++) {
        kdbib_str prefix = kdb_table_cell(&preprints->table, i, preprints->prefix);
        if (doi.size < prefix.size ||
            kdb_to_lower(doi.data[prefix.size - 1]) != kdb_to_lower(prefix.data[prefix.size - 1]) ||
            !kdb_starts_with_nocase(doi, prefix))
            continue;
        bool digit = kdb_table_cell(&preprints->table, i, preprints->next).size > 0;
        if (!digit || (doi.size > prefix.size && kdb_is_digit(doi.data[prefix.size])))
            return kdb_table_cell(&preprints->table, i, preprints->archive);
    }
    return (kdbib_str){0};
}
