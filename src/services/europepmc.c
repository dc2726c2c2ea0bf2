/* Europe PMC: PubMed, PMC and the preprints that only it numbers. */
#include "base/strings.h"
#include "services/facts.h"
#include "services/json.h"
#include "services/pubmed.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    kdbib_str id = kdb_url_encode(arena, value, "");
    const char *source = ask == KDB_ASK_PPR ? "PPR" : ask == KDB_ASK_PMID ? "MED" : NULL;
    if (kdb_find_char(value, ',', 0) != SIZE_MAX)
        return false;
    *media = KDB_MEDIA_JSON;
    *accept = "application/json";
    if (ask == KDB_ASK_PMCID)
        *path = kdb_arena_format(arena,
                                 "/europepmc/webservices/rest/search?query=PMCID:%s"
                                 "&resultType=core&format=json",
                                 id.data);
    else if (source)
        *path = kdb_arena_format(arena,
                                 "/europepmc/webservices/rest/search?query=ext_id:%s%%20src:%s"
                                 "&resultType=core&format=json",
                                 id.data, source);
    else
        return false;
    return true;
}

static void add_authors(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    const json_t *list = json_object_get(json_object_get(item, "authorList"), "author");
    size_t i;
    json_t *person;
    json_array_foreach(list, i, person) {
        kdbib_str family = kdb_json_text(answer, person, "lastName");
        kdbib_str given = kdb_json_text(answer, person, "firstName");
        if (!given.size)
            given = kdb_json_text(answer, person, "initials");
        if (family.size)
            kdb_fact_name(answer, hit, KDBIB_AUTHORS, family, given,
                          kdb_json_text(answer, person, "suffix"));
        else
            kdb_fact_body(answer, hit, KDBIB_AUTHORS,
                          kdb_json_text(answer, person, "collectiveName"));
    }
    if (json_array_size(list))
        return;
    kdbib_str line = kdb_json_text(answer, item, "authorString"); /* "Li X, Zhu D." */
    while (line.size) {
        size_t comma = kdb_find(line, KDBIB_STR(", "), 0);
        kdbib_str name = kdb_trim(kdb_slice(line, 0, comma));
        if (comma == SIZE_MAX && kdb_ends_with(name, KDBIB_STR(".")))
            name = kdb_slice(name, 0, name.size - 1);
        size_t blank = name.size;
        while (blank && name.data[blank - 1] != ' ')
            blank--;
        if (name.size)
            kdb_fact_name(answer, hit, KDBIB_AUTHORS, kdb_slice(name, 0, blank ? blank : name.size),
                          blank ? kdb_slice(name, blank, name.size) : (kdbib_str){0},
                          (kdbib_str){0});
        line = comma == SIZE_MAX ? (kdbib_str){0} : kdb_slice(line, comma + 2, line.size);
    }
}

static bool add_item(kdb_answer *answer, const json_t *item) {
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    const json_t *info = json_object_get(item, "journalInfo");
    const json_t *journal = json_object_get(info, "journal");
    kdbib_str source = kdb_json_text(answer, item, "source");
    hit->preprint = kdbib_str_equal(source, KDBIB_STR("PPR"));
    kdbib_record_set_type(hit->record,
                          hit->preprint ? KDBIB_TYPE_ARTICLE : KDBIB_TYPE_ARTICLE_JOURNAL,
                          KDBIB_BASIS_SERVICE);
    kdb_fact_doi(answer, hit, kdb_json_text(answer, item, "doi"));
    kdb_fact_title(answer, hit, kdb_pubmed_title(kdb_json_text(answer, item, "title")),
                   (kdbib_str){0});
    add_authors(answer, hit, item);
    kdbib_date date = kdb_parse_date(kdb_json_text(answer, info, "printPublicationDate"));
    if (!date.year) {
        date = kdb_parse_date(kdb_json_text(answer, info, "yearOfPublication"));
        date.month = (uint8_t)kdb_pubmed_month(kdb_json_text(answer, info, "monthOfPublication"));
    }
    if (!date.year)
        date = kdb_parse_date(kdb_json_text(answer, item, "firstPublicationDate"));
    if (!date.year)
        date = kdb_parse_date(kdb_json_text(answer, item, "pubYear"));
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE, kdb_json_text(answer, journal, "title"));
    kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_json_text(answer, info, "volume"));
    kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_json_text(answer, info, "issue"));
    kdb_fact_pages(answer, hit,
                   kdb_expand_pages(answer->arena, kdb_json_text(answer, item, "pageInfo")),
                   (kdbib_str){0});
    kdb_fact_issn(answer, hit, kdb_json_text(answer, journal, "issn"));
    kdb_fact_issn(answer, hit, kdb_json_text(answer, journal, "essn"));
    kdb_fact_text(answer, hit, KDBIB_PMID, kdb_json_text(answer, item, "pmid"));
    kdb_fact_text(answer, hit, KDBIB_PMCID, kdb_json_text(answer, item, "pmcid"));
    if (hit->preprint) {
        kdbib_str server =
            kdb_json_text(answer, json_object_get(item, "bookOrReportDetails"), "publisher");
        kdb_fact_text(answer, hit, KDBIB_ARCHIVE, server);
        kdb_fact_text(answer, hit, KDBIB_PUBLISHER, server);
        kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
    }
    kdb_strings_add(answer->arena, &hit->ids, kdb_json_text(answer, item, "id"));
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    const json_t *list = json_object_get(root, "resultList");
    size_t i;
    json_t *item;
    bool fine = true;
    if (!list && !json_object_get(root, "hitCount"))
        answer->problem = "the answer holds no results";
    json_array_foreach(json_object_get(list, "result"), i, item) fine =
        fine && add_item(answer, item);
    json_decref(root);
    return fine && !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_europepmc = {
    .name = "europepmc",
    .title = "Europe PMC",
    .base = "https://www.ebi.ac.uk",
    .concurrency = 3,
    .interval = 100,
    .wants_more = true,
    .build = build,
    .parse = parse,
};
