/* RIS, as we, Zotero, EndNote, Mendeley and publishers write it. */
#include "base/buffer.h"
#include "base/strings.h"
#include "fields/ids.h"
#include "from/from.h"

/* The lines of one record are taken as they come; what several lines make up waits here. */
typedef struct entry {
    kdb_from *from;
    kdbib_record *record;
    kdbib_type type;
    uint32_t line;
    kdbib_str first_page, last_page, number, date, year, publisher;
    kdbib_role last_role;
    kdb_buffer note; /* of several lines */
} entry;

static const struct {
    const char *name;
    kdbib_type type;
} types[] = {
    {"JOUR", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"EJOUR", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"JFULL", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"ABST", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"INPR", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"MGZN", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"NEWS", KDBIB_TYPE_ARTICLE_JOURNAL},
    {"CONF", KDBIB_TYPE_PAPER_CONFERENCE},
    {"CPAPER", KDBIB_TYPE_PAPER_CONFERENCE},
    {"CHAP", KDBIB_TYPE_CHAPTER},
    {"ECHAP", KDBIB_TYPE_CHAPTER},
    {"BOOK", KDBIB_TYPE_BOOK},
    {"EBOOK", KDBIB_TYPE_BOOK},
    {"EDBOOK", KDBIB_TYPE_BOOK},
    {"THES", KDBIB_TYPE_THESIS},
    {"RPRT", KDBIB_TYPE_REPORT},
    {"PAT", KDBIB_TYPE_PATENT},
    {"DATA", KDBIB_TYPE_DATASET},
    {"AGGR", KDBIB_TYPE_DATASET},
    {"COMP", KDBIB_TYPE_SOFTWARE},
    {"ELEC", KDBIB_TYPE_WEBPAGE},
    {"BLOG", KDBIB_TYPE_WEBPAGE},
    {"ICOMM", KDBIB_TYPE_WEBPAGE},
    {"UNPD", KDBIB_TYPE_ARTICLE},
    {"UNPB", KDBIB_TYPE_ARTICLE},
    {"MANSCPT", KDBIB_TYPE_ARTICLE},
    {"GEN", KDBIB_TYPE_DOCUMENT},
};

/* What a tag means by itself. */
static const struct {
    char tag[3];
    kdbib_field field;
} texts[] = {
    {"ID", KDBIB_KEY},
    {"TI", KDBIB_TITLE},
    {"T1", KDBIB_TITLE},
    {"CT", KDBIB_TITLE},
    {"T3", KDBIB_COLLECTION_TITLE},
    {"VL", KDBIB_VOLUME},
    {"IS", KDBIB_ISSUE},
    {"M3", KDBIB_GENRE},
    {"DP", KDBIB_ARCHIVE},
    {"AN", KDBIB_PMID},
    {"LA", KDBIB_LANGUAGE},
    {"AB", KDBIB_ABSTRACT},
    {"N2", KDBIB_ABSTRACT},
};

static bool is_tag(kdbib_str tag, const char *name) {
    return tag.data[0] == name[0] && tag.data[1] == name[1];
}

static bool is_any(kdbib_str tag, const char *names) {
    for (; *names; names += names[2] ? 3 : 2)
        if (is_tag(tag, names))
            return true;
    return false;
}

static void put(entry *e, kdbib_field field, kdbib_str value) {
    kdb_from_text(e->from, e->record, field, value);
}

static void keep(kdbib_str *slot, kdbib_str value) {
    if (!slot->size)
        *slot = value;
}

/* ---- lines ---- */

static void take_note(entry *e, kdbib_str value) {
    if (kdb_starts_with(value, KDBIB_STR("The list of authors is incomplete")))
        kdbib_record_set_authors_truncated(e->record, true);
    else if (kdb_starts_with(value, KDBIB_STR("PMCID: ")))
        put(e, KDBIB_PMCID, kdb_slice(value, 7, value.size));
    else if (!kdb_starts_with_nocase(value, KDBIB_STR("arXiv:")) ||
             !kdb_from_arxiv(e->from, e->record, value)) {
        if (e->note.size)
            kdb_buffer_add_char(&e->note, '\n');
        kdb_buffer_add_str(&e->note, value);
    }
}

