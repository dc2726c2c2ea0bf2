/* jats: a reference list for journals and PubMed Central (JATS 1.2), by JATS4R's recommendations.
 */
#include <stdio.h>

#include "base/strings.h"
#include "kdbib/kdbib.h"
#include "parts.h"
#include "xml.h"

typedef struct jats_state {
    kdb_xml xml;
    kdb_buffer text;
    size_t records;
    bool begun;
} jats_state;

static const char ref_list_doctype[] =
    "<!DOCTYPE ref-list PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 "
    "v1.2 20190208//EN\" \"JATS-journalpublishing1-mathml3.dtd\">\n";
static const char article_doctype[] =
    "<!DOCTYPE article PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD "
    "with MathML3 v1.2 20190208//EN\" \"JATS-archivearticle1-mathml3.dtd\">\n";

/* How a type is called and where its title goes. */
static const struct kind {
    const char *publication_type;
    const char *title; /* element */
} kinds[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"other", "article-title"},
    [KDBIB_TYPE_ARTICLE] = {"preprint", "article-title"},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"journal", "article-title"},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"confproc", "article-title"},
    [KDBIB_TYPE_CHAPTER] = {"book", "chapter-title"},
    [KDBIB_TYPE_BOOK] = {"book", "source"},
    [KDBIB_TYPE_THESIS] = {"thesis", "source"},
    [KDBIB_TYPE_REPORT] = {"report", "source"},
    [KDBIB_TYPE_PATENT] = {"patent", "article-title"},
    [KDBIB_TYPE_DATASET] = {"data", "data-title"},
    [KDBIB_TYPE_SOFTWARE] = {"software", "source"},
    [KDBIB_TYPE_WEBPAGE] = {"web", "article-title"},
};

static const struct {
    unsigned style;
    const char *element;
} styles[] = {
    {KDBIB_BOLD, "bold"}, {KDBIB_ITALIC, "italic"}, {KDBIB_SMALL_CAPS, "sc"},
    {KDBIB_SUB, "sub"},   {KDBIB_SUP, "sup"},       {KDBIB_CODE, "monospace"},
};
#define STYLES (sizeof styles / sizeof *styles)

static const struct {
    const char *type;
    kdbib_field field;
} identifiers[] = {
    {"doi", KDBIB_DOI},     {"arxiv", KDBIB_ARXIV}, {"pmid", KDBIB_PMID},
    {"pmcid", KDBIB_PMCID}, {"pii", KDBIB_PII},
};

/* `formula` false: the element may hold no formula, and math stands between dollars. */
static void write_run(kdb_xml *xml, const kdbib_run *run, bool formula) {
    if (run->style & KDBIB_MATH && !formula) {
        kdb_xml_text(xml, KDBIB_STR("$"));
        kdb_xml_text(xml, run->text);
        kdb_xml_text(xml, KDBIB_STR("$"));
        return;
    }
    if (run->style & KDBIB_MATH) {
        kdb_xml_start_inline(xml, "inline-formula");
        kdb_xml_start_inline(xml, "tex-math");
        kdb_xml_text(xml, run->text);
        kdb_xml_end_inline(xml);
        kdb_xml_end_inline(xml);
        return;
    }
    for (size_t i = 0; i < STYLES; i++)
        if (run->style & styles[i].style)
            kdb_xml_start_inline(xml, styles[i].element);
    kdb_xml_text(xml, run->text);
    for (size_t i = 0; i < STYLES; i++)
        if (run->style & styles[i].style)
            kdb_xml_end_inline(xml);
}

static void write_title(kdb_xml *xml, const kdbib_record *record, const char *element) {
    kdbib_cursor cursor = {0};
    kdbib_run run;
    if (!kdbib_record_next_run(record, &cursor, &run))
        return;
    kdb_xml_start_line(xml, element);
    kdbib_str language = kdbib_record_text(record, KDBIB_LANGUAGE);
    if (kdb_is_language(language))
        kdb_xml_attribute(xml, "xml:lang", language);
    do
        write_run(xml, &run, strcmp(element, "data-title") != 0);
    while (kdbib_record_next_run(record, &cursor, &run));
    kdb_xml_end_line(xml);
}

