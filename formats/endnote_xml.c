/* endnote-xml: EndNote's own exchange format, which keeps italics and the like; Zotero and bibutils
 * read it too. */
#include <stdio.h>

#include "kdbib/kdbib.h"
#include "parts.h"
#include "xml.h"

typedef struct endnote_state {
    kdb_xml xml;
    kdb_buffer text;
    long long records;
} endnote_state;

static const struct {
    const char *name;
    int number;
} types[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"Generic", 13},
    [KDBIB_TYPE_ARTICLE] = {"Unpublished Work", 34},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"Journal Article", 17},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"Conference Proceedings", 10},
    [KDBIB_TYPE_CHAPTER] = {"Book Section", 5},
    [KDBIB_TYPE_BOOK] = {"Book", 6},
    [KDBIB_TYPE_THESIS] = {"Thesis", 32},
    [KDBIB_TYPE_REPORT] = {"Report", 27},
    [KDBIB_TYPE_PATENT] = {"Patent", 25},
    [KDBIB_TYPE_DATASET] = {"Dataset", 59},
    [KDBIB_TYPE_SOFTWARE] = {"Computer Program", 9},
    [KDBIB_TYPE_WEBPAGE] = {"Web Page", 12},
};

static const struct {
    unsigned style;
    const char *face;
} faces[] = {
    {KDBIB_BOLD, "bold"},
    {KDBIB_ITALIC, "italic"},
    {KDBIB_SUB, "subscript"},
    {KDBIB_SUP, "superscript"},
};

static const struct {
    const char *element;
    kdbib_field field;
} simple[] = {
    {"volume", KDBIB_VOLUME},     {"number", KDBIB_ISSUE},
    {"edition", KDBIB_EDITION},   {"abstract", KDBIB_ABSTRACT},
    {"notes", KDBIB_NOTE},        {"work-type", KDBIB_GENRE},
    {"language", KDBIB_LANGUAGE}, {"accession-num", KDBIB_PMID},
    {"label", KDBIB_KEY},         {"electronic-resource-num", KDBIB_DOI},
    {"custom2", KDBIB_PMCID},     {"remote-database-name", KDBIB_ARCHIVE},
};

static void write_run(endnote_state *state, const kdbib_run *run) {
    kdb_xml *xml = &state->xml;
    kdb_buffer *face = &state->text;
    kdb_buffer_clear(face);
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
        if (run->style & faces[i].style) {
            if (face->size)
                kdb_buffer_add_char(face, ' ');
            kdb_buffer_add_str(face, kdbib_str_of(faces[i].face));
        }
    kdb_xml_start_inline(xml, "style");
    kdb_xml_attribute(xml, "face", face->size ? kdb_buffer_str(face) : KDBIB_STR("normal"));
    kdb_xml_attribute(xml, "font", KDBIB_STR("default"));
    kdb_xml_attribute(xml, "size", KDBIB_STR("100%"));
    if (run->style & KDBIB_MATH)
        kdb_xml_text(xml, KDBIB_STR("$"));
    kdb_xml_text(xml, run->text);
    if (run->style & KDBIB_MATH)
        kdb_xml_text(xml, KDBIB_STR("$"));
    kdb_xml_end_inline(xml);
}

/* A title of one plain run needs no style. */
static void write_title(endnote_state *state, const kdbib_record *record) {
    kdb_xml *xml = &state->xml;
    kdbib_cursor cursor = {0};
    kdbib_run run, second;
    if (!kdbib_record_next_run(record, &cursor, &run))
        return;
    kdb_xml_start_line(xml, "title");
    bool rich = kdbib_record_next_run(record, &cursor, &second) || run.style;
    if (!rich)
        kdb_xml_text(xml, run.text);
    for (cursor = (kdbib_cursor){0}; rich && kdbib_record_next_run(record, &cursor, &run);)
        write_run(state, &run);
    kdb_xml_end_line(xml);
}

static void write_names(endnote_state *state, const kdbib_record *record, kdbib_field which,
                        const char *group) {
    kdb_xml *xml = &state->xml;
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        if (!any)
            kdb_xml_start(xml, group);
        any = true;
        /* With a comma at its end EndNote leaves a body as it is. */
        kdb_name_with_commas(&name, ",", &state->text);
        kdb_xml_element(xml, "author", kdb_buffer_str(&state->text));
    }
    if (any)
        kdb_xml_end(xml);
}