/* ISBN, ISSN, or the number of a report. */
static void take_serial(entry *e, kdbib_str value) {
    size_t issn = kdbib_record_text(e->record, KDBIB_ISSN).size,
           isbn = kdbib_record_text(e->record, KDBIB_ISBN).size;
    bool numbered = e->type == KDBIB_TYPE_REPORT || e->type == KDBIB_TYPE_PATENT;
    kdb_from_numbers(e->from, e->record, KDBIB_ISSN, value);
    kdb_from_numbers(e->from, e->record, KDBIB_ISBN, value);
    if (numbered && issn == kdbib_record_text(e->record, KDBIB_ISSN).size &&
        isbn == kdbib_record_text(e->record, KDBIB_ISBN).size)
        put(e, KDBIB_NUMBER, value);
}

static void take_container(entry *e, kdbib_str tag, kdbib_str value) {
    bool part = e->type == KDBIB_TYPE_ARTICLE_JOURNAL || e->type == KDBIB_TYPE_PAPER_CONFERENCE ||
                e->type == KDBIB_TYPE_CHAPTER;
    if (is_any(tag, "J2 JA J1") && kdbib_record_text(e->record, KDBIB_CONTAINER_TITLE).size)
        put(e, KDBIB_VENUE, value);
    else if (e->type == KDBIB_TYPE_BOOK && is_tag(tag, "T2"))
        put(e, KDBIB_COLLECTION_TITLE, value); /* Zotero's series */
    else if (part && kdbib_record_text(e->record, KDBIB_CONTAINER_TITLE).size &&
             e->type == KDBIB_TYPE_PAPER_CONFERENCE && is_tag(tag, "T2"))
        put(e, KDBIB_EVENT_TITLE, value);
    else
        put(e, part ? KDBIB_CONTAINER_TITLE : KDBIB_VENUE, value);
}

static void take_link(entry *e, kdbib_str tag, kdbib_str value) {
    for (size_t at = 0, end; at < value.size; at = end + 1) {
        end = at;
        while (end < value.size && !kdb_is_space(value.data[end]))
            end++;
        kdbib_str url = kdb_slice(value, at, end);
        kdbib_role role = kdb_from_host_role(url);
        kdbib_str paper = kdbib_record_link(e->record, KDBIB_LINK_PAPER);
        if (is_tag(tag, "UR") && !paper.size && e->last_role == KDBIB_LINK_PAPER)
            role = KDBIB_LINK_PAPER;
        else if (is_tag(tag, "L1"))
            role = KDBIB_LINK_PDF;
        else if (role == KDBIB_ROLE_COUNT || role < e->last_role)
            role = KDBIB_LINK_OTHER; /* our writer goes by role: this is none before the last one */
        if (role == KDBIB_LINK_PDF && kdbib_record_link(e->record, KDBIB_LINK_PDF).size)
            role = KDBIB_LINK_OTHER;
        if (role == KDBIB_LINK_PAPER && paper.size)
            role = KDBIB_LINK_OTHER;
        e->last_role = role;
        kdb_from_link(e->from, e->record, role, url);
    }
}

static void take_number(entry *e, kdbib_str value) {
    if (kdb_starts_with_nocase(value, KDBIB_STR("arXiv:")) &&
        kdb_from_arxiv(e->from, e->record, value))
        return;
    if (e->type != KDBIB_TYPE_ARTICLE_JOURNAL)
        put(e, KDBIB_NUMBER, value);
}

static void take_place(entry *e, kdbib_str tag, kdbib_str value) {
    bool conference = e->type == KDBIB_TYPE_PAPER_CONFERENCE;
    if (is_tag(tag, "CY") || is_tag(tag, "PP"))
        put(e, conference ? KDBIB_EVENT_PLACE : KDBIB_PUBLISHER_PLACE, value);
    else if (conference) /* C1 */
        put(e, KDBIB_PUBLISHER_PLACE, value);
}

