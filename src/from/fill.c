/* What several readers do to a record. */
#include "base/buffer.h"
#include "base/strings.h"
#include "fields/ids.h"
#include "from/from.h"
#include "from/keywords.h"

static void check(kdb_from *from, bool fine) {
    from->arena->failed |= !fine;
}

kdbib_record *kdb_from_add(kdb_from *from, uint32_t line) {
    kdbib_record *record = kdbib_bibliography_add(from->list, from->file, line);
    check(from, record != NULL);
    return record;
}

void kdb_from_finish(kdb_from *from, kdbib_record *record) {
    kdbib_str url;
    static const kdbib_field telling[] = {KDBIB_TITLE, KDBIB_DOI, KDBIB_ARXIV, KDBIB_PMID};
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        if (kdb_trim(kdbib_record_text(record, telling[i])).size)
            return;
    if (kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &(kdbib_cursor){0}, &url, NULL))
        return;
    kdb_from_report(from, KDBIB_SEVERITY_WARNING, "empty-entry", kdbib_record_source(record).line,
                    "an entry without title, identifier and link is left out",
                    kdbib_record_text(record, KDBIB_KEY));
    kdbib_bibliography_drop_last(from->list);
}

void kdb_from_text(kdb_from *from, kdbib_record *record, kdbib_field field, kdbib_str text) {
    text = kdb_trim(text);
    if (text.size && !kdbib_record_text(record, field).size)
        check(from, kdbib_record_set_text(record, field, text, KDBIB_BASIS_LIST));
}

/* ---- identifiers ---- */

void kdb_from_doi(kdb_from *from, kdbib_record *record, kdbib_str text) {
    kdbib_str doi = kdb_doi_in(text);
    if (kdb_trim(text).size && !doi.size)
        kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-doi", kdbib_record_source(record).line,
                        "this is no DOI: it is left out", text);
    kdb_from_text(from, record, KDBIB_DOI, doi);
}

bool kdb_from_arxiv(kdb_from *from, kdbib_record *record, kdbib_str text) {
    kdbib_str id = kdb_arxiv_id(text);
    kdb_from_text(from, record, KDBIB_ARXIV, id);
    return id.size != 0;
}

static bool is_number(kdbib_str word, size_t *digits) {
    *digits = 0;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if (!kdb_is_digit(c) && c != '-' && kdb_to_lower(c) != 'x')
            return false;
        *digits += c != '-';
    }
    return *digits > 0;
}

void kdb_from_numbers(kdb_from *from, kdbib_record *record, kdbib_field field, kdbib_str text) {
    kdb_buffer all = {0};
    kdb_buffer_add_str(&all, kdbib_record_text(record, field));
    for (size_t at = 0, end; at < text.size && all.size < 1024; at = end + 1) {
        end = at;
        while (end < text.size && !kdb_is_space(text.data[end]) &&
               !kdb_is_one_of(text.data[end], ",;:()"))
            end++;
        size_t digits;
        kdbib_str word = kdb_slice(text, at, end);
        if (!is_number(word, &digits) ||
            (field == KDBIB_ISSN ? digits != 8 : digits != 10 && digits != 13) ||
            kdb_find(kdb_buffer_str(&all), word, 0) != SIZE_MAX)
            continue;
        if (all.size)
            kdb_buffer_add_char(&all, ' ');
        kdb_buffer_add_str(&all, word);
    }
    check(from, !all.failed &&
                    kdbib_record_set_text(record, field, kdb_buffer_str(&all), KDBIB_BASIS_LIST));
    kdb_buffer_free(&all);
}

/* ---- pages ---- */

/* A dash of any kind and length at `at`: its size, or 0. */
static size_t dash_size(kdbib_str text, size_t at) {
    size_t size = 0;
    for (;;) {
        kdbib_str rest = kdb_slice(text, at + size, text.size);
        if (rest.size && rest.data[0] == '-')
            size++;
        else if (kdb_starts_with(rest, KDBIB_STR("\u2013")) ||
                 kdb_starts_with(rest, KDBIB_STR("\u2014")))
            size += 3;
        else
            return size;
    }
}

