/* Hayagriva, by libyaml: one document, a mapping of keys to mappings without anchors, aliases and
 * tags. */
#include <yaml.h>

#include "reread.h"

/* The first scalar that is a value in `node`: a formattable string may be a mapping. */
static const yaml_node_t *text_of(yaml_document_t *document, const yaml_node_t *node) {
    for (int depth = 0; node && node->type == YAML_MAPPING_NODE && depth < 4; depth++) {
        const yaml_node_pair_t *first = node->data.mapping.pairs.start;
        node = first < node->data.mapping.pairs.top ? yaml_document_get_node(document, first->value)
                                                    : NULL;
    }
    return node && node->type == YAML_SCALAR_NODE ? node : NULL;
}

static void add_title(const yaml_node_t *text, bool verbatim, reread *result) {
    kdb_buffer plain = {0};
    const char *bytes = (const char *)text->data.scalar.value;
    for (size_t i = 0; i < text->data.scalar.length; i++)
        if (verbatim || !strchr("{}", bytes[i]))
            kdb_buffer_add_char(&plain, bytes[i]);
    reread_title(result, kdb_buffer_str(&plain).data, plain.size);
    kdb_buffer_free(&plain);
}

static void read_entry(yaml_document_t *document, const yaml_node_t *entry, reread *result) {
    if (!entry || entry->type != YAML_MAPPING_NODE) {
        reread_refuse(result, "entry %zu is no mapping", result->count);
        return;
    }
    for (const yaml_node_pair_t *pair = entry->data.mapping.pairs.start;
         pair < entry->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(document, pair->key);
        const yaml_node_t *value = yaml_document_get_node(document, pair->value);
        if (!key || key->type != YAML_SCALAR_NODE)
            reread_refuse(result, "entry %zu: a key is no scalar", result->count);
        else if (strcmp((const char *)key->data.scalar.value, "title") == 0) {
            const yaml_node_t *text = text_of(document, value);
            if (text) {
                add_title(text, value->type == YAML_MAPPING_NODE, result);
                return;
            }
        }
    }
    reread_title(result, "", 0);
}

bool reread_hayagriva(kdbib_str text, reread *result) {
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser))
        return reread_refuse(result, "memory");
    yaml_parser_set_input_string(&parser, (const unsigned char *)text.data, text.size);
    if (!yaml_parser_load(&parser, &document)) {
        reread_refuse(result, "line %zu: %s", parser.problem_mark.line, parser.problem);
        yaml_parser_delete(&parser);
        return false;
    }
    const yaml_node_t *root = yaml_document_get_root_node(&document);
    if (root && root->type == YAML_MAPPING_NODE)
        for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start;
             pair < root->data.mapping.pairs.top; pair++)
            read_entry(&document, yaml_document_get_node(&document, pair->value), result);
    else if (root)
        reread_refuse(result, "no mapping");
    yaml_document_delete(&document);
    if (root && (!yaml_parser_load(&parser, &document) || yaml_document_get_root_node(&document)))
        reread_refuse(result, "a second document");
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    return true;
}
