/* Titles as registries mark them up: one pass over the text. */
#include "services/markup.h"

#include "base/strings.h"

typedef struct cleaner {
    kdb_buffer *out;
    bool blank;      /* blanks are pending */
    bool line_break; /* and one of them was a line break: indentation of the registry's XML */
    bool math_gap;   /* a formula ended or begins: it stands apart from letters */
    char last;       /* last visible character */
    unsigned skip;   /* depth of elements whose text is left out */
} cleaner;

typedef struct tag {
    kdbib_str name; /* lower-case comparison, without its namespace prefix */
    bool closing, empty;
    size_t size; /* bytes from < to > */
} tag;

static const struct {
    const char *name, *become;
} tags[] = {
    {"i", "i"},     {"italic", "i"}, {"em", "i"},    {"b", "b"},
    {"bold", "b"},  {"strong", "b"}, {"sub", "sub"}, {"inf", "sub"},
    {"sup", "sup"}, {"sc", "sc"},    {"scp", "sc"},  {"small-caps", "sc"},
};

static bool is_word(char c) {
    return kdb_is_alnum(c) || (unsigned char)c >= 0x80;
}

/* A tag at text[at] == '<': a name, then anything up to '>'. */
static bool read_tag(kdbib_str text, size_t at, tag *t) {
    size_t from = at + 1;
    t->closing = from < text.size && text.data[from] == '/';
    from += t->closing;
    size_t name = from, end;
    if (name >= text.size || !kdb_is_alpha(text.data[name]))
        return false;
    for (end = name; end < text.size; end++) {
        char c = text.data[end];
        if (c == ':')
            name = end + 1;
        else if (!kdb_is_alnum(c) && c != '-' && c != '_')
            break;
    }
    size_t close = end;
    while (close < text.size && text.data[close] != '>' && text.data[close] != '<')
        close++;
    if (close >= text.size || text.data[close] != '>')
        return false;
    if (end < close && !kdb_is_space(text.data[end]) && text.data[end] != '/')
        return false;
    t->name = kdb_slice(text, name, end);
    t->empty = text.data[close - 1] == '/';
    t->size = close + 1 - at;
    return true;
}

static bool is(const tag *t, const char *name) {
    return kdb_equal_nocase(t->name, kdbib_str_of(name));
}

static void flush_blank(cleaner *c, char next) {
    bool drop = !c->out->size || !c->last;
    if (c->line_break && (memchr("([/", c->last ? c->last : '(', 3) || strchr(")],.;:/", next)))
        drop = true;
    if (c->blank && !drop)
        kdb_buffer_add_char(c->out, ' ');
    else if (!c->blank && c->math_gap && is_word(c->last) && is_word(next))
        kdb_buffer_add_char(c->out, ' ');
    c->blank = c->line_break = c->math_gap = false;
}

static void put(cleaner *c, char byte) {
    if (c->skip)
        return;
    flush_blank(c, byte);
    kdb_buffer_add_char(c->out, byte);
    c->last = byte;
}

/* True when a formula begins with an index on nothing ("MgB<msub><mrow/><mn>2</mn>"): it belongs to
 * the word before it. */
static bool begins_with_index(kdbib_str text, size_t at) {
    bool index = false;
    tag t;
    while (at < text.size) {
        if (kdb_is_space(text.data[at])) {
            at++;
            continue;
        }
        if (text.data[at] != '<' || !read_tag(text, at, &t))
            return false;
        if (is(&t, "msub") || is(&t, "msup") || is(&t, "msubsup"))
            index = true;
        else if (index)
            return t.empty ||
                   (at + t.size + 1 < text.size && memcmp(text.data + at + t.size, "</", 2) == 0);
        at += t.size;
    }
    return false;
}

static void put_tag(cleaner *c, kdbib_str text, size_t at, const tag *t) {
    if (is(t, "tex-math") || is(t, "annotation") || is(t, "xref") || is(t, "fn")) {
        if (!t->empty)
            c->skip = t->closing ? (c->skip ? c->skip - 1 : 0) : c->skip + 1;
        return;
    }
    if (c->skip)
        return;
    if (is(t, "math")) {
        c->math_gap = t->closing || !begins_with_index(text, at + t->size);
        return;
    }
    if (is(t, "subtitle") && !t->closing) {
        c->blank = false;
        kdb_buffer_add_str(c->out, KDBIB_STR(":"));
        c->last = ':';
        c->blank = true;
        return;
    }
    if (is(t, "br") || is(t, "break") || is(t, "p")) {
        c->blank = true;
        return;
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags && !t->empty; i++)
        if (is(t, tags[i].name)) {
            if (!t->closing && (c->blank || c->math_gap))
                flush_blank(c, 'x');
            kdb_buffer_add_str(c->out, t->closing ? KDBIB_STR("</") : KDBIB_STR("<"));
            kdb_buffer_add_str(c->out, kdbib_str_of(tags[i].become));
            kdb_buffer_add_char(c->out, '>');
            return;
        }
}

/* "&lt;scp&gt;": a tag that was escaped once too often. Gives the tag, unescaped, in `buffer`. */
static bool read_escaped_tag(kdbib_str text, size_t at, char *buffer, size_t room, tag *t,
                             size_t *size) {
    if (!kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("&lt;")))
        return false;
    size_t end = kdb_find(kdb_slice(text, at, at + room), KDBIB_STR("&gt;"), 4);
    if (end == SIZE_MAX || end - 4 + 2 > room)
        return false;
    buffer[0] = '<';
    memcpy(buffer + 1, text.data + at + 4, end - 4);
    buffer[end - 3] = '>';
    *size = end + 4;
    if (!read_tag((kdbib_str){buffer, end - 2}, 0, t) || t->size != end - 2)
        return false;
    if (is(t, "subtitle"))
        return true;
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (is(t, tags[i].name))
            return true;
    return false;
}

/* "&amp;lt;" stands for "&lt;". */
static bool is_double_escape(kdbib_str rest) {
    if (!kdb_starts_with(rest, KDBIB_STR("&amp;")))
        return false;
    size_t i = 5;
    while (i < rest.size && i < 16 && (kdb_is_alnum(rest.data[i]) || rest.data[i] == '#'))
        i++;
    return i > 6 && i < rest.size && rest.data[i] == ';';
}

void kdb_markup_clean(kdbib_str text, kdb_buffer *clean) {
    cleaner c = {.out = clean};
    char escaped[64];
    for (size_t i = 0; i < text.size;) {
        char byte = text.data[i];
        tag t;
        size_t size;
        if (kdb_is_space(byte)) {
            c.line_break |= byte == '\n';
            c.blank = true;
            i++;
        } else if (byte == '<' && read_tag(text, i, &t)) {
            put_tag(&c, text, i, &t);
            i += t.size;
        } else if (byte == '&' && read_escaped_tag(text, i, escaped, sizeof escaped, &t, &size)) {
            put_tag(&c, (kdbib_str){escaped, t.size}, 0, &t);
            i += size;
        } else if (byte == '&' && is_double_escape(kdb_slice(text, i, text.size))) {
            put(&c, '&');
            i += 5;
        } else {
            put(&c, byte);
            i++;
        }
    }
}
