/* A piece of Markdown as a tree of blocks, out of cmark's tree. */
#include "markdown/document.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "markdown/html.h"
#include "markdown/inlines.h"
#include "markdown/memory.h"

#define DEEPEST 200

/* Exported by the extension, but in none of its headers. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

typedef struct builder {
    kdb_inline_builder *inlines;
    const kdb_piece *piece;
} builder;

kdb_block *kdb_block_new(kdb_arena *arena, kdb_block *parent, kdb_block_kind kind, uint32_t line) {
    kdb_block *block = kdb_arena_array(arena, 1, sizeof *block);
    if (!block)
        return NULL;
    block->kind = kind;
    block->line = block->end_line = line;
    block->parent = parent;
    if (parent) {
        block->previous = parent->last;
        if (parent->last)
            parent->last->next = block;
        else
            parent->first = block;
        parent->last = block;
    }
    return block;
}

static uint32_t line_of(const builder *b, int line) {
    uint32_t prefix = b->piece->prefix_lines;
    return (uint32_t)line > prefix ? b->piece->line + (uint32_t)line - 1 - prefix : 0;
}

static bool kind_of(cmark_node *node, kdb_block_kind *kind) {
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TABLE)
        *kind = KDB_BLOCK_TABLE;
    else if (type == CMARK_NODE_TABLE_ROW)
        *kind = KDB_BLOCK_ROW;
    else if (type == CMARK_NODE_TABLE_CELL)
        *kind = KDB_BLOCK_CELL;
    else if (type == CMARK_NODE_HEADING)
        *kind = KDB_BLOCK_HEADING;
    else if (type == CMARK_NODE_PARAGRAPH)
        *kind = KDB_BLOCK_PARAGRAPH;
    else if (type == CMARK_NODE_LIST)
        *kind = KDB_BLOCK_LIST;
    else if (type == CMARK_NODE_ITEM)
        *kind = KDB_BLOCK_ITEM;
    else if (type == CMARK_NODE_BLOCK_QUOTE)
        *kind = KDB_BLOCK_QUOTE;
    else if (type == CMARK_NODE_CODE_BLOCK)
        *kind = KDB_BLOCK_CODE;
    else if (type == CMARK_NODE_HTML_BLOCK)
        *kind = KDB_BLOCK_HTML;
    else if (type == CMARK_NODE_THEMATIC_BREAK)
        *kind = KDB_BLOCK_RULE;
    else
        return false;
    return true;
}

/* Puts the children of `block`, the last child of `parent`, in its place: what <details> or <div>
 * begin goes on in the blocks behind them. */
static void dissolve(kdb_block *parent, kdb_block *block) {
    parent->last = block->previous;
    if (block->previous)
        block->previous->next = NULL;
    else
        parent->first = NULL;
    if (!block->first)
        return;
    for (kdb_block *child = block->first; child; child = child->next)
        child->parent = parent;
    block->first->previous = parent->last;
    if (parent->last)
        parent->last->next = block->first;
    else
        parent->first = block->first;
    parent->last = block->last;
}

/* What was to be a link definition and is none. */
static bool stands_before_piece(const builder *b, cmark_node *block) {
    return (uint32_t)cmark_node_get_end_line(block) <= b->piece->prefix_lines;
}

static void add_children(builder *b, kdb_block *parent, cmark_node *node, int depth) {
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        kdb_block_kind kind;
        if (!kind_of(child, &kind) || (depth == 0 && stands_before_piece(b, child)))
            continue;
        uint32_t line =
            kind == KDB_BLOCK_CELL ? parent->line : line_of(b, cmark_node_get_start_line(child));
        kdb_block *block = kdb_block_new(b->inlines->arena, parent, kind, line);
        if (!block)
            return;
        block->end_line = line_of(b, cmark_node_get_end_line(child));
        if (kind == KDB_BLOCK_ITEM)
            block->column = (uint16_t)cmark_node_get_start_column(child);
        switch (kind) {
        case KDB_BLOCK_HEADING:
            block->level = (uint8_t)cmark_node_get_heading_level(child);
            kdb_inlines_of_node(b->inlines, block, child);
            break;
        case KDB_BLOCK_PARAGRAPH:
        case KDB_BLOCK_CELL:
            kdb_inlines_of_node(b->inlines, block, child);
            break;
        case KDB_BLOCK_HTML:
            kdb_html_block(b->inlines, block, kdbib_str_of(cmark_node_get_literal(child)));
            dissolve(parent, block);
            break;
        case KDB_BLOCK_CODE:
            block->literal = kdbib_str_of(cmark_node_get_literal(child));
            break;
        default:
            block->ordered =
                kind == KDB_BLOCK_LIST && cmark_node_get_list_type(child) == CMARK_ORDERED_LIST;
            block->header =
                kind == KDB_BLOCK_ROW && cmark_gfm_extensions_get_table_row_is_header(child) != 0;
            if (depth < DEEPEST)
                add_children(b, block, child, depth + 1);
        }
    }
}

static cmark_node *parse(kdbib_str text, cmark_syntax_extension *table) {
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, kdb_cmark_memory());
    if (table)
        cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_feed(parser, text.data, text.size);
    return cmark_parser_finish(parser);
}

bool kdb_document_parse(kdb_inline_builder *inlines, const kdb_piece *piece, kdb_block **document) {
    if (!kdb_cmark_register())
        return false;
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    kdb_arena *arena = inlines->arena;
    kdb_cmark_run run = {.arena = arena};
    *document = kdb_block_new(arena, NULL, KDB_BLOCK_DOCUMENT, piece->line);
    bool fine = false;
    kdb_cmark_begin(&run);
    if (*document && setjmp(run.out_of_memory) == 0) {
        cmark_node *root = parse(piece->text, table);
        builder b = {inlines, piece};
        add_children(&b, *document, root, 0);
        fine = true;
    }
    kdb_cmark_end(&run);
    return fine && !inlines->text.failed && !inlines->alt.failed && !kdb_arena_failed(arena);
}
