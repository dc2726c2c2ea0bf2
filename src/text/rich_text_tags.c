/* HTML in rich text: inline tags, entities, and math between dollars. */
#include "base/strings.h"
#include "text/html_names.h"
#include "text/rich_text_parser.h"

/* The tags that mean a style, and spans; their numbers are `by` and the places in `closers`. */
static const struct {
    const char *name;
    unsigned style;
} tags[] = {{"span", 0},
            {"i", KDBIB_ITALIC},
            {"em", KDBIB_ITALIC},
            {"b", KDBIB_BOLD},
            {"strong", KDBIB_BOLD},
            {"sub", KDBIB_SUB},
            {"sup", KDBIB_SUP},
            {"sc", KDBIB_SMALL_CAPS},
            {"code", KDBIB_CODE},
            {"tt", KDBIB_CODE},
            {"cite", KDBIB_ITALIC},
            {"scp", KDBIB_SMALL_CAPS},
            {"italic", KDBIB_ITALIC},
            {"bold", KDBIB_BOLD}};
#define TAGS (sizeof tags / sizeof *tags)

typedef struct tag {
    size_t size; /* with its angle brackets; 0: none */
    bool closing;
    kdbib_str name;
    kdbib_str attributes;
    size_t style_tag; /* index in tags, or TAGS */
} tag;

/* Is there an HTML element of that name? "List<T>" has none. */
static bool is_element(kdbib_str name) {
    char lower[16];
    if (name.size > sizeof lower)
        return false;
    for (size_t i = 0; i < name.size; i++)
        lower[i] = kdb_to_lower(name.data[i]);
    return kdb_html_is_element((kdbib_str){lower, name.size});
}

static tag tag_at(kdbib_str text) {
    tag t = {.style_tag = TAGS};
    if (text.size < 3 || text.data[0] != '<')
        return t;
    t.closing = text.data[1] == '/';
    size_t from = t.closing ? 2 : 1, at = from;
    while (at < text.size && at < 24 && kdb_is_alnum(text.data[at]))
        at++;
    if (at == from || !kdb_is_alpha(text.data[from]))
        return t;
    t.name = kdb_slice(text, from, at);
    size_t end = at;
    char quote = 0;
    while (end < text.size && end < 1000 && (quote || text.data[end] != '>')) {
        char c = text.data[end];
        if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else if (!quote && c == '<')
            return t;
        end++;
    }
    if (end >= text.size || text.data[end] != '>' ||
        !(at == end || kdb_is_space(text.data[at]) || text.data[at] == '/'))
        return t;
    for (size_t i = 0; i < TAGS; i++)
        if (kdb_equal_nocase(t.name, kdbib_str_of(tags[i].name)))
            t.style_tag = i;
    t.attributes = kdb_slice(text, at, end);
    if (t.style_tag < TAGS || is_element(t.name))
        t.size = end + 1;
    return t;
}

size_t kdb_rich_tag_size(kdbib_str text) {
    return tag_at(text).size;
}

void kdb_rich_count_tags(kdb_rich_parser *p) {
    for (size_t at = kdb_find_char(p->text, '<', 0); at != SIZE_MAX;
         at = kdb_find_char(p->text, '<', at + 1)) {
        tag t = tag_at(kdb_slice(p->text, at, p->text.size));
        if (t.size && t.closing && t.style_tag < TAGS)
            p->closers[t.style_tag]++;
    }
}

static unsigned style_of_span(kdbib_str attributes) {
    unsigned style = 0;
    if (kdb_find(attributes, KDBIB_STR("nocase"), 0) != SIZE_MAX)
        style |= KDBIB_NOCASE;
    if (kdb_find(attributes, KDBIB_STR("small-caps"), 0) != SIZE_MAX)
        style |= KDBIB_SMALL_CAPS;
    return style;
}

bool kdb_rich_take_tag(kdb_rich_parser *p) {
    tag t = tag_at(kdb_slice(p->text, p->at, p->text.size));
    if (!t.size)
        return false;
    if (t.style_tag == TAGS) { /* dropped; a line break is a blank */
        if (kdb_equal_nocase(t.name, KDBIB_STR("br")))
            kdb_rich_add(p, KDBIB_STR(" "));
        p->at += t.size;
        return true;
    }
    if (!t.closing) {
        if (!p->closers[t.style_tag])
            return false; /* never closed: "a <b> c" is text */
        if (p->depth < KDB_RICH_DEPTH) {
            p->open[p->depth++] = (kdb_rich_open){p->style, (unsigned char)t.style_tag};
            p->style |= t.style_tag ? tags[t.style_tag].style : style_of_span(t.attributes);
        }
        p->at += t.size;
        return true;
    }
    p->closers[t.style_tag]--;
    for (size_t i = p->depth; i > 0 && p->open[i - 1].by != '{' && p->open[i - 1].by != '}'; i--)
        if (p->open[i - 1].by == t.style_tag) {
            p->style = p->open[i - 1].style;
            p->depth = i - 1;
            break;
        }
    p->at += t.size;
    return true;
}

/* ---- entities ---- */

/* With its ampersand. */
#define LONGEST_ENTITY 12

