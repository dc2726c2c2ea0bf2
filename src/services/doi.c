/* doi.org: which agency a DOI belongs to, and CSL-JSON by content negotiation from any of them. */
#include "base/strings.h"
#include "services/service.h"
#include "services/work.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    kdbib_str text = kdb_url_encode(arena, value, "/");
    *media = KDB_MEDIA_JSON;
    *accept = ask == KDB_ASK_DOI ? "application/vnd.citationstyles.csl+json" : "application/json";
    if (ask == KDB_ASK_DOI)
        *path = kdb_arena_format(arena, "/%s", text.data);
    else if (ask == KDB_ASK_AGENCY)
        *path = kdb_arena_format(arena, "/ra/%s", text.data);
    else
        return false;
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    bool fine = true;
    const json_t *first = json_is_array(root) ? json_array_get(root, 0) : root;
    kdbib_str agency = kdb_json_text(answer, first, "RA");
    kdbib_str status = kdb_json_text(answer, first, "status");
    if (agency.size)
        answer->agency = kdb_arena_copy(answer->arena, agency);
    else if (!status.size && json_object_get(first, "title"))
        fine = kdb_work_to_hit(answer, first, true);
    else if (!status.size)
        answer->problem = "the answer names no agency and no work";
    json_decref(root);
    return fine;
}

const kdb_service kdb_doi_org = {
    .name = "doi",
    .title = "doi.org",
    .base = "https://doi.org",
    .concurrency = 3,
    .interval = 50,
    .build = build,
    .parse = parse,
};