static void take(entry *e, kdbib_str tag, kdbib_str value) {
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (is_tag(tag, texts[i].tag))
            put(e, texts[i].field, value);
    if (is_any(tag, "AU A1"))
        kdb_from_comma_name(e->from, e->record, KDBIB_AUTHORS, value);
    else if (is_any(tag, "ED A2"))
        kdb_from_comma_name(e->from, e->record, KDBIB_EDITORS, value);
    else if (is_tag(tag, "DO"))
        kdb_from_doi(e->from, e->record, value);
    else if (is_any(tag, "T2 JO JF BT C3 J2 JA J1"))
        take_container(e, tag, value);
    else if (is_tag(tag, "ET"))
        put(e, e->type == KDBIB_TYPE_SOFTWARE ? KDBIB_VERSION : KDBIB_EDITION, value);
    else if (is_tag(tag, "SN"))
        take_serial(e, value);
    else if (is_tag(tag, "N1"))
        take_note(e, value);
    else if (is_tag(tag, "M1"))
        take_number(e, value);
    else if (is_any(tag, "CY PP C1"))
        take_place(e, tag, value);
    else if (is_any(tag, "UR L1 L2 LK"))
        take_link(e, tag, value);
    else if (is_tag(tag, "KW"))
        kdb_from_keyword(e->from, e->record, value);
    else if (is_tag(tag, "SP"))
        keep(&e->first_page, value);
    else if (is_tag(tag, "EP"))
        keep(&e->last_page, value);
    else if (is_tag(tag, "C7"))
        keep(&e->number, value);
    else if (is_tag(tag, "DA"))
        keep(&e->date, value);
    else if (is_any(tag, "PY Y1"))
        keep(&e->year, value);
    else if (is_tag(tag, "PB"))
        keep(&e->publisher, value);
}

/* ---- records ---- */

static void set_date(entry *e) {
    kdbib_date date = kdb_parse_date(e->date), year = kdb_parse_date(e->year);
    if (!date.year || (year.year && year.year != date.year))
        date = year;
    if (!date.year && (e->date.size || e->year.size))
        kdb_from_report(e->from, KDBIB_SEVERITY_NOTE, "bad-date", e->line,
                        "no year can be read from this", e->year.size ? e->year : e->date);
    kdbib_record_set_issued(e->record, date, KDBIB_BASIS_LIST);
}

static void set_pages(entry *e) {
    kdbib_str pages = e->first_page;
    if (e->last_page.size && pages.size)
        pages = kdb_arena_format(e->from->arena, "%.*s-%.*s", (int)pages.size, pages.data,
                                 (int)e->last_page.size, e->last_page.data);
    kdb_from_pages(e->from, e->record, pages, e->number);
}

static void end_record(entry *e) {
    if (!e->record)
        return;
    set_date(e);
    set_pages(e);
    bool preprint = e->type == KDBIB_TYPE_ARTICLE;
    put(e, preprint && kdb_from_is_server(e->from, e->publisher) ? KDBIB_ARCHIVE : KDBIB_PUBLISHER,
        e->publisher);
    put(e, KDBIB_NOTE, kdb_buffer_str(&e->note));
    e->from->arena->failed |= e->note.failed;
    kdb_buffer_free(&e->note);
    kdb_from_finish(e->from, e->record);
    *e = (entry){.from = e->from};
}

static void begin_record(entry *e, kdbib_str value, uint32_t line) {
    if (e->record) {
        kdb_from_report(e->from, KDBIB_SEVERITY_WARNING, "missing-end", line,
                        "a record begins before the last one has ended", (kdbib_str){0});
        end_record(e);
    }
    kdb_arena_reset(e->from->arena);
    *e = (entry){.from = e->from, .line = line, .record = kdb_from_add(e->from, line)};
    bool known = false;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (kdb_equal_nocase(value, kdbib_str_of(types[i].name))) {
            e->type = types[i].type;
            known = true;
        }
    if (!known)
        kdb_from_report(e->from, KDBIB_SEVERITY_NOTE, "unknown-type", line,
                        "no type that is known: read as GEN", value);
    if (e->record)
        kdbib_record_set_type(e->record, e->type, KDBIB_BASIS_LIST);
}

/* ---- the file ---- */