static void write_contributors(endnote_state *state, const kdbib_record *record) {
    kdbib_name name;
    if (!kdbib_record_next_name(record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name) &&
        !kdbib_record_next_name(record, KDBIB_EDITORS, &(kdbib_cursor){0}, &name))
        return;
    kdb_xml_start(&state->xml, "contributors");
    write_names(state, record, KDBIB_AUTHORS, "authors");
    write_names(state, record, KDBIB_EDITORS,
                kdbib_record_type(record) == KDBIB_TYPE_BOOK ? "tertiary-authors"
                                                             : "secondary-authors");
    kdb_xml_end(&state->xml);
}

static void write_titles(endnote_state *state, const kdbib_record *record) {
    kdb_xml *xml = &state->xml;
    kdbib_type type = kdbib_record_type(record);
    kdbib_str container = kdb_container(record), second = container;
    if (type == KDBIB_TYPE_PAPER_CONFERENCE && kdbib_record_text(record, KDBIB_EVENT_TITLE).size)
        second = kdbib_record_text(record, KDBIB_EVENT_TITLE); /* EndNote's conference name */
    kdb_xml_start(xml, "titles");
    write_title(state, record);
    kdb_xml_element(xml, "secondary-title", second);
    kdb_xml_element(xml, "tertiary-title", kdbib_record_text(record, KDBIB_COLLECTION_TITLE));
    kdb_xml_end(xml);
    if (type == KDBIB_TYPE_ARTICLE_JOURNAL && container.size) {
        kdb_xml_start(xml, "periodical");
        kdb_xml_element(xml, "full-title", container);
        kdb_xml_element(xml, "abbr-1", kdb_short_container(record));
        kdb_xml_end(xml);
    }
    if (type == KDBIB_TYPE_PAPER_CONFERENCE)
        kdb_xml_element(xml, "custom3", container);
}

static void write_dates(kdb_xml *xml, kdbib_date date) {
    char text[16];
    if (!date.year)
        return;
    kdb_xml_start(xml, "dates");
    snprintf(text, sizeof text, "%d", date.year);
    kdb_xml_element(xml, "year", kdbib_str_of(text));
    if (date.month) {
        kdb_iso_date(date, text);
        kdb_xml_start(xml, "pub-dates");
        kdb_xml_element(xml, "date", kdbib_str_of(text));
        kdb_xml_end(xml);
    }
    kdb_xml_end(xml);
}

static void write_publication(endnote_state *state, const kdbib_record *record) {
    kdb_xml *xml = &state->xml;
    kdbib_type type = kdbib_record_type(record);
    kdbib_str pages = kdbib_record_text(record, KDBIB_PAGES);
    kdbib_str place = kdbib_record_text(record, KDBIB_PUBLISHER_PLACE);
    kdbib_str event_place = kdbib_record_text(record, KDBIB_EVENT_PLACE);
    kdbib_str server = kdb_preprint_server(record);
    bool conference = type == KDBIB_TYPE_PAPER_CONFERENCE;
    kdb_xml_element(xml, "pages",
                    pages.size ? pages : kdbib_record_text(record, KDBIB_ARTICLE_NUMBER));
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        kdb_xml_element(xml, simple[i].element, kdbib_record_text(record, simple[i].field));
    if (!kdbib_record_text(record, KDBIB_EDITION).size)
        kdb_xml_element(xml, "edition", kdbib_record_text(record, KDBIB_VERSION));
    kdb_xml_element(xml, "publisher",
                    server.size ? server : kdbib_record_text(record, KDBIB_PUBLISHER));
    kdb_xml_element(xml, "pub-location", conference && event_place.size ? event_place : place);
    if (conference)
        kdb_xml_element(xml, "custom1", place);
    kdbib_str number = kdbib_record_text(record, KDBIB_NUMBER);
    kdbib_str arxiv = kdbib_record_text(record, KDBIB_ARXIV);
    if (type == KDBIB_TYPE_ARTICLE && arxiv.size) {
        kdb_buffer_clear(&state->text);
        kdb_buffer_add_str(&state->text, KDBIB_STR("arXiv:"));
        kdb_buffer_add_str(&state->text, arxiv);
        number = kdb_buffer_str(&state->text);
    }
    kdb_xml_element(xml, "report-id", number);
}

