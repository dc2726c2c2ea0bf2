/* An entry and its fields, and what is read off a record for them. */
#include "bibtex_entry.h"

#include "base/embedded.h"
#include "base/strings.h"
#include "parts.h"
#include "record/texts.h"

bool kdb_bib_begin(kdbib_writer *writer) {
    kdb_bib *bib = kdbib_writer_state(writer);
    bib->out = kdbib_writer_output(writer);
    bib->cuts_given_names = true;
    bib->escape_doi = kdbib_writer_get_option(writer, "escape-doi") != NULL;
    bib->url_with_doi = kdbib_writer_get_option(writer, "url-with-doi") != NULL;
    const bool unicode = kdbib_writer_get_option(writer, "unicode") != NULL;
    kdb_arena *arena = &bib->latex.arena;
    return kdb_latex_init(&bib->latex, unicode) && kdb_proper_words_init(&bib->words, arena) &&
           kdb_tex_math_init(&bib->math, arena) &&
           kdb_table_read(arena, kdb_embedded(KDBIB_STR("doi-landing-hosts.csv")),
                          &bib->landing_hosts) &&
           kdb_table_read(arena, kdb_embedded(KDBIB_STR("babel-languages.csv")), &bib->languages);
}

void kdb_bib_cleanup(kdbib_writer *writer) {
    kdb_bib *bib = kdbib_writer_state(writer);
    kdb_latex_free(&bib->latex);
}

/* ---- the frame ---- */

static kdbib_str main_link(const kdbib_record *record) {
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        /* a project page says more about the paper than its code does */
        static const kdbib_role order[KDBIB_ROLE_COUNT] = {
            KDBIB_LINK_PAPER, KDBIB_LINK_PDF,     KDBIB_LINK_PROJECT,
            KDBIB_LINK_CODE,  KDBIB_LINK_DATASET, KDBIB_LINK_BLOG,
            KDBIB_LINK_VIDEO, KDBIB_LINK_SLIDES,  KDBIB_LINK_OTHER};
        const kdbib_str url = kdbib_record_link(record, order[role]);
        if (kdb_trim(url).size)
            return kdb_trim(url);
    }
    return (kdbib_str){NULL, 0};
}

void kdb_bib_take(kdb_bib *bib, const kdbib_record *record) {
    uint64_t left = kdb_record_texts(record, bib->texts) & ~((uint64_t)1 << KDBIB_TITLE);
    for (; left; left &= left - 1) {
        kdbib_str *text = &bib->texts[__builtin_ctzll(left)];
        *text = kdb_trim(*text);
    }
    bib->main_link = main_link(record);
}

static bool is_key_sign(char c) {
    return kdb_is_alnum(c) || (c && kdb_is_one_of(c, "_:.+/-"));
}

void kdb_bib_open_entry(kdb_bib *bib, const char *type) {
    const kdbib_str key = bib->texts[KDBIB_KEY];
    size_t written = 0;
    bib->entries++;
    kdbib_output_text(bib->out, bib->entries > 1 ? "\n@" : "@");
    kdbib_output_text(bib->out, type);
    kdbib_output_char(bib->out, '{');
    for (size_t at = 0, end; at < key.size; at = end + 1) {
        for (end = at; end < key.size && is_key_sign(key.data[end]);)
            end++;
        kdbib_output_bytes(bib->out, key.data + at, end - at);
        written += end - at;
    }
    if (!written) {
        kdbib_output_text(bib->out, "entry");
        kdbib_output_number(bib->out, (long long)bib->entries);
    }
}

void kdb_bib_close_entry(kdb_bib *bib) {
    kdbib_output_text(bib->out, "\n}\n");
}

void kdb_bib_open_field(kdb_bib *bib, kdbib_str field) {
    kdbib_output_str(bib->out, field);
}

void kdb_bib_close_field(kdb_bib *bib) {
    kdbib_output_char(bib->out, '}');
}

/* Before an item of a field that is a list: opens the field, or parts the item from the last. */
static void next_item(kdb_bib *bib, kdbib_str field, bool *any) {
    if (*any)
        kdbib_output_text(bib->out, ", ");
    else
        kdb_bib_open_field(bib, field);
    *any = true;
}

/* ---- fields ---- */

bool kdb_bib_text_field(kdb_bib *bib, kdbib_str field, kdbib_str text) {
    if (text.size)
        text = kdb_trim(text);
    if (!text.size)
        return false;
    kdb_bib_open_field(bib, field);
    kdb_latex_text(&bib->latex, bib->out, text);
    kdb_bib_close_field(bib);
    return true;
}

static bool is_dash(kdbib_str text, size_t at, size_t *size) {
    *size = 1;
    if (text.data[at] == '-')
        return true;
    *size = 3;
    return kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("\u2013"));
}

