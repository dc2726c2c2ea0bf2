/* One entry as a record: the reverse of formats/bibtex.c and formats/biblatex.c, and what Zotero,
 * Google Scholar and DBLP write. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "fields/ids.h"
#include "from/bibtex_inside.h"

typedef struct entry {
    kdb_from *from;
    kdb_bibtex_values *values;
    const kdb_bib_item *item;
    kdbib_record *record;
    kdbib_type type;
} entry;

static const struct {
    const char *name;
    kdbib_type type;
    const char *genre;
} types[] = {
    {"article", KDBIB_TYPE_ARTICLE_JOURNAL, NULL},
    {"periodical", KDBIB_TYPE_ARTICLE_JOURNAL, NULL},
    {"review", KDBIB_TYPE_ARTICLE_JOURNAL, NULL},
    {"inproceedings", KDBIB_TYPE_PAPER_CONFERENCE, NULL},
    {"conference", KDBIB_TYPE_PAPER_CONFERENCE, NULL},
    {"incollection", KDBIB_TYPE_CHAPTER, NULL},
    {"inbook", KDBIB_TYPE_CHAPTER, NULL},
    {"bookinbook", KDBIB_TYPE_CHAPTER, NULL},
    {"suppbook", KDBIB_TYPE_CHAPTER, NULL},
    {"inreference", KDBIB_TYPE_CHAPTER, NULL},
    {"book", KDBIB_TYPE_BOOK, NULL},
    {"booklet", KDBIB_TYPE_BOOK, NULL},
    {"mvbook", KDBIB_TYPE_BOOK, NULL},
    {"collection", KDBIB_TYPE_BOOK, NULL},
    {"mvcollection", KDBIB_TYPE_BOOK, NULL},
    {"proceedings", KDBIB_TYPE_BOOK, NULL},
    {"reference", KDBIB_TYPE_BOOK, NULL},
    {"phdthesis", KDBIB_TYPE_THESIS, "PhD thesis"},
    {"mastersthesis", KDBIB_TYPE_THESIS, "Master's thesis"},
    {"thesis", KDBIB_TYPE_THESIS, NULL},
    {"techreport", KDBIB_TYPE_REPORT, NULL},
    {"report", KDBIB_TYPE_REPORT, NULL},
    {"manual", KDBIB_TYPE_REPORT, NULL},
    {"patent", KDBIB_TYPE_PATENT, NULL},
    {"dataset", KDBIB_TYPE_DATASET, NULL},
    {"software", KDBIB_TYPE_SOFTWARE, NULL},
    {"online", KDBIB_TYPE_WEBPAGE, NULL},
    {"electronic", KDBIB_TYPE_WEBPAGE, NULL},
    {"www", KDBIB_TYPE_WEBPAGE, NULL},
    {"unpublished", KDBIB_TYPE_ARTICLE, NULL},
    {"misc", KDBIB_TYPE_DOCUMENT, NULL},
};

bool kdb_bib_is_no_work(kdbib_str type) {
    return kdb_equal_nocase(type, KDBIB_STR("xdata")) || kdb_equal_nocase(type, KDBIB_STR("set")) ||
           kdb_equal_nocase(type, KDBIB_STR("control"));
}

static kdbib_str raw(const entry *e, kdb_bib_slot slot) {
    return e->item->of[slot];
}

static kdbib_str plain(const entry *e, kdb_bib_slot slot) {
    return kdb_bibtex_plain(e->values, e->from->arena, raw(e, slot));
}

static void put(const entry *e, kdbib_field field, kdb_bib_slot slot) {
    kdb_from_text(e->from, e->record, field, plain(e, slot));
}

static bool is_set(const entry *e, kdbib_field field) {
    return kdbib_record_text(e->record, field).size != 0;
}

/* ---- type ---- */