/* ISBN and ISSN share one element: one on each line, as EndNote writes them. */
static void write_serial_numbers(endnote_state *state, const kdbib_record *record) {
    static const kdbib_field fields[] = {KDBIB_ISBN, KDBIB_ISSN};
    kdb_buffer_clear(&state->text);
    for (size_t i = 0; i < 2; i++) {
        kdbib_str words = kdbib_record_text(record, fields[i]);
        for (kdbib_str word; (word = kdb_next_word(&words)).size;) {
            if (state->text.size)
                kdb_buffer_add_char(&state->text, '\n');
            kdb_buffer_add_str(&state->text, word);
        }
    }
    kdb_xml_element(&state->xml, "isbn", kdb_buffer_str(&state->text));
}

static void write_keywords(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str keywords[KDB_KEYWORDS_MAX];
    size_t count = kdb_keywords(record, keywords);
    if (!count)
        return;
    kdb_xml_start(xml, "keywords");
    for (size_t i = 0; i < count; i++)
        kdb_xml_element(xml, "keyword", keywords[i]);
    kdb_xml_end(xml);
}

static void write_urls(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str url;
    kdbib_role role;
    if (!kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &(kdbib_cursor){0}, &url, NULL))
        return;
    kdb_xml_start(xml, "urls");
    bool any = false;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);) {
        if (role == KDBIB_LINK_PDF)
            continue;
        if (!any)
            kdb_xml_start(xml, "related-urls");
        any = true;
        kdb_xml_element(xml, "url", url);
    }
    if (any)
        kdb_xml_end(xml);
    if ((url = kdbib_record_link(record, KDBIB_LINK_PDF)).size) {
        kdb_xml_start(xml, "pdf-urls");
        kdb_xml_element(xml, "url", url);
        kdb_xml_end(xml);
    }
    kdb_xml_end(xml);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    endnote_state *state = kdbib_writer_state(writer);
    kdb_xml *xml = &state->xml;
    kdbib_type type = kdbib_record_type(record);
    char number[24];
    kdb_xml_start(xml, "record");
    kdb_xml_element_with(xml, "source-app", "name", "kdbib", KDBIB_STR("kdbib"));
    snprintf(number, sizeof number, "%lld", ++state->records);
    kdb_xml_element(xml, "rec-number", kdbib_str_of(number));
    snprintf(number, sizeof number, "%d", types[type].number);
    kdb_xml_element_with(xml, "ref-type", "name", types[type].name, kdbib_str_of(number));
    write_contributors(state, record);
    write_titles(state, record);
    write_publication(state, record);
    write_dates(xml, kdbib_record_issued(record));
    write_serial_numbers(state, record);
    write_keywords(xml, record);
    write_urls(xml, record);
    if (kdbib_record_authors_truncated(record))
        kdb_xml_element(xml, "research-notes", KDBIB_STR(KDB_AUTHORS_TRUNCATED));
    kdb_xml_end(xml);
    return !xml->failed && !state->text.failed;
}

static bool begin(kdbib_writer *writer) {
    endnote_state *state = kdbib_writer_state(writer);
    bool fine = kdb_xml_open(&state->xml, writer);
    kdb_xml_start(&state->xml, "xml");
    kdb_xml_start(&state->xml, "records");
    return fine;
}

static bool end(kdbib_writer *writer) {
    endnote_state *state = kdbib_writer_state(writer);
    kdb_xml_end(&state->xml);
    kdb_xml_end(&state->xml);
    return kdb_xml_close(&state->xml);
}

static void cleanup(kdbib_writer *writer) {
    endnote_state *state = kdbib_writer_state(writer);
    kdb_xml_close(&state->xml);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_endnote_xml_writer = {
    .name = "endnote-xml",
    .aliases = (const char *const[]){"endnotexml", "endnote", NULL},
    .description = "EndNote XML",
    .state_size = sizeof(endnote_state),
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};
