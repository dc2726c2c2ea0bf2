/* PubMed's XML: articles and book chapters. */
#include "services/pubmed.h"

#include "base/strings.h"
#include "services/facts.h"
#include "services/nodes.h"

kdbib_str kdb_expand_pages(kdb_arena *arena, kdbib_str pages) {
    size_t dash = kdb_find_char(pages, '-', 0);
    if (dash == SIZE_MAX)
        return pages;
    kdbib_str first = kdb_trim(kdb_slice(pages, 0, dash));
    kdbib_str last = kdb_trim(kdb_slice(pages, dash + 1, pages.size));
    for (size_t i = 0; i < last.size; i++)
        if (!kdb_is_digit(last.data[i]))
            return pages;
    if (!last.size || last.size >= first.size)
        return pages;
    size_t kept = first.size - last.size;
    return kdb_arena_format(arena, "%.*s-%.*s%.*s", (int)first.size, first.data, (int)kept,
                            first.data, (int)last.size, last.data);
}

unsigned kdb_pubmed_month(kdbib_str text) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    text = kdb_trim(text);
    unsigned number = 0;
    for (size_t i = 0; i < text.size && i < 2 && kdb_is_digit(text.data[i]); i++)
        number = number * 10 + (unsigned)(text.data[i] - '0');
    for (unsigned i = 0; !number && i < 12; i++)
        if (kdb_starts_with_nocase(text, (kdbib_str){months + (size_t)i * 3, 3}))
            number = i + 1;
    return number <= 12 ? number : 0;
}

kdbib_str kdb_pubmed_title(kdbib_str title) {
    title = kdb_trim(title);
    if (kdb_ends_with(title, KDBIB_STR(".")) && !kdb_ends_with(title, KDBIB_STR("..")))
        title = kdb_slice(title, 0, title.size - 1);
    if (title.size > 2 && title.data[0] == '[' && title.data[title.size - 1] == ']')
        title = kdb_slice(title, 1, title.size - 1);
    if (kdb_ends_with(title, KDBIB_STR(".")) && !kdb_ends_with(title, KDBIB_STR("..")))
        title = kdb_slice(title, 0, title.size - 1);
    return kdb_trim(title);
}

static kdbib_date date_of(kdb_answer *answer, xmlNode *node) {
    if (!node)
        return (kdbib_date){0};
    kdbib_str medline = kdb_node_child_text(answer, node, "MedlineDate"); /* "2000 Jan-Feb" */
    if (medline.size) {
        kdbib_date date = kdb_parse_date(kdb_slice(kdb_trim(medline), 0, 4));
        date.month = (uint8_t)kdb_pubmed_month(kdb_slice(kdb_trim(medline), 5, medline.size));
        return date.year ? date : (kdbib_date){0};
    }
    kdbib_date date = kdb_parse_date(kdb_node_child_text(answer, node, "Year"));
    date.month = (uint8_t)kdb_pubmed_month(kdb_node_child_text(answer, node, "Month"));
    kdbib_str day = kdb_trim(kdb_node_child_text(answer, node, "Day"));
    for (size_t i = 0; i < day.size && i < 2 && kdb_is_digit(day.data[i]) && date.month; i++)
        date.day = (uint8_t)(date.day * 10 + (day.data[i] - '0'));
    return date.year ? date : (kdbib_date){0};
}

static void add_names(kdb_answer *answer, kdb_hit *hit, xmlNode *list, kdbib_field which) {
    for (xmlNode *node = kdb_node_child(list, "Author"); node;
         node = kdb_node_next(node->next, "Author")) {
        kdbib_str family = kdb_node_child_text(answer, node, "LastName");
        kdbib_str given = kdb_node_child_text(answer, node, "ForeName");
        if (!given.size)
            given = kdb_node_child_text(answer, node, "Initials");
        if (kdb_trim(family).size)
            kdb_fact_name(answer, hit, which, family, given,
                          kdb_node_child_text(answer, node, "Suffix"));
        else
            kdb_fact_body(answer, hit, which, kdb_node_child_text(answer, node, "CollectiveName"));
    }
    kdbib_str complete = kdb_node_attribute(answer, list, "CompleteYN");
    if (which == KDBIB_AUTHORS && kdb_equal_nocase(complete, KDBIB_STR("N")))
        kdbib_record_set_authors_truncated(hit->record, true);
}

