/* A piece of Markdown as a tree of blocks whose leaves hold flat inlines: what recognisers read. */
#ifndef KDB_DOCUMENT_H
#define KDB_DOCUMENT_H

#include <stdint.h>

#include "base/arena.h"
#include "kdbib/record.h"
#include "markdown/splitter.h"

typedef enum kdb_inline_kind {
    KDB_INLINE_TEXT,
    KDB_INLINE_IMAGE,      /* text: the alternative text; url: the picture */
    KDB_INLINE_BREAK,      /* hard: `\`, two blanks, <br> */
    KDB_INLINE_SOFT_BREAK, /* end of a line in the source */
} kdb_inline_kind;

typedef struct kdb_link {
    kdbib_str url;
    bool bare; /* the text is the URL itself */
} kdb_link;

typedef struct kdb_inline {
    kdb_inline_kind kind;
    unsigned style; /* kdbib_style bits */
    uint32_t line;
    kdbib_str text;
    kdbib_str url;        /* of an image */
    const kdb_link *link; /* around it, or NULL */
} kdb_inline;

typedef enum kdb_block_kind {
    KDB_BLOCK_DOCUMENT,
    KDB_BLOCK_HEADING,
    KDB_BLOCK_PARAGRAPH,
    KDB_BLOCK_LIST,
    KDB_BLOCK_ITEM,
    KDB_BLOCK_TABLE,
    KDB_BLOCK_ROW,
    KDB_BLOCK_CELL,
    KDB_BLOCK_QUOTE,
    KDB_BLOCK_CODE, /* literal */
    KDB_BLOCK_HTML, /* of an HTML block: its text is in children */
    KDB_BLOCK_RULE,
} kdb_block_kind;

typedef struct kdb_block {
    kdb_block_kind kind;
    uint8_t level;   /* of a heading */
    bool ordered;    /* a list */
    bool header;     /* a table's header row */
    bool summary;    /* a paragraph that is the <summary> of <details> */
    uint16_t column; /* of an item's bullet; 0: unknown */
    uint32_t line, end_line;
    struct kdb_block *parent, *first, *last, *next, *previous;
    const kdb_inline *inlines; /* of headings, paragraphs, cells */
    size_t inline_count;
    kdbib_str literal;
} kdb_block;

/* ---- for those who build a tree ---- */

kdb_block *kdb_block_new(kdb_arena *arena, kdb_block *parent, kdb_block_kind kind, uint32_t line);

/* Collects the inlines of one leaf. */
typedef struct kdb_inline_builder {
    kdb_arena *arena;
    kdbib_str run;   /* the first text of the run being collected; empty: there is no run */
    kdb_buffer text; /* of the whole run, once there is more than one */
    kdb_buffer alt;  /* of the image being read */
    kdb_inline *inlines;
    size_t count, capacity;
    uint32_t line, run_line;
    unsigned style;       /* of Markdown */
    unsigned html[8];     /* depth of <b>, <i>, <sub>, <sup>, <code> */
    const kdb_link *link; /* of Markdown or HTML */
    unsigned run_style;
    const kdb_link *run_link;
} kdb_inline_builder;

void kdb_inlines_begin(kdb_inline_builder *builder, uint32_t line);
/* `text` lives as long as the arena. */
void kdb_inlines_text(kdb_inline_builder *builder, kdbib_str text);
void kdb_inlines_break(kdb_inline_builder *builder, bool hard);
void kdb_inlines_image(kdb_inline_builder *builder, kdbib_str text, kdbib_str url);
/* Makes the inlines those of `block`. */
void kdb_inlines_end(kdb_inline_builder *builder, kdb_block *block);

/* Parses `piece` into the builder's arena (which cmark uses too). The builder is used for one piece
 * after the other: begin with {.arena = …}, and free it at the end. False: memory is out. */
bool kdb_document_parse(kdb_inline_builder *builder, const kdb_piece *piece, kdb_block **document);
void kdb_inline_builder_free(kdb_inline_builder *builder);

#endif