/* One part of a list of pages: a range when there is one dash, or several in a row. */
static void write_range(kdb_bib *bib, kdbib_str part) {
    size_t from = SIZE_MAX, to = 0, size;
    for (size_t at = 0; at < part.size; at++) {
        if (!is_dash(part, at, &size))
            continue;
        if (from != SIZE_MAX && at != to) {
            from = SIZE_MAX; /* A-1-A-9: which dash is the range is not known */
            break;
        }
        if (from == SIZE_MAX)
            from = at;
        to = at + size;
        at += size - 1;
    }
    if (from == SIZE_MAX || from == 0 || to == part.size) {
        kdb_latex_text(&bib->latex, bib->out, part);
        return;
    }
    kdb_latex_text(&bib->latex, bib->out, kdb_trim(kdb_slice(part, 0, from)));
    kdbib_output_text(bib->out, "--");
    kdb_latex_text(&bib->latex, bib->out, kdb_trim(kdb_slice(part, to, part.size)));
}

bool kdb_bib_pages_field(kdb_bib *bib, kdbib_str pages) {
    pages = kdb_trim(pages);
    if (!pages.size)
        return false;
    kdb_bib_open_field(bib, KDB_FIELD("pages"));
    for (size_t at = 0; at <= pages.size;) {
        size_t end = kdb_find_char(pages, ',', at);
        if (end == SIZE_MAX)
            end = pages.size;
        if (at)
            kdbib_output_text(bib->out, ", ");
        write_range(bib, kdb_trim(kdb_slice(pages, at, end)));
        at = end + 1;
    }
    kdb_bib_close_field(bib);
    return true;
}

void kdb_bib_numbers_field(kdb_bib *bib, kdbib_str field, kdbib_str numbers) {
    bool any = false;
    for (size_t at = 0; at < numbers.size;) {
        size_t end = kdb_find_char(numbers, ' ', at);
        if (end == SIZE_MAX)
            end = numbers.size;
        if (end > at) {
            next_item(bib, field, &any);
            kdb_latex_text(&bib->latex, bib->out, kdb_slice(numbers, at, end));
        }
        at = end + 1;
    }
    if (any)
        kdb_bib_close_field(bib);
}

/* ---- links ---- */

static bool contains_nocase(kdbib_str text, kdbib_str part) {
    if (!part.size)
        return false;
    const bool letter = kdb_is_alpha(part.data[0]); /* anything else has one case to look for */
    for (size_t at = 0; at + part.size <= text.size; at++) {
        if (!letter && (at = kdb_find_char(text, part.data[0], at)) == SIZE_MAX)
            return false;
        if (kdb_starts_with_nocase(kdb_slice(text, at, text.size), part))
            return true;
    }
    return false;
}

static kdbib_str host_of(kdbib_str url) {
    const size_t slashes = kdb_find(url, KDBIB_STR("://"), 0);
    const size_t start = slashes == SIZE_MAX ? 0 : slashes + 3;
    size_t end = start;
    while (end < url.size && !kdb_is_one_of(url.data[end], "/?#:"))
        end++;
    kdbib_str host = kdb_slice(url, start, end);
    return kdb_starts_with_nocase(host, KDBIB_STR("www.")) ? kdb_slice(host, 4, host.size) : host;
}

/* The URL is where the DOI leads. */
static bool repeats_doi(const kdb_bib *bib, kdbib_str url, kdbib_str doi) {
    if (url.size > 4096)
        return false;
    if (contains_nocase(url, doi))
        return true;
    const kdbib_str host = host_of(url), prefix = kdb_slice(doi, 0, kdb_find_char(doi, '/', 0));
    kdb_table_walk walk = {0};
    size_t row;
    do
        row = kdb_table_find(&bib->landing_hosts, prefix, &walk);
    while (row != SIZE_MAX && !kdb_equal_nocase(kdb_table_cell(&bib->landing_hosts, row, 1), host));
    return row != SIZE_MAX;
}

static void verbatim_field(kdb_bib *bib, kdbib_str field, kdbib_str text) {
    kdb_bib_open_field(bib, field);
    kdb_latex_verbatim(&bib->latex, bib->out, text, bib->escape_doi);
    kdb_bib_close_field(bib);
}

void kdb_bib_link_fields(kdb_bib *bib) {
    const kdbib_str doi = bib->texts[KDBIB_DOI], url = bib->main_link;
    if (doi.size)
        verbatim_field(bib, KDB_FIELD("doi"), doi);
    if (url.size && (!doi.size || bib->url_with_doi || !repeats_doi(bib, url, doi)))
        verbatim_field(bib, KDB_FIELD("url"), url);
}