static void set_type(entry *e) {
    const char *genre = NULL;
    bool known = false;
    for (size_t i = 0; i < sizeof types / sizeof *types && !known; i++)
        if (kdb_equal_nocase(e->item->type, kdbib_str_of(types[i].name))) {
            e->type = types[i].type;
            genre = types[i].genre;
            known = true;
        }
    if (!known)
        kdb_from_report(e->from, KDBIB_SEVERITY_NOTE, "unknown-type", e->item->line,
                        "no entry type that is known: read as @misc", e->item->type);
    kdbib_str type = plain(e, BIB_TYPE);
    if (kdb_equal_nocase(type, KDBIB_STR("phdthesis")))
        type = KDBIB_STR("PhD thesis");
    else if (kdb_equal_nocase(type, KDBIB_STR("mathesis")))
        type = KDBIB_STR("Master's thesis");
    else if (kdb_equal_nocase(type, KDBIB_STR("techreport")))
        type = KDBIB_STR("Technical report");
    kdb_from_text(e->from, e->record, KDBIB_GENRE, type.size ? type : kdbib_str_of(genre));
}

/* ---- where it lies ---- */

static bool is_arxiv(kdbib_str text) {
    return kdb_equal_nocase(kdb_trim(text), KDBIB_STR("arxiv"));
}

static void take_eprint(entry *e) {
    kdbib_str id = plain(e, BIB_EPRINT), archive = plain(e, BIB_ARCHIVE);
    if (kdb_equal_nocase(archive, KDBIB_STR("pubmed"))) {
        kdb_from_text(e->from, e->record, KDBIB_PMID, id);
        return;
    }
    bool looks = kdb_starts_with_nocase(id, KDBIB_STR("arxiv")) ||
                 (kdb_find_char(id, '.', 0) == 4 && kdb_is_digit(id.data[0]));
    if (is_arxiv(archive) || (!archive.size && looks)) {
        if (kdb_from_arxiv(e->from, e->record, id))
            put(e, KDBIB_ARXIV_CLASS, BIB_ARCHIVE_CLASS);
    } else if (archive.size && kdb_from_is_server(e->from, archive)) {
        kdb_from_text(e->from, e->record, KDBIB_ARCHIVE, archive);
    }
}

/* "arXiv:1503.02531 [cs, stat]": so Zotero puts it into the note. */
static bool take_arxiv_note(entry *e, kdbib_str note) {
    if (!kdb_starts_with_nocase(note, KDBIB_STR("arxiv:")))
        return false;
    size_t end = kdb_find_char(note, ' ', 6);
    if (!kdb_from_arxiv(e->from, e->record, kdb_slice(note, 0, end)))
        return false;
    kdbib_str rest = kdb_trim(kdb_slice(note, end == SIZE_MAX ? note.size : end, note.size));
    if (rest.size > 2 && rest.data[0] == '[') {
        size_t close = kdb_find_char(rest, ']', 0);
        kdbib_str class = kdb_slice(rest, 1, kdb_find_char(rest, ',', 0));
        class = kdb_slice(class, 0, kdb_find_char(class, ']', 0));
        kdb_from_text(e->from, e->record, KDBIB_ARXIV_CLASS, class);
        rest = close == SIZE_MAX ? (kdbib_str){0} : kdb_slice(rest, close + 1, rest.size);
    }
    kdb_from_text(e->from, e->record, KDBIB_NOTE, rest);
    return true;
}

static void take_note(entry *e) {
    kdbib_str note = plain(e, BIB_NOTE), version = plain(e, BIB_VERSION);
    kdb_from_text(e->from, e->record, KDBIB_VERSION, version);
    if (version.size && kdb_starts_with(note, KDBIB_STR("Version ")) &&
        kdb_starts_with(kdb_slice(note, 8, note.size), version)) {
        note = kdb_slice(note, 8 + version.size, note.size);
        if (kdb_starts_with(note, KDBIB_STR(".")))
            note = kdb_slice(note, 1, note.size);
    }
    if (!take_arxiv_note(e, kdb_trim(note)))
        kdb_from_text(e->from, e->record, KDBIB_NOTE, note);
}

