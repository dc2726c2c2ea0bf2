/* HTML, by gumbo, which reads as browsers do: no error, one script and one style (the page's own),
 * no handler, no link to anything that runs. */
#include <gumbo.h>
#include <strings.h>

#include "reread.h"

typedef struct reading {
    reread *result;
    size_t scripts, styles;
} reading;

static void add_text(const GumboNode *node, kdb_buffer *text) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        kdb_buffer_add_str(text, kdbib_str_of(node->v.text.text));
    else if (node->type == GUMBO_NODE_ELEMENT)
        for (unsigned i = 0; i < node->v.element.children.length; i++)
            add_text(node->v.element.children.data[i], text);
}

static void check_attribute(const GumboAttribute *attribute, reread *result) {
    if (strncasecmp(attribute->name, "on", 2) == 0)
        reread_refuse(result, "a handler, %s", attribute->name);
    if ((strcasecmp(attribute->name, "href") == 0 || strcasecmp(attribute->name, "src") == 0 ||
         strcasecmp(attribute->name, "action") == 0) &&
        !reread_is_harmless_url(attribute->value))
        reread_refuse(result, "a link to %.60s", attribute->value);
}

static bool has_class(const GumboElement *element, const char *name) {
    const GumboAttribute *class = gumbo_get_attribute(&element->attributes, "class");
    return class && strcmp(class->value, name) == 0;
}

/* The walk goes as deep as the page does: kdbib's own nesting, which a title cannot change. */
static void walk(const GumboNode *node, unsigned depth, reading *r) {
    static const GumboTag never[] = {GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_EMBED,
                                     GUMBO_TAG_IMG, GUMBO_TAG_BASE};
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    if (depth > 60) {
        reread_refuse(r->result, "deeper than a page is");
        return;
    }
    const GumboElement *element = &node->v.element;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (element->tag == never[i])
            reread_refuse(r->result, "an element <%s>", gumbo_normalized_tagname(element->tag));
    r->scripts += element->tag == GUMBO_TAG_SCRIPT;
    r->styles += element->tag == GUMBO_TAG_STYLE;
    for (unsigned i = 0; i < element->attributes.length; i++)
        check_attribute(element->attributes.data[i], r->result);
    if (element->tag == GUMBO_TAG_P && has_class(element, "title")) {
        kdb_buffer text = {0};
        add_text(node, &text);
        reread_title(r->result, kdb_buffer_str(&text).data, text.size);
        kdb_buffer_free(&text);
    }
    for (unsigned i = 0; i < element->children.length; i++)
        walk(element->children.data[i], depth + 1, r);
}

bool reread_html(kdbib_str text, reread *result) {
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 1;
    GumboOutput *page = gumbo_parse_with_options(&options, text.data, text.size);
    reading r = {.result = result};
    if (page->errors.length)
        reread_refuse(result, "the parser found an error");
    walk(page->root, 0, &r);
    if (r.scripts != 1 || r.styles != 1)
        reread_refuse(result, "%zu scripts, %zu styles", r.scripts, r.styles);
    gumbo_destroy_output(&options, page);
    return true;
}
