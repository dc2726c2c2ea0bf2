/* What the readers of rich text share: the runs under construction and the open styles. */
#ifndef KDB_RICH_TEXT_PARSER_H
#define KDB_RICH_TEXT_PARSER_H

#include "text/rich_text.h"

#define KDB_RICH_DEPTH 64 /* styles inside styles; deeper ones have no effect */

typedef struct kdb_rich_open {
    unsigned style;   /* before it was opened */
    unsigned char by; /* the tag (see rich_text_tags.c), '{', or '}' for a brace that is text */
} kdb_rich_open;

typedef struct kdb_rich_parser {
    kdb_arena *arena;
    kdbib_str text;
    size_t at;
    bool latex;
    kdb_buffer run; /* text of the current run */
    unsigned style, run_style;
    kdbib_run *runs;
    size_t count, capacity;
    kdb_rich_open open[KDB_RICH_DEPTH];
    size_t depth;
    size_t closers[16]; /* closing tags of each kind that are still to come */
    uint32_t *braces;   /* of every `{`: where its `}` is; 0: nowhere. NULL: there are none */
} kdb_rich_parser;

/* Text in the current style. */
void kdb_rich_add(kdb_rich_parser *parser, kdbib_str text);
/* A whole run in a style of its own: math. */
void kdb_rich_add_run(kdb_rich_parser *parser, kdbib_str text, unsigned style);

/* The end: what was added becomes `text`, and the parser's own memory is freed. False: memory. */
bool kdb_rich_finish(kdb_rich_parser *parser, kdb_rich_text *text);

/* Each looks at what begins at `parser->at`; when it is theirs, they take it and say true. */
bool kdb_rich_take_tag(kdb_rich_parser *parser);
bool kdb_rich_take_entity(kdb_rich_parser *parser);
bool kdb_rich_take_math(kdb_rich_parser *parser);
bool kdb_rich_take_command(kdb_rich_parser *parser);
bool kdb_rich_take_brace(kdb_rich_parser *parser);

/* Counts the closing tags of the text, so that a tag that nobody closes is text. */
void kdb_rich_count_tags(kdb_rich_parser *parser);

/* How much of `text` would be read as a tag, an entity, or math; 0: nothing. */
size_t kdb_rich_tag_size(kdbib_str text);
size_t kdb_rich_entity_size(kdbib_str text, unsigned *code);
/* The size with its signs; `*inside` is the TeX. `before`: the character in front, or '\0'. */
size_t kdb_rich_math_size(kdbib_str text, char before, kdbib_str *inside);

#endif
