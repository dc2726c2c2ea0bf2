/* ris: what Zotero, EndNote, JabRef and bibutils import. Every value stands on one line, however
 * long, because readers join wrapped lines wrongly or not at all. */
#include <stdio.h>

#include "base/output.h"
#include "base/strings.h"
#include "kdbib/kdbib.h"
#include "parts.h"
#include "record/texts.h"

typedef struct ris_state {
    kdb_buffer clean, text;
    kdbib_str texts[KDBIB_FIELD_COUNT]; /* of the record in hand */
} ris_state;

#define TYPE(name) (1u << KDBIB_TYPE_##name)
#define ANY_TYPE ((1u << KDBIB_TYPE_COUNT) - 1)
#define JOURNAL TYPE(ARTICLE_JOURNAL)
#define PROCEEDINGS TYPE(PAPER_CONFERENCE)

/* Zotero takes an unknown type, and GEN, for a journal article; UNPD is the only one that keeps a
 * preprint apart. */
static const char *const types[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = "GEN",         [KDBIB_TYPE_ARTICLE] = "UNPD",
    [KDBIB_TYPE_ARTICLE_JOURNAL] = "JOUR", [KDBIB_TYPE_PAPER_CONFERENCE] = "CONF",
    [KDBIB_TYPE_CHAPTER] = "CHAP",         [KDBIB_TYPE_BOOK] = "BOOK",
    [KDBIB_TYPE_THESIS] = "THES",          [KDBIB_TYPE_REPORT] = "RPRT",
    [KDBIB_TYPE_PATENT] = "PAT",           [KDBIB_TYPE_DATASET] = "DATA",
    [KDBIB_TYPE_SOFTWARE] = "COMP",        [KDBIB_TYPE_WEBPAGE] = "ELEC",
};

/* Where the title of the whole goes. For conferences T2 would become Zotero's conference name and
 * JabRef's journal: BT and C3 are read rightly by both. */
static const struct {
    const char *tag;
    unsigned types;
} container_tags[] = {
    {"BT", PROCEEDINGS | TYPE(CHAPTER)},
    {"C3", PROCEEDINGS},
    {"T2", ANY_TYPE & ~(PROCEEDINGS | TYPE(CHAPTER))},
};

/* Fields that go to one tag as they are, in the order of writing. `tag` repeated: the first field
 * that is there wins. */
static const struct tag_rule {
    char tag[3];
    kdbib_field field;
    unsigned types;
} tags[] = {
    {"T3", KDBIB_COLLECTION_TITLE, ANY_TYPE},
    {"VL", KDBIB_VOLUME, ANY_TYPE},
    {"IS", KDBIB_ISSUE, ANY_TYPE},
    {"SN", KDBIB_NUMBER, TYPE(REPORT) | TYPE(PATENT)},
    {"M1", KDBIB_NUMBER, ANY_TYPE & ~(TYPE(REPORT) | TYPE(PATENT) | TYPE(ARTICLE) | JOURNAL)},
    {"ET", KDBIB_EDITION, ANY_TYPE},
    {"ET", KDBIB_VERSION, ANY_TYPE},
    {"M3", KDBIB_GENRE, TYPE(THESIS) | TYPE(REPORT) | TYPE(WEBPAGE)},
    {"CY", KDBIB_EVENT_PLACE, PROCEEDINGS},
    {"C1", KDBIB_PUBLISHER_PLACE, PROCEEDINGS},
    {"CY", KDBIB_PUBLISHER_PLACE, ANY_TYPE & ~PROCEEDINGS},
    {"DP", KDBIB_ARCHIVE, ANY_TYPE & ~TYPE(ARTICLE)},
    {"AN", KDBIB_PMID, ANY_TYPE},
    {"LA", KDBIB_LANGUAGE, ANY_TYPE},
    {"AB", KDBIB_ABSTRACT, ANY_TYPE},
    {"N1", KDBIB_NOTE, ANY_TYPE},
};

