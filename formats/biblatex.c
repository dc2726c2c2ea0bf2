/* biblatex, in its own data model: what biber validates without a warning. */
#include "base/strings.h"
#include "bibtex_entry.h"

/* Fields that not every entry type has (blx-dm.def). */
enum {
    EDITOR = 1,
    EID = 2,
    ISSN = 4,
    ISBN = 8,
    NUMBER = 16,
    PAGES = 32,
    SERIES = 64,
    VOLUME = 128,
    PUBLISHER = 256,
    LOCATION = 512,
    EDITION = 1024,
    VERSION = 2048,
    EVENT = 4096, /* eventtitle, venue */
    TYPE = 8192,
    INSTITUTION = 16384,
    ORGANIZATION = 32768,
    HOWPUBLISHED = 65536,
    ISSUE = 131072,
};

typedef struct entry_type {
    const char *name;
    kdbib_str container; /* the field of what contains the work; absent: none */
    unsigned fields;
} entry_type;

#define BOOK_FIELDS                                                                                \
    (EDITION | EDITOR | EID | ISBN | LOCATION | NUMBER | PAGES | PUBLISHER | SERIES | VOLUME)

#define NONE                                                                                       \
    { NULL, 0 }

static const entry_type article = {"article", KDB_FIELD_INIT("journaltitle"),
                                   EID | ISSN | ISSUE | NUMBER | PAGES | SERIES | VERSION | VOLUME};
static const entry_type inproceedings = {"inproceedings", KDB_FIELD_INIT("booktitle"),
                                         (BOOK_FIELDS & ~(unsigned)EDITION) | EVENT};
static const entry_type incollection = {"incollection", KDB_FIELD_INIT("booktitle"), BOOK_FIELDS};
static const entry_type inbook = {"inbook", KDB_FIELD_INIT("booktitle"), BOOK_FIELDS};
static const entry_type book = {"book", NONE, BOOK_FIELDS};
static const entry_type collection = {"collection", NONE, BOOK_FIELDS};
static const entry_type thesis = {"thesis", NONE, EID | INSTITUTION | LOCATION | PAGES | TYPE};
static const entry_type report = {"report", NONE,
                                  EID | INSTITUTION | LOCATION | NUMBER | PAGES | TYPE | VERSION};
static const entry_type patent = {"patent", NONE, LOCATION | NUMBER | TYPE | VERSION};
static const entry_type dataset = {
    "dataset", NONE, EDITION | EDITOR | LOCATION | NUMBER | PUBLISHER | SERIES | TYPE | VERSION};
static const entry_type software = {
    "software", NONE, EDITOR | HOWPUBLISHED | LOCATION | ORGANIZATION | TYPE | VERSION};
static const entry_type misc = {"misc", NONE,
                                EDITOR | HOWPUBLISHED | LOCATION | ORGANIZATION | TYPE | VERSION};
static const entry_type online = {"online", NONE, EDITOR | ORGANIZATION | VERSION};

static bool has_names(const kdbib_record *record, kdbib_field which) {
    kdbib_cursor cursor = {0};
    kdbib_name name;
    return kdbib_record_next_name(record, which, &cursor, &name);
}

/* The entry type whose mandatory fields the record has, as far as the kind of work allows. */
static const entry_type *type_of(const kdb_bib *bib, const kdbib_record *record) {
    const bool container = kdb_bib_container(bib).size != 0;
    const bool publisher = bib->texts[KDBIB_PUBLISHER].size != 0;
    const bool number = bib->texts[KDBIB_NUMBER].size != 0;
    const bool link =
        bib->main_link.size || bib->texts[KDBIB_DOI].size || bib->texts[KDBIB_ARXIV].size;
    const bool editors = has_names(record, KDBIB_EDITORS);
    switch (kdbib_record_type(record)) {
    case KDBIB_TYPE_ARTICLE:
        return link ? &online : &misc;
    case KDBIB_TYPE_ARTICLE_JOURNAL:
        return container ? &article : &misc;
    case KDBIB_TYPE_PAPER_CONFERENCE:
        return container ? &inproceedings : &misc;
    case KDBIB_TYPE_CHAPTER:
        return !container ? &misc : editors ? &incollection : &inbook;
    case KDBIB_TYPE_BOOK:
        return editors && !has_names(record, KDBIB_AUTHORS) ? &collection : &book;
    case KDBIB_TYPE_THESIS:
        return publisher ? &thesis : &misc;
    case KDBIB_TYPE_REPORT:
        return publisher ? &report : &misc;
    case KDBIB_TYPE_PATENT:
        return number ? &patent : &misc;
    case KDBIB_TYPE_DATASET:
        return &dataset;
    case KDBIB_TYPE_SOFTWARE:
        return &software;
    case KDBIB_TYPE_WEBPAGE:
        return link ? &online : &misc;
    default:
        return &misc;
    }
}

