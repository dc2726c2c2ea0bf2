/* The accents of TeX as combining characters. */
#ifndef KDB_BIBTEX_ACCENT_H
#define KDB_BIBTEX_ACCENT_H

#include "text/rich_text_parser.h"

/* The spacing form of a combining accent, for one that stands over nothing: \~{}; "": it has none.
 */
const char *kdb_bibtex_mark_alone(unsigned mark);
/* Puts `mark` behind the first character of the parser's run from `from` on, and the marks that
 * follow it, and composes. */
void kdb_bibtex_put_mark(kdb_rich_parser *parser, size_t from, unsigned mark);

#endif