static void add_ids(kdb_answer *answer, kdb_hit *hit, xmlNode *list) {
    for (xmlNode *node = kdb_node_child(list, "ArticleId"); node;
         node = kdb_node_next(node->next, "ArticleId")) {
        kdbib_str kind = kdb_node_attribute(answer, node, "IdType");
        kdbib_str id = kdb_trim(kdb_node_text(answer, node, false));
        if (kdb_equal_nocase(kind, KDBIB_STR("doi")))
            kdb_fact_doi(answer, hit, id);
        else if (kdb_equal_nocase(kind, KDBIB_STR("pmc")))
            kdb_fact_text(answer, hit, KDBIB_PMCID, kdb_slice(id, 0, kdb_find_char(id, '.', 0)));
        else if (kdb_equal_nocase(kind, KDBIB_STR("pii")))
            kdb_strings_add(answer->arena, &hit->ids, id);
    }
}

static void add_pages(kdb_answer *answer, kdb_hit *hit, xmlNode *article) {
    xmlNode *pagination = kdb_node_child(article, "Pagination");
    kdbib_str first = kdb_trim(kdb_node_child_text(answer, pagination, "StartPage"));
    kdbib_str last = kdb_trim(kdb_node_child_text(answer, pagination, "EndPage"));
    kdbib_str pages = kdb_trim(kdb_node_child_text(answer, pagination, "MedlinePgn"));
    if (first.size && last.size)
        pages = kdb_arena_format(answer->arena, "%s-%s", first.data, last.data);
    else if (first.size && !pages.size)
        pages = first;
    kdb_fact_pages(answer, hit, kdb_expand_pages(answer->arena, pages), (kdbib_str){0});
}

static void add_kind(kdb_answer *answer, kdb_hit *hit, xmlNode *article) {
    for (xmlNode *node =
             kdb_node_child(kdb_node_child(article, "PublicationTypeList"), "PublicationType");
         node; node = kdb_node_next(node->next, "PublicationType")) {
        kdbib_str type = kdb_node_text(answer, node, false);
        if (kdb_starts_with(type, KDBIB_STR("Retraction of")) ||
            kdb_starts_with(type, KDBIB_STR("Published Erratum")))
            hit->kind = KDB_HIT_NOTICE;
        if (kdb_equal_nocase(type, KDBIB_STR("Retracted Publication")))
            hit->retracted = true;
        if (kdb_equal_nocase(type, KDBIB_STR("Preprint"))) {
            hit->preprint = true;
            kdbib_record_set_type(hit->record, KDBIB_TYPE_ARTICLE, KDBIB_BASIS_SERVICE);
        }
    }
}

