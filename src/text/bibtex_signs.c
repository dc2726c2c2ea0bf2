/* The signs of data/latex-escapes.csv, found by their LaTeX. */
#include "text/bibtex_signs.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/index.h"
#include "base/strings.h"

/* "\textsection", "\alpha", "-" (in a formula) -> code point */
struct kdb_bibtex_signs {
    kdb_index codes;
};

/* `{\textsection}` by its command, formulas as they stand; but `$k$` is k and no mathematical 𝑘. */
static bool add_sign(kdb_bibtex_values *values, kdbib_str latex, char kind, uint32_t code) {
    if (kind == 't' && latex.size > 3 && latex.data[0] == '{' && latex.data[1] == '\\' &&
        kdb_is_alpha(latex.data[2]))
        latex = kdb_slice(latex, 1, latex.size - 1);
    else if (kind != 'm' || (latex.size == 1 && kdb_is_alnum(latex.data[0])))
        return true;
    uint32_t *slot = kdb_index_put(&values->signs->codes, latex);
    if (slot && *slot == KDB_INDEX_NONE)
        *slot = code;
    return slot != NULL;
}

static bool load(kdb_bibtex_values *values) {
    if (values->signs)
        return true;
    kdb_table table;
    values->signs = kdb_arena_array(&values->arena, 1, sizeof *values->signs);
    if (!values->signs ||
        !kdb_table_read(&values->arena, kdb_embedded(KDBIB_STR("latex-escapes.csv")), &table))
        return false;
    size_t code = kdb_table_column(&table, KDBIB_STR("code_point")),
           kind = kdb_table_column(&table, KDBIB_STR("kind")),
           latex = kdb_table_column(&table, KDBIB_STR("latex"));
    for (size_t i = 0; i < table.rows; i++) {
        kdbib_str number = kdb_table_cell(&table, i, code), how = kdb_table_cell(&table, i, kind);
        if (number.size > 2 && how.size &&
            !add_sign(values, kdb_table_cell(&table, i, latex), how.data[0],
                      (uint32_t)strtoul(number.data + 2, NULL, 16)))
            return false;
    }
    return true;
}

void kdb_bibtex_values_free(kdb_bibtex_values *values) {
    if (values->signs)
        kdb_index_free(&values->signs->codes);
    kdb_arena_free(&values->arena);
    *values = (kdb_bibtex_values){0};
}

bool kdb_bibtex_sign(kdb_bibtex_values *values, kdbib_str latex, uint32_t *sign) {
    *sign = 0;
    if (!load(values))
        return false;
    uint32_t code = latex.size ? kdb_index_get(&values->signs->codes, latex) : KDB_INDEX_NONE;
    if (code != KDB_INDEX_NONE)
        *sign = code;
    return true;
}
