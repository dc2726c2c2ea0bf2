/* A work as Crossref's JSON and CSL-JSON describe it becomes a hit. */
#include "services/work.h"

#include "base/strings.h"
#include "services/facts.h"

static const struct {
    const char *name;
    kdbib_type type;
    kdb_hit_kind kind;
    bool book;
} types[] = {
    {"journal-article", KDBIB_TYPE_ARTICLE_JOURNAL, KDB_HIT_WORK, false},
    {"proceedings-article", KDBIB_TYPE_PAPER_CONFERENCE, KDB_HIT_WORK, false},
    {"book-chapter", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"book-section", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"book-part", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"book-track", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"reference-entry", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"posted-content", KDBIB_TYPE_ARTICLE, KDB_HIT_WORK, false},
    {"book", KDBIB_TYPE_BOOK, KDB_HIT_WORK, true},
    {"monograph", KDBIB_TYPE_BOOK, KDB_HIT_WORK, true},
    {"edited-book", KDBIB_TYPE_BOOK, KDB_HIT_WORK, true},
    {"reference-book", KDBIB_TYPE_BOOK, KDB_HIT_WORK, true},
    {"proceedings", KDBIB_TYPE_BOOK, KDB_HIT_WORK, true},
    {"dissertation", KDBIB_TYPE_THESIS, KDB_HIT_WORK, false},
    {"report", KDBIB_TYPE_REPORT, KDB_HIT_WORK, false},
    {"report-component", KDBIB_TYPE_REPORT, KDB_HIT_COMPONENT, false},
    {"standard", KDBIB_TYPE_REPORT, KDB_HIT_WORK, false},
    {"dataset", KDBIB_TYPE_DATASET, KDB_HIT_WORK, false},
    {"database", KDBIB_TYPE_DATASET, KDB_HIT_WORK, false},
    {"component", KDBIB_TYPE_DOCUMENT, KDB_HIT_COMPONENT, false},
    {"peer-review", KDBIB_TYPE_DOCUMENT, KDB_HIT_REVIEW, false},
    {"journal", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"journal-volume", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"journal-issue", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"book-series", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"book-set", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"proceedings-series", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    {"report-series", KDBIB_TYPE_DOCUMENT, KDB_HIT_CONTAINER, false},
    /* what only CSL says */
    {"article", KDBIB_TYPE_ARTICLE, KDB_HIT_WORK, false},
    {"article-magazine", KDBIB_TYPE_ARTICLE_JOURNAL, KDB_HIT_WORK, false},
    {"article-newspaper", KDBIB_TYPE_ARTICLE_JOURNAL, KDB_HIT_WORK, false},
    {"review", KDBIB_TYPE_ARTICLE_JOURNAL, KDB_HIT_WORK, false},
    {"entry", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"entry-encyclopedia", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"entry-dictionary", KDBIB_TYPE_CHAPTER, KDB_HIT_WORK, false},
    {"post", KDBIB_TYPE_WEBPAGE, KDB_HIT_WORK, false},
    {"post-weblog", KDBIB_TYPE_WEBPAGE, KDB_HIT_WORK, false},
};

static void set_type(kdb_hit *hit, kdbib_str name) {
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    bool known = false;
    for (size_t i = 0; i < sizeof types / sizeof *types && !known; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(types[i].name))) {
            type = types[i].type;
            hit->kind = types[i].kind;
            hit->book = types[i].book;
            known = true;
        }
    if (!known)
        kdbib_type_from_name(name, &type);
    hit->book |= type == KDBIB_TYPE_BOOK;
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
}

static void add_names(kdb_answer *answer, kdb_hit *hit, const json_t *item, const char *key,
                      kdbib_field which) {
    size_t i;
    json_t *person;
    json_array_foreach(json_object_get(item, key), i, person) {
        kdbib_str family = kdb_json_text(answer, person, "family");
        kdbib_str body = kdb_json_text(answer, person, "name");
        if (!body.size)
            body = kdb_json_text(answer, person, "literal");
        if (!kdb_trim(family).size && kdb_trim(body).size) {
            kdb_fact_body(answer, hit, which, body);
            continue;
        }
        kdbib_str particle = kdb_json_text(answer, person, "non-dropping-particle");
        if (!particle.size)
            particle = kdb_json_text(answer, person, "dropping-particle");
        if (particle.size)
            family = kdb_arena_format(answer->arena, "%.*s %.*s", (int)particle.size, particle.data,
                                      (int)family.size, family.data);
        kdb_fact_name(answer, hit, which, family, kdb_json_text(answer, person, "given"),
                      kdb_json_text(answer, person, "suffix"));
    }
}

/* The date that one cites: that of the issue where there is one, else the first. Of two dates in
 * the same year, the more precise one. */
static kdbib_date cited_date(const json_t *item) {
    static const char *const keys[] = {"published-print",  "issued", "published",
                                       "published-online", "posted", "approved",
                                       "content-created"};
    kdbib_date best = {0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        kdbib_date date = kdb_json_date_parts(item, keys[i]);
        if (!best.year ||
            (date.year == best.year &&
             ((!best.month && date.month) || (date.month == best.month && !best.day && date.day))))
            best = date.year ? date : best;
        if (best.year && i >= 3) /* dates of the record itself stand in for a missing one only */
            break;
    }
    return best;
}

