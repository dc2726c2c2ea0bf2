/* BibTeX, as its 8-bit program, its styles, Zotero and JabRef read it. */
#include "base/strings.h"
#include "bibtex_entry.h"

/* An entry type, and the type to take when a field is unknown that its styles would miss. */
typedef struct entry_type {
    const char *name;
    kdbib_str container; /* the field of what contains the work; absent: none */
    kdbib_str publisher; /* the field of who published it */
    bool needs_container, needs_publisher;
    const char *otherwise;
} entry_type;

#define NONE                                                                                       \
    { NULL, 0 }
#define JOURNAL KDB_FIELD_INIT("journal")
#define BOOKTITLE KDB_FIELD_INIT("booktitle")
#define PUBLISHER KDB_FIELD_INIT("publisher")
#define SCHOOL KDB_FIELD_INIT("school")
#define INSTITUTION KDB_FIELD_INIT("institution")

static const entry_type types[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"misc", NONE, PUBLISHER, false, false, NULL},
    [KDBIB_TYPE_ARTICLE] = {"misc", NONE, PUBLISHER, false, false, NULL},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"article", JOURNAL, PUBLISHER, true, false, "misc"},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"inproceedings", BOOKTITLE, PUBLISHER, true, false, "misc"},
    [KDBIB_TYPE_CHAPTER] = {"incollection", BOOKTITLE, PUBLISHER, true, false, "misc"},
    [KDBIB_TYPE_BOOK] = {"book", NONE, PUBLISHER, false, true, "booklet"},
    [KDBIB_TYPE_THESIS] = {"phdthesis", NONE, SCHOOL, false, true, "misc"},
    [KDBIB_TYPE_REPORT] = {"techreport", NONE, INSTITUTION, false, true, "misc"},
    [KDBIB_TYPE_PATENT] = {"misc", NONE, PUBLISHER, false, false, NULL},
    [KDBIB_TYPE_DATASET] = {"misc", NONE, PUBLISHER, false, false, NULL},
    [KDBIB_TYPE_SOFTWARE] = {"misc", NONE, PUBLISHER, false, false, NULL},
    [KDBIB_TYPE_WEBPAGE] = {"misc", NONE, PUBLISHER, false, false, NULL},
};

/* The entry type of `record`; `*misc` says that it went without what makes it another. */
static entry_type type_of(const kdb_bib *bib, const kdbib_record *record) {
    entry_type type = types[kdbib_record_type(record)];
    const bool lacks_container = type.needs_container && !kdb_bib_container(bib).size;
    const bool lacks_publisher = type.needs_publisher && !bib->texts[KDBIB_PUBLISHER].size;
    if (lacks_container || lacks_publisher)
        return (entry_type){type.otherwise, NONE, PUBLISHER, false, false, NULL};
    if (kdbib_record_type(record) == KDBIB_TYPE_THESIS &&
        kdb_bib_is_masters(bib->texts[KDBIB_GENRE]))
        type.name = "mastersthesis";
    return type;
}

/* How the work can be had, of a @misc: the one field that carries `arXiv:…` through every style. */
static void howpublished(kdb_bib *bib, const kdbib_record *record) {
    const kdbib_str arxiv = bib->texts[KDBIB_ARXIV], number = bib->texts[KDBIB_NUMBER];
    kdbib_str text = bib->texts[KDBIB_ARCHIVE];
    switch (kdbib_record_type(record)) {
    case KDBIB_TYPE_PATENT:
        if (number.size) {
            kdb_bib_open_field(bib, KDB_FIELD("howpublished"));
            kdbib_output_text(bib->out, "Patent ");
            kdb_latex_text(&bib->latex, bib->out, number);
            kdb_bib_close_field(bib);
        }
        return;
    case KDBIB_TYPE_ARTICLE:
    case KDBIB_TYPE_DOCUMENT:
        if (arxiv.size && (!text.size || kdb_equal_nocase(text, KDBIB_STR("arxiv")))) {
            kdb_bib_open_field(bib, KDB_FIELD("howpublished"));
            kdbib_output_text(bib->out, "arXiv:");
            kdb_latex_text(&bib->latex, bib->out, arxiv);
            kdb_bib_close_field(bib);
            return;
        }
        break;
    default:
        break;
    }
    if (!text.size)
        text = kdb_bib_container(bib);
    if (!text.size)
        text = bib->texts[KDBIB_PUBLISHER];
    kdb_bib_text_field(bib, KDB_FIELD("howpublished"), text);
}

