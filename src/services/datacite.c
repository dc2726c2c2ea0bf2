/* DataCite: arXiv, Zenodo, figshare, OSF, Dagstuhl and other repositories. */
#include "base/strings.h"
#include "services/datacite_xml.h"
#include "services/facts.h"
#include "services/json.h"
#include "text/fold.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    *media = KDB_MEDIA_JSON;
    *accept = "application/vnd.api+json";
    if (ask == KDB_ASK_DOI)
        *path = kdb_arena_format(arena, "/dois/%s", kdb_url_encode(arena, value, "/").data);
    else if (ask == KDB_ASK_ARXIV && kdb_find_char(value, ',', 0) == SIZE_MAX)
        *path = kdb_arena_format(arena, "/dois/10.48550/arxiv.%s",
                                 kdb_url_encode(arena, value, "/").data);
    else
        return false;
    return true;
}

kdbib_type kdb_datacite_type(kdb_answer *answer, kdb_hit *hit, kdbib_str general, kdbib_str own,
                             kdbib_str csl) {
    static const struct {
        const char *name;
        kdbib_type type;
    } types[] = {
        {"journalarticle", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"datapaper", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"conferencepaper", KDBIB_TYPE_PAPER_CONFERENCE},
        {"preprint", KDBIB_TYPE_ARTICLE},
        {"dissertation", KDBIB_TYPE_THESIS},
        {"bookchapter", KDBIB_TYPE_CHAPTER},
        {"book", KDBIB_TYPE_BOOK},
        {"conferenceproceeding", KDBIB_TYPE_BOOK},
        {"report", KDBIB_TYPE_REPORT},
        {"standard", KDBIB_TYPE_REPORT},
        {"dataset", KDBIB_TYPE_DATASET},
        {"software", KDBIB_TYPE_SOFTWARE},
        {"computationalnotebook", KDBIB_TYPE_SOFTWARE},
    };
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    bool known = false;
    for (size_t i = 0; i < sizeof types / sizeof *types && !known; i++)
        if (kdb_equal_nocase(general, kdbib_str_of(types[i].name))) {
            type = types[i].type;
            known = true;
        }
    if (!known && kdb_equal_nocase(general, KDBIB_STR("Text"))) {
        kdbib_str word = kdb_fold(answer->arena, own);
        if (kdb_find(word, KDBIB_STR("thesis"), 0) != SIZE_MAX ||
            kdb_find(word, KDBIB_STR("dissertation"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_THESIS;
        else if (kdb_find(word, KDBIB_STR("conference"), 0) != SIZE_MAX ||
                 kdb_find(word, KDBIB_STR("proceedings"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_PAPER_CONFERENCE;
        else if (kdb_find(word, KDBIB_STR("preprint"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_ARTICLE;
        else if (kdb_find(word, KDBIB_STR("report"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_REPORT;
        else if (kdb_find(word, KDBIB_STR("blog"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_WEBPAGE;
        else if (kdb_find(word, KDBIB_STR("chapter"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_CHAPTER;
        else if (kdb_find(word, KDBIB_STR("article"), 0) != SIZE_MAX)
            type = KDBIB_TYPE_ARTICLE_JOURNAL;
        known = type != KDBIB_TYPE_DOCUMENT;
    }
    if (!known && !kdb_equal_nocase(csl, KDBIB_STR("article")))
        kdbib_type_from_name(csl, &type);
    if (kdb_starts_with(kdbib_record_text(hit->record, KDBIB_DOI), KDBIB_STR("10.48550/arxiv.")))
        type = KDBIB_TYPE_ARTICLE;
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    hit->book = type == KDBIB_TYPE_BOOK;
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
    return type;
}

void kdb_datacite_finish(kdb_answer *answer, kdb_hit *hit, kdbib_str publisher) {
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, publisher);
    if (!hit->preprint)
        return;
    kdb_fact_text(answer, hit, KDBIB_ARCHIVE, publisher);
    kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
    kdbib_str doi = kdbib_record_text(hit->record, KDBIB_DOI);
    if (kdb_starts_with(doi, KDBIB_STR("10.48550/arxiv.")))
        kdb_fact_text(answer, hit, KDBIB_ARXIV, kdb_arxiv_id(doi));
}

static void add_names(kdb_answer *answer, kdb_hit *hit, const json_t *people, kdbib_field which,
                      const char *role) {
    size_t i;
    json_t *person;
    json_array_foreach(people, i, person) {
        kdbib_str family = kdb_json_text(answer, person, "familyName");
        kdbib_str name = kdb_json_text(answer, person, "name");
        if (role &&
            !kdb_equal_nocase(kdb_json_text(answer, person, "contributorType"), kdbib_str_of(role)))
            continue;
        kdbib_str kind = kdb_json_text(answer, person, "nameType");
        if (!kind.size)
            kind = kdb_json_text(answer, person, "type"); /* "Person", "Organization" */
        bool body = kdb_starts_with(kind, KDBIB_STR("Organization"));
        if (body)
            kdb_fact_body(answer, hit, which, name);
        else if (family.size)
            kdb_fact_name(answer, hit, which, family, kdb_json_text(answer, person, "givenName"),
                          (kdbib_str){0});
        else if (kind.size || kdb_find_char(name, ',', 0) != SIZE_MAX)
            kdb_fact_display_name(answer, hit, which, name);
        else /* person or body: nobody said */
            kdb_fact_body(answer, hit, which, name);
    }
}

static void add_titles(kdb_answer *answer, kdb_hit *hit, const json_t *titles) {
    kdbib_str title = {0}, subtitle = {0};
    size_t i;
    json_t *one;
    json_array_foreach(titles, i, one) {
        kdbib_str type = kdb_json_text(answer, one, "titleType");
        kdbib_str text = kdb_json_text(answer, one, "title");
        if (!type.size && !title.size)
            title = text;
        else if (kdb_equal_nocase(type, KDBIB_STR("Subtitle")) && !subtitle.size)
            subtitle = text;
    }
    if (!title.size)
        title = kdb_json_text(answer, json_array_get(titles, 0), "title");
    kdb_fact_title(answer, hit, title, subtitle);
}

static kdbib_date date_of(kdb_answer *answer, const json_t *item) {
    static const char *const kinds[] = {"Issued", "Available", "Submitted", "Created"};
    kdbib_str year = kdb_json_text(answer, item, "publicationYear");
    kdbib_date best = kdb_parse_date(year);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t i;
        json_t *date;
        json_array_foreach(json_object_get(item, "dates"), i, date) {
            if (!kdb_equal_nocase(kdb_json_text(answer, date, "dateType"), kdbib_str_of(kinds[k])))
                continue;
            kdbib_date found = kdb_parse_date(kdb_json_text(answer, date, "date"));
            if (!best.year || (found.year == best.year && found.month && !best.month))
                best = found;
        }
    }
    return best;
}

static kdbib_str publisher_of(kdb_answer *answer, const json_t *item) {
    const json_t *publisher = json_object_get(item, "publisher");
    return json_is_object(publisher) ? kdb_json_text(answer, publisher, "name")
                                     : kdb_json_value(answer, publisher);
}

static bool add_item(kdb_answer *answer, const json_t *item) {
    const json_t *attributes = json_object_get(item, "attributes");
    if (attributes)
        item = attributes;
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    kdbib_str doi = kdb_json_text(answer, item, "doi");
    kdb_fact_doi(answer, hit, doi.size ? doi : kdb_json_text(answer, item, "id"));
    const json_t *types = json_object_get(item, "types");
    kdb_datacite_type(answer, hit, kdb_json_text(answer, types, "resourceTypeGeneral"),
                      kdb_json_text(answer, types, "resourceType"),
                      kdb_json_text(answer, types, "citeproc"));
    add_titles(answer, hit, json_object_get(item, "titles"));
    add_names(answer, hit, json_object_get(item, "creators"), KDBIB_AUTHORS, NULL);
    add_names(answer, hit, json_object_get(item, "contributors"), KDBIB_EDITORS, "Editor");
    kdbib_record_set_issued(hit->record, date_of(answer, item), KDBIB_BASIS_SERVICE);
    kdbib_type type = kdbib_record_type(hit->record);
    if (type == KDBIB_TYPE_SOFTWARE || type == KDBIB_TYPE_DATASET)
        kdb_fact_text(answer, hit, KDBIB_VERSION, kdb_json_text(answer, item, "version"));
    kdb_fact_text(answer, hit, KDBIB_LANGUAGE, kdb_json_text(answer, item, "language"));
    const json_t *container = json_object_get(item, "container");
    if (type != KDBIB_TYPE_ARTICLE && type != KDBIB_TYPE_SOFTWARE && type != KDBIB_TYPE_DATASET) {
        kdb_fact_container(answer, hit, kdb_json_text(answer, container, "title"), (kdbib_str){0});
        kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_json_text(answer, container, "volume"));
        kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_json_text(answer, container, "issue"));
        kdbib_str first = kdb_json_text(answer, container, "firstPage");
        kdbib_str last = kdb_json_text(answer, container, "lastPage");
        if (first.size && last.size)
            first = kdb_arena_format(answer->arena, "%.*s-%.*s", (int)first.size, first.data,
                                     (int)last.size, last.data);
        kdb_fact_pages(answer, hit, first, (kdbib_str){0});
    }
    kdb_datacite_finish(answer, hit, publisher_of(answer, item));
    kdb_strings_add(answer->arena, &hit->urls, kdb_json_text(answer, item, "url"));
    return !kdb_arena_failed(answer->arena);
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    if (kdb_starts_with(kdb_trim(body), KDBIB_STR("<")))
        return kdb_datacite_parse_xml(answer, body);
    json_t *root = kdb_json_load(answer, body);
    if (!root)
        return true;
    bool fine = true;
    const json_t *data = json_object_get(root, "data");
    if (!data)
        data = root;
    if (json_is_array(data)) {
        size_t i;
        json_t *item;
        json_array_foreach(data, i, item) fine = fine && add_item(answer, item);
    } else if (json_object_get(data, "attributes") || json_object_get(data, "titles")) {
        fine = add_item(answer, data);
    } else {
        answer->problem = "the answer holds no DOI record";
    }
    json_decref(root);
    return fine;
}

const kdb_service kdb_datacite = {
    .name = "datacite",
    .title = "DataCite",
    .base = "https://api.datacite.org",
    .concurrency = 4,
    .interval = 50,
    .build = build,
    .parse = parse,
};