/* The one place where text becomes RIS: one line, no control characters. */
static void line(kdbib_writer *writer, const char *tag, kdbib_str value) {
    if (!value.size)
        return;
    ris_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    value = kdb_clean(value, KDB_ONE_LINE, &state->clean);
    if (!value.size)
        return;
    kdb_output_three(out, kdbib_str_of(tag), KDBIB_STR("  - "), value);
    kdbib_output_bytes(out, "\r\n", 2);
}

/* `*` is not allowed in authors, keywords and periodicals; here an asterisk operator stands for it.
 */
static void starless_line(kdbib_writer *writer, const char *tag, kdbib_str value) {
    ris_state *state = kdbib_writer_state(writer);
    if (kdb_find_char(value, '*', 0) == SIZE_MAX) {
        line(writer, tag, value);
        return;
    }
    kdb_buffer_clear(&state->text);
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] == '*')
            kdb_buffer_add_code_point(&state->text, 0x2217);
        else
            kdb_buffer_add_char(&state->text, value.data[i]);
    line(writer, tag, kdb_buffer_str(&state->text));
}

static void name_lines(kdbib_writer *writer, const kdbib_record *record, const char *tag,
                       kdbib_field which) {
    ris_state *state = kdbib_writer_state(writer);
    kdbib_name name;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        kdb_name_with_commas(&name, "", &state->text); /* no comma tells a body */
        line(writer, tag, kdb_buffer_str(&state->text));
    }
}

static void date_lines(kdbib_writer *writer, kdbib_date date) {
    char year[8], day[16];
    if (!date.year)
        return;
    snprintf(year, sizeof year, "%04d", date.year);
    line(writer, "PY", kdbib_str_of(year));
    if (date.day)
        snprintf(day, sizeof day, "%04d/%02u/%02u/", date.year, date.month, date.day);
    else if (date.month)
        snprintf(day, sizeof day, "%04d/%02u//", date.year, date.month);
    else
        return;
    line(writer, "DA", kdbib_str_of(day));
}

static void page_lines(kdbib_writer *writer) {
    const ris_state *state = kdbib_writer_state(writer);
    kdbib_str first, last;
    kdb_split_pages(state->texts[KDBIB_PAGES], &first, &last);
    if (!first.size)
        first = state->texts[KDBIB_ARTICLE_NUMBER];
    line(writer, "SP", first);
    line(writer, "EP", last);
}

/* Each word of a field that holds several. */
static void word_lines(kdbib_writer *writer, const char *tag, kdbib_str words) {
    for (kdbib_str word; (word = kdb_next_word(&words)).size;)
        line(writer, tag, word);
}

static void tag_lines(kdbib_writer *writer, const kdbib_record *record) {
    const ris_state *state = kdbib_writer_state(writer);
    unsigned type = 1u << kdbib_record_type(record);
    const char *written = "";
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        kdbib_str value = state->texts[tags[i].field];
        if (!value.size || !(tags[i].types & type) || strcmp(written, tags[i].tag) == 0)
            continue;
        line(writer, tags[i].tag, value);
        written = tags[i].tag;
    }
}

static void labelled_line(kdbib_writer *writer, const char *tag, const char *label,
                          kdbib_str value) {
    ris_state *state = kdbib_writer_state(writer);
    if (!value.size)
        return;
    kdb_buffer_clear(&state->text);
    kdb_buffer_add_str(&state->text, kdbib_str_of(label));
    kdb_buffer_add_str(&state->text, value);
    line(writer, tag, kdb_buffer_str(&state->text));
}

