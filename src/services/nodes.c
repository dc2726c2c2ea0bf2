/* Reading XML answers. */
#include "services/nodes.h"

#include <limits.h>

#include <libxml/parser.h>

#include "base/buffer.h"

static void silent(void *user, xmlErrorPtr error) {
    (void)user, (void)error;
}

xmlDoc *kdb_node_load(kdb_answer *answer, kdbib_str body) {
    xmlDoc *document = NULL;
    xmlParserCtxt *parser = body.size <= INT_MAX ? xmlNewParserCtxt() : NULL;
    if (parser) {
        xmlSetStructuredErrorFunc(parser, silent);
        document = xmlCtxtReadMemory(parser, body.data, (int)body.size, NULL, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                         XML_PARSE_NOCDATA);
        xmlFreeParserCtxt(parser);
        xmlSetStructuredErrorFunc(NULL, NULL);
    }
    if (!document || !xmlDocGetRootElement(document))
        answer->problem = "the answer is no XML";
    return document;
}

bool kdb_node_is(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

xmlNode *kdb_node_next(xmlNode *node, const char *name) {
    while (node && !kdb_node_is(node, name))
        node = node->next;
    return node;
}

xmlNode *kdb_node_child(xmlNode *node, const char *name) {
    return node ? kdb_node_next(node->children, name) : NULL;
}

/* The node after `node` in document order, within `root`. */
static xmlNode *following(xmlNode *node, const xmlNode *root, bool enter) {
    if (enter && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

xmlNode *kdb_node_find(xmlNode *root, const char *name) {
    for (xmlNode *node = root; node; node = following(node, root, true))
        if (kdb_node_is(node, name))
            return node;
    return NULL;
}

static const char *inline_tag(const xmlNode *node) {
    static const char *const names[] = {"i", "b", "sub", "sup", "em", "italic", "bold", "sc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdb_node_is(node, names[i]))
            return names[i];
    return NULL;
}

static void add_escaped(kdb_buffer *out, const char *text) {
    for (; *text; text++)
        if (*text == '<')
            kdb_buffer_add_str(out, KDBIB_STR("&lt;"));
        else if (*text == '&')
            kdb_buffer_add_str(out, KDBIB_STR("&amp;"));
        else
            kdb_buffer_add_char(out, *text);
}

static void add_tag(kdb_buffer *out, const char *open, const char *name) {
    kdb_buffer_add_str(out, kdbib_str_of(open));
    kdb_buffer_add_str(out, kdbib_str_of(name));
    kdb_buffer_add_char(out, '>');
}

kdbib_str kdb_node_text(kdb_answer *answer, xmlNode *root, bool markup) {
    kdb_buffer out = {0};
    xmlNode *node = root;
    while (node) {
        if ((node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) &&
            node->content) {
            if (markup)
                add_escaped(&out, (const char *)node->content);
            else
                kdb_buffer_add_str(&out, kdbib_str_of((const char *)node->content));
        } else if (markup && node != root && inline_tag(node)) {
            add_tag(&out, "<", inline_tag(node));
        }
        if (node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        for (;;) {
            if (markup && node != root && node->type == XML_ELEMENT_NODE && inline_tag(node))
                add_tag(&out, "</", inline_tag(node));
            if (node == root || node->next)
                break;
            node = node->parent;
        }
        node = node == root ? NULL : node->next;
    }
    if (out.failed)
        answer->arena->failed = true;
    kdbib_str text = kdb_arena_copy(answer->arena, kdb_buffer_str(&out));
    kdb_buffer_free(&out);
    return text;
}

kdbib_str kdb_node_child_text(kdb_answer *answer, xmlNode *node, const char *name) {
    xmlNode *child = kdb_node_child(node, name);
    return child ? kdb_node_text(answer, child, false) : (kdbib_str){NULL, 0};
}

kdbib_str kdb_node_attribute(kdb_answer *answer, xmlNode *node, const char *name) {
    xmlChar *value = node ? xmlGetNoNsProp(node, (const xmlChar *)name) : NULL;
    kdbib_str copy = {NULL, 0};
    if (value)
        copy = kdb_arena_copy(answer->arena, kdbib_str_of((const char *)value));
    xmlFree(value);
    return copy;
}
