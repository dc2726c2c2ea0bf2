/* DBLP: computer science, also the venues whose papers have no DOI. */
#include "base/strings.h"
#include "services/facts.h"
#include "services/json.h"
#include "services/pubmed.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    if (ask != KDB_ASK_TITLE)
        return false;
    *media = KDB_MEDIA_JSON;
    *accept = "application/json";
    *path = kdb_arena_format(arena, "/search/publ/api?q=%s&format=json&h=5",
                             kdb_url_encode(arena, kdb_slice(value, 0, 300), "").data);
    return true;
}

/* "Wei Wang 0001": homonyms have a number. */
static kdbib_str without_number(kdbib_str name) {
    size_t at = name.size;
    while (at && kdb_is_digit(name.data[at - 1]))
        at--;
    return name.size - at == 4 && at ? kdb_trim(kdb_slice(name, 0, at)) : name;
}

static void add_author(kdb_answer *answer, kdb_hit *hit, const json_t *author) {
    kdbib_str name = json_is_object(author) ? kdb_json_text(answer, author, "text")
                                            : kdb_json_value(answer, author);
    if (name.size)
        kdb_fact_display_name(answer, hit, KDBIB_AUTHORS, without_number(name));
}

static bool add_info(kdb_answer *answer, const json_t *info) {
    static const struct {
        const char *name;
        kdbib_type type;
    } types[] = {
        {"Journal Articles", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"Conference and Workshop Papers", KDBIB_TYPE_PAPER_CONFERENCE},
        {"Parts in Books or Collections", KDBIB_TYPE_CHAPTER},
        {"Informal and Other Publications", KDBIB_TYPE_ARTICLE},
        {"Informal Publications", KDBIB_TYPE_ARTICLE},
        {"Books and Theses", KDBIB_TYPE_BOOK},
        {"Data and Artifacts", KDBIB_TYPE_DATASET},
    };
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    kdbib_str name = kdb_json_text(answer, info, "type"),
              venue = kdb_json_text(answer, info, "venue");
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(types[i].name)))
            type = types[i].type;
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    hit->book = type == KDBIB_TYPE_BOOK;
    kdb_fact_doi(answer, hit, kdb_json_text(answer, info, "doi"));
    kdb_fact_title(answer, hit, kdb_pubmed_title(kdb_json_text(answer, info, "title")),
                   (kdbib_str){0});
    const json_t *authors = json_object_get(json_object_get(info, "authors"), "author");
    if (json_is_array(authors)) {
        size_t i;
        json_t *author;
        json_array_foreach(authors, i, author) add_author(answer, hit, author);
    } else if (authors) {
        add_author(answer, hit, authors);
    }
    kdbib_record_set_issued(hit->record, kdb_parse_date(kdb_json_text(answer, info, "year")),
                            KDBIB_BASIS_SERVICE);
    if (hit->preprint) {
        bool arxiv = kdb_equal_nocase(venue, KDBIB_STR("CoRR"));
        kdb_fact_text(answer, hit, KDBIB_ARCHIVE, arxiv ? KDBIB_STR("arXiv") : venue);
        kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
        if (arxiv && kdb_starts_with(kdb_json_text(answer, info, "volume"), KDBIB_STR("abs/")))
            kdb_fact_text(answer, hit, KDBIB_ARXIV,
                          kdb_slice(kdb_json_text(answer, info, "volume"), 4, SIZE_MAX));
    } else {
        kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE, venue);
        kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_json_text(answer, info, "volume"));
        kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_json_text(answer, info, "number"));
        kdb_fact_pages(answer, hit, kdb_json_text(answer, info, "pages"), (kdbib_str){0});
    }
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, kdb_json_text(answer, info, "publisher"));
    const json_t *ee = json_object_get(info, "ee");
    size_t i;
    json_t *url;
    if (json_is_array(ee))
        json_array_foreach(ee, i, url)
            kdb_strings_add(answer->arena, &hit->urls, kdb_json_value(answer, url));
    else
        kdb_strings_add(answer->arena, &hit->urls, kdb_json_value(answer, ee));
    return true;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    const json_t *hits = json_object_get(json_object_get(root, "result"), "hits");
    size_t i;
    json_t *item;
    bool fine = true;
    if (!hits)
        answer->problem = "the answer holds no hits";
    json_array_foreach(json_object_get(hits, "hit"), i, item) fine =
        fine && add_info(answer, json_object_get(item, "info"));
    json_decref(root);
    return fine && !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_dblp = {
    .name = "dblp",
    .title = "DBLP",
    .base = "https://dblp.org",
    .concurrency = 1,
    .interval = 250,
    .wants_more = true,
    .build = build,
    .parse = parse,
};
