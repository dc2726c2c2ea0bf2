/* COinS: OpenURL context objects, as Zotero reads them. */
#include "coins.h"

#include "base/strings.h"
#include "parts.h"

/* A format of the standard and a genre in it. Dublin Core has no genre: its rft.type carries
 * Zotero's item type. */
static const struct kind {
    const char *format;
    const char *genre;
} kinds[KDBIB_TYPE_COUNT] = {
    [KDBIB_TYPE_DOCUMENT] = {"dc", "document"},
    [KDBIB_TYPE_ARTICLE] = {"dc", "preprint"},
    [KDBIB_TYPE_ARTICLE_JOURNAL] = {"journal", "article"},
    [KDBIB_TYPE_PAPER_CONFERENCE] = {"book", "proceeding"},
    [KDBIB_TYPE_CHAPTER] = {"book", "bookitem"},
    [KDBIB_TYPE_BOOK] = {"book", "book"},
    [KDBIB_TYPE_THESIS] = {"dissertation", "dissertation"},
    [KDBIB_TYPE_REPORT] = {"book", "report"},
    [KDBIB_TYPE_PATENT] = {"patent", "patent"},
    [KDBIB_TYPE_DATASET] = {"dc", "dataset"},
    [KDBIB_TYPE_SOFTWARE] = {"dc", "computerProgram"},
    [KDBIB_TYPE_WEBPAGE] = {"dc", "webpage"},
};

static const struct {
    const char *name;
    kdbib_field field;
} fields[] = {
    {"rft.volume", KDBIB_VOLUME},           {"rft.issue", KDBIB_ISSUE},
    {"rft.edition", KDBIB_EDITION},         {"rft.place", KDBIB_PUBLISHER_PLACE},
    {"rft.series", KDBIB_COLLECTION_TITLE}, {"rft.language", KDBIB_LANGUAGE},
};

/* The one place where text goes into a context object: all but the plainest characters as %XX. */
static void add(kdb_buffer *text, const char *name, kdbib_str value) {
    if (!value.size)
        return;
    kdb_buffer_add_char(text, '&');
    kdb_buffer_add_str(text, kdbib_str_of(name));
    kdb_buffer_add_char(text, '=');
    kdb_add_percent(text, value, "-._~");
}

static void add_prefixed(kdb_buffer *text, const char *name, const char *prefix, kdbib_str value) {
    kdb_buffer joined = {0};
    if (!value.size)
        return;
    kdb_join(kdbib_str_of(prefix), "", value, &joined);
    add(text, name, kdb_buffer_str(&joined));
    text->failed = text->failed || joined.failed;
    kdb_buffer_free(&joined);
}

/* Context objects have authors only. Zotero splits what stands in rft.au and rft.creator at a
 * comma, and takes each rft.aucorp for a body. */
static void add_authors(const kdbib_record *record, bool dublin_core, kdb_buffer *text) {
    kdb_buffer family = {0};
    kdbib_name name;
    bool first = true;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);) {
        if (name.literal.size && !dublin_core) {
            add(text, "rft.aucorp", name.literal);
        } else if (first && !dublin_core) {
            kdb_join(name.particle, " ", name.family, &family);
            add(text, "rft.aulast", kdb_buffer_str(&family));
            add(text, "rft.aufirst", name.given);
            add(text, "rft.ausuffix", name.suffix);
        } else {
            kdb_name_with_commas(&name, "", &family);
            add(text, dublin_core ? "rft.creator" : "rft.au", kdb_buffer_str(&family));
        }
        first = false;
    }
    text->failed = text->failed || family.failed;
    kdb_buffer_free(&family);
}

static void add_titles(const kdbib_record *record, bool dublin_core, kdb_buffer *text) {
    kdb_buffer title = {0};
    kdb_title_to_plain(record, &title);
    kdbib_type type = kdbib_record_type(record);
    kdbib_str container = kdb_container(record);
    if (type == KDBIB_TYPE_ARTICLE_JOURNAL) {
        add(text, "rft.atitle", kdb_buffer_str(&title));
        add(text, "rft.jtitle", container);
        add(text, "rft.stitle", kdb_short_container(record));
    } else if (type == KDBIB_TYPE_PAPER_CONFERENCE || type == KDBIB_TYPE_CHAPTER) {
        add(text, "rft.atitle", kdb_buffer_str(&title));
        add(text, "rft.btitle", container);
    } else if (dublin_core || type == KDBIB_TYPE_THESIS || type == KDBIB_TYPE_PATENT) {
        add(text, "rft.title", kdb_buffer_str(&title));
        add(text, "rft.source", container);
    } else {
        add(text, "rft.btitle", kdb_buffer_str(&title));
    }
    text->failed = text->failed || title.failed;
    kdb_buffer_free(&title);
}

static void add_locator(const kdbib_record *record, kdb_buffer *text) {
    kdbib_str first, last, pages = kdbib_record_text(record, KDBIB_PAGES);
    kdb_split_pages(pages, &first, &last);
    add(text, "rft.pages", pages);
    add(text, "rft.spage", last.size ? first : KDBIB_STR(""));
    add(text, "rft.epage", last);
    if (!pages.size)
        add(text, "rft.pages", kdbib_record_text(record, KDBIB_ARTICLE_NUMBER));
}

void kdb_coins(const kdbib_record *record, kdb_buffer *text) {
    const struct kind *kind = &kinds[kdbib_record_type(record)];
    bool dublin_core = strcmp(kind->format, "dc") == 0;
    char date[16];
    kdb_buffer_add_str(text, KDBIB_STR("ctx_ver=Z39.88-2004&rfr_id=info%3Asid%2Fkdbib"));
    add_prefixed(text, "rft_val_fmt", "info:ofi/fmt:kev:mtx:", kdbib_str_of(kind->format));
    add(text, dublin_core ? "rft.type" : "rft.genre", kdbib_str_of(kind->genre));
    add_titles(record, dublin_core, text);
    add_authors(record, dublin_core, text);
    kdb_iso_date(kdbib_record_issued(record), date);
    add(text, "rft.date", kdbib_str_of(date));
    add_locator(record, text);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add(text, fields[i].name, kdbib_record_text(record, fields[i].field));
    kdbib_str server = kdb_preprint_server(record);
    kdbib_str publisher = server.size ? server : kdbib_record_text(record, KDBIB_PUBLISHER);
    add(text, dublin_core ? "rft.publisher" : "rft.pub", publisher);
    kdbib_str issns = kdbib_record_text(record, KDBIB_ISSN);
    kdbib_str isbns = kdbib_record_text(record, KDBIB_ISBN);
    add(text, "rft.issn", kdb_next_word(&issns));
    add(text, "rft.isbn", kdb_next_word(&isbns));
    add_prefixed(text, "rft_id", "info:doi/", kdbib_record_text(record, KDBIB_DOI));
    add_prefixed(text, "rft_id", "info:pmid/", kdbib_record_text(record, KDBIB_PMID));
    kdbib_str url = kdb_telling_url(record);
    if (kdb_is_web_url(url))
        add(text, dublin_core ? "rft.identifier" : "rft_id", url);
}