static void clean_pages(kdbib_str pages, kdb_buffer *clean) {
    if (kdb_starts_with_nocase(pages, KDBIB_STR("pp.")))
        pages = kdb_trim(kdb_slice(pages, 3, pages.size));
    else if (kdb_starts_with_nocase(pages, KDBIB_STR("p.")))
        pages = kdb_trim(kdb_slice(pages, 2, pages.size));
    for (size_t at = 0; at < pages.size;) {
        size_t dash = dash_size(pages, at);
        if (dash) {
            while (clean->size && clean->data[clean->size - 1] == ' ')
                clean->size--;
            kdb_buffer_add_char(clean, '-');
            at += dash;
            while (at < pages.size && pages.data[at] == ' ')
                at++;
        } else {
            kdb_buffer_add_char(clean, pages.data[at++]);
        }
    }
    while (clean->size && clean->data[clean->size - 1] == '-')
        clean->size--; /* "12-": the last page is not known */
}

void kdb_from_pages(kdb_from *from, kdbib_record *record, kdbib_str pages, kdbib_str number) {
    kdb_buffer clean = {0};
    clean_pages(kdb_trim(pages), &clean);
    pages = kdb_buffer_str(&clean);
    if (kdb_trim(number).size)
        kdb_from_text(from, record, KDBIB_ARTICLE_NUMBER, number);
    else
        kdb_from_text(from, record,
                      kdb_is_article_number(pages) ? KDBIB_ARTICLE_NUMBER : KDBIB_PAGES, pages);
    check(from, !clean.failed);
    kdb_buffer_free(&clean);
}

/* ---- keywords ---- */

void kdb_from_keyword(kdb_from *from, kdbib_record *record, kdbib_str word) {
    word = kdb_trim(word);
    if (!word.size)
        return;
    const kdbib_section *section = kdb_keywords_get(from->keywords, word);
    check(from, section && kdbib_record_add_section(record, section));
}

void kdb_from_keywords(kdb_from *from, kdbib_record *record, kdbib_str words, const char *signs) {
    size_t count = 0;
    for (size_t at = 0, end; at < words.size && count < KDBIB_LARGEST_PARTS; at = end + 1) {
        end = at;
        count++;
        while (end < words.size && !(words.data[end] && strchr(signs, words.data[end])))
            end++;
        kdb_from_keyword(from, record, kdb_slice(words, at, end));
    }
}

/* ---- preprints ---- */

bool kdb_from_is_server(kdb_from *from, kdbib_str name) {
    bool found = false;
    name = kdb_trim(name);
    if (!name.size || name.size > 40)
        return false;
    if (!from->servers_read && !kdb_preprint_table_read(&from->tables, &from->servers)) {
        check(from, false);
        return false;
    }
    from->servers_read = true;
    for (size_t i = 0; i < from->servers.count && !found; i++) {
        kdbib_str servers = from->servers.rows[i].archive;
        for (size_t at = 0, end; at < servers.size && !found; at = end + 1) {
            end = kdb_find_char(servers, '/', at);
            end = end == SIZE_MAX ? servers.size : end;
            found = kdb_equal_nocase(kdb_slice(servers, at, end), name);
        }
    }
    return found;
}

bool kdb_from_preprint_journal(kdb_from *from, kdbib_record *record, kdbib_str journal) {
    journal = kdb_trim(journal);
    if (kdb_equal_nocase(journal, KDBIB_STR("CoRR")) ||
        kdb_equal_nocase(journal, KDBIB_STR("arXiv.org")) ||
        kdb_equal_nocase(journal, KDBIB_STR("arXiv e-prints"))) {
        kdb_from_text(from, record, KDBIB_ARCHIVE, KDBIB_STR("arXiv"));
        return true;
    }
    if (kdb_starts_with_nocase(journal, KDBIB_STR("arxiv"))) {
        size_t colon = kdb_find_char(journal, ':', 0);
        kdbib_str id = kdb_trim(
            kdb_slice(journal, colon == SIZE_MAX ? journal.size : colon + 1, journal.size));
        id = kdb_slice(id, 0, kdb_find_char(id, ' ', 0));
        if (kdb_from_arxiv(from, record, id) || journal.size < 20) {
            kdb_from_text(from, record, KDBIB_ARCHIVE, KDBIB_STR("arXiv"));
            return true;
        }
    }
    if (kdb_equal_nocase(journal, KDBIB_STR("preprint")) || kdb_from_is_server(from, journal)) {
        if (!kdb_equal_nocase(journal, KDBIB_STR("preprint")))
            kdb_from_text(from, record, KDBIB_ARCHIVE, journal);
        return true;
    }
    return false;
}
