/* The HTML that people put into Markdown: tags between the words, and whole blocks. */
#include "markdown/html.h"

#include <utf8proc.h>

#include "base/strings.h"

#define LONGEST_TAG 8192

static bool is_name(char c) {
    return kdb_is_alnum(c) || c == '-' || c == ':' || c == '_';
}

static void set_attribute(kdb_tag *tag, kdbib_str name, kdbib_str value) {
    if (kdb_equal_nocase(name, KDBIB_STR("href")))
        tag->href = kdb_trim(value);
    else if (kdb_equal_nocase(name, KDBIB_STR("src")))
        tag->src = kdb_trim(value);
    else if (kdb_equal_nocase(name, KDBIB_STR("alt")))
        tag->alt = value;
}

/* The attributes that begin at `i`; returns where the tag ends, or 0. */
static size_t read_attributes(kdb_tag *tag, kdbib_str text, size_t i) {
    while (i < text.size && i < LONGEST_TAG) {
        char c = text.data[i];
        if (c == '>')
            return i + 1;
        if (!is_name(c)) {
            i++;
            continue;
        }
        size_t from = i;
        while (i < text.size && is_name(text.data[i]))
            i++;
        kdbib_str name = kdb_slice(text, from, i), value = {NULL, 0};
        while (i < text.size && kdb_is_space(text.data[i]))
            i++;
        if (i < text.size && text.data[i] == '=') {
            i++;
            while (i < text.size && kdb_is_space(text.data[i]))
                i++;
            if (i < text.size && (text.data[i] == '"' || text.data[i] == '\'')) {
                char quote = text.data[i];
                size_t end = ++i;
                while (end < text.size && end - i < LONGEST_TAG && text.data[end] != quote)
                    end++;
                value = kdb_slice(text, i, end);
                i = end + 1;
            } else {
                from = i;
                while (i < text.size && !kdb_is_space(text.data[i]) && text.data[i] != '>')
                    i++;
                value = kdb_slice(text, from, i);
            }
        }
        set_attribute(tag, name, value);
    }
    return 0;
}

kdb_tag kdb_tag_read(kdbib_str text) {
    kdb_tag tag = {0};
    if (text.size < 3 || text.data[0] != '<')
        return tag;
    if (kdb_starts_with(text, KDBIB_STR("<!--"))) {
        size_t end = kdb_find(text, KDBIB_STR("-->"), 4);
        tag.size = end == SIZE_MAX ? text.size : end + 3;
        return tag;
    }
    if (text.data[1] == '!' || text.data[1] == '?') {
        size_t end = kdb_find_char(kdb_slice(text, 0, LONGEST_TAG), '>', 2);
        tag.size = end == SIZE_MAX ? 0 : end + 1;
        return tag;
    }
    size_t i = 1;
    if (text.data[1] == '/') {
        tag.closing = true;
        i++;
    }
    size_t from = i;
    if (i >= text.size || !kdb_is_alpha(text.data[i]))
        return tag;
    while (i < text.size && kdb_is_alnum(text.data[i]))
        i++;
    tag.name = kdb_slice(text, from, i);
    tag.size = read_attributes(&tag, text, i);
    return tag;
}

static bool is_called(const kdb_tag *tag, const char *name) {
    return kdb_equal_nocase(tag->name, kdbib_str_of(name));
}

kdbib_str kdb_html_decode(kdb_arena *arena, kdbib_str text) {
    static const struct {
        const char *name;
        unsigned code_point;
    } entities[] = {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},       {"quot", '"'},
                    {"apos", '\''},    {"nbsp", ' '},     {"ndash", 0x2013}, {"mdash", 0x2014},
                    {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
                    {"hellip", 0x2026}};
    if (kdb_find_char(text, '&', 0) == SIZE_MAX)
        return text;
    kdb_buffer out = {0};
    for (size_t i = 0; i < text.size; i++) {
        size_t end =
            text.data[i] == '&' ? kdb_find_char(kdb_slice(text, 0, i + 12), ';', i) : SIZE_MAX;
        unsigned code_point = 0;
        kdbib_str name = end == SIZE_MAX ? (kdbib_str){NULL, 0} : kdb_slice(text, i + 1, end);
        if (name.size > 1 && name.data[0] == '#') {
            bool hex = name.data[1] == 'x' || name.data[1] == 'X';
            for (size_t k = hex ? 2 : 1; k < name.size && code_point < 0x110000; k++) {
                char c = kdb_to_lower(name.data[k]);
                if (kdb_is_digit(c))
                    code_point = code_point * (hex ? 16 : 10) + (unsigned)(c - '0');
                else if (hex && c >= 'a' && c <= 'f')
                    code_point = code_point * 16 + (unsigned)(c - 'a' + 10);
                else
                    code_point = 0x110000;
            }
            if (code_point >= 0x110000 || code_point < ' ' ||
                (code_point >= 0xD800 && code_point < 0xE000))
                code_point = 0;
        } else {
            for (size_t k = 0; name.size && k < sizeof entities / sizeof *entities; k++)
                if (kdbib_str_equal(name, kdbib_str_of(entities[k].name)))
                    code_point = entities[k].code_point;
        }
        if (code_point) {
            kdb_buffer_add_code_point(&out, code_point);
            i = end;
        } else {
            kdb_buffer_add_char(&out, text.data[i]);
        }
    }
    if (out.failed)
        arena->failed = true;
    kdbib_str result = kdb_arena_copy(arena, kdb_buffer_str(&out));
    kdb_buffer_free(&out);
    return result;
}