static void add_links(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    const json_t *primary = json_object_get(json_object_get(item, "resource"), "primary");
    kdb_strings_add(answer->arena, &hit->urls, kdb_json_text(answer, primary, "URL"));
    size_t i;
    json_t *part;
    json_array_foreach(json_object_get(item, "link"), i, part)
        kdb_strings_add(answer->arena, &hit->urls, kdb_json_text(answer, part, "URL"));
    json_array_foreach(json_object_get(item, "alternative-id"), i, part)
        kdb_strings_add(answer->arena, &hit->ids, kdb_json_value(answer, part));
}

/* What the registry says about its relation to other works. */
static void add_relations(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    size_t i;
    json_t *update;
    json_array_foreach(json_object_get(item, "update-to"), i, update) {
        kdbib_str type = kdb_json_text(answer, update, "type");
        if (kdb_equal_nocase(type, KDBIB_STR("retraction")) ||
            kdb_equal_nocase(type, KDBIB_STR("correction")) ||
            kdb_equal_nocase(type, KDBIB_STR("erratum")) ||
            kdb_equal_nocase(type, KDBIB_STR("corrigendum")) ||
            kdb_equal_nocase(type, KDBIB_STR("withdrawal")) ||
            kdb_equal_nocase(type, KDBIB_STR("expression_of_concern")))
            hit->kind = KDB_HIT_NOTICE;
    }
    json_array_foreach(json_object_get(item, "updated-by"), i, update) {
        kdbib_str type = kdb_json_text(answer, update, "type");
        hit->retracted |= kdb_equal_nocase(type, KDBIB_STR("retraction")) ||
                          kdb_equal_nocase(type, KDBIB_STR("withdrawal"));
    }
    const json_t *relation = json_object_get(item, "relation");
    const json_t *published = json_array_get(json_object_get(relation, "is-preprint-of"), 0);
    hit->published = kdb_clean_doi(answer->arena, kdb_json_text(answer, published, "id"));
    if (json_array_size(json_object_get(relation, "is-component-of")))
        hit->kind = KDB_HIT_COMPONENT;
}

/* Springer's proceedings name the conference among their assertions. */
static void add_event(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    const json_t *event = json_object_get(item, "event");
    kdbib_str name = kdb_json_text(answer, event, "name");
    kdbib_str place = kdb_json_text(answer, event, "location");
    kdbib_str city = {0}, country = {0};
    size_t i;
    json_t *assertion;
    json_array_foreach(json_object_get(item, "assertion"), i, assertion) {
        kdbib_str what = kdb_json_text(answer, assertion, "name");
        kdbib_str value = kdb_json_text(answer, assertion, "value");
        if (!name.size && kdbib_str_equal(what, KDBIB_STR("conference_name")))
            name = value;
        else if (kdbib_str_equal(what, KDBIB_STR("conference_city")))
            city = value;
        else if (kdbib_str_equal(what, KDBIB_STR("conference_country")))
            country = value;
    }
    if (!place.size && city.size)
        place = country.size ? kdb_arena_format(answer->arena, "%.*s, %.*s", (int)city.size,
                                                city.data, (int)country.size, country.data)
                             : city;
    if (!name.size)
        name = kdb_json_text(answer, item, "event-title"); /* CSL */
    if (!place.size)
        place = kdb_json_text(answer, item, "event-place");
    if (name.size && kdbib_record_type(hit->record) == KDBIB_TYPE_CHAPTER)
        kdbib_record_set_type(hit->record, KDBIB_TYPE_PAPER_CONFERENCE, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_EVENT_TITLE, name);
    kdb_fact_text(answer, hit, KDBIB_EVENT_PLACE, place);
}

static void add_container(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    const json_t *titles = json_object_get(item, "container-title");
    kdbib_str container = kdb_json_value(answer, titles);
    kdbib_str series = kdb_json_text(answer, item, "collection-title");
    kdbib_type type = kdbib_record_type(hit->record);
    bool part = type == KDBIB_TYPE_CHAPTER || type == KDBIB_TYPE_PAPER_CONFERENCE;
    if (!series.size && part && json_array_size(titles) > 1)
        series = kdb_json_value(answer, json_array_get(titles, 1));
    if (hit->book && !series.size) { /* the container of a book is its series */
        series = container;
        container = (kdbib_str){0};
    }
    kdb_fact_container(answer, hit, container, series);
    if (part && !kdbib_record_text(hit->record, KDBIB_CONTAINER_TITLE).size)
        kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE,
                      kdb_json_text(answer, json_object_get(item, "event"), "name"));
}