/* `AU  - value`, with blanks here and there. False: it goes on the line before. */
static bool read_tag(kdbib_str line, kdbib_str *tag, kdbib_str *value) {
    line = kdb_trim(line);
    if (line.size < 3 || !kdb_is_upper(line.data[0]) ||
        !(kdb_is_upper(line.data[1]) || kdb_is_digit(line.data[1])))
        return false;
    size_t at = 2;
    while (at < line.size && (line.data[at] == ' ' || line.data[at] == '\t'))
        at++;
    if (at >= line.size || at > 6 || line.data[at] != '-')
        return false;
    if (at + 1 < line.size && !kdb_is_space(line.data[at + 1]) && at < 4)
        return false; /* "UV-light" begins a line of an abstract */
    *tag = kdb_slice(line, 0, 2);
    *value = kdb_trim(kdb_slice(line, at + 1, line.size));
    return true;
}

/* The end of the value whose first line ends at `end`: lines without a tag go on with it. */
static size_t value_end(kdbib_str text, size_t end, bool *more) {
    *more = false;
    for (size_t at = end + 1; at < text.size;) {
        size_t next = kdb_find_char(text, '\n', at);
        next = next == SIZE_MAX ? text.size : next;
        kdbib_str line = kdb_slice(text, at, next), tag, value;
        if (!kdb_trim(line).size || read_tag(line, &tag, &value))
            break;
        end = next;
        *more = true;
        at = next + 1;
    }
    return end;
}

static kdbib_str on_one_line(kdb_from *from, kdbib_str value) {
    kdbib_str copy = kdb_arena_copy(from->arena, value);
    char *text = (char *)copy.data;
    size_t size = 0;
    for (size_t i = 0; i < copy.size; i++)
        if (!kdb_is_space(text[i]))
            text[size++] = text[i];
        else if (size && text[size - 1] != ' ')
            text[size++] = ' ';
    return (kdbib_str){text, size};
}

static bool read(kdb_from *from, kdbib_str text) {
    entry e = {.from = from};
    uint32_t line = 1;
    for (size_t at = 0, end; at < text.size && !kdb_arena_failed(from->arena); at = end + 1) {
        uint32_t here = line;
        bool more = false;
        kdbib_str tag, value;
        end = kdb_find_char(text, '\n', at);
        end = end == SIZE_MAX ? text.size : end;
        bool tagged = read_tag(kdb_slice(text, at, end), &tag, &value);
        if (tagged && e.record && value.size && !is_tag(tag, "TY") && !is_tag(tag, "ER"))
            end = value_end(text, end, &more);
        for (size_t i = at; i <= end && i < text.size; i++)
            line += text.data[i] == '\n';
        if (more)
            value =
                on_one_line(from, kdb_trim(kdb_slice(text, (size_t)(value.data - text.data), end)));
        if (!tagged) {
            kdbib_str stray = kdb_trim(kdb_slice(text, at, end));
            if (stray.size)
                kdb_from_report(from, KDBIB_SEVERITY_WARNING, "stray-text", here,
                                "this line belongs to no record", stray);
        } else if (is_tag(tag, "TY")) {
            begin_record(&e, value, here);
        } else if (is_tag(tag, "ER")) {
            end_record(&e);
        } else if (e.record && value.size) {
            take(&e, tag, value);
        }
    }
    if (e.record) {
        kdb_from_report(from, KDBIB_SEVERITY_WARNING, "missing-end", line,
                        "the last record has no end", (kdbib_str){0});
        end_record(&e);
    }
    kdb_buffer_free(&e.note); /* of a record that memory did not suffice for */
    return !kdb_arena_failed(from->arena);
}

static unsigned bid(kdbib_str text) {
    text = kdb_slice(text, 0, 4096);
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        end = kdb_find_char(text, '\n', at);
        end = end == SIZE_MAX ? text.size : end;
        kdbib_str tag, value;
        if (read_tag(kdb_slice(text, at, end), &tag, &value) && is_tag(tag, "TY"))
            return value.size > 2 && value.size < 9 ? 95 : 0;
    }
    return 0;
}

const kdb_input_class kdb_from_ris = {
    .name = "ris",
    .aliases = (const char *const[]){"refman", "endnote-ris", NULL},
    .extensions = (const char *const[]){"ris", NULL},
    .bid = bid,
    .read = read,
};