static void apply(kdb_inline_builder *b, const kdb_tag *tag) {
    static const struct {
        const char *name;
        unsigned slot;
    } styles[] = {{"b", 0},   {"strong", 0}, {"i", 1},    {"em", 1},
                  {"sub", 2}, {"sup", 3},    {"code", 4}, {"tt", 4}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (is_called(tag, styles[i].name)) {
            if (!tag->closing)
                b->html[styles[i].slot]++;
            else if (b->html[styles[i].slot])
                b->html[styles[i].slot]--;
            return;
        }
    if (is_called(tag, "br")) {
        kdb_inlines_break(b, true);
    } else if (is_called(tag, "img") && !tag->closing) {
        kdb_inlines_image(b, kdb_html_decode(b->arena, tag->alt),
                          kdb_html_decode(b->arena, tag->src));
    } else if (is_called(tag, "a")) {
        if (tag->closing) {
            kdb_inlines_text(b, (kdbib_str){"", 0});
            b->link = NULL;
        } else if (tag->href.size) {
            kdb_link *link = kdb_arena_array(b->arena, 1, sizeof *link);
            if (link)
                link->url = kdb_html_decode(b->arena, tag->href);
            b->link = link;
        }
    }
}

void kdb_html_inline(kdb_inline_builder *b, kdbib_str literal) {
    kdb_tag tag = kdb_tag_read(literal);
    if (tag.size)
        apply(b, &tag);
    for (size_t i = 0; i < literal.size; i++)
        b->line += literal.data[i] == '\n';
}

/* A walk through the text of an HTML block. */
typedef struct html_walk {
    kdb_inline_builder *b;
    kdb_block *block, *place; /* where the next leaf goes */
    kdb_block_kind kind;      /* of the next leaf */
    uint8_t level;
    bool summary, open;
    uint32_t line;
} html_walk;

static void close_leaf(html_walk *w) {
    if (!w->open)
        return;
    w->open = false;
    kdb_block *leaf = kdb_block_new(w->b->arena, w->place, w->kind, w->line);
    uint32_t line = w->b->line;
    const kdb_link *link = w->b->link;
    if (leaf) {
        kdb_inlines_end(w->b, leaf);
        leaf->level = w->level;
        leaf->summary = w->summary;
        if (leaf->inline_count) {
            leaf->line = leaf->inlines[0].line;
        } else if (leaf->kind != KDB_BLOCK_CELL) {
            if (leaf->previous)
                leaf->previous->next = NULL;
            else
                w->place->first = NULL;
            w->place->last = leaf->previous;
        }
        leaf->end_line = line;
    }
    kdb_inlines_begin(w->b, line);
    w->b->link = link;
}

static void add_words(html_walk *w, kdbib_str text) {
    /* HTML's white space: a run of it is one blank. */
    size_t from = 0;
    for (size_t i = 0; i <= text.size; i++) {
        if (i < text.size && !kdb_is_space(text.data[i]))
            continue;
        if (i > from) {
            kdb_inlines_text(w->b, kdb_html_decode(w->b->arena, kdb_slice(text, from, i)));
            w->open = true;
        }
        if (i < text.size && w->open && (i == 0 || !kdb_is_space(text.data[i - 1])))
            kdb_inlines_text(w->b, KDBIB_STR(" "));
        if (i < text.size && text.data[i] == '\n')
            w->b->line++;
        from = i + 1;
    }
}

static kdb_block *enclosing(html_walk *w, kdb_block_kind kind) {
    for (kdb_block *at = w->place; at && at != w->block; at = at->parent)
        if (at->kind == kind)
            return at;
    return NULL;
}

static void enter_block(html_walk *w, const kdb_tag *tag) {
    w->kind = KDB_BLOCK_PARAGRAPH;
    w->summary = false;
    w->level = 0;
    kdb_block *table = enclosing(w, KDB_BLOCK_TABLE), *row = enclosing(w, KDB_BLOCK_ROW);
    if (is_called(tag, "table")) {
        if (!tag->closing && !table)
            w->place = kdb_block_new(w->b->arena, w->block, KDB_BLOCK_TABLE, w->b->line);
        else if (tag->closing)
            w->place = w->block;
    } else if (is_called(tag, "tr")) {
        if (!tag->closing && table)
            w->place = kdb_block_new(w->b->arena, table, KDB_BLOCK_ROW, w->b->line);
        else if (table)
            w->place = table;
    } else if ((is_called(tag, "td") || is_called(tag, "th")) && row) {
        if (!tag->closing) {
            w->kind = KDB_BLOCK_CELL;
            w->open = true;
            row->header = row->header || is_called(tag, "th");
        }
    } else if (is_called(tag, "summary")) {
        w->summary = !tag->closing;
    } else if (tag->name.size == 2 && kdb_to_lower(tag->name.data[0]) == 'h' &&
               tag->name.data[1] >= '1' && tag->name.data[1] <= '6' && !tag->closing && !row) {
        w->kind = KDB_BLOCK_HEADING;
        w->level = (uint8_t)(tag->name.data[1] - '0');
    } else if (is_called(tag, "li") && !row) {
        w->place = tag->closing ? w->block
                                : kdb_block_new(w->b->arena, w->block, KDB_BLOCK_ITEM, w->b->line);
    }
    if (!w->place)
        w->place = w->block;
}

static bool is_block_tag(const kdb_tag *tag) {
    static const char *const names[] = {
        "p",     "div",    "summary",    "details", "h1",    "h2", "h3", "h4", "h5",
        "h6",    "ul",     "ol",         "li",      "table", "tr", "td", "th", "thead",
        "tbody", "center", "blockquote", "hr",      "dl",    "dt", "dd"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_called(tag, names[i]))
            return true;
    return false;
}

/* <pre>: the text to </pre> is a code block. Returns its size. */
static size_t add_code(html_walk *w, kdbib_str text) {
    size_t end = 0;
    while (end < text.size &&
           !kdb_starts_with_nocase(kdb_slice(text, end, end + 6), KDBIB_STR("</pre>")))
        end++;
    kdb_block *code = kdb_block_new(w->b->arena, w->place, KDB_BLOCK_CODE, w->b->line);
    kdbib_str body = kdb_slice(text, 0, end);
    if (kdb_starts_with_nocase(body, KDBIB_STR("<code")))
        body = kdb_slice(body, kdb_tag_read(body).size, body.size);
    size_t tail = kdb_find(body, KDBIB_STR("</code>"), 0);
    if (code)
        code->literal = kdb_html_decode(w->b->arena, kdb_slice(body, 0, tail));
    for (size_t i = 0; i < end; i++)
        w->b->line += text.data[i] == '\n';
    if (code)
        code->end_line = w->b->line;
    return end;
}

void kdb_html_block(kdb_inline_builder *b, kdb_block *block, kdbib_str literal) {
    html_walk w = {.b = b, .block = block, .place = block, .kind = KDB_BLOCK_PARAGRAPH};
    kdb_inlines_begin(b, block->line);
    for (size_t i = 0; i < literal.size && !kdb_arena_failed(b->arena);) {
        kdb_tag tag = kdb_tag_read(kdb_slice(literal, i, literal.size));
        if (tag.size == 0) {
            size_t next = kdb_find_char(literal, '<', i + 1);
            if (next == SIZE_MAX)
                next = literal.size;
            add_words(&w, kdb_slice(literal, i, next));
            i = next;
            continue;
        }
        kdbib_str spelt = kdb_slice(literal, i, i + tag.size);
        i += tag.size;
        if (is_called(&tag, "pre") && !tag.closing) {
            close_leaf(&w);
            i += add_code(&w, kdb_slice(literal, i, literal.size));
        } else if (is_block_tag(&tag)) {
            close_leaf(&w);
            enter_block(&w, &tag);
        } else {
            w.open = w.open || is_called(&tag, "img");
            if (w.open || !is_called(&tag, "br"))
                apply(b, &tag);
        }
        for (size_t k = 0; k < spelt.size; k++)
            b->line += spelt.data[k] == '\n';
    }
    close_leaf(&w);
}