size_t kdb_rich_entity_size(kdbib_str text, unsigned *code) {
    if (text.size < 3 || text.data[0] != '&')
        return 0;
    size_t at = 1;
    unsigned long value = 0;
    if (text.data[1] == '#') {
        bool hex = text.size > 3 && (text.data[2] == 'x' || text.data[2] == 'X');
        size_t from = hex ? 3 : 2;
        for (at = from; at < text.size && at < from + 8; at++) {
            char c = kdb_to_lower(text.data[at]);
            unsigned digit = kdb_is_digit(c)               ? (unsigned)(c - '0')
                             : hex && c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                           : 99;
            if (digit == 99)
                break;
            value = value * (hex ? 16 : 10) + digit;
        }
        /* no control characters, no halves of pairs */
        if (at == from || value < 0x20 || (value >= 0x7F && value < 0xA0) || value > 0x10FFFF ||
            (value >= 0xD800 && value <= 0xDFFF) || (value & 0xFFFE) == 0xFFFE)
            return 0;
    } else {
        while (at < text.size && at < LONGEST_ENTITY && kdb_is_alnum(text.data[at]))
            at++;
        if (at >= LONGEST_ENTITY || !(value = kdb_html_entity(kdb_slice(text, 1, at))))
            return 0;
    }
    if (at >= text.size || text.data[at] != ';')
        return 0;
    *code = (unsigned)value;
    return at + 1;
}

bool kdb_rich_take_entity(kdb_rich_parser *p) {
    unsigned code;
    size_t size = kdb_rich_entity_size(kdb_slice(p->text, p->at, p->text.size), &code);
    if (!size)
        return false;
    kdb_buffer one = {0};
    kdb_buffer_add_code_point(&one, code);
    if (one.failed)
        p->arena->failed = true;
    kdb_rich_add(p, kdb_buffer_str(&one));
    kdb_buffer_free(&one);
    p->at += size;
    return true;
}

/* ---- math ---- */

static bool has_tex(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (kdb_is_one_of(text.data[i], "\\^_{}=+<>"))
            return true;
    return false;
}

size_t kdb_rich_math_size(kdbib_str text, char before, kdbib_str *inside) {
    if (text.size < 3)
        return 0;
    if (text.data[0] == '\\' && text.data[1] == '(') {
        size_t close = 2;
        while (close + 1 < text.size && text.data[close] != '\\')
            close++;
        while (close + 1 < text.size && text.data[close + 1] != ')' &&
               text.data[close + 1] != '(') {
            close += 2; /* a command within */
            while (close + 1 < text.size && text.data[close] != '\\')
                close++;
        }
        if (close + 1 >= text.size || close == 2 || text.data[close + 1] == '(')
            return 0;
        *inside = kdb_slice(text, 2, close);
        return close + 2;
    }
    if (text.data[0] != '$' || before == '\\')
        return 0;
    size_t signs = text.data[1] == '$' ? 2 : 1;
    size_t close = signs;
    while (close < text.size && (text.data[close] != '$' || text.data[close - 1] == '\\'))
        close++;
    if (close + signs > text.size || close == signs || (signs == 2 && text.data[close + 1] != '$'))
        return 0;
    kdbib_str tex = kdb_slice(text, signs, close);
    char next = close + signs < text.size ? text.data[close + signs] : '\0';
    if (kdb_is_space(tex.data[0]) || kdb_is_space(tex.data[tex.size - 1]))
        return 0;
    if (kdb_is_digit(next) && !has_tex(tex))
        return 0;
    /* "$5 (in US$)" has no TeX in it */
    if (kdb_find_char(tex, ' ', 0) != SIZE_MAX && !has_tex(tex))
        return 0;
    if (tex.size > 2 && tex.data[0] == '`' && tex.data[tex.size - 1] == '`')
        tex = kdb_slice(tex, 1, tex.size - 1); /* GitHub's $`…`$ */
    *inside = tex;
    return close + signs;
}

bool kdb_rich_take_math(kdb_rich_parser *p) {
    kdbib_str inside;
    size_t size = kdb_rich_math_size(kdb_slice(p->text, p->at, p->text.size),
                                     p->at ? p->text.data[p->at - 1] : '\0', &inside);
    if (!size)
        return false;
    p->at += size;
    if (kdb_find_char(inside, '&', 0) == SIZE_MAX) {
        kdb_rich_add_run(p, inside, KDBIB_MATH);
        return true;
    }
    kdb_buffer tex = {0}; /* `&lt;` is one sign in there, too */
    for (size_t i = 0; i < inside.size;) {
        unsigned code;
        size_t entity = kdb_rich_entity_size(kdb_slice(inside, i, inside.size), &code);
        if (entity)
            kdb_buffer_add_code_point(&tex, code);
        else
            kdb_buffer_add_char(&tex, inside.data[i]);
        i += entity ? entity : 1;
    }
    if (tex.failed)
        p->arena->failed = true;
    kdb_rich_add_run(p, kdb_buffer_str(&tex), KDBIB_MATH);
    kdb_buffer_free(&tex);
    return true;
}
