/* Landing pages: the citation_* and Dublin Core meta tags that scholarly sites carry for search
 * engines, read by libxml2's HTML parser. */
#include <limits.h>

#include <libxml/HTMLparser.h>

#include "base/strings.h"
#include "services/facts.h"
#include "services/nodes.h"

static bool build(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept) {
    (void)extra, (void)mailto;
    if (ask != KDB_ASK_PAGE)
        return false;
    *path = kdb_arena_copy(arena, value);
    *media = KDB_MEDIA_HTML;
    *accept = "text/html,application/xhtml+xml";
    return true;
}

typedef struct page {
    kdb_answer *answer;
    kdb_hit *hit;
    kdbib_str title, doi, first, last, pages, date, journal, conference, book, publisher, dc_title,
        dc_date, institution;
    bool authors, dc_authors;
} page;

static void keep(kdbib_str *slot, kdbib_str value) {
    if (!slot->size)
        *slot = value;
}

/* A meta element; the first of each name counts, authors all do. */
static void read_meta(page *p, kdbib_str name, kdbib_str value) {
    const struct {
        const char *name;
        kdbib_str *slot;
    } slots[] = {
        {"citation_title", &p->title},
        {"citation_doi", &p->doi},
        {"prism.doi", &p->doi},
        {"bepress_citation_doi", &p->doi},
        {"citation_firstpage", &p->first},
        {"citation_lastpage", &p->last},
        {"citation_pages", &p->pages},
        {"citation_publication_date", &p->date},
        {"citation_date", &p->date},
        {"citation_year", &p->date},
        {"citation_online_date", &p->dc_date},
        {"citation_journal_title", &p->journal},
        {"citation_conference_title", &p->conference},
        {"citation_conference", &p->conference},
        {"citation_inbook_title", &p->book},
        {"citation_book_title", &p->book},
        {"citation_publisher", &p->publisher},
        {"citation_dissertation_institution", &p->institution},
        {"dc.title", &p->dc_title},
        {"dc.date", &p->dc_date},
        {"dc.date.issued", &p->dc_date},
        {"dcterms.issued", &p->dc_date},
        {"dc.publisher", &p->publisher},
    };
    value = kdb_trim(value);
    if (!value.size)
        return;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(slots[i].name)))
            keep(slots[i].slot, value);
    if (kdb_equal_nocase(name, KDBIB_STR("dc.identifier")) &&
        kdb_clean_doi(p->answer->arena, value).size)
        keep(&p->doi, value);
    if (kdb_equal_nocase(name, KDBIB_STR("citation_author"))) {
        if (p->dc_authors)
            kdbib_record_clear_names(p->hit->record, KDBIB_AUTHORS);
        p->dc_authors = false;
        p->authors = true;
        kdb_fact_display_name(p->answer, p->hit, KDBIB_AUTHORS, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("dc.creator")) && !p->authors) {
        p->dc_authors = true;
        kdb_fact_display_name(p->answer, p->hit, KDBIB_AUTHORS, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("citation_issn"))) {
        kdb_fact_issn(p->answer, p->hit, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("citation_isbn"))) {
        kdb_fact_isbn(p->answer, p->hit, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("citation_volume"))) {
        kdb_fact_text(p->answer, p->hit, KDBIB_VOLUME, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("citation_issue"))) {
        kdb_fact_text(p->answer, p->hit, KDBIB_ISSUE, value);
    } else if (kdb_equal_nocase(name, KDBIB_STR("citation_arxiv_id"))) {
        kdb_fact_text(p->answer, p->hit, KDBIB_ARXIV, kdb_arxiv_id(value));
    }
}

static void finish(page *p) {
    kdb_answer *answer = p->answer;
    kdb_hit *hit = p->hit;
    kdb_fact_title(answer, hit, p->title.size ? p->title : p->dc_title, (kdbib_str){0});
    kdb_fact_doi(answer, hit, p->doi);
    kdbib_date date = kdb_parse_date(p->date.size ? p->date : p->dc_date);
    if (!date.year && p->date.size >= 4) /* "12 May 2021", "May 2021" */
        date = kdb_parse_date(kdb_slice(p->date, p->date.size - 4, p->date.size));
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    kdbib_str container = {0};
    if (p->institution.size) {
        type = KDBIB_TYPE_THESIS;
        keep(&p->publisher, p->institution);
    } else if (p->conference.size) {
        type = KDBIB_TYPE_PAPER_CONFERENCE;
        container = p->conference;
    } else if (p->book.size) {
        type = KDBIB_TYPE_CHAPTER;
        container = p->book;
    } else if (p->journal.size) {
        type = KDBIB_TYPE_ARTICLE_JOURNAL;
        container = p->journal;
    } else if (kdbib_record_text(hit->record, KDBIB_ARXIV).size) {
        type = KDBIB_TYPE_ARTICLE;
        hit->preprint = true;
    }
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
    kdb_fact_container(answer, hit, container, (kdbib_str){0});
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER, p->publisher);
    kdbib_str pages = p->pages.size ? p->pages : p->first;
    if (p->first.size && p->last.size)
        pages = kdb_arena_format(answer->arena, "%.*s-%.*s", (int)p->first.size, p->first.data,
                                 (int)p->last.size, p->last.data);
    kdb_fact_pages(answer, hit, pages, (kdbib_str){0});
}

static void silent(void *user, xmlErrorPtr error) {
    (void)user, (void)error;
}

static bool parse(kdb_answer *answer, kdbib_str body) {
    htmlParserCtxt *parser = body.size <= INT_MAX ? htmlNewParserCtxt() : NULL;
    xmlDoc *document = NULL;
    if (parser) {
        xmlSetStructuredErrorFunc(parser, silent);
        document = htmlCtxtReadMemory(parser, body.data, (int)body.size, NULL, NULL,
                                      HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                          HTML_PARSE_RECOVER);
        htmlFreeParserCtxt(parser);
        xmlSetStructuredErrorFunc(NULL, NULL);
    }
    xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    xmlNode *head = root ? kdb_node_find(root, "head") : NULL;
    page p = {.answer = answer, .hit = head ? kdb_answer_add(answer) : NULL};
    for (xmlNode *node = p.hit ? kdb_node_child(head, "meta") : NULL; node;
         node = kdb_node_next(node->next, "meta")) {
        kdbib_str name = kdb_node_attribute(answer, node, "name");
        if (!name.size)
            name = kdb_node_attribute(answer, node, "property");
        read_meta(&p, name, kdb_node_attribute(answer, node, "content"));
    }
    if (p.hit)
        finish(&p);
    if (!p.hit || !kdbib_record_text(p.hit->record, KDBIB_TITLE).size)
        answer->problem = "the page has no citation tags";
    xmlFreeDoc(document);
    return !kdb_arena_failed(answer->arena);
}

const kdb_service kdb_landing_pages = {
    .name = "pages",
    .title = "landing pages",
    .base = "",
    .concurrency = 4,
    .interval = 250,
    .wants_more = true,
    .build = build,
    .parse = parse,
};