/* Of a @misc: an address, an arXiv number, a patent's, a server, or where it appeared. */
static void take_howpublished(entry *e) {
    kdbib_str how = plain(e, BIB_HOWPUBLISHED);
    if (!how.size || kdb_equal_nocase(how, plain(e, BIB_PUBLISHER)))
        return;
    size_t address = kdb_find(how, KDBIB_STR("://"), 0);
    if (address != SIZE_MAX) {
        while (address && kdb_is_alpha(how.data[address - 1]))
            address--;
        size_t end = address;
        while (end < how.size && !kdb_is_space(how.data[end]))
            end++;
        while (end > address && kdb_is_one_of(how.data[end - 1], ".,;)"))
            end--;
        kdbib_str url = kdb_slice(how, address, end);
        if (!kdb_trim(raw(e, BIB_URL)).size)
            kdb_from_link(e->from, e->record, KDBIB_LINK_PAPER, url);
        if (e->type == KDBIB_TYPE_DOCUMENT && !kdb_trim(raw(e, BIB_DOI)).size)
            e->type = KDBIB_TYPE_WEBPAGE;
    } else if (kdb_starts_with(how, KDBIB_STR("Patent ")) && raw(e, BIB_NUMBER).size) {
        e->type = KDBIB_TYPE_PATENT;
    } else if (!kdb_from_preprint_journal(e->from, e->record, how)) {
        kdb_from_text(e->from, e->record, KDBIB_VENUE, how);
    }
}

/* ---- container, numbers, publisher ---- */

static bool is_part(kdbib_type type) {
    return type == KDBIB_TYPE_ARTICLE_JOURNAL || type == KDBIB_TYPE_PAPER_CONFERENCE ||
           type == KDBIB_TYPE_CHAPTER;
}

/* CoRR's volume: "abs/1503.02531". */
static void take_corr_volume(entry *e, kdbib_str volume) {
    if (kdb_starts_with(volume, KDBIB_STR("abs/")))
        kdb_from_arxiv(e->from, e->record, kdb_slice(volume, 4, volume.size));
}

static void take_container(entry *e) {
    kdbib_str journal = plain(e, BIB_JOURNAL), book = plain(e, BIB_BOOKTITLE);
    if (journal.size && !book.size && kdb_from_preprint_journal(e->from, e->record, journal)) {
        take_corr_volume(e, plain(e, BIB_VOLUME));
        if (e->type == KDBIB_TYPE_ARTICLE_JOURNAL || e->type == KDBIB_TYPE_DOCUMENT)
            e->type = KDBIB_TYPE_ARTICLE;
        return;
    }
    kdbib_str container = e->type == KDBIB_TYPE_ARTICLE_JOURNAL || !book.size ? journal : book;
    if (!container.size)
        container = book;
    kdb_from_text(e->from, e->record, is_part(e->type) ? KDBIB_CONTAINER_TITLE : KDBIB_VENUE,
                  container);
    if (is_part(e->type))
        put(e, KDBIB_VENUE, BIB_SHORT_JOURNAL);
    put(e, KDBIB_EVENT_TITLE, BIB_EVENT);
    put(e, KDBIB_COLLECTION_TITLE, BIB_SERIES);
}

/* A number is an article's issue, but a report's own; of a book either. */
static void take_numbers(entry *e) {
    kdbib_str volume = plain(e, BIB_VOLUME);
    if (!kdb_starts_with(volume, KDBIB_STR("abs/")))
        kdb_from_text(e->from, e->record, KDBIB_VOLUME, volume);
    put(e, KDBIB_ISSUE, BIB_ISSUE);
    bool part = is_part(e->type), article = e->type == KDBIB_TYPE_ARTICLE_JOURNAL;
    bool own = is_set(e, KDBIB_ISSUE) || !part || (!article && volume.size);
    put(e, own ? KDBIB_NUMBER : KDBIB_ISSUE, BIB_NUMBER);
    kdb_from_pages(e->from, e->record, plain(e, BIB_PAGES), plain(e, BIB_EID));
}

