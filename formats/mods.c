/* mods: the Library of Congress's XML, for library systems, bibutils and Zotero. */
#include <stdio.h>

#include "kdbib/kdbib.h"
#include "parts.h"
#include "xml.h"

typedef struct mods_state {
    kdb_xml xml;
    kdb_buffer text;
    size_t records;
} mods_state;

/* Genres of a type and of what it stands in: MARC's, those of bibutils, Zotero's item type (not for
 * conference papers, which bibutils would then take for whole proceedings). */
static const struct kind {
    const char *resource;
    const char *marc, *bibutils, *zotero;
    const char *host_marc, *host_bibutils;
} kinds[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"text", NULL, "miscellaneous", "document", NULL, NULL},
    [KDBIB_TYPE_ARTICLE] = {"text", NULL, "unpublished", "preprint", NULL, NULL},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"text", "article", "journal article", "journalArticle",
                                    "periodical", "academic journal"},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"text", NULL, NULL, NULL, "conference publication", NULL},
    [KDBIB_TYPE_CHAPTER] = {"text", NULL, NULL, "bookSection", NULL, "collection"},
    [KDBIB_TYPE_BOOK] = {"text", "book", NULL, "book", NULL, NULL},
    [KDBIB_TYPE_THESIS] = {"text", "thesis", NULL, "thesis", NULL, NULL},
    [KDBIB_TYPE_REPORT] = {"text", "technical report", "report", "report", NULL, NULL},
    [KDBIB_TYPE_PATENT] = {"text", "patent", NULL, "patent", NULL, NULL},
    [KDBIB_TYPE_DATASET] = {"software, multimedia", "numeric data", NULL, "dataset", NULL, NULL},
    [KDBIB_TYPE_SOFTWARE] = {"software, multimedia", "computer program", NULL, "computerProgram",
                             NULL, NULL},
    [KDBIB_TYPE_WEBPAGE] = {"software, multimedia", "web site", "electronic", "webpage", NULL,
                            NULL},
};

static const struct {
    const char *type;
    kdbib_field field;
    bool host; /* identifies what the work stands in */
} identifiers[] = {
    {"citekey", KDBIB_KEY, false}, {"doi", KDBIB_DOI, false},   {"arXiv", KDBIB_ARXIV, false},
    {"pubmed", KDBIB_PMID, false}, {"pmc", KDBIB_PMCID, false}, {"pii", KDBIB_PII, false},
    {"issn", KDBIB_ISSN, true},    {"isbn", KDBIB_ISBN, true},
};

static void write_genre(kdb_xml *xml, const char *authority, const char *genre) {
    kdb_xml_element_with(xml, "genre", "authority", authority, kdbib_str_of(genre));
}

static void write_names(mods_state *state, const kdbib_record *record, kdbib_field which,
                        const char *role) {
    kdb_xml *xml = &state->xml;
    kdbib_name name;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        kdb_xml_start(xml, "name");
        kdb_xml_attribute(xml, "type",
                          name.literal.size ? KDBIB_STR("corporate") : KDBIB_STR("personal"));
        if (name.literal.size) {
            kdb_xml_element(xml, "namePart", name.literal);
        } else {
            kdb_xml_element_with(xml, "namePart", "type", "given", name.given);
            kdb_join(name.particle, " ", name.family, &state->text);
            kdb_xml_element_with(xml, "namePart", "type", "family", kdb_buffer_str(&state->text));
            kdb_xml_element_with(xml, "namePart", "type", "termsOfAddress", name.suffix);
        }
        kdb_xml_start(xml, "role");
        kdb_xml_start_line(xml, "roleTerm");
        kdb_xml_attribute(xml, "authority", KDBIB_STR("marcrelator"));
        kdb_xml_attribute(xml, "type", KDBIB_STR("text"));
        kdb_xml_text(xml, kdbib_str_of(role));
        kdb_xml_end_line(xml);
        kdb_xml_end(xml);
        kdb_xml_end(xml);
    }
}

static void write_title(kdb_xml *xml, kdbib_str title, const char *type) {
    if (!title.size)
        return;
    kdb_xml_start(xml, "titleInfo");
    if (type)
        kdb_xml_attribute(xml, "type", kdbib_str_of(type));
    kdb_xml_element(xml, "title", title);
    kdb_xml_end(xml);
}

static void write_place(kdb_xml *xml, kdbib_str place) {
    if (!place.size)
        return;
    kdb_xml_start(xml, "place");
    kdb_xml_element_with(xml, "placeTerm", "type", "text", place);
    kdb_xml_end(xml);
}

/* Publisher, place, date, edition; nothing when there is none of them. `dated` leaves the date out
 * when false. */
