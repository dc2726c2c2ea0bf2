/* CSL-JSON, as we, Zotero, Better BibTeX, pandoc and citation.js write it. */
#include "base/buffer.h"
#include "base/strings.h"
#include "fields/ids.h"
#include "from/json_walk.h"
#include "record/csl_variables.h"
#include "text/rich_text.h"

typedef struct entry {
    kdb_from *from;
    const kdb_json *item;
    kdbib_record *record;
    kdbib_type type;
} entry;

static const kdbib_field customs[] = {
    KDBIB_ARXIV,       KDBIB_ARXIV_CLASS, KDBIB_PII,
    KDBIB_IEEE_NUMBER, KDBIB_OPENREVIEW,  KDBIB_DOI_CANDIDATE,
};

static kdbib_str text(const entry *e, const char *member) {
    return kdb_json_get_text(e->from->arena, e->item, member);
}

static void put(const entry *e, kdbib_field field, kdbib_str value) {
    kdb_from_text(e->from, e->record, field, value);
}

/* ---- type and key ---- */

/* Types of CSL that are read as another one. */
static const struct {
    const char *name;
    kdbib_type type;
} others[] = {
    {"article-magazine", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"article-newspaper", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"review", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"review-book", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"entry-encyclopedia", KDBIB_TYPE_CHAPTER},
    {"entry-dictionary", KDBIB_TYPE_CHAPTER},
    {"post-weblog", KDBIB_TYPE_WEBPAGE},
    {"post", KDBIB_TYPE_WEBPAGE},
    {"manuscript", KDBIB_TYPE_ARTICLE},
};

/* Our writer gives a book with a version for software, which Zotero refuses, and for a work of
 * unknown kind an article without a genre. */
static void set_type(entry *e) {
    kdbib_str name = text(e, "type");
    bool known = kdbib_type_from_name(name, &e->type);
    for (size_t i = 0; i < sizeof others / sizeof *others && !known; i++)
        if (kdbib_str_equal(name, kdbib_str_of(others[i].name))) {
            e->type = others[i].type;
            known = true;
        }
    if (!known && name.size)
        kdb_from_report(e->from, KDBIB_SEVERITY_NOTE, "unknown-type",
                        kdbib_record_source(e->record).line,
                        "no type that is known: read as document", name);
    kdbib_str publisher = text(e, "publisher"), number = text(e, "number");
    if (e->type == KDBIB_TYPE_BOOK && text(e, "version").size)
        e->type = KDBIB_TYPE_SOFTWARE;
    else if (e->type == KDBIB_TYPE_ARTICLE && !text(e, "genre").size && !text(e, "archive").size &&
             !kdb_starts_with_nocase(number, KDBIB_STR("arXiv:")) &&
             !kdb_from_is_server(e->from, publisher))
        e->type = KDBIB_TYPE_DOCUMENT;
}

/* Zotero's id is an address, and then no key. */
static void set_key(entry *e) {
    kdbib_str key = text(e, "citation-key"), id = text(e, "id");
    bool number = id.size > 0;
    for (size_t i = 0; i < id.size; i++)
        number &= kdb_is_digit(id.data[i]);
    if (!key.size && !number && kdb_find(id, KDBIB_STR("://"), 0) == SIZE_MAX &&
        kdb_find_char(id, ' ', 0) == SIZE_MAX && kdb_find(id, KDBIB_STR("items/"), 0) == SIZE_MAX)
        key = id;
    put(e, KDBIB_KEY, key);
}

/* ---- names, date ---- */

static void add_name(entry *e, kdbib_field which, const kdb_json *person) {
    kdb_from *from = e->from;
    kdbib_name name = {.family = kdb_trim(kdb_json_get_text(from->arena, person, "family")),
                       .given = kdb_trim(kdb_json_get_text(from->arena, person, "given")),
                       .suffix = kdb_trim(kdb_json_get_text(from->arena, person, "suffix")),
                       .literal = kdb_trim(kdb_json_get_text(from->arena, person, "literal"))};
    name.particle = kdb_trim(kdb_json_get_text(from->arena, person, "non-dropping-particle"));
    if (!name.particle.size)
        name.particle = kdb_trim(kdb_json_get_text(from->arena, person, "dropping-particle"));
    if (name.family.size)
        name.literal = (kdbib_str){0};
    size_t comma = kdb_find(name.given, KDBIB_STR(", "), 0);
    if (!name.suffix.size && comma != SIZE_MAX) { /* "Martin, Jr.": Zotero reads it only there */
        name.suffix = kdb_trim(kdb_slice(name.given, comma + 2, name.given.size));
        name.given = kdb_trim(kdb_slice(name.given, 0, comma));
    }
    if (!name.particle.size)
        kdb_from_split_particle(&name);
    kdb_from_name(from, e->record, which, name);
}