static void edition(kdb_bib *bib, kdbib_str text) {
    static const char *const words[] = {"First", "Second",  "Third",  "Fourth", "Fifth",
                                        "Sixth", "Seventh", "Eighth", "Ninth",  "Tenth"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (i < 9 ? text.size == 1 && text.data[0] == (char)('1' + i)
                  : kdbib_str_equal(text, KDBIB_STR("10")))
            text = kdbib_str_of(words[i]);
    kdb_bib_text_field(bib, KDB_FIELD("edition"), text);
}

static void date_fields(kdb_bib *bib, kdbib_date date) {
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    if (!date.year)
        return;
    kdb_bib_open_field(bib, KDB_FIELD("year"));
    kdbib_output_number(bib->out, date.year);
    kdb_bib_close_field(bib);
    if (!date.month)
        return;
    kdbib_output_text(bib->out, ",\n  month = "); /* a macro: no braces */
    kdbib_output_text(bib->out, months[date.month - 1]);
    if (!date.day)
        return;
    kdb_bib_open_field(bib, KDB_FIELD("day"));
    kdbib_output_number(bib->out, date.day);
    kdb_bib_close_field(bib);
}

/* Styles want a volume or a number of a book, never both. */
static void numbering(kdb_bib *bib, const entry_type *type) {
    const bool article = strcmp(type->name, "article") == 0;
    const bool volume = kdb_bib_text_field(bib, KDB_FIELD("volume"), bib->texts[KDBIB_VOLUME]);
    const bool number = kdb_bib_text_field(bib, KDB_FIELD("number"), bib->texts[KDBIB_NUMBER]);
    kdb_bib_text_field(bib,
                       number || (volume && !article) ? KDB_FIELD("issue") : KDB_FIELD("number"),
                       bib->texts[KDBIB_ISSUE]);
    if (!kdb_bib_pages_field(bib, bib->texts[KDBIB_PAGES]))
        kdb_bib_text_field(bib, KDB_FIELD("pages"), bib->texts[KDBIB_ARTICLE_NUMBER]);
}

/* Where it came out, and who brought it out. */
static void publication(kdb_bib *bib, const kdbib_record *record, const entry_type *type) {
    const kdbib_str container =
        type->container.size ? kdb_bib_container(bib) : (kdbib_str){NULL, 0};
    const kdbib_str event = bib->texts[KDBIB_EVENT_TITLE],
                    event_place = bib->texts[KDBIB_EVENT_PLACE];
    if (container.size && kdbib_str_equal(type->container, KDB_FIELD("journal")))
        kdb_bib_text_field(bib, KDB_FIELD("journal"), container);
    else if (container.size)
        kdb_bib_cased_field(bib, type->container, container);
    else if (strcmp(type->name, "misc") == 0 || strcmp(type->name, "booklet") == 0)
        howpublished(bib, record);
    if (!kdbib_str_equal(event, container))
        kdb_bib_text_field(bib, KDB_FIELD("eventtitle"), event);
    kdb_bib_text_field(bib, KDB_FIELD("series"), bib->texts[KDBIB_COLLECTION_TITLE]);
    numbering(bib, type);
    kdb_bib_text_field(bib, type->publisher, bib->texts[KDBIB_PUBLISHER]);
    if (!kdb_bib_text_field(bib, KDB_FIELD("address"), bib->texts[KDBIB_PUBLISHER_PLACE]) &&
        !bib->texts[KDBIB_PUBLISHER].size)
        kdb_bib_text_field(bib, KDB_FIELD("address"),
                           event_place); /* styles: the place of the conference */
    else
        kdb_bib_text_field(bib, KDB_FIELD("venue"), event_place);
    edition(bib, bib->texts[KDBIB_EDITION]);
}

static void eprint_fields(kdb_bib *bib) {
    if (!kdb_bib_text_field(bib, KDB_FIELD("eprint"), bib->texts[KDBIB_ARXIV]))
        return;
    kdb_bib_text_field(bib, KDB_FIELD("archiveprefix"), KDBIB_STR("arXiv"));
    kdb_bib_text_field(bib, KDB_FIELD("primaryclass"), bib->texts[KDBIB_ARXIV_CLASS]);
}

/* A thesis' or a report's kind, when it is not what the entry type prints anyway; a version. */
static void kind_and_note(kdb_bib *bib) {
    static const char *const printed[] = {"PhD thesis", "Technical report", "preprint",
                                          "Master's thesis"};
    const kdbib_str genre = bib->texts[KDBIB_GENRE], version = bib->texts[KDBIB_VERSION],
                    note = bib->texts[KDBIB_NOTE];
    bool says_nothing = false;
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
        says_nothing |= kdb_equal_nocase(genre, kdbib_str_of(printed[i]));
    if (!says_nothing)
        kdb_bib_text_field(bib, KDB_FIELD("type"), genre);
    kdb_bib_text_field(bib, KDB_FIELD("version"), version);
    if (!version.size) {
        kdb_bib_text_field(bib, KDB_FIELD("note"), note);
        return;
    }
    kdb_bib_open_field(bib, KDB_FIELD("note"));
    kdbib_output_text(bib->out, "Version ");
    kdb_latex_text(&bib->latex, bib->out, version);
    kdbib_output_text(bib->out, note.size ? ". " : "");
    kdb_latex_text(&bib->latex, bib->out, note);
    kdb_bib_close_field(bib);
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    kdb_bib *bib = kdbib_writer_state(writer);
    kdb_bib_take(bib, record);
    const entry_type type = type_of(bib, record);
    kdb_bib_open_entry(bib, type.name);
    kdb_bib_names_field(bib, KDB_FIELD("author"), record, KDBIB_AUTHORS);
    kdb_bib_title_field(bib, record);
    if (kdbib_record_type(record) != KDBIB_TYPE_ARTICLE_JOURNAL) /* an article's is not cited */
        kdb_bib_names_field(bib, KDB_FIELD("editor"), record, KDBIB_EDITORS);
    publication(bib, record, &type);
    date_fields(bib, kdbib_record_issued(record));
    kind_and_note(bib);
    eprint_fields(bib);
    kdb_bib_numbers_field(bib, KDB_FIELD("issn"), bib->texts[KDBIB_ISSN]);
    kdb_bib_numbers_field(bib, KDB_FIELD("isbn"), bib->texts[KDBIB_ISBN]);
    kdb_bib_text_field(bib, KDB_FIELD("pmid"), bib->texts[KDBIB_PMID]);
    kdb_bib_text_field(bib, KDB_FIELD("pmcid"), bib->texts[KDBIB_PMCID]);
    kdb_bib_link_fields(bib);
    kdb_bib_language_field(bib, bib->texts[KDBIB_LANGUAGE]);
    kdb_bib_text_field(bib, KDB_FIELD("abstract"), bib->texts[KDBIB_ABSTRACT]);
    kdb_bib_keywords_field(bib, record);
    kdb_bib_remarks_field(bib, KDB_FIELD("annote"), record, NULL);
    kdb_bib_close_entry(bib);
    return true;
}

/* What the fonts of an unprepared document lack and some entry used is defined at the end. */
static bool end(kdbib_writer *writer) {
    kdb_bib *bib = kdbib_writer_state(writer);
    bool any = false;
    for (size_t i = 0; bib->latex.defines && i < bib->latex.table.rows; i++) {
        const kdb_latex_row row = kdb_latex_row_at(&bib->latex, i);
        if (!bib->latex.used[i] || !row.fallback.size)
            continue;
        kdbib_output_text(bib->out, any ? "\n  # \"" : "\n@preamble{ \"");
        kdbib_output_str(bib->out, row.fallback);
        kdbib_output_char(bib->out, '"');
        any = true;
    }
    if (any)
        kdbib_output_text(bib->out, " }\n");
    return true;
}

const kdbib_writer_class kdb_bibtex_writer = {
    .name = "bibtex",
    .aliases = (const char *const[]){"bib", NULL},
    .extension = "bib",
    .description = "BibTeX, for bibtex and every style of it",
    .options =
        (const kdbib_writer_option[]){
            {"unicode", "keep accents and symbols as UTF-8 (XeTeX, LuaTeX, inputenc)"},
            {"escape-doi", "escape TeX's characters in doi and url (elsarticle without hyperref)"},
            {"url-with-doi", "write the URL also where it leads to where the DOI leads"},
            {NULL, NULL}},
    .state_size = sizeof(kdb_bib),
    .independent = true,
    .begin = kdb_bib_begin,
    .record = write_record,
    .end = end,
    .cleanup = kdb_bib_cleanup,
};
