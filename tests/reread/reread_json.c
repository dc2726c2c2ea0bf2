/* CSL-JSON and JSON lines, by jansson. */
#include <jansson.h>

#include "reread.h"
#include "text/rich_text.h"

#define STRICT (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

/* Tags, formulas and entities by kdbib's own reader of such titles. */
static void add_csl_title(kdbib_str html, reread *result) {
    kdb_arena arena = {0};
    kdb_rich_text rich;
    kdb_buffer plain = {0};
    if (kdb_rich_text_from_html(&arena, html, &rich))
        for (size_t i = 0; i < rich.count; i++)
            kdb_buffer_add_str(&plain, rich.runs[i].text);
    reread_title(result, kdb_buffer_str(&plain).data, plain.size);
    kdb_buffer_free(&plain);
    kdb_arena_free(&arena);
}

bool reread_csl_json(kdbib_str text, reread *result) {
    json_error_t error;
    json_t *all = json_loadb(text.data, text.size, STRICT, &error), *item;
    if (!json_is_array(all))
        reread_refuse(result, "no array: line %d: %s", all ? 0 : error.line, all ? "" : error.text);
    size_t index;
    json_array_foreach(all, index, item) {
        const char *title = json_string_value(json_object_get(item, "title"));
        if (!json_string_value(json_object_get(item, "type")) ||
            !json_string_value(json_object_get(item, "id")))
            reread_refuse(result, "item %zu has no type or id", index);
        add_csl_title(kdbib_str_of(title ? title : ""), result);
    }
    json_decref(all);
    return true;
}

bool reread_jsonl(kdbib_str text, reread *result) {
    while (text.size) {
        const char *end = memchr(text.data, '\n', text.size);
        if (!end)
            return reread_refuse(result, "the last line does not end");
        const size_t size = (size_t)(end - text.data);
        json_error_t error;
        json_t *item = json_loadb(text.data, size, STRICT, &error);
        const json_t *title = json_object_get(item, "title");
        if (!json_is_object(item) || (title && !json_is_string(title)))
            reread_refuse(result, "record %zu: %s", result->count + 1,
                          item ? "no object" : error.text);
        reread_title(result, title ? json_string_value(title) : "",
                     title ? json_string_length(title) : 0);
        json_decref(item);
        text.data = end + 1;
        text.size -= size + 1;
    }
    return true;
}