static void add_names(entry *e, const char *member, kdbib_field which) {
    const kdb_json *person = kdb_json_first(kdb_json_get(e->item, member));
    for (; person; person = person->next)
        add_name(e, which, person);
}

static void set_date(entry *e) {
    const kdb_json *issued = kdb_json_get(e->item, "issued");
    const kdb_json *part = kdb_json_first(kdb_json_first(kdb_json_get(issued, "date-parts")));
    long parts[3] = {0};
    for (size_t i = 0; i < 3 && part; i++, part = part->next)
        parts[i] = kdb_json_number_of(e->from->arena, part);
    long year = parts[0], month = parts[1], day = parts[2];
    kdbib_date date = {0};
    if (year > -9999 && year < 9999)
        date.year = (int16_t)year;
    if (month > 0 && month <= 12)
        date.month = (uint8_t)month;
    if (day > 0 && day <= 31)
        date.day = (uint8_t)day;
    if (!date.year)
        date = kdb_parse_date(kdb_json_get_text(e->from->arena, issued, "raw"));
    if (!date.year)
        date = kdb_parse_date(kdb_json_get_text(e->from->arena, issued, "literal"));
    if (!date.year && kdb_json_is(issued, KDB_JSON_STRING))
        date = kdb_parse_date(kdb_json_text_of(e->from->arena, issued));
    kdbib_record_set_issued(e->record, date, KDBIB_BASIS_LIST);
}

/* ---- the rest ---- */

static void set_title(entry *e) {
    kdb_rich_text title = {0};
    bool fine = kdb_rich_text_from_html(e->from->arena, kdb_trim(text(e, "title")), &title) &&
                kdbib_record_set_title(e->record, title.runs, title.count, KDBIB_BASIS_LIST);
    e->from->arena->failed |= !fine;
}

static void set_container(entry *e) {
    kdbib_str container = text(e, "container-title"), brief = text(e, "container-title-short");
    if (!brief.size)
        brief = text(e, "journalAbbreviation");
    put(e, KDBIB_CONTAINER_TITLE, container);
    if (container.size && !kdb_equal_nocase(container, brief))
        put(e, KDBIB_VENUE, brief);
}

static void set_number(entry *e) {
    kdbib_str number = text(e, "number"), page = text(e, "page");
    bool arxiv = kdb_starts_with_nocase(number, KDBIB_STR("arXiv:"));
    if (arxiv && e->type == KDBIB_TYPE_ARTICLE) {
        kdbib_str class = kdb_slice(number, kdb_find_char(number, ' ', 0), number.size);
        kdb_from_arxiv(e->from, e->record, kdb_slice(number, 0, kdb_find_char(number, ' ', 0)));
        class = kdb_trim(class);
        if (class.size > 2 && class.data[0] == '[')
            put(e, KDBIB_ARXIV_CLASS, kdb_slice(class, 1, class.size - 1));
        number = (kdbib_str){0};
    }
    bool locator = e->type == KDBIB_TYPE_ARTICLE_JOURNAL && !page.size;
    kdb_from_pages(e->from, e->record, page, locator ? number : (kdbib_str){0});
    if (!locator)
        put(e, KDBIB_NUMBER, number);
}

/* What the writer gives as the publisher of a preprint is its server. */
static void set_publisher(entry *e) {
    kdbib_str publisher = text(e, "publisher");
    kdbib_str archive = kdbib_record_text(e->record, KDBIB_ARCHIVE);
    bool arxiv = kdbib_record_text(e->record, KDBIB_ARXIV).size &&
                 kdb_equal_nocase(publisher, KDBIB_STR("arXiv"));
    if (e->type == KDBIB_TYPE_ARTICLE && (arxiv || kdb_equal_nocase(publisher, archive)))
        return;
    put(e, KDBIB_PUBLISHER, publisher);
}

/* "PMID: 123" and the like, line by line: Zotero's field Extra. */
static void set_note(entry *e) {
    kdbib_str note = text(e, "note");
    kdb_buffer rest = {0};
    for (size_t at = 0, end; at < note.size; at = end + 1) {
        end = kdb_find_char(note, '\n', at);
        end = end == SIZE_MAX ? note.size : end;
        kdbib_str line = kdb_trim(kdb_slice(note, at, end));
        if (kdb_starts_with(line, KDBIB_STR("PMID: "))) {
            put(e, KDBIB_PMID, kdb_slice(line, 6, line.size));
        } else if (kdb_starts_with(line, KDBIB_STR("PMCID: "))) {
            put(e, KDBIB_PMCID, kdb_slice(line, 7, line.size));
        } else if (!kdb_starts_with_nocase(line, KDBIB_STR("arXiv:")) ||
                   !kdb_from_arxiv(e->from, e->record,
                                   kdb_slice(line, 0, kdb_find_char(line, ' ', 7)))) {
            if (rest.size)
                kdb_buffer_add_char(&rest, '\n');
            kdb_buffer_add_str(&rest, line);
        }
    }
    put(e, KDBIB_NOTE, kdb_buffer_str(&rest));
    e->from->arena->failed |= rest.failed;
    kdb_buffer_free(&rest);
}

