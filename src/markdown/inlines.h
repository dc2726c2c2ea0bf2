/* The inlines of a leaf out of cmark's nodes. */
#ifndef KDB_MARKDOWN_INLINES_H
#define KDB_MARKDOWN_INLINES_H

#include <cmark-gfm.h>

#include "markdown/document.h"

/* Everything below `node`, flat, as the inlines of `block`. */
void kdb_inlines_of_node(kdb_inline_builder *builder, kdb_block *block, cmark_node *node);

#endif