static void date_field(kdb_bib *bib, kdbib_date date) {
    if (!date.year)
        return;
    const int year = date.year < 0 ? -date.year : date.year;
    kdb_bib_open_field(bib, KDB_FIELD("date"));
    if (date.year < 0)
        kdbib_output_char(bib->out, '-');
    for (int digit = 1000; digit > 1 && year < digit; digit /= 10)
        kdbib_output_char(bib->out, '0');
    kdbib_output_number(bib->out, year);
    const int rest[] = {date.month, date.month ? date.day : 0};
    for (size_t i = 0; i < 2 && rest[i]; i++) {
        kdbib_output_text(bib->out, rest[i] < 10 ? "-0" : "-");
        kdbib_output_number(bib->out, rest[i]);
    }
    kdb_bib_close_field(bib);
}

static void type_field(kdb_bib *bib, const entry_type *type) {
    const kdbib_str genre = bib->texts[KDBIB_GENRE];
    if (type == &thesis && (!genre.size || kdb_equal_nocase(genre, KDBIB_STR("PhD thesis"))))
        kdb_bib_text_field(bib, KDB_FIELD("type"), KDBIB_STR("phdthesis"));
    else if (type == &thesis && kdb_equal_nocase(genre, KDBIB_STR("Master's thesis")))
        kdb_bib_text_field(bib, KDB_FIELD("type"), KDBIB_STR("mathesis"));
    else if (type == &report &&
             (!genre.size || kdb_equal_nocase(genre, KDBIB_STR("Technical report"))))
        kdb_bib_text_field(bib, KDB_FIELD("type"), KDBIB_STR("techreport"));
    else if (type->fields & TYPE)
        kdb_bib_text_field(bib, KDB_FIELD("type"), genre);
}

/* Where a @misc, @software or @online can be had: its archive, site or publisher. */
static void source_field(kdb_bib *bib, const entry_type *type) {
    static const kdbib_field order[] = {KDBIB_ARCHIVE, KDBIB_CONTAINER_TITLE, KDBIB_VENUE,
                                        KDBIB_EVENT_TITLE, KDBIB_PUBLISHER};
    if (!(type->fields & ORGANIZATION))
        return;
    const kdbib_str publisher = bib->texts[KDBIB_PUBLISHER];
    kdbib_str first = {NULL, 0};
    for (size_t i = 0; i < sizeof order / sizeof *order && !first.size; i++)
        first = bib->texts[order[i]];
    if (type == &online && bib->texts[KDBIB_ARXIV].size &&
        kdb_equal_nocase(first, KDBIB_STR("arXiv")))
        return; /* eprinttype says so */
    if (type->fields & HOWPUBLISHED && !kdbib_str_equal(first, publisher)) {
        kdb_bib_text_field(bib, KDB_FIELD("howpublished"), first);
        first = publisher;
    }
    kdb_bib_text_field(bib, KDB_FIELD("organization"), first);
}

static void publication(kdb_bib *bib, const entry_type *type) {
    const kdbib_str container =
        type->container.size ? kdb_bib_container(bib) : (kdbib_str){NULL, 0};
    const unsigned has = type->fields;
    if (type == &article)
        kdb_bib_text_field(bib, type->container, container);
    else if (container.size)
        kdb_bib_cased_field(bib, type->container, container);
    if (has & EVENT) {
        const kdbib_str event = bib->texts[KDBIB_EVENT_TITLE];
        if (!kdbib_str_equal(event, container))
            kdb_bib_text_field(bib, KDB_FIELD("eventtitle"), event);
        kdb_bib_text_field(bib, KDB_FIELD("venue"), bib->texts[KDBIB_EVENT_PLACE]);
    }
    source_field(bib, type);
    if (has & SERIES)
        kdb_bib_text_field(bib, KDB_FIELD("series"), bib->texts[KDBIB_COLLECTION_TITLE]);
    if (has & EDITION)
        kdb_bib_text_field(bib, KDB_FIELD("edition"), bib->texts[KDBIB_EDITION]);
    if (has & VOLUME)
        kdb_bib_text_field(bib, KDB_FIELD("volume"), bib->texts[KDBIB_VOLUME]);
    if (has & NUMBER && !kdb_bib_text_field(bib, KDB_FIELD("number"), bib->texts[KDBIB_NUMBER]))
        kdb_bib_text_field(bib, KDB_FIELD("number"), bib->texts[KDBIB_ISSUE]);
    if (has & PAGES)
        kdb_bib_pages_field(bib, bib->texts[KDBIB_PAGES]);
    if (has & EID)
        kdb_bib_text_field(bib, KDB_FIELD("eid"), bib->texts[KDBIB_ARTICLE_NUMBER]);
    if (has & PUBLISHER)
        kdb_bib_text_field(bib, KDB_FIELD("publisher"), bib->texts[KDBIB_PUBLISHER]);
    if (has & INSTITUTION)
        kdb_bib_text_field(bib, KDB_FIELD("institution"), bib->texts[KDBIB_PUBLISHER]);
    if (has & LOCATION)
        kdb_bib_text_field(bib, KDB_FIELD("location"), bib->texts[KDBIB_PUBLISHER_PLACE]);
    if (has & VERSION)
        kdb_bib_text_field(bib, KDB_FIELD("version"), bib->texts[KDBIB_VERSION]);
    type_field(bib, type);
}

