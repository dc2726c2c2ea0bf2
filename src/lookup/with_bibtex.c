/* BibTeX as reference managers write it: entries, @string, braces and quotes, `#`. */
#include "base/buffer.h"
#include "base/strings.h"
#include "lookup/with_inside.h"
#include "services/facts.h"
#include "services/pubmed.h"
#include "text/rich_text.h"

typedef struct reader {
    kdb_answer *answer;
    kdbib_str text;
    size_t at;
} reader;

typedef struct fields {
    kdbib_str title, author, editor, journal, booktitle, series, year, month, date, volume, number,
        pages, eid, publisher, doi, url, eprint, archive, isbn, issn, school;
} fields;

static void skip_blanks(reader *r) {
    while (r->at < r->text.size && kdb_is_space(r->text.data[r->at]))
        r->at++;
}

static char peek(const reader *r) {
    return r->at < r->text.size ? r->text.data[r->at] : '\0';
}

static kdbib_str read_word(reader *r) {
    size_t from = r->at;
    while (r->at < r->text.size && !kdb_is_space(peek(r)) && !strchr("{}(),=#\"", peek(r)))
        r->at++;
    return kdb_slice(r->text, from, r->at);
}

/* {…} or "…" with balanced braces, or a bare word; the pieces of `a # b` joined. */
static kdbib_str read_value(reader *r) {
    kdb_buffer value = {0};
    for (;;) {
        skip_blanks(r);
        char open = peek(r);
        if (open == '{' || open == '"') {
            size_t depth = 0, from = ++r->at;
            for (; r->at < r->text.size; r->at++) {
                char c = peek(r);
                if (c == '\\')
                    r->at++;
                else if (c == '{')
                    depth++;
                else if ((c == '}' && depth == 0) || (c == '"' && open == '"' && depth == 0))
                    break;
                else if (c == '}')
                    depth--;
            }
            kdb_buffer_add_str(&value, kdb_slice(r->text, from, r->at));
            r->at++;
        } else {
            kdb_buffer_add_str(&value, read_word(r));
        }
        skip_blanks(r);
        if (peek(r) != '#')
            break;
        r->at++;
    }
    kdbib_str copy = kdb_arena_copy(r->answer->arena, kdb_buffer_str(&value));
    if (value.failed)
        r->answer->arena->failed = true;
    kdb_buffer_free(&value);
    return copy;
}

static void keep(fields *f, kdbib_str name, kdbib_str value) {
    const struct {
        const char *name;
        kdbib_str *slot;
    } slots[] = {{"title", &f->title},
                 {"author", &f->author},
                 {"editor", &f->editor},
                 {"journal", &f->journal},
                 {"journaltitle", &f->journal},
                 {"booktitle", &f->booktitle},
                 {"series", &f->series},
                 {"year", &f->year},
                 {"month", &f->month},
                 {"date", &f->date},
                 {"volume", &f->volume},
                 {"number", &f->number},
                 {"issue", &f->number},
                 {"pages", &f->pages},
                 {"eid", &f->eid},
                 {"publisher", &f->publisher},
                 {"doi", &f->doi},
                 {"url", &f->url},
                 {"eprint", &f->eprint},
                 {"archiveprefix", &f->archive},
                 {"eprinttype", &f->archive},
                 {"isbn", &f->isbn},
                 {"issn", &f->issn},
                 {"school", &f->school},
                 {"institution", &f->school}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(slots[i].name)))
            *slots[i].slot = value;
}

/* LaTeX to plain text: what a title in a list would be. */
static kdbib_str plain(reader *r, kdbib_str latex) {
    kdb_rich_text rich = {0};
    kdb_buffer text = {0};
    if (latex.size && !kdb_rich_text_from_list(r->answer->arena, latex, &rich))
        r->answer->arena->failed = true;
    for (size_t i = 0; i < rich.count; i++)
        kdb_buffer_add_str(&text, rich.runs[i].text);
    kdbib_str copy = kdb_arena_copy(r->answer->arena, kdb_trim(kdb_buffer_str(&text)));
    kdb_buffer_free(&text);
    return copy;
}

static void add_names(reader *r, kdb_hit *hit, kdbib_field which, kdbib_str list) {
    size_t depth = 0, from = 0;
    for (size_t i = 0; i <= list.size; i++) {
        char c = i < list.size ? list.data[i] : '\0';
        depth += c == '{';
        depth -= c == '}' && depth;
        bool gap = depth == 0 && kdb_is_space(c) && i + 5 <= list.size &&
                   memcmp(list.data + i + 1, "and", 3) == 0 && kdb_is_space(list.data[i + 4]);
        if (c != '\0' && !gap)
            continue;
        kdbib_str name = kdb_trim(kdb_slice(list, from, i));
        bool body = name.size > 1 && name.data[0] == '{' && name.data[name.size - 1] == '}';
        if (kdb_equal_nocase(name, KDBIB_STR("others")))
            kdbib_record_set_authors_truncated(hit->record, true);
        else if (body)
            kdb_fact_body(r->answer, hit, which, plain(r, name));
        else if (name.size)
            kdb_fact_display_name(r->answer, hit, which, plain(r, name));
        from = i + 5;
        i += gap ? 4 : 0;
    }
}