static void write_origin(kdb_xml *xml, const kdbib_record *record, bool dated, bool published) {
    char date[16];
    kdb_iso_date(kdbib_record_issued(record), date);
    kdbib_str publisher = kdb_preprint_server(record);
    if (!publisher.size)
        publisher = kdbib_record_text(record, KDBIB_PUBLISHER);
    kdbib_str place = kdbib_record_text(record, KDBIB_PUBLISHER_PLACE);
    kdbib_str edition = kdbib_record_text(record, KDBIB_EDITION);
    if (!edition.size)
        edition = kdbib_record_text(record, KDBIB_VERSION);
    bool any = (dated && *date) || (published && (publisher.size || place.size || edition.size));
    if (!any)
        return;
    kdb_xml_start(xml, "originInfo");
    if (published) {
        write_place(xml, place);
        kdb_xml_element(xml, "publisher", publisher);
    }
    if (dated)
        kdb_xml_element_with(xml, "dateIssued", "encoding", "w3cdtf", kdbib_str_of(date));
    if (published)
        kdb_xml_element(xml, "edition", edition);
    kdb_xml_end(xml);
}

static void write_detail(kdb_xml *xml, const char *type, kdbib_str number) {
    if (!number.size)
        return;
    kdb_xml_start(xml, "detail");
    kdb_xml_attribute(xml, "type", kdbib_str_of(type));
    kdb_xml_element(xml, "number", number);
    kdb_xml_end(xml);
}

static void write_part(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str first, last, number = kdbib_record_text(record, KDBIB_ARTICLE_NUMBER);
    kdbib_str volume = kdbib_record_text(record, KDBIB_VOLUME);
    kdbib_str issue = kdbib_record_text(record, KDBIB_ISSUE);
    kdb_split_pages(kdbib_record_text(record, KDBIB_PAGES), &first, &last);
    if (!first.size)
        first = number;
    if (!volume.size && !issue.size && !first.size)
        return;
    kdb_xml_start(xml, "part");
    write_detail(xml, "volume", volume);
    write_detail(xml, "issue", issue);
    if (first.size) {
        kdb_xml_start(xml, "extent");
        kdb_xml_attribute(xml, "unit", KDBIB_STR("page"));
        kdb_xml_element(xml, "start", first);
        kdb_xml_element(xml, "end", last);
        kdb_xml_end(xml);
    }
    kdb_xml_end(xml);
}

static void write_identifiers(kdb_xml *xml, const kdbib_record *record, bool host, bool hosted) {
    for (size_t i = 0; i < sizeof identifiers / sizeof *identifiers; i++) {
        if ((identifiers[i].host && hosted) != host)
            continue;
        kdbib_str words = kdbib_record_text(record, identifiers[i].field);
        for (kdbib_str word; (word = kdb_next_word(&words)).size;)
            kdb_xml_element_with(xml, "identifier", "type", identifiers[i].type, word);
    }
}

static void write_series(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str series = kdbib_record_text(record, KDBIB_COLLECTION_TITLE);
    if (!series.size)
        return;
    kdb_xml_start(xml, "relatedItem");
    kdb_xml_attribute(xml, "type", KDBIB_STR("series"));
    write_title(xml, series, NULL);
    kdb_xml_end(xml);
}

static void write_event(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str event = kdbib_record_text(record, KDBIB_EVENT_TITLE);
    kdbib_str place = kdbib_record_text(record, KDBIB_EVENT_PLACE);
    if (event.size) {
        kdb_xml_start(xml, "name");
        kdb_xml_attribute(xml, "type", KDBIB_STR("conference"));
        kdb_xml_element(xml, "namePart", event);
        kdb_xml_end(xml);
    }
    kdb_xml_element_with(xml, "note", "type", "venue", place);
}

static void write_host(mods_state *state, const kdbib_record *record, const struct kind *kind) {
    kdb_xml *xml = &state->xml;
    kdb_xml_start(xml, "relatedItem");
    kdb_xml_attribute(xml, "type", KDBIB_STR("host"));
    write_title(xml, kdb_container(record), NULL);
    write_title(xml, kdb_short_container(record), "abbreviated");
    write_names(state, record, KDBIB_EDITORS, "editor");
    write_event(xml, record);
    if (kind->host_marc)
        write_genre(xml, "marcgt", kind->host_marc);
    if (kind->host_bibutils)
        write_genre(xml, "bibutilsgt", kind->host_bibutils);
    write_origin(xml, record, false, true);
    write_series(xml, record);
    write_identifiers(xml, record, true, true);
    write_part(xml, record);
    kdb_xml_end(xml);
}