static void write_name(jats_state *state, const kdbib_name *name) {
    kdb_xml *xml = &state->xml;
    if (name->literal.size) {
        kdb_xml_element(xml, "collab", name->literal);
        return;
    }
    kdb_buffer_clear(&state->text);
    if (name->particle.size) {
        kdb_buffer_add_str(&state->text, name->particle);
        kdb_buffer_add_char(&state->text, ' ');
    }
    kdb_buffer_add_str(&state->text, name->family);
    kdb_xml_start(xml, "name");
    kdb_xml_element(xml, "surname", kdb_buffer_str(&state->text));
    kdb_xml_element(xml, "given-names", name->given);
    kdb_xml_element(xml, "suffix", name->suffix);
    kdb_xml_end(xml);
}

static void write_names(jats_state *state, const kdbib_record *record, kdbib_field which,
                        const char *group_type, bool truncated) {
    kdb_xml *xml = &state->xml;
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        if (!any) {
            kdb_xml_start(xml, "person-group");
            kdb_xml_attribute(xml, "person-group-type", kdbib_str_of(group_type));
        }
        any = true;
        write_name(state, &name);
    }
    if (!any)
        return;
    if (truncated) {
        kdb_xml_start_line(xml, "etal");
        kdb_xml_end_line(xml);
    }
    kdb_xml_end(xml);
}

static void write_date(kdb_xml *xml, kdbib_date date) {
    char text[16];
    if (!date.year)
        return;
    kdb_xml_start_line(xml, "year");
    kdb_iso_date(date, text);
    kdb_xml_attribute(xml, "iso-8601-date", kdbib_str_of(text));
    snprintf(text, sizeof text, "%d", date.year);
    kdb_xml_text(xml, kdbib_str_of(text));
    kdb_xml_end_line(xml);
    if (date.month) {
        snprintf(text, sizeof text, "%u", date.month);
        kdb_xml_element(xml, "month", kdbib_str_of(text));
    }
    if (date.day) {
        snprintf(text, sizeof text, "%u", date.day);
        kdb_xml_element(xml, "day", kdbib_str_of(text));
    }
}

static void write_words(kdb_xml *xml, const char *element, kdbib_str words) {
    for (kdbib_str word; (word = kdb_next_word(&words)).size;)
        kdb_xml_element(xml, element, word);
}

/* A link, or for what is no web address its text. The namespace stands here because ref-list may
 * not carry it. */
static void write_link(kdb_xml *xml, kdbib_str url) {
    if (!kdb_is_web_url(url)) {
        kdb_xml_text(xml, url);
        return;
    }
    kdb_xml_start_inline(xml, "ext-link");
    kdb_xml_attribute(xml, "xmlns:xlink", KDBIB_STR("http://www.w3.org/1999/xlink"));
    kdb_xml_attribute(xml, "ext-link-type", KDBIB_STR("uri"));
    kdb_xml_attribute(xml, "xlink:href", url);
    kdb_xml_text(xml, url);
    kdb_xml_end_inline(xml);
}

static void write_links(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str url = kdb_telling_url(record);
    if (url.size && kdb_is_web_url(url)) {
        kdb_xml_start_line(xml, "ext-link");
        kdb_xml_attribute(xml, "xmlns:xlink", KDBIB_STR("http://www.w3.org/1999/xlink"));
        kdb_xml_attribute(xml, "ext-link-type", KDBIB_STR("uri"));
        kdb_xml_attribute(xml, "xlink:href", url);
        kdb_xml_text(xml, url);
        kdb_xml_end_line(xml);
    } else {
        kdb_xml_element(xml, "comment", url);
    }
    for (int role = KDBIB_LINK_PAPER + 1; role < KDBIB_ROLE_COUNT; role++) {
        for (kdbib_cursor c = {0};
             kdbib_record_next_link(record, (kdbib_role)role, &c, &url, NULL);) {
            kdb_xml_start_line(xml, "comment");
            kdb_xml_attribute(xml, "content-type", kdbib_str_of(kdbib_role_name((kdbib_role)role)));
            write_link(xml, url);
            kdb_xml_end_line(xml);
        }
    }
}