static void take_publisher(entry *e) {
    kdbib_str publisher = plain(e, BIB_PUBLISHER);
    if (!publisher.size)
        publisher = plain(e, BIB_SCHOOL);
    if (!publisher.size)
        publisher = plain(e, BIB_ORGANIZATION);
    if (!is_part(e->type) && kdb_from_is_server(e->from, publisher)) {
        kdb_from_text(e->from, e->record, KDBIB_ARCHIVE, publisher);
        if (e->type == KDBIB_TYPE_DOCUMENT)
            e->type = KDBIB_TYPE_ARTICLE;
        if (!raw(e, BIB_PUBLISHER).size)
            publisher = (kdbib_str){0};
    }
    kdb_from_text(e->from, e->record, KDBIB_PUBLISHER, publisher);
    put(e, KDBIB_EVENT_PLACE, BIB_VENUE);
    bool of_event =
        e->type == KDBIB_TYPE_PAPER_CONFERENCE && !publisher.size && !is_set(e, KDBIB_EVENT_PLACE);
    put(e, of_event ? KDBIB_EVENT_PLACE : KDBIB_PUBLISHER_PLACE, BIB_ADDRESS);
}

static void take_edition(entry *e) {
    static const char *const words[] = {"First", "Second",  "Third",  "Fourth", "Fifth",
                                        "Sixth", "Seventh", "Eighth", "Ninth",  "Tenth"};
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"};
    kdbib_str edition = plain(e, BIB_EDITION);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_equal_nocase(edition, kdbib_str_of(words[i])))
            edition = kdbib_str_of(digits[i]);
    kdb_from_text(e->from, e->record, KDBIB_EDITION, edition);
}

/* ---- date ---- */

static unsigned month_of(kdbib_str text) {
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    unsigned number = 0;
    text = kdb_trim(text);
    for (size_t i = 0; i < text.size && i < 2 && kdb_is_digit(text.data[i]); i++)
        number = number * 10 + (unsigned)(text.data[i] - '0');
    for (unsigned i = 0; !number && i < 12; i++)
        if (kdb_starts_with_nocase(text, kdbib_str_of(months[i])))
            number = i + 1;
    return number <= 12 ? number : 0;
}

static kdbib_date date_of(kdbib_str text) {
    bool negative = text.size && text.data[0] == '-';
    kdbib_date date = kdb_parse_date(negative ? kdb_slice(text, 1, text.size) : text);
    if (negative)
        date.year = (int16_t)-date.year;
    return date;
}

static void take_date(entry *e) {
    kdbib_str written = plain(e, BIB_DATE), year = plain(e, BIB_YEAR);
    kdbib_date date = date_of(written);
    if (!date.year)
        date = date_of(year);
    if (!date.year && (written.size || year.size))
        kdb_from_report(e->from, KDBIB_SEVERITY_NOTE, "bad-date", e->item->line,
                        "no year can be read from this", written.size ? written : year);
    if (!date.month)
        date.month = (uint8_t)month_of(plain(e, BIB_MONTH));
    if (date.month && !date.day) {
        kdbib_str day = plain(e, BIB_DAY);
        for (size_t i = 0; i < day.size && i < 2 && kdb_is_digit(day.data[i]); i++)
            date.day = (uint8_t)(date.day * 10 + day.data[i] - '0');
    }
    kdbib_record_set_issued(e->record, date, KDBIB_BASIS_LIST);
}

/* ---- links, language, keywords ---- */

/* Babel's name, or a code as it stands. */
static void take_language(entry *e) {
    kdb_table table;
    kdbib_str language = plain(e, BIB_LANGUAGE);
    if (!language.size ||
        !kdb_table_read(e->from->arena, kdb_embedded(KDBIB_STR("babel-languages.csv")), &table))
        return;
    for (size_t i = 0; i < table.rows; i++)
        if (kdb_equal_nocase(language, kdb_table_cell(&table, i, 1))) {
            kdb_from_text(e->from, e->record, KDBIB_LANGUAGE, kdb_table_cell(&table, i, 0));
            return;
        }
    bool code = language.size == 2 || (language.size > 4 && language.size < 12 &&
                                       (language.data[2] == '-' || language.data[2] == '_'));
    if (code)
        kdb_from_text(e->from, e->record, KDBIB_LANGUAGE, language);
}

