/* The HTML that people put into Markdown: tags between the words, and whole blocks. */
#ifndef KDB_MARKDOWN_HTML_H
#define KDB_MARKDOWN_HTML_H

#include "markdown/document.h"

/* A tag at the begin of a text. */
typedef struct kdb_tag {
    kdbib_str name; /* as written; empty for a comment, a declaration or the like */
    bool closing;
    kdbib_str href, src, alt; /* attributes, raw */
    size_t size;              /* of the whole tag; 0: there is none */
} kdb_tag;

kdb_tag kdb_tag_read(kdbib_str text);

/* An inline tag changes the state of `builder`: <b>, <i>, <a href>, <br>, <img>, <sub>, … */
void kdb_html_inline(kdb_inline_builder *builder, kdbib_str literal);

/* The text of an HTML block as children of `block`: paragraphs, headings, items, tables, <pre>. */
void kdb_html_block(kdb_inline_builder *builder, kdb_block *block, kdbib_str literal);

/* `text` with character entities decoded, in `arena`. */
kdbib_str kdb_html_decode(kdb_arena *arena, kdbib_str text);

#endif