static kdbib_type type_of(kdbib_str name) {
    static const struct {
        const char *name;
        kdbib_type type;
    } types[] = {
        {"article", KDBIB_TYPE_ARTICLE_JOURNAL},
        {"inproceedings", KDBIB_TYPE_PAPER_CONFERENCE},
        {"conference", KDBIB_TYPE_PAPER_CONFERENCE},
        {"incollection", KDBIB_TYPE_CHAPTER},
        {"inbook", KDBIB_TYPE_CHAPTER},
        {"book", KDBIB_TYPE_BOOK},
        {"phdthesis", KDBIB_TYPE_THESIS},
        {"mastersthesis", KDBIB_TYPE_THESIS},
        {"thesis", KDBIB_TYPE_THESIS},
        {"techreport", KDBIB_TYPE_REPORT},
        {"report", KDBIB_TYPE_REPORT},
        {"dataset", KDBIB_TYPE_DATASET},
        {"software", KDBIB_TYPE_SOFTWARE},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (kdb_equal_nocase(name, kdbib_str_of(types[i].name)))
            return types[i].type;
    return KDBIB_TYPE_DOCUMENT;
}

static bool add_entry(reader *r, kdbib_str kind, const fields *f) {
    kdb_answer *answer = r->answer;
    kdb_hit *hit = kdb_answer_add(answer);
    kdb_rich_text title = {0};
    if (!hit)
        return false;
    kdbib_type type = type_of(kind);
    bool arxiv = kdb_equal_nocase(f->archive, KDBIB_STR("arxiv")) ||
                 kdb_find(f->url, KDBIB_STR("arxiv.org/"), 0) != SIZE_MAX;
    if (arxiv && (type == KDBIB_TYPE_DOCUMENT || !(f->journal.size || f->booktitle.size)))
        type = KDBIB_TYPE_ARTICLE;
    hit->preprint = type == KDBIB_TYPE_ARTICLE;
    hit->book = type == KDBIB_TYPE_BOOK;
    kdbib_record_set_type(hit->record, type, KDBIB_BASIS_SERVICE);
    kdb_fact_doi(answer, hit, f->doi);
    if (f->title.size && kdb_rich_text_from_list(answer->arena, f->title, &title))
        kdbib_record_set_title(hit->record, title.runs, title.count, KDBIB_BASIS_SERVICE);
    add_names(r, hit, KDBIB_AUTHORS, f->author);
    add_names(r, hit, KDBIB_EDITORS, f->editor);
    kdb_fact_container(answer, hit, plain(r, f->booktitle.size ? f->booktitle : f->journal),
                       plain(r, f->series));
    kdbib_date date = kdb_parse_date(f->date.size ? f->date : f->year);
    if (!date.month)
        date.month = (uint8_t)kdb_pubmed_month(f->month);
    kdbib_record_set_issued(hit->record, date, KDBIB_BASIS_SERVICE);
    kdb_fact_text(answer, hit, KDBIB_VOLUME, f->volume);
    kdb_fact_text(answer, hit, KDBIB_ISSUE, f->number);
    kdb_fact_text(answer, hit, KDBIB_PUBLISHER,
                  plain(r, f->publisher.size ? f->publisher : f->school));
    kdb_fact_pages(answer, hit, f->pages, f->eid);
    kdb_fact_isbn(answer, hit, f->isbn);
    kdb_fact_issn(answer, hit, f->issn);
    if (arxiv)
        kdb_fact_text(answer, hit, KDBIB_ARXIV, kdb_arxiv_id(f->eprint.size ? f->eprint : f->url));
    return kdb_strings_add(answer->arena, &hit->urls, f->url);
}

/* The fields up to the end of the entry. */
static void read_fields(reader *r, fields *f) {
    while (r->at < r->text.size) {
        skip_blanks(r);
        if (peek(r) == ',') {
            r->at++;
            continue;
        }
        if (peek(r) == '}' || peek(r) == ')' || peek(r) == '@' || !peek(r))
            return;
        size_t before = r->at;
        kdbib_str name = read_word(r);
        skip_blanks(r);
        if (peek(r) == '=') {
            r->at++;
            keep(f, name, read_value(r));
        }
        if (r->at == before)
            r->at++;
    }
}

bool kdb_with_read_bibtex(kdb_answer *answer, kdbib_str bytes) {
    reader r = {answer, bytes, 0};
    bool fine = true;
    while (fine && (r.at = kdb_find_char(bytes, '@', r.at)) != SIZE_MAX) {
        fields f = {0};
        r.at++;
        kdbib_str kind = read_word(&r);
        skip_blanks(&r);
        if (!kind.size || (peek(&r) != '{' && peek(&r) != '('))
            continue;
        if (kdb_equal_nocase(kind, KDBIB_STR("comment")) ||
            kdb_equal_nocase(kind, KDBIB_STR("string")) ||
            kdb_equal_nocase(kind, KDBIB_STR("preamble")))
            continue;
        r.at++;
        size_t comma = kdb_find_char(bytes, ',', r.at); /* behind the key */
        if (comma == SIZE_MAX)
            break;
        r.at = comma + 1;
        read_fields(&r, &f);
        fine = add_entry(&r, kind, &f);
    }
    if (fine && !answer->count)
        answer->problem = "it holds no BibTeX entry";
    return fine && !kdb_arena_failed(answer->arena);
}
