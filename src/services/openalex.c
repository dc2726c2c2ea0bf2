/* OpenAlex: the last voice, by title. */
#include "base/strings.h"
#include "services/facts.h"
#include "services/json.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra;
    kdbib_str mail = kdb_url_encode(arena, mailto, "@");
    const char *key = mail.size ? "mailto=" : "";
    *media = KDB_MEDIA_JSON;
    *accept = "application/json";
    if (ask == KDB_ASK_DOI) {
        *path = kdb_arena_format(arena, "/works/https://doi.org/%s%s%s%s",
                                 kdb_url_encode(arena, value, "/").data, mail.size ? "?" : "", key,
                                 mail.data);
    } else if (ask == KDB_ASK_TITLE) {
        kdbib_str words = kdb_arena_copy(arena, kdb_slice(value, 0, 300));
        char *at = (char *)(uintptr_t)words.data;
        for (size_t i = 0; i < words.size; i++)
            if (at[i] == ',' || at[i] == '|' || at[i] == ':') /* a filter's own signs */
                at[i] = ' ';
        *path = kdb_arena_format(arena, "/works?filter=title.search:%s&per-page=5%s%s%s",
                                 kdb_url_encode(arena, words, "").data, mail.size ? "&" : "", key,
                                 mail.data);
    } else {
        return false;
    }
    return true;
}

static void add_source(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    const json_t *location = json_object_get(item, "primary_location");
    const json_t *source = json_object_get(location, "source");
    const json_t *biblio = json_object_get(item, "biblio");
    kdbib_str name = kdb_json_text(answer, source, "display_name");
    if (!name.size)
        name = kdb_json_text(answer, location, "raw_source_name");
    kdbib_str publisher = kdb_json_text(answer, source, "host_organization_name");
    if (hit->preprint) {
        kdb_fact_text(answer, hit, KDBIB_ARCHIVE, name);
        kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
    } else {
        kdb_fact_container(answer, hit, name, (kdbib_str){0});
        kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_json_text(answer, biblio, "volume"));
        kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_json_text(answer, biblio, "issue"));
        kdbib_str first = kdb_json_text(answer, biblio, "first_page");
        kdbib_str last = kdb_json_text(answer, biblio, "last_page");
        if (first.size && last.size)
            first = kdb_arena_format(answer->arena, "%.*s-%.*s", (int)first.size, first.data,
                                     (int)last.size, last.data);
        kdb_fact_pages(answer, hit, first, (kdbib_str){0});
    }
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, publisher);
    size_t i;
    json_t *id;
    json_array_foreach(json_object_get(source, "issn"), i, id)
        kdb_fact_issn(answer, hit, kdb_json_value(answer, id));
    json_array_foreach(json_object_get(item, "locations"), i, id)
        kdb_strings_add(answer->arena, &hit->urls, kdb_json_text(answer, id, "landing_page_url"));
}

/* "https://pubmed.ncbi.nlm.nih.gov/123" */
static kdbib_str last_part(kdbib_str url) {
    size_t at = url.size;
    while (at && url.data[at - 1] != '/')
        at--;
    return kdb_slice(url, at, url.size);
}

static bool add_item(kdb_answer *answer, const json_t *item) {
    static const struct {
        const char *name;
        kdbib_type type;
    } types[] = {
        {"article", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"review", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"letter", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"journal-article", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"proceedings-article", KDBIB_TYPE_PAPER_CONFERENCE},
        {"preprint", KDBIB_TYPE_ARTICLE},
        {"posted-content", KDBIB_TYPE_ARTICLE},
        {"book-chapter", KDBIB_TYPE_CHAPTER},
        {"book", KDBIB_TYPE_BOOK},
        {"dissertation", KDBIB_TYPE_THESIS},
        {"report", KDBIB_TYPE_REPORT},
        {"dataset", KDBIB_TYPE_DATASET},
    };
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    const json_t *location = json_object_get(item, "primary_location");
    const json_t *source = json_object_get(location, "source");
    kdbib_str name = kdb_json_text(answer, item, "type");
    kdbib_str raw = kdb_json_text(answer, location, "raw_type");
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (type == KDBIB_TYPE_DOCUMENT && kdb_equal_nocase(name, kdbib_str_of(types[i].name)))
            type = types[i].type;
        if (kdb_equal_nocase(raw, kdbib_str_of(types[i].name)))
            type = types[i].type;
    }
    if (kdb_equal_nocase(kdb_json_text(answer, source, "type"), KDBIB_STR("repository")) &&
        type == KDBIB_TYPE_ARTICLE_JOURNAL)
        type = KDBIB_TYPE_ARTICLE;
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    hit->book = type == KDBIB_TYPE_BOOK;
    hit->retracted = json_is_true(json_object_get(item, "is_retracted"));
    if (json_is_true(json_object_get(item, "is_paratext")))
        hit->kind = KDB_HIT_CONTAINER;
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
    kdb_fact_doi(answer, hit, kdb_json_text(answer, item, "doi"));
    kdb_fact_title(answer, hit, kdb_json_text(answer, item, "title"), (kdbib_str){0});
    size_t i;
    json_t *authorship;
    json_array_foreach(json_object_get(item, "authorships"), i, authorship) {
        kdbib_str author = kdb_json_text(answer, authorship, "raw_author_name");
        if (!author.size)
            author = kdb_json_text(answer, json_object_get(authorship, "author"), "display_name");
        if (author.size)
            kdb_fact_display_name(answer, hit, KDBIB_AUTHORS, author);
    }
    kdbib_date date = kdb_parse_date(kdb_json_text(answer, item, "publication_date"));
    if (date.month == 1 && date.day == 1) /* stands for an unknown day */
        date.month = date.day = 0;
    if (!date.year)
        date = kdb_parse_date(kdb_json_text(answer, item, "publication_year"));
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_LANGUAGE, kdb_json_text(answer, item, "language"));
    add_source(answer, hit, item);
    const json_t *ids = json_object_get(item, "ids");
    kdb_fact_text(answer, hit, KDBIB_PMID, last_part(kdb_json_text(answer, ids, "pmid")));
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    const json_t *results = json_object_get(root, "results");
    bool fine = true;
    size_t i;
    json_t *item;
    if (json_is_array(results))
        json_array_foreach(results, i, item) fine = fine && add_item(answer, item);
    else if (json_object_get(root, "title"))
        fine = add_item(answer, root);
    else if (!json_object_get(root, "doi"))
        answer->problem = "the answer holds no works";
    json_decref(root);
    return fine && !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_openalex = {
    .name = "openalex",
    .title = "OpenAlex",
    .base = "https://api.openalex.org",
    .concurrency = 3,
    .interval = 110,
    .searched_last = true,
    .wants_more = true,
    .build = build,
    .parse = parse,
};
