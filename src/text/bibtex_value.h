/* The values of BibTeX fields, LaTeX, become text: the reverse of formats/latex_text.c, and more,
 * since others write too. */
#ifndef KDB_BIBTEX_VALUE_H
#define KDB_BIBTEX_VALUE_H

#include "text/rich_text.h"

/* The signs of data/latex-escapes.csv by their LaTeX; {0} until they are first needed. */
typedef struct kdb_bibtex_values {
    kdb_arena arena;
    struct kdb_bibtex_signs *signs;
} kdb_bibtex_values;

void kdb_bibtex_values_free(kdb_bibtex_values *values);

/* `value` as rich text in `arena`: accents, symbols, quotation marks, dashes; styles; $…$ as MATH,
 * or as the sub- or superscript or the sign that it is; braces inside as NOCASE. An unknown command
 * gives way to its argument, or stays as it stands. Blanks are collapsed. False: memory. */
bool kdb_bibtex_rich(kdb_bibtex_values *values, kdb_arena *arena, kdbib_str value,
                     kdb_rich_text *text);
/* The same without styles. */
kdbib_str kdb_bibtex_plain(kdb_bibtex_values *values, kdb_arena *arena, kdbib_str value);
/* An address or a DOI, which stands there as it is, but for what some programs escape. */
kdbib_str kdb_bibtex_verbatim(kdb_arena *arena, kdbib_str value);

#endif