static void eprint_fields(kdb_bib *bib) {
    if (kdb_bib_text_field(bib, KDB_FIELD("eprint"), bib->texts[KDBIB_ARXIV])) {
        kdb_bib_text_field(bib, KDB_FIELD("eprinttype"), KDBIB_STR("arxiv"));
        kdb_bib_text_field(bib, KDB_FIELD("eprintclass"), bib->texts[KDBIB_ARXIV_CLASS]);
    } else if (kdb_bib_text_field(bib, KDB_FIELD("eprint"), bib->texts[KDBIB_PMID])) {
        kdb_bib_text_field(bib, KDB_FIELD("eprinttype"), KDBIB_STR("pubmed"));
    }
}

static bool begin(kdbib_writer *writer) {
    kdb_bib *bib = kdbib_writer_state(writer);
    const bool fine = kdb_bib_begin(writer);
    bib->cuts_given_names = false;
    return fine;
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    kdb_bib *bib = kdbib_writer_state(writer);
    kdb_bib_take(bib, record);
    const entry_type *type = type_of(bib, record);
    const bool arxiv = bib->texts[KDBIB_ARXIV].size != 0;
    kdb_bib_open_entry(bib, type->name);
    kdb_bib_names_field(bib, KDB_FIELD("author"), record, KDBIB_AUTHORS);
    kdb_bib_title_field(bib, record);
    if (type->fields & EDITOR)
        kdb_bib_names_field(bib, KDB_FIELD("editor"), record, KDBIB_EDITORS);
    publication(bib, type);
    date_field(bib, kdbib_record_issued(record));
    kdb_bib_text_field(bib, KDB_FIELD("note"), bib->texts[KDBIB_NOTE]);
    eprint_fields(bib);
    if (type->fields & ISSN)
        kdb_bib_text_field(bib, KDB_FIELD("issn"),
                           kdb_bib_valid_number(bib->texts[KDBIB_ISSN], false));
    if (type->fields & ISBN)
        kdb_bib_text_field(bib, KDB_FIELD("isbn"),
                           kdb_bib_valid_number(bib->texts[KDBIB_ISBN], true));
    kdb_bib_link_fields(bib);
    kdb_bib_language_field(bib, bib->texts[KDBIB_LANGUAGE]);
    kdb_bib_text_field(bib, KDB_FIELD("abstract"), bib->texts[KDBIB_ABSTRACT]);
    kdb_bib_keywords_field(bib, record);
    const char *const identifiers[] = {"PMID", arxiv ? bib->texts[KDBIB_PMID].data : "", "PMCID",
                                       bib->texts[KDBIB_PMCID].data, NULL};
    kdb_bib_remarks_field(bib, KDB_FIELD("annote"), record, identifiers);
    kdb_bib_close_entry(bib);
    return true;
}

const kdbib_writer_class kdb_biblatex_writer = {
    .name = "biblatex",
    .aliases = (const char *const[]){"biber", NULL},
    .description = "biblatex, for biber",
    .options =
        (const kdbib_writer_option[]){
            {"unicode", "keep accents and symbols as UTF-8"},
            {"escape-doi", "escape TeX's characters in doi and url"},
            {"url-with-doi", "write the URL also where it leads to where the DOI leads"},
            {NULL, NULL}},
    .state_size = sizeof(kdb_bib),
    .independent = true,
    .begin = begin,
    .record = write_record,
    .cleanup = kdb_bib_cleanup,
};
