/* Titles as registries mark them up, brought to the few tags that rich text knows. */
#ifndef KDB_MARKUP_H
#define KDB_MARKUP_H

#include "base/buffer.h"

/* HTML, JATS and MathML to <i> <b> <sub> <sup> <sc>, entities left alone (those escaped twice, once
 * less); formulas become their text; runs of blanks become one, none at the ends. */
void kdb_markup_clean(kdbib_str text, kdb_buffer *clean);

#endif
