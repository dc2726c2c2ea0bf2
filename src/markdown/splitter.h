/* Cuts a Markdown text into pieces that cmark can read one by one: between top-level blocks,
 * between the items of a long list, between the rows of a long table. So memory stays small and no
 * block can cost more than its share. */
#ifndef KDB_SPLITTER_H
#define KDB_SPLITTER_H

#include <stdint.h>

#include "base/buffer.h"
#include "kdbib/kdbib.h"
#include "markdown/references.h"

/* A piece: `text` is what cmark reads. Its first `prefix_lines` lines are no part of this place of
 * the list (link definitions, a table's header said again); the line after them is `line`. */
typedef struct kdb_piece {
    kdbib_str text;
    uint32_t line, prefix_lines;
} kdb_piece;

typedef struct kdb_splitter {
    kdbib *context;
    const char *file;
    kdbib_str source;
    kdb_references *references;
    size_t soon;       /* bytes of a piece that may end at a heading */
    kdb_buffer buffer; /* of the piece, when it is no view of `source` */
    size_t at;         /* begin of the next line */
    uint32_t line;     /* its number */

    char fence; /* '`' or '~' inside a fenced block */
    size_t fence_size;
    const char *html_end; /* what ends the HTML block we are in */
    bool after_blank, in_list;
    kdbib_str last_line;                 /* the line before, for a table's header */
    kdbib_str table_header, table_rule;  /* of the table we are in; empty: none */
    size_t table_columns, missing_cells; /* cells that rows lack, over the whole text */
    size_t specials;                     /* `[`, `<` and such since the leaf block began */
} kdb_splitter;

/* `source` must be decoded text; it and `references` outlive the splitter. */
void kdb_splitter_init(kdb_splitter *splitter, kdbib *context, const char *file, kdbib_str source,
                       kdb_references *references);
/* The next piece, valid until the next call. False at the end, or when memory is out (then
 * kdb_splitter_failed() is true). */
bool kdb_splitter_next(kdb_splitter *splitter, kdb_piece *piece);
/* Where what further pieces need of the source begins. */
size_t kdb_splitter_needs_from(const kdb_splitter *splitter);
static inline bool kdb_splitter_failed(const kdb_splitter *splitter) {
    return splitter->buffer.failed;
}
void kdb_splitter_free(kdb_splitter *splitter);

#endif