void kdb_bib_remarks_field(kdb_bib *bib, kdbib_str field, const kdbib_record *record,
                           const char *const *more) {
    bool any = false;
    for (unsigned left = kdb_record_roles(record); left; left &= left - 1) {
        const int role = __builtin_ctz(left);
        kdbib_str url;
        for (kdbib_cursor cursor = {0};
             kdbib_record_next_link(record, (kdbib_role)role, &cursor, &url, NULL);) {
            url = kdb_trim(url);
            if (!url.size || kdbib_str_equal(url, bib->main_link))
                continue;
            next_item(bib, field, &any);
            kdbib_output_text(bib->out, kdb_role_label((kdbib_role)role));
            kdbib_output_text(bib->out, ": ");
            kdb_latex_text(&bib->latex, bib->out, url);
        }
    }
    for (; more && *more; more += 2) {
        if (!more[1] || !*more[1])
            continue;
        next_item(bib, field, &any);
        kdbib_output_text(bib->out, more[0]);
        kdbib_output_text(bib->out, ": ");
        kdb_latex_text(&bib->latex, bib->out, kdbib_str_of(more[1]));
    }
    if (any)
        kdb_bib_close_field(bib);
}

/* ---- the list ---- */

/* The same heading stands in the list before: sections of different papers share words. */
static bool seen_before(const kdbib_record *record, const kdbib_section *section, bool document) {
    const kdbib_section *earlier;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &earlier);) {
        if (earlier == section)
            return false;
        if (earlier->document_title == document &&
            kdb_equal_nocase(kdb_trim(earlier->title), kdb_trim(section->title)))
            return true;
    }
    return false;
}

void kdb_bib_keywords_field(kdb_bib *bib, const kdbib_record *record) {
    const kdbib_section *section;
    bool any = false;
    for (int document = 0; document < 2 && !any; document++)
        for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &section);) {
            if (section->document_title != (document != 0) || !kdb_trim(section->title).size ||
                (any && seen_before(record, section, document != 0)))
                continue;
            next_item(bib, KDB_FIELD("keywords"), &any);
            kdb_latex_text(&bib->latex, bib->out, kdb_trim(section->title));
        }
    if (any)
        kdb_bib_close_field(bib);
}

void kdb_bib_language_field(kdb_bib *bib, kdbib_str language) {
    const kdbib_str code = kdb_slice(language, 0, kdb_find_char(language, '-', 0));
    const size_t row = code.size ? kdb_table_row(&bib->languages, code) : SIZE_MAX;
    if (row != SIZE_MAX)
        kdb_bib_text_field(bib, KDB_FIELD("langid"), kdb_table_cell(&bib->languages, row, 1));
}

/* ---- facts about a record ---- */

kdbib_str kdb_bib_container(const kdb_bib *bib) {
    static const kdbib_field order[] = {KDBIB_CONTAINER_TITLE, KDBIB_VENUE, KDBIB_EVENT_TITLE};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (bib->texts[order[i]].size)
            return bib->texts[order[i]];
    return (kdbib_str){NULL, 0};
}

/* ISSN (8 digits, mod 11), ISBN-10 (mod 11), ISBN-13 (mod 10). */
static bool check_digit_is_right(kdbib_str number, bool isbn) {
    unsigned digits[13], count = 0;
    for (size_t i = 0; i < number.size; i++) {
        const char c = number.data[i];
        if (c == '-')
            continue;
        const bool ten = (c == 'X' || c == 'x') && (count == 7 || count == 9);
        if ((!kdb_is_digit(c) && !ten) || count == 13)
            return false;
        digits[count++] = ten ? 10 : (unsigned)(c - '0');
    }
    if (isbn ? count != 10 && count != 13 : count != 8)
        return false;
    unsigned sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += digits[i] * (count == 13 ? (i % 2 ? 3 : 1) : count - i);
    return sum % (count == 13 ? 10 : 11) == 0;
}

kdbib_str kdb_bib_valid_number(kdbib_str numbers, bool isbn) {
    for (size_t at = 0; at < numbers.size;) {
        size_t end = kdb_find_char(numbers, ' ', at);
        if (end == SIZE_MAX)
            end = numbers.size;
        const kdbib_str number = kdb_slice(numbers, at, end);
        if (check_digit_is_right(number, isbn))
            return number;
        at = end + 1;
    }
    return (kdbib_str){NULL, 0};
}

bool kdb_bib_is_masters(kdbib_str genre) {
    static const char *const words[] = {"master", "msc", "m.sc", "diplom", "bachelor", "laurea"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (contains_nocase(genre, kdbib_str_of(words[i])))
            return true;
    return false;
}