/* "preprint", the server and its number; for a published work the arXiv number is but a note. */
static void preprint_lines(kdbib_writer *writer, const kdbib_record *record) {
    const ris_state *state = kdbib_writer_state(writer);
    bool preprint = kdbib_record_type(record) == KDBIB_TYPE_ARTICLE;
    kdbib_str publisher = state->texts[KDBIB_PUBLISHER];
    if (preprint) {
        kdbib_str genre = state->texts[KDBIB_GENRE];
        line(writer, "M3", genre.size ? genre : KDBIB_STR("preprint"));
        kdbib_str server = kdb_preprint_server(record);
        line(writer, "PB", server.size ? server : publisher);
        kdbib_str number = state->texts[KDBIB_NUMBER];
        if (!state->texts[KDBIB_ARXIV].size)
            line(writer, "M1", number);
    } else {
        line(writer, "PB", publisher);
    }
    labelled_line(writer, preprint ? "M1" : "N1", "arXiv:", state->texts[KDBIB_ARXIV]);
}

static void link_lines(kdbib_writer *writer, const kdbib_record *record) {
    /* Zotero takes the first one for the item's own. */
    kdbib_str url;
    kdbib_role role;
    bool others = false;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);)
        others = others || role != KDBIB_LINK_PAPER;
    line(writer, "UR",
         others ? kdbib_record_link(record, KDBIB_LINK_PAPER) : kdb_telling_url(record));
    for (int r = KDBIB_LINK_PAPER + 1; r < KDBIB_ROLE_COUNT; r++)
        for (kdbib_cursor c = {0}; kdbib_record_next_link(record, (kdbib_role)r, &c, &url, NULL);)
            line(writer, "UR", url);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    ris_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_type type = kdbib_record_type(record);
    kdb_record_texts(record, state->texts);
    kdb_output_three(out, KDBIB_STR("TY  - "), kdbib_str_of(types[type]), KDBIB_STR("\r\n"));
    line(writer, "ID", state->texts[KDBIB_KEY]);
    kdb_buffer_clear(&state->text);
    kdb_title_to_plain(record, &state->text);
    line(writer, "TI", kdb_buffer_str(&state->text));
    name_lines(writer, record, "AU", KDBIB_AUTHORS);
    if (kdbib_record_authors_truncated(record))
        line(writer, "N1", KDBIB_STR(KDB_AUTHORS_TRUNCATED));
    name_lines(writer, record, "ED", KDBIB_EDITORS);
    date_lines(writer, kdbib_record_issued(record));
    kdbib_str container = kdb_container(record);
    if (!container.size && type == KDBIB_TYPE_PAPER_CONFERENCE)
        container = state->texts[KDBIB_EVENT_TITLE];
    for (size_t i = 0; i < sizeof container_tags / sizeof *container_tags; i++)
        if (container_tags[i].types & 1u << type)
            starless_line(writer, container_tags[i].tag, container);
    if (type == KDBIB_TYPE_ARTICLE_JOURNAL) /* for others Zotero would make a note of it */
        starless_line(writer, "J2", kdb_short_container(record));
    tag_lines(writer, record);
    page_lines(writer);
    preprint_lines(writer, record);
    labelled_line(writer, "N1", "PMCID: ", state->texts[KDBIB_PMCID]);
    word_lines(writer, "SN", state->texts[KDBIB_ISBN]);
    word_lines(writer, "SN", state->texts[KDBIB_ISSN]);
    line(writer, "DO", state->texts[KDBIB_DOI]);
    link_lines(writer, record);
    kdbib_str keywords[KDB_KEYWORDS_MAX];
    size_t count = kdb_keywords(record, keywords);
    for (size_t i = 0; i < count; i++)
        starless_line(writer, "KW", keywords[i]);
    kdbib_output_text(out, "ER  - \r\n\r\n");
    return !state->clean.failed && !state->text.failed;
}

static void cleanup(kdbib_writer *writer) {
    ris_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->clean);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_ris_writer = {
    .name = "ris",
    .aliases = (const char *const[]){"refman", "endnote-ris", NULL},
    .extension = "ris",
    .description = "RIS, for Zotero, EndNote, Mendeley and other reference managers",
    .state_size = sizeof(ris_state),
    .independent = true,
    .record = write_record,
    .cleanup = cleanup,
};
