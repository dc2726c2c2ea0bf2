/* Markdown, by cmark-gfm: headings, and lists of which each item begins with its title in bold; no
 * HTML but the few tags of titles, no image, no link to anything that runs. */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "reread.h"

static void check(cmark_node *node, reread *result) {
    static const char *const allowed[] = {"<em>",  "</em>",  "<sub>",  "</sub>",
                                          "<sup>", "</sup>", "<code>", "</code>"};
    const char *type = cmark_node_get_type_string(node);
    if (strcmp(type, "html_inline") == 0) {
        for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
            if (strcmp(cmark_node_get_literal(node), allowed[i]) == 0)
                return;
        reread_refuse(result, "HTML: %.60s", cmark_node_get_literal(node));
    } else if (strcmp(type, "link") == 0) {
        if (!reread_is_harmless_url(cmark_node_get_url(node)))
            reread_refuse(result, "a link to %.60s", cmark_node_get_url(node));
    } else if (strcmp(type, "html_block") == 0 || strcmp(type, "image") == 0 ||
               strcmp(type, "table") == 0 || strcmp(type, "code_block") == 0 ||
               strcmp(type, "block_quote") == 0 || strcmp(type, "thematic_break") == 0) {
        reread_refuse(result, "line %d: %s", cmark_node_get_start_line(node), type);
    }
}

static void add_text(cmark_node *strong, kdb_buffer *text) {
    cmark_iter *iter = cmark_iter_new(strong);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
            kdb_buffer_add_str(text, kdbib_str_of(cmark_node_get_literal(node)));
    }
    cmark_iter_free(iter);
}

static void read_item(cmark_node *item, reread *result) {
    cmark_node *paragraph = cmark_node_first_child(item);
    cmark_node *strong = paragraph ? cmark_node_first_child(paragraph) : NULL;
    kdb_buffer text = {0};
    if (strong && cmark_node_get_type(strong) == CMARK_NODE_STRONG)
        add_text(strong, &text);
    else
        reread_refuse(result, "line %d: no title", cmark_node_get_start_line(item));
    reread_title(result, kdb_buffer_str(&text).data, text.size);
    kdb_buffer_free(&text);
}

bool reread_markdown(kdbib_str text, reread *result) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    static const char *const names[] = {"table", "strikethrough", "autolink", "tagfilter"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, text.data, text.size);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node *node = cmark_iter_get_node(iter);
        check(node, result);
        if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
            read_item(node, result);
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return true;
}