/* What the work stands in: for data the repository, for a preprint the server. */
static kdbib_str source_of(const kdbib_record *record) {
    kdbib_type type = kdbib_record_type(record);
    kdbib_str source = kdb_container(record);
    if (!source.size && type == KDBIB_TYPE_ARTICLE)
        source = kdb_preprint_server(record);
    if (!source.size && type == KDBIB_TYPE_DATASET)
        source = kdbib_record_text(record, KDBIB_ARCHIVE);
    if (!source.size && (type == KDBIB_TYPE_DATASET || type == KDBIB_TYPE_ARTICLE))
        source = kdbib_record_text(record, KDBIB_PUBLISHER);
    if (!source.size && type == KDBIB_TYPE_PAPER_CONFERENCE)
        source = kdbib_record_text(record, KDBIB_EVENT_TITLE);
    return source;
}

static void write_locator(kdb_xml *xml, const kdbib_record *record) {
    kdbib_str first, last, number = kdbib_record_text(record, KDBIB_ARTICLE_NUMBER);
    kdb_split_pages(kdbib_record_text(record, KDBIB_PAGES), &first, &last);
    if (number.size) { /* JATS4R: never beside fpage */
        kdb_xml_element(xml, "elocation-id", number);
        return;
    }
    kdb_xml_element(xml, "fpage", first);
    kdb_xml_element(xml, "lpage", last);
}

static void write_numbers(kdb_xml *xml, const kdbib_record *record) {
    bool patent = kdbib_record_type(record) == KDBIB_TYPE_PATENT;
    kdbib_str number = kdbib_record_text(record, KDBIB_NUMBER);
    kdbib_str version = kdbib_record_text(record, KDBIB_VERSION);
    if (patent)
        kdb_xml_element(xml, "patent", number);
    else
        kdb_xml_element_with(xml, "pub-id", "pub-id-type", "other", number);
    if (version.size) {
        kdb_xml_start_line(xml, "version");
        kdb_xml_attribute(xml, "designator", version);
        kdb_xml_text(xml, version);
        kdb_xml_end_line(xml);
    }
    write_words(xml, "isbn", kdbib_record_text(record, KDBIB_ISBN));
    write_words(xml, "issn", kdbib_record_text(record, KDBIB_ISSN));
    for (size_t i = 0; i < sizeof identifiers / sizeof *identifiers; i++)
        kdb_xml_element_with(xml, "pub-id", "pub-id-type", identifiers[i].type,
                             kdbib_record_text(record, identifiers[i].field));
}

static void write_citation(jats_state *state, const kdbib_record *record) {
    kdb_xml *xml = &state->xml;
    kdbib_type type = kdbib_record_type(record);
    const struct kind *kind = &kinds[type];
    kdbib_str source = source_of(record), publisher = kdbib_record_text(record, KDBIB_PUBLISHER);
    const char *publication_type = kind->publication_type;
    if (type == KDBIB_TYPE_DOCUMENT && source.size)
        publication_type = "journal"; /* JATS4R advises against "other" */
    else if (type == KDBIB_TYPE_DOCUMENT && kdbib_record_link(record, KDBIB_LINK_PAPER).size)
        publication_type = "web";

    kdb_xml_start(xml, "element-citation");
    kdb_xml_attribute(xml, "publication-type", kdbib_str_of(publication_type));
    write_names(state, record, KDBIB_AUTHORS, "author", kdbib_record_authors_truncated(record));
    write_title(xml, record, kind->title);
    if (strcmp(kind->title, "source") != 0)
        kdb_xml_element(xml, "source", source);
    else
        kdb_xml_element(xml, "series", source);
    write_names(state, record, KDBIB_EDITORS, "editor", false);
    kdb_xml_element(xml, "edition", kdbib_record_text(record, KDBIB_EDITION));
    kdb_xml_element(xml, "series", kdbib_record_text(record, KDBIB_COLLECTION_TITLE));
    kdb_xml_element(xml, "conf-name", kdbib_record_text(record, KDBIB_EVENT_TITLE));
    kdb_xml_element(xml, "conf-loc", kdbib_record_text(record, KDBIB_EVENT_PLACE));
    write_date(xml, kdbib_record_issued(record));
    kdb_xml_element(xml, "volume", kdbib_record_text(record, KDBIB_VOLUME));
    kdb_xml_element(xml, "issue", kdbib_record_text(record, KDBIB_ISSUE));
    write_locator(xml, record);
    if (!kdbib_str_equal(publisher, source))
        kdb_xml_element(xml, "publisher-name", publisher);
    kdb_xml_element(xml, "publisher-loc", kdbib_record_text(record, KDBIB_PUBLISHER_PLACE));
    write_numbers(xml, record);
    write_links(xml, record);
    kdb_xml_element_with(xml, "comment", "content-type", "genre",
                         kdbib_record_text(record, KDBIB_GENRE));
    kdb_xml_element_with(xml, "comment", "content-type", "note",
                         kdbib_record_text(record, KDBIB_NOTE));
    kdb_xml_end(xml);
}

