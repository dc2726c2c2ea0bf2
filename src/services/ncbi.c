/* NCBI: the ID converter (PMC), and PubMed's records by efetch. */
#include "base/strings.h"
#include "services/facts.h"
#include "services/json.h"
#include "services/pubmed.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra;
    kdbib_str ids = kdb_url_encode(arena, value, ",");
    kdbib_str mail = kdb_url_encode(arena, mailto, "@");
    const char *and_mail = mail.size ? "&email=" : "";
    if (ask == KDB_ASK_PMCID) {
        *media = KDB_MEDIA_JSON;
        *accept = "application/json";
        *path = kdb_arena_format(arena,
                                 "/tools/idconv/api/v1/articles/?ids=%s&idtype=pmcid&format=json"
                                 "&tool=kdbib%s%s",
                                 ids.data, and_mail, mail.data);
    } else if (ask == KDB_ASK_PMID) {
        *media = KDB_MEDIA_XML;
        *accept = "application/xml";
        *path = kdb_arena_format(
            arena,
            "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&id=%s&retmode=xml"
            "&tool=kdbib%s%s",
            ids.data, and_mail, mail.data);
    } else {
        return false;
    }
    return true;
}

/* Records of the ID converter: identifiers, nothing else. */
static bool add_converted(kdb_answer *answer, const json_t *records) {
    size_t i;
    json_t *item;
    json_array_foreach(records, i, item) {
        kdbib_str status = kdb_json_text(answer, item, "status");
        if (kdb_equal_nocase(status, KDBIB_STR("error")))
            continue;
        kdb_hit *hit = kdb_answer_add(answer);
        if (!hit)
            return false;
        kdb_fact_doi(answer, hit, kdb_json_text(answer, item, "doi"));
        kdb_fact_text(answer, hit, KDBIB_PMID, kdb_json_text(answer, item, "pmid"));
        kdb_fact_text(answer, hit, KDBIB_PMCID, kdb_json_text(answer, item, "pmcid"));
    }
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    if (kdb_starts_with(kdb_trim(body), KDBIB_STR("<")))
        return kdb_pubmed_parse(answer, body);
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    const json_t *records = json_object_get(root, "records");
    bool fine = true;
    if (json_is_array(records))
        fine = add_converted(answer, records);
    else
        answer->problem = "the answer holds no records";
    json_decref(root);
    return fine && !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_ncbi = {
    .name = "ncbi",
    .title = "NCBI",
    .base = "https://pmc.ncbi.nlm.nih.gov",
    .concurrency = 2,
    .interval = 350,
    .wants_more = true,
    .build = build,
    .parse = parse,
};
