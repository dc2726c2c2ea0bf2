/* The inlines of a leaf: flat runs of text with their style and link. */
#include "markdown/inlines.h"

#include "base/strings.h"
#include "markdown/html.h"

void kdb_inlines_begin(kdb_inline_builder *b, uint32_t line) {
    *b = (kdb_inline_builder){.arena = b->arena, .text = b->text, .alt = b->alt, .line = line};
    kdb_buffer_clear(&b->text);
}

static kdb_inline *add(kdb_inline_builder *b) {
    kdb_inline *inlines =
        kdb_arena_grow(b->arena, b->inlines, b->count, &b->capacity, sizeof *inlines);
    if (!inlines)
        return NULL;
    b->inlines = inlines;
    return &b->inlines[b->count++];
}

static unsigned style_of(const kdb_inline_builder *b) {
    static const unsigned bits[] = {KDBIB_BOLD, KDBIB_ITALIC, KDBIB_SUB, KDBIB_SUP, KDBIB_CODE};
    unsigned style = b->style;
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        if (b->html[i])
            style |= bits[i];
    return style;
}

static void add_run(kdb_inline_builder *b, kdbib_str text, const kdb_link *link) {
    kdb_inline *run = text.size ? add(b) : NULL;
    if (run)
        *run = (kdb_inline){.kind = KDB_INLINE_TEXT,
                            .style = b->run_style,
                            .line = b->run_line,
                            .text = text,
                            .link = link};
}

static bool ends_url(unsigned char c) {
    return c <= ' ' || c == '<' || c == '>' || c == '"' || c == '|' || c == '`' || c == '{' ||
           c == '}' || c == '\\' || c == '^';
}

/* Where a URL that begins at `from` ends: without the punctuation of the sentence around it. */
static size_t url_end(kdbib_str text, size_t from) {
    size_t end = from, open = 0, brackets = 0;
    while (end < text.size && !ends_url((unsigned char)text.data[end])) {
        char c = text.data[end];
        /* a full-width mark of a CJK sentence */
        if ((unsigned char)c == 0xEF && end + 1 < text.size &&
            (unsigned char)text.data[end + 1] == 0xBC)
            break;
        if ((unsigned char)c == 0xE3 && end + 1 < text.size &&
            (unsigned char)text.data[end + 1] == 0x80)
            break;
        if (c == '(')
            open++;
        else if (c == ')' && open-- == 0)
            break;
        else if (c == '[')
            brackets++;
        else if (c == ']' && brackets-- == 0)
            break;
        end++;
    }
    while (end > from && kdb_is_one_of(text.data[end - 1], ".,;:!?'*_~"))
        end--;
    return end;
}

/* Begin of the next bare URL at or after `from`, or SIZE_MAX. */
static size_t find_url(kdbib_str text, size_t from) {
    for (size_t at = from; (at = kdb_find(text, KDBIB_STR("://"), at)) != SIZE_MAX; at += 3) {
        if (at >= from + 5 && memcmp(text.data + at - 5, "https", 5) == 0)
            return at - 5;
        if (at >= from + 4 && memcmp(text.data + at - 4, "http", 4) == 0)
            return at - 4;
        if (at >= from + 3 && memcmp(text.data + at - 3, "ftp", 3) == 0)
            return at - 3;
    }
    return SIZE_MAX;
}

static void flush(kdb_inline_builder *b) {
    kdbib_str text = b->run;
    if (text.size == 0)
        return;
    if (b->text.size) {
        text = kdb_arena_copy(b->arena, kdb_buffer_str(&b->text));
        kdb_buffer_clear(&b->text);
    }
    b->run.size = 0;
    size_t from = 0, url;
    if (!b->run_link && !(b->run_style & KDBIB_CODE))
        while ((url = find_url(text, from)) != SIZE_MAX) {
            size_t end = url_end(text, url);
            kdb_link *link = kdb_arena_array(b->arena, 1, sizeof *link);
            if (!link)
                return;
            link->url = kdb_arena_copy(b->arena, kdb_slice(text, url, end));
            link->bare = true;
            add_run(b, kdb_slice(text, from, url), NULL);
            add_run(b, kdb_slice(text, url, end), link);
            from = end;
        }
    add_run(b, kdb_slice(text, from, text.size), b->run_link);
}

void kdb_inlines_text(kdb_inline_builder *b, kdbib_str text) {
    unsigned style = style_of(b);
    if (b->run.size && (b->run_style != style || b->run_link != b->link))
        flush(b);
    if (b->run.size == 0) { /* most runs have one text */
        b->run_style = style;
        b->run_link = b->link;
        b->run_line = b->line;
        b->run = text;
        return;
    }
    if (b->text.size == 0)
        kdb_buffer_add_str(&b->text, b->run);
    kdb_buffer_add_str(&b->text, text);
}

