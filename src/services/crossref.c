/* Crossref: works by DOI, by PII, by the words of a title. */
#include "base/strings.h"
#include "services/service.h"
#include "services/work.h"

/* The registry refuses very long queries, and the first words find it. */
static kdbib_str query_words(kdb_arena *arena, kdbib_str title) {
    return kdb_url_encode(arena, kdb_slice(title, 0, 300), "");
}

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    kdbib_str text = kdb_url_encode(arena, value, "");
    char join = '?';
    *media = KDB_MEDIA_JSON;
    *accept = "application/json";
    if (ask == KDB_ASK_DOI) {
        *path = kdb_arena_format(arena, "/works/%s", text.data);
    } else if (ask == KDB_ASK_PII) {
        *path = kdb_arena_format(arena, "/works?filter=alternative-id:%s&rows=2", text.data);
        join = '&';
    } else if (ask == KDB_ASK_TITLE_PREFIX) {
        kdbib_str prefix = kdb_url_encode(arena, extra, "");
        *path = kdb_arena_format(arena, "/works?query.bibliographic=%s&filter=prefix:%s&rows=5",
                                 query_words(arena, value).data, prefix.data);
        join = '&';
    } else if (ask == KDB_ASK_TITLE) {
        kdbib_str author = kdb_url_encode(arena, extra, "");
        *path = kdb_arena_format(arena, "/works?query.bibliographic=%s%s%s&rows=5",
                                 query_words(arena, value).data,
                                 author.size ? "&query.author=" : "", author.data);
        join = '&';
    } else {
        return false;
    }
    if (mailto.size)
        *path = kdb_arena_format(arena, "%s%cmailto=%s", path->data, join,
                                 kdb_url_encode(arena, mailto, "@").data);
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    bool fine = true;
    const json_t *message = json_object_get(root, "message");
    if (!message && json_object_get(root, "DOI"))
        message = root;
    const json_t *items = json_object_get(message, "items");
    if (json_is_array(items)) {
        size_t i;
        json_t *item;
        json_array_foreach(items, i, item) fine =
            fine && (!json_is_object(item) || !json_object_get(item, "DOI") ||
                     kdb_work_to_hit(answer, item, false));
    } else if (json_object_get(message, "DOI")) {
        fine = kdb_work_to_hit(answer, message, false);
    } else {
        answer->problem = "the answer holds no works";
    }
    json_decref(root);
    return fine;
}

const kdb_service kdb_crossref = {
    .name = "crossref",
    .title = "Crossref",
    .base = "https://api.crossref.org",
    .concurrency = 5,
    .interval = 20,
    .build = build,
    .parse = parse,
};
