/* The names of types, fields, bases and roles: read and written only through these tables. */
#include "base/strings.h"
#include "kdbib/record.h"

static const char *const type_names[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = "document",
    [KDBIB_TYPE_ARTICLE] = "article",
    [KDBIB_TYPE_ARTICLE_JOURNAL] = "article-journal",
    [KDBIB_TYPE_PAPER_CONFERENCE] = "paper-conference",
    [KDBIB_TYPE_CHAPTER] = "chapter",
    [KDBIB_TYPE_BOOK] = "book",
    [KDBIB_TYPE_THESIS] = "thesis",
    [KDBIB_TYPE_REPORT] = "report",
    [KDBIB_TYPE_PATENT] = "patent",
    [KDBIB_TYPE_DATASET] = "dataset",
    [KDBIB_TYPE_SOFTWARE] = "software",
    [KDBIB_TYPE_WEBPAGE] = "webpage",
};

static const char *const field_names[KDBIB_FIELD_COUNT] = {
    [KDBIB_TYPE] = "type",
    [KDBIB_AUTHORS] = "authors",
    [KDBIB_EDITORS] = "editors",
    [KDBIB_ISSUED] = "issued",
    [KDBIB_TITLE] = "title",
    [KDBIB_KEY] = "key",
    [KDBIB_DOI] = "doi",
    [KDBIB_DOI_CANDIDATE] = "doi_candidate",
    [KDBIB_VENUE] = "venue",
    [KDBIB_CONTAINER_TITLE] = "container_title",
    [KDBIB_COLLECTION_TITLE] = "collection_title",
    [KDBIB_EVENT_TITLE] = "event_title",
    [KDBIB_EVENT_PLACE] = "event_place",
    [KDBIB_PUBLISHER] = "publisher",
    [KDBIB_PUBLISHER_PLACE] = "publisher_place",
    [KDBIB_VOLUME] = "volume",
    [KDBIB_ISSUE] = "issue",
    [KDBIB_PAGES] = "pages",
    [KDBIB_ARTICLE_NUMBER] = "article_number",
    [KDBIB_NUMBER] = "number",
    [KDBIB_EDITION] = "edition",
    [KDBIB_VERSION] = "version",
    [KDBIB_GENRE] = "genre",
    [KDBIB_ARCHIVE] = "archive",
    [KDBIB_ISSN] = "issn",
    [KDBIB_ISBN] = "isbn",
    [KDBIB_ARXIV] = "arxiv",
    [KDBIB_ARXIV_CLASS] = "arxiv_class",
    [KDBIB_PMID] = "pmid",
    [KDBIB_PMCID] = "pmcid",
    [KDBIB_PII] = "pii",
    [KDBIB_IEEE_NUMBER] = "ieee_number",
    [KDBIB_OPENREVIEW] = "openreview",
    [KDBIB_ABSTRACT] = "abstract",
    [KDBIB_NOTE] = "note",
    [KDBIB_LANGUAGE] = "language",
    [KDBIB_CANONICAL_URL] = "canonical_url",
};

static const char *const basis_names[] = {
    [KDBIB_BASIS_NONE] = "none",       [KDBIB_BASIS_UNVERIFIED] = "unverified",
    [KDBIB_BASIS_LIST] = "list",       [KDBIB_BASIS_COMPUTED] = "computed",
    [KDBIB_BASIS_LITERAL] = "literal", [KDBIB_BASIS_SERVICE] = "service",
    [KDBIB_BASIS_LOCK] = "lock",       [KDBIB_BASIS_MANUAL] = "manual",
};

static const char *const role_names[KDBIB_ROLE_COUNT] = {
    [KDBIB_LINK_PAPER] = "paper",     [KDBIB_LINK_PDF] = "pdf",
    [KDBIB_LINK_CODE] = "code",       [KDBIB_LINK_PROJECT] = "project",
    [KDBIB_LINK_DATASET] = "dataset", [KDBIB_LINK_VIDEO] = "video",
    [KDBIB_LINK_SLIDES] = "slides",   [KDBIB_LINK_BLOG] = "blog",
    [KDBIB_LINK_OTHER] = "other",
};

/* Index of `name` in `names`, or -1. */
static int find(const char *const *names, int count, kdbib_str name) {
    for (int i = 0; i < count; i++)
        if (name.size && names[i][0] == name.data[0] &&
            kdbib_str_equal(kdbib_str_of(names[i]), name))
            return i;
    return -1;
}

const char *kdbib_type_name(kdbib_type type) {
    return type_names[type];
}
const char *kdbib_field_name(kdbib_field field) {
    return field_names[field];
}
const char *kdbib_basis_name(kdbib_basis basis) {
    return basis_names[basis];
}
const char *kdbib_role_name(kdbib_role role) {
    return role_names[role];
}

bool kdbib_type_from_name(kdbib_str name, kdbib_type *type) {
    int found = find(type_names, KDBIB_TYPE_COUNT, name);
    if (found >= 0)
        *type = (kdbib_type)found;
    return found >= 0;
}

bool kdbib_field_from_name(kdbib_str name, kdbib_field *field) {
    int found = find(field_names, KDBIB_FIELD_COUNT, name);
    if (found >= 0)
        *field = (kdbib_field)found;
    return found >= 0;
}