void kdb_inlines_break(kdb_inline_builder *b, bool hard) {
    flush(b);
    kdb_inline *run = add(b);
    if (run)
        *run = (kdb_inline){.kind = hard ? KDB_INLINE_BREAK : KDB_INLINE_SOFT_BREAK,
                            .style = style_of(b),
                            .line = b->line,
                            .link = b->link};
}

void kdb_inlines_image(kdb_inline_builder *b, kdbib_str text, kdbib_str url) {
    flush(b);
    kdb_inline *run = add(b);
    if (run)
        *run = (kdb_inline){.kind = KDB_INLINE_IMAGE,
                            .style = style_of(b),
                            .line = b->line,
                            .text = text,
                            .url = url,
                            .link = b->link};
}

void kdb_inlines_end(kdb_inline_builder *b, kdb_block *block) {
    flush(b);
    block->inlines = b->inlines;
    block->inline_count = b->count;
}

/* State of a walk over the nodes of a leaf. */
typedef struct walk {
    unsigned bold, italic;
    unsigned image; /* depth inside images: their text is the alternative text */
} walk;

static void enter(kdb_inline_builder *b, walk *w, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    if (w->image) {
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            kdb_buffer_add_str(&b->alt, kdbib_str_of(cmark_node_get_literal(node)));
        else if (type == CMARK_NODE_IMAGE)
            w->image++;
        return;
    }
    if (type == CMARK_NODE_TEXT) {
        kdb_inlines_text(b, kdbib_str_of(cmark_node_get_literal(node)));
    } else if (type == CMARK_NODE_CODE) {
        unsigned style = b->style;
        b->style |= KDBIB_CODE;
        kdb_inlines_text(b, kdbib_str_of(cmark_node_get_literal(node)));
        b->style = style;
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
        kdb_inlines_break(b, type == CMARK_NODE_LINEBREAK);
        b->line++;
    } else if (type == CMARK_NODE_HTML_INLINE) {
        kdb_html_inline(b, kdbib_str_of(cmark_node_get_literal(node)));
    } else if (type == CMARK_NODE_STRONG || type == CMARK_NODE_EMPH) {
        b->style |= type == CMARK_NODE_STRONG ? KDBIB_BOLD : KDBIB_ITALIC;
        (*(type == CMARK_NODE_STRONG ? &w->bold : &w->italic))++;
    } else if (type == CMARK_NODE_LINK) {
        kdb_link *link = kdb_arena_array(b->arena, 1, sizeof *link);
        if (link) {
            link->url = kdb_trim(kdbib_str_of(cmark_node_get_url(node)));
            cmark_node *child = cmark_node_first_child(node);
            link->bare = child && !cmark_node_next(child) &&
                         cmark_node_get_type(child) == CMARK_NODE_TEXT &&
                         kdbib_str_equal(kdbib_str_of(cmark_node_get_literal(child)), link->url);
        }
        b->link = link;
    } else if (type == CMARK_NODE_IMAGE) {
        w->image++;
        kdb_buffer_clear(&b->alt);
    }
}

static void leave(kdb_inline_builder *b, walk *w, cmark_node *node) {
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_IMAGE) {
        if (--w->image == 0)
            kdb_inlines_image(b, kdb_arena_copy(b->arena, kdb_buffer_str(&b->alt)),
                              kdbib_str_of(cmark_node_get_url(node)));
    } else if (w->image) {
        return;
    } else if (type == CMARK_NODE_STRONG) {
        if (--w->bold == 0)
            b->style &= ~(unsigned)KDBIB_BOLD;
    } else if (type == CMARK_NODE_EMPH) {
        if (--w->italic == 0)
            b->style &= ~(unsigned)KDBIB_ITALIC;
    } else if (type == CMARK_NODE_LINK) {
        flush(b);
        b->link = NULL;
    }
}

void kdb_inlines_of_node(kdb_inline_builder *b, kdb_block *block, cmark_node *node) {
    kdb_inlines_begin(b, block->line);
    walk w = {0};
    cmark_node *at = cmark_node_first_child(node);
    while (at) {
        enter(b, &w, at);
        cmark_node *down = cmark_node_first_child(at);
        while (!down && at && at != node) {
            leave(b, &w, at);
            if ((down = cmark_node_next(at)) == NULL)
                at = cmark_node_parent(at);
        }
        at = at == node ? NULL : down;
    }
    kdb_inlines_end(b, block);
}

void kdb_inline_builder_free(kdb_inline_builder *b) {
    kdb_buffer_free(&b->text);
    kdb_buffer_free(&b->alt);
}