static bool is_standalone(const kdbib_writer *writer) {
    return kdbib_writer_get_option(writer, "standalone") != NULL;
}

/* An article needs a front; its title is the list's own. */
static void write_front(kdb_xml *xml, kdbib_str title) {
    kdb_xml_start(xml, "front");
    kdb_xml_start(xml, "article-meta");
    kdb_xml_start(xml, "title-group");
    kdb_xml_element(xml, "article-title", title.size ? title : KDBIB_STR("References"));
    kdb_xml_end(xml);
    kdb_xml_end(xml);
    kdb_xml_end(xml);
}

/* Written with the first record, which knows the title of the list; `record` may be NULL. */
static void begin_document(kdbib_writer *writer, const kdbib_record *record) {
    jats_state *state = kdbib_writer_state(writer);
    kdb_xml *xml = &state->xml;
    if (state->begun)
        return;
    state->begun = true;
    kdb_xml_raw(xml, is_standalone(writer) ? article_doctype : ref_list_doctype);
    if (is_standalone(writer)) {
        kdb_xml_start(xml, "article");
        kdb_xml_attribute(xml, "article-type", KDBIB_STR("other"));
        kdb_xml_attribute(xml, "dtd-version", KDBIB_STR("1.2"));
        write_front(xml, record ? kdb_list_title(record) : KDBIB_STR(""));
        kdb_xml_start(xml, "back");
    }
    kdb_xml_start(xml, "ref-list");
}

static bool begin(kdbib_writer *writer) {
    jats_state *state = kdbib_writer_state(writer);
    return kdb_xml_open(&state->xml, writer);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    jats_state *state = kdbib_writer_state(writer);
    kdb_xml *xml = &state->xml;
    begin_document(writer, record);
    kdb_xml_start(xml, "ref");
    kdb_buffer_clear(&state->text);
    kdb_xml_id(record, ++state->records, &state->text);
    kdb_xml_attribute(xml, "id", kdb_buffer_str(&state->text));
    write_citation(state, record);
    kdb_xml_end(xml);
    return !xml->failed && !state->text.failed;
}

static bool end(kdbib_writer *writer) {
    jats_state *state = kdbib_writer_state(writer);
    kdb_xml *xml = &state->xml;
    begin_document(writer, NULL);
    kdb_xml_end(xml);
    if (is_standalone(writer)) {
        kdb_xml_end(xml);
        kdb_xml_end(xml);
    }
    return kdb_xml_close(xml);
}

static void cleanup(kdbib_writer *writer) {
    jats_state *state = kdbib_writer_state(writer);
    kdb_xml_close(&state->xml);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_jats_writer = {
    .name = "jats",
    .aliases = (const char *const[]){"jats-xml", NULL},
    .extension = "xml",
    .description = "JATS 1.2 reference list, for journals and PubMed Central",
    .options =
        (const kdbib_writer_option[]){
            {"standalone", "a whole article instead of a ref-list"},
            {NULL, NULL},
        },
    .state_size = sizeof(jats_state),
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};