static void add_links(entry *e, const kdb_json *custom) {
    kdb_from_link(e->from, e->record, KDBIB_LINK_PAPER, text(e, "URL"));
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        const kdb_json *url =
            kdb_json_first(kdb_json_get(custom, kdbib_role_name((kdbib_role)role)));
        for (; url; url = url->next)
            kdb_from_link(e->from, e->record, (kdbib_role)role,
                          kdb_json_text_of(e->from->arena, url));
    }
}

static void add_keywords(entry *e) {
    const kdb_json *word = kdb_json_first(kdb_json_get(e->item, "categories"));
    for (; word; word = word->next)
        kdb_from_keyword(e->from, e->record, kdb_json_text_of(e->from->arena, word));
    kdb_from_keywords(e->from, e->record, text(e, "keyword"), ",;");
}

static void add_item(kdb_from *from, const kdb_json *item, uint32_t line) {
    kdb_arena_reset(from->arena);
    entry e = {from, item, kdb_from_add(from, line), KDBIB_TYPE_DOCUMENT};
    if (!e.record)
        return;
    const kdb_json *custom = kdb_json_get(item, "custom");
    set_key(&e);
    set_type(&e);
    kdbib_record_set_type(e.record, e.type, KDBIB_BASIS_LIST);
    set_title(&e);
    add_names(&e, "author", KDBIB_AUTHORS);
    add_names(&e, "editor", KDBIB_EDITORS);
    if (kdb_json_is(kdb_json_get(custom, "authors_truncated"), KDB_JSON_TRUE))
        kdbib_record_set_authors_truncated(e.record, true);
    set_date(&e);
    set_container(&e);
    for (const kdb_csl_variable *one = kdb_csl_variables; one->name; one++)
        if (!one->checked)
            put(&e, one->field, text(&e, one->name));
    put(&e, KDBIB_EVENT_TITLE, text(&e, "event")); /* its name before CSL 1.0.2 */
    for (size_t i = 0; i < sizeof customs / sizeof *customs; i++)
        put(&e, customs[i], kdb_json_get_text(from->arena, custom, kdbib_field_name(customs[i])));
    kdb_from_doi(from, e.record, text(&e, "DOI"));
    kdb_from_numbers(from, e.record, KDBIB_ISBN, text(&e, "ISBN"));
    kdb_from_numbers(from, e.record, KDBIB_ISSN, text(&e, "ISSN"));
    set_number(&e);
    kdbib_str genre = text(&e, "genre");
    put(&e, KDBIB_GENRE, genre);
    set_publisher(&e);
    set_note(&e);
    add_links(&e, custom);
    add_keywords(&e);
    kdb_from_finish(from, e.record);
}

static bool read(kdb_from *from, kdbib_str bytes) {
    kdb_json_walk walk = {.text = bytes};
    const kdb_json *item;
    while (!kdb_arena_failed(from->arena) && (item = kdb_json_next(from, &walk)) != NULL) {
        const kdb_json *items = kdb_json_get(item, "items");
        if (!kdb_json_is(items, KDB_JSON_ARRAY))
            items = kdb_json_get(item, "references");
        for (const kdb_json *one = kdb_json_first(items); one; one = one->next)
            add_item(from, one, walk.line);
        if (!kdb_json_is(items, KDB_JSON_ARRAY))
            add_item(from, item, walk.line);
    }
    kdb_arena_free(&walk.values);
    return !kdb_arena_failed(from->arena);
}

static unsigned bid(kdbib_str bytes) {
    bytes = kdb_trim(kdb_slice(bytes, 0, 4096));
    if (bytes.size < 2)
        return 0;
    kdbib_str rest = kdb_trim(kdb_slice(bytes, 1, bytes.size));
    if (bytes.data[0] == '[')
        return rest.size && (rest.data[0] == '{' || rest.data[0] == ']') && rest.size != 1 ? 85 : 0;
    return bytes.data[0] == '{' && rest.size && rest.data[0] == '"' ? 70 : 0;
}

const kdb_input_class kdb_from_csl_json = {
    .name = "csl-json",
    .aliases = (const char *const[]){"csljson", "csl", "citeproc", NULL},
    .extensions = (const char *const[]){"json", NULL},
    .bid = bid,
    .read = read,
};