static bool add_article(kdb_answer *answer, xmlNode *node) {
    kdb_hit *hit = kdb_answer_add(answer);
    xmlNode *citation = kdb_node_child(node, "MedlineCitation");
    xmlNode *article = kdb_node_child(citation, "Article"), *journal = NULL, *issue = NULL;
    if (!hit)
        return false;
    kdbib_record_set_type(hit->record, KDBIB_TYPE_ARTICLE_JOURNAL, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_PMID, kdb_node_child_text(answer, citation, "PMID"));
    for (xmlNode *id = kdb_node_child(article, "ELocationID"); id;
         id = kdb_node_next(id->next, "ELocationID"))
        if (kdb_equal_nocase(kdb_node_attribute(answer, id, "EIdType"), KDBIB_STR("doi")))
            kdb_fact_doi(answer, hit, kdb_node_text(answer, id, false));
    add_ids(answer, hit, kdb_node_child(kdb_node_child(node, "PubmedData"), "ArticleIdList"));
    xmlNode *title = kdb_node_child(article, "ArticleTitle");
    if (title)
        kdb_fact_title(answer, hit, kdb_pubmed_title(kdb_node_text(answer, title, true)),
                       (kdbib_str){0});
    add_names(answer, hit, kdb_node_child(article, "AuthorList"), KDBIB_AUTHORS);
    journal = kdb_node_child(article, "Journal");
    issue = kdb_node_child(journal, "JournalIssue");
    kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE,
                  kdb_node_child_text(answer, journal, "Title"));
    kdb_fact_text(answer, hit, KDBIB_VOLUME, kdb_node_child_text(answer, issue, "Volume"));
    kdb_fact_text(answer, hit, KDBIB_ISSUE, kdb_node_child_text(answer, issue, "Issue"));
    kdb_fact_issn(answer, hit, kdb_node_child_text(answer, journal, "ISSN"));
    kdbib_date date = date_of(answer, kdb_node_child(issue, "PubDate"));
    if (!date.year)
        date = date_of(answer, kdb_node_child(article, "ArticleDate"));
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    add_pages(answer, hit, article);
    add_kind(answer, hit, article);
    return true;
}

static bool add_book_chapter(kdb_answer *answer, xmlNode *node) {
    kdb_hit *hit = kdb_answer_add(answer);
    xmlNode *document = kdb_node_child(node, "BookDocument");
    xmlNode *book = kdb_node_child(document, "Book");
    if (!hit)
        return false;
    xmlNode *title = kdb_node_child(document, "ArticleTitle");
    xmlNode *book_title = kdb_node_child(book, "BookTitle");
    kdbib_record_set_type(hit->record, title ? KDBIB_TYPE_CHAPTER : KDBIB_TYPE_BOOK,
                          KDBIB_BASIS_SERVICE);
    hit->book = !title;
    kdb_fact_text(answer, hit, KDBIB_PMID, kdb_node_child_text(answer, document, "PMID"));
    add_ids(answer, hit, kdb_node_child(document, "ArticleIdList"));
    if (title || book_title)
        kdb_fact_title(answer, hit,
                       kdb_pubmed_title(kdb_node_text(answer, title ? title : book_title, true)),
                       (kdbib_str){0});
    if (title && book_title)
        kdb_fact_text(answer, hit, KDBIB_CONTAINER_TITLE, kdb_node_text(answer, book_title, true));
    add_names(answer, hit, kdb_node_child(document, "AuthorList"), KDBIB_AUTHORS);
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER,
                  kdb_node_child_text(answer, kdb_node_child(book, "Publisher"), "PublisherName"));
    kdb_fact_isbn(answer, hit, kdb_node_child_text(answer, book, "Isbn"));
    kdbib_record_set_issued(hit->record, date_of(answer, kdb_node_child(book, "PubDate")),
                            KDBIB_BASIS_SERVICE);
    return true;
}

bool kdb_pubmed_parse(kdb_answer *answer, kdbib_str body) {
    xmlDoc *document = kdb_node_load(answer, body);
    bool fine = true;
    if (!answer->problem) {
        xmlNode *root = xmlDocGetRootElement(document);
        xmlNode *first = kdb_node_is(root, "PubmedArticle") ? root : root->children;
        for (xmlNode *node = first; node && fine; node = node == root ? NULL : node->next)
            if (kdb_node_is(node, "PubmedArticle"))
                fine = add_article(answer, node);
            else if (kdb_node_is(node, "PubmedBookArticle"))
                fine = add_book_chapter(answer, node);
        if (!kdb_node_is(root, "PubmedArticleSet") && !kdb_node_is(root, "PubmedArticle"))
            answer->problem = "the answer holds no articles";
    }
    xmlFreeDoc(document);
    return fine && !kdb_arena_failed(answer->arena);
}
