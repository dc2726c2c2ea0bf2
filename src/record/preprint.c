/* Which DOIs belong to preprint servers. */
#include "record/preprint.h"

#include "base/embedded.h"
#include "base/strings.h"

bool kdb_preprint_table_read(kdb_arena *arena, kdb_preprint_table *preprints) {
    kdb_table table;
    *preprints = (kdb_preprint_table){0};
    if (!kdb_table_read(arena, kdb_embedded(KDBIB_STR("preprint-dois.csv")), &table) ||
        !(preprints->rows = kdb_arena_array(arena, table.rows, sizeof *preprints->rows)))
        return false;
    const size_t prefix = kdb_table_column(&table, KDBIB_STR("prefix")),
                 next = kdb_table_column(&table, KDBIB_STR("next")),
                 archive = kdb_table_column(&table, KDBIB_STR("archive"));
    for (size_t i = 0; i < table.rows; i++) {
        kdbib_str text = kdb_table_cell(&table, i, prefix);
        char *lower = kdb_arena_alloc(arena, text.size + 1);
        if (!lower)
            return false;
        for (size_t k = 0; k < text.size; k++)
            lower[k] = kdb_to_lower(text.data[k]);
        if (text.size)
            preprints->rows[preprints->count++] =
                (kdb_preprint_row){.prefix = {lower, text.size},
                                   .archive = kdb_table_cell(&table, i, archive),
                                   .digit = kdb_table_cell(&table, i, next).size > 0};
    }
    return true;
}

kdbib_str kdb_preprint_archive(const kdb_preprint_table *preprints, kdbib_str doi) {
    /* a dozen rows, most of which differ in their last byte */
    for (size_t i = 0; doi.size && i < preprints->count; i++) {
        const kdb_preprint_row *row = &preprints->rows[i];
        const size_t size = row->prefix.size;
        if (doi.size < size || kdb_to_lower(doi.data[size - 1]) != row->prefix.data[size - 1] ||
            !kdb_starts_with_nocase(doi, row->prefix))
            continue;
        if (!row->digit || (doi.size > size && kdb_is_digit(doi.data[size])))
            return row->archive;
    }
    return (kdbib_str){0};
}