/* Of a preprint: which server holds it. */
static void add_archive(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    if (!hit->preprint)
        return;
    kdbib_str name =
        kdb_json_text(answer, json_array_get(json_object_get(item, "institution"), 0), "name");
    if (!name.size)
        name = kdb_json_text(answer, json_object_get(item, "institution"), "name");
    if (!name.size)
        name = kdbib_record_text(hit->record, KDBIB_CONTAINER_TITLE);
    if (!name.size)
        name = kdb_json_text(answer, item, "publisher");
    kdb_fact_text(answer, hit, KDBIB_ARCHIVE, name);
    kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("preprint"));
    kdbib_record_set_text(hit->record, KDBIB_CONTAINER_TITLE, (kdbib_str){0}, KDBIB_BASIS_NONE);
}

static void add_ids(kdb_answer *answer, kdb_hit *hit, const json_t *item) {
    size_t i;
    json_t *id;
    const json_t *issn = json_object_get(item, "ISSN"), *isbn = json_object_get(item, "ISBN");
    if (json_is_string(issn)) { /* CSL: one string, perhaps of several */
        kdbib_str text = kdb_json_value(answer, issn);
        for (size_t at = 0; at < text.size; at += 9) {
            while (at < text.size && (text.data[at] == ' ' || text.data[at] == ','))
                at++;
            kdb_fact_issn(answer, hit, kdb_slice(text, at, at + 9));
        }
    }
    json_array_foreach(issn, i, id) kdb_fact_issn(answer, hit, kdb_json_value(answer, id));
    if (json_is_string(isbn)) {
        kdbib_str text = kdb_json_value(answer, isbn);
        kdb_fact_isbn(answer, hit, kdb_slice(text, 0, kdb_find_char(text, ' ', 0)));
    }
    json_array_foreach(isbn, i, id) kdb_fact_isbn(answer, hit, kdb_json_value(answer, id));
    kdb_fact_text(answer, hit, KDBIB_PMID, kdb_json_text(answer, item, "PMID"));
    kdb_fact_text(answer, hit, KDBIB_PMCID, kdb_json_text(answer, item, "PMCID"));
    kdbib_str doi = kdbib_record_text(hit->record, KDBIB_DOI);
    if (kdb_starts_with(doi, KDBIB_STR("10.48550/arxiv.")))
        kdb_fact_text(answer, hit, KDBIB_ARXIV, kdb_arxiv_id(doi));
}

bool kdb_work_to_hit(kdb_answer *answer, const json_t *item, bool csl) {
    kdb_hit *hit = kdb_answer_add(answer);
    if (!hit)
        return false;
    kdbib_str type = kdb_json_text(answer, item, "type");
    kdb_fact_doi(answer, hit, kdb_json_text(answer, item, "DOI"));
    set_type(hit, type);
    kdbib_str title = kdb_json_text(answer, item, "title");
    if (!kdb_trim(title).size)
        title = kdb_json_text(answer, item, "original-title");
    kdb_fact_title(answer, hit, title, kdb_json_text(answer, item, "subtitle"));
    add_names(answer, hit, item, "author", KDBIB_AUTHORS);
    kdbib_type mapped = kdbib_record_type(hit->record);
    if (mapped != KDBIB_TYPE_ARTICLE_JOURNAL && mapped != KDBIB_TYPE_ARTICLE)
        add_names(answer, hit, item, "editor", KDBIB_EDITORS);
    kdbib_record_set_issued(hit->record, cited_date(item), KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, kdb_json_text(answer, item, "publisher"));
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER_PLACE,
                  kdb_json_text(answer, item, csl ? "publisher-place" : "publisher-location"));
    kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_json_text(answer, item, "volume"));
    kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_json_text(answer, item, "issue"));
    if (kdbib_str_equal(type, KDBIB_STR("standard")))
        kdb_fact_text(answer, hit, KDBIB_GENRE, KDBIB_STR("standard"));
    if (mapped == KDBIB_TYPE_THESIS) {
        kdb_fact_text(answer, hit, KDBIB_GENRE, kdb_json_text(answer, item, "degree"));
        kdbib_str school =
            kdb_json_text(answer, json_array_get(json_object_get(item, "institution"), 0), "name");
        if (school.size)
            kdb_fact_text(answer, hit, KDBIB_PUBLISHER, school);
    }
    kdb_fact_text(answer, hit, KDBIB_EDITION,
                  kdb_json_text(answer, item, csl ? "edition" : "edition-number"));
    if (csl)
        kdb_fact_text(answer, hit, KDBIB_VERSION, kdb_json_text(answer, item, "version"));
    kdb_fact_text(answer, hit, KDBIB_LANGUAGE, kdb_json_text(answer, item, "language"));
    add_container(answer, hit, item);
    add_event(answer, hit, item);
    kdbib_str number = kdb_json_text(answer, item, "article-number");
    if (csl && mapped == KDBIB_TYPE_ARTICLE_JOURNAL && !number.size)
        number = kdb_json_text(answer, item, "number");
    kdb_fact_pages(answer, hit, kdb_json_text(answer, item, "page"), number);
    add_ids(answer, hit, item);
    add_archive(answer, hit, item);
    add_links(answer, hit, item);
    add_relations(answer, hit, item);
    return !kdb_arena_failed(answer->arena);
}