static void write_links(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str url;
    kdbib_role role;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);) {
        kdb_xml_start(xml, "location");
        kdb_xml_start_line(xml, "url");
        if (role == KDBIB_LINK_PAPER)
            kdb_xml_attribute(xml, "usage", KDBIB_STR("primary display"));
        else
            kdb_xml_attribute(xml, "displayLabel", kdbib_str_of(kdbib_role_name(role)));
        kdb_xml_text(xml, url);
        kdb_xml_end_line(xml);
        kdb_xml_end(xml);
    }
}

static void write_subjects(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str keywords[KDB_KEYWORDS_MAX];
    size_t count = kdb_keywords(record, keywords);
    for (size_t i = 0; i < count; i++) {
        kdb_xml_start(xml, "subject");
        kdb_xml_element(xml, "topic", keywords[i]);
        kdb_xml_end(xml);
    }
}

static void write_language(kdb_xml *xml, kdbib_str language) {
    if (!language.size)
        return;
    kdb_xml_start(xml, "language");
    kdb_xml_start_line(xml, "languageTerm");
    kdb_xml_attribute(xml, "type", KDBIB_STR("code"));
    kdb_xml_attribute(xml, "authority", KDBIB_STR("rfc5646"));
    kdb_xml_text(xml, language);
    kdb_xml_end_line(xml);
    kdb_xml_end(xml);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    mods_state *state = kdbib_writer_state(writer);
    kdb_xml *xml = &state->xml;
    const struct kind *kind = &kinds[kdbib_record_type(record)];
    bool hosted = kdb_container(record).size || kind->host_marc || kind->host_bibutils;
    kdb_xml_start(xml, "mods");
    kdb_buffer_clear(&state->text);
    kdb_xml_id(record, ++state->records, &state->text);
    kdb_xml_attribute(xml, "ID", kdb_buffer_str(&state->text));
    kdb_xml_attribute(xml, "version", KDBIB_STR("3.7"));
    kdb_buffer_clear(&state->text);
    kdb_title_to_plain(record, &state->text);
    write_title(xml, kdb_buffer_str(&state->text), NULL);
    write_names(state, record, KDBIB_AUTHORS, "author");
    kdb_xml_element(xml, "typeOfResource", kdbib_str_of(kind->resource));
    if (kind->marc)
        write_genre(xml, "marcgt", kind->marc);
    if (kind->bibutils)
        write_genre(xml, "bibutilsgt", kind->bibutils);
    if (kind->zotero)
        write_genre(xml, "local", kind->zotero);
    kdb_xml_element(xml, "genre", kdbib_record_text(record, KDBIB_GENRE));
    write_origin(xml, record, true, !hosted);
    write_language(xml, kdbib_record_text(record, KDBIB_LANGUAGE));
    kdb_xml_element(xml, "abstract", kdbib_record_text(record, KDBIB_ABSTRACT));
    kdb_xml_element(xml, "note", kdbib_record_text(record, KDBIB_NOTE));
    if (kdbib_record_authors_truncated(record))
        kdb_xml_element(xml, "note", KDBIB_STR(KDB_AUTHORS_TRUNCATED));
    kdb_xml_element_with(xml, "note", "type", "number", kdbib_record_text(record, KDBIB_NUMBER));
    write_subjects(xml, record);
    if (hosted) {
        write_host(state, record, kind);
    } else {
        write_names(state, record, KDBIB_EDITORS, "editor");
        write_event(xml, record);
        write_series(xml, record);
        write_part(xml, record);
    }
    write_identifiers(xml, record, false, hosted);
    write_links(xml, record);
    kdb_xml_end(xml);
    return !xml->failed && !state->text.failed;
}

static bool begin(kdbib_writer *writer) {
    mods_state *state = kdbib_writer_state(writer);
    bool fine = kdb_xml_open(&state->xml, writer);
    kdb_xml_start(&state->xml, "modsCollection");
    kdb_xml_attribute(&state->xml, "xmlns", KDBIB_STR("http://www.loc.gov/mods/v3"));
    return fine;
}

static bool end(kdbib_writer *writer) {
    mods_state *state = kdbib_writer_state(writer);
    kdb_xml_end(&state->xml);
    return kdb_xml_close(&state->xml);
}

static void cleanup(kdbib_writer *writer) {
    mods_state *state = kdbib_writer_state(writer);
    kdb_xml_close(&state->xml);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_mods_writer = {
    .name = "mods",
    .aliases = (const char *const[]){"mods-xml", NULL},
    .extension = "mods",
    .description = "MODS 3.7 XML, for library systems",
    .state_size = sizeof(mods_state),
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};