static void take_links(entry *e) {
    kdbib_str doi = kdb_bibtex_verbatim(e->from->arena, raw(e, BIB_DOI)),
              url = kdb_bibtex_verbatim(e->from->arena, raw(e, BIB_URL));
    kdb_from_doi(e->from, e->record, doi);
    url = kdb_slice(url, 0, kdb_find_char(url, ' ', 0)); /* several: the first */
    kdb_from_link(e->from, e->record, KDBIB_LINK_PAPER, url);
    if (!is_set(e, KDBIB_DOI) && kdb_find(url, KDBIB_STR("doi.org/10."), 0) != SIZE_MAX)
        kdb_from_text(e->from, e->record, KDBIB_DOI, kdb_doi_in(url));
    kdb_from_labelled_links(e->from, e->record, plain(e, BIB_ANNOTE));
    kdbib_str any, paper = kdbib_record_link(e->record, KDBIB_LINK_PAPER);
    bool others =
        kdbib_record_next_link(e->record, KDBIB_ROLE_COUNT, &(kdbib_cursor){0}, &any, NULL);
    if (!paper.size && others && is_set(e, KDBIB_DOI)) { /* or the code would stand for the paper */
        doi = kdbib_record_text(e->record, KDBIB_DOI);
        kdb_from_link(e->from, e->record, KDBIB_LINK_PAPER,
                      kdb_arena_format(e->from->arena, "https://doi.org/%s", doi.data));
    }
}

/* An arXiv number makes a preprint of what is nothing else. */
static void decide_preprint(entry *e) {
    if ((e->type == KDBIB_TYPE_DOCUMENT || e->type == KDBIB_TYPE_WEBPAGE ||
         (e->type == KDBIB_TYPE_ARTICLE_JOURNAL && !is_set(e, KDBIB_CONTAINER_TITLE))) &&
        (is_set(e, KDBIB_ARXIV) || is_set(e, KDBIB_ARCHIVE)) && !is_set(e, KDBIB_VENUE))
        e->type = KDBIB_TYPE_ARTICLE;
}

static void take_title(entry *e) {
    kdb_rich_text title = {0};
    kdbib_str text = raw(e, BIB_TITLE), subtitle = raw(e, BIB_SUBTITLE);
    if (subtitle.size)
        text = kdb_arena_format(e->from->arena, "%.*s%s%.*s", (int)text.size, text.data,
                                text.size ? ": " : "", (int)subtitle.size, subtitle.data);
    bool fine = kdb_bibtex_rich(e->values, e->from->arena, text, &title) &&
                kdbib_record_set_title(e->record, title.runs, title.count, KDBIB_BASIS_LIST);
    e->from->arena->failed |= !fine;
}

void kdb_bib_to_record(kdb_from *from, kdb_bibtex_values *values, const kdb_bib_item *item) {
    entry e = {from, values, item, kdb_from_add(from, item->line), KDBIB_TYPE_DOCUMENT};
    if (!e.record)
        return;
    kdb_from_text(from, e.record, KDBIB_KEY, item->key);
    set_type(&e);
    take_title(&e);
    kdb_bib_read_names(from, values, e.record, KDBIB_AUTHORS, raw(&e, BIB_AUTHOR));
    kdb_bib_read_names(from, values, e.record, KDBIB_EDITORS, raw(&e, BIB_EDITOR));
    take_links(&e);
    take_eprint(&e);
    take_container(&e);
    take_howpublished(&e);
    take_numbers(&e);
    take_publisher(&e);
    take_edition(&e);
    take_note(&e);
    take_date(&e);
    decide_preprint(&e);
    kdb_from_numbers(from, e.record, KDBIB_ISSN, plain(&e, BIB_ISSN));
    kdb_from_numbers(from, e.record, KDBIB_ISBN, plain(&e, BIB_ISBN));
    put(&e, KDBIB_PMID, BIB_PMID);
    put(&e, KDBIB_PMCID, BIB_PMCID);
    put(&e, KDBIB_ABSTRACT, BIB_ABSTRACT);
    take_language(&e);
    kdb_from_keywords(from, e.record, plain(&e, BIB_KEYWORDS), ",;");
    kdbib_record_set_type(e.record, e.type, KDBIB_BASIS_LIST);
    kdb_from_finish(from, e.record);
}
