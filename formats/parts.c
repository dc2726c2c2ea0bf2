/* What several writers ask of a record or a text. */
#include "parts.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/strings.h"

/* ---- cleaning ---- */

typedef enum kind { PLAIN, BREAK, BAD } kind;

/* Kind and size of the character at `at`. */
static kind classify(const char *at, const char *end, size_t *size) {
    unsigned char c = (unsigned char)*at;
    *size = 1;
    if (c >= ' ' && c < 0x7F)
        return PLAIN;
    if (c < 0x80)
        return c >= '\t' && c <= '\r' ? BREAK : BAD;
    utf8proc_int32_t code;
    utf8proc_ssize_t got = utf8proc_iterate((const utf8proc_uint8_t *)at, end - at, &code);
    if (got <= 0)
        return BAD;
    *size = (size_t)got;
    if (code == 0x85 || code == 0x2028 || code == 0x2029)
        return BREAK;
    bool noncharacter = (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
    return code < 0xA0 || noncharacter ? BAD : PLAIN;
}

static bool is_clean(kdbib_str text, kdb_line_breaks breaks) {
    if (breaks == KDB_ONE_LINE && text.size &&
        (text.data[0] == ' ' || text.data[text.size - 1] == ' '))
        return false;
    const char *at = text.data, *end = at + text.size;
    at += text.size ? kdb_printable_run(text, 0) : 0;
    for (size_t size; at < end; at += size) {
        kind k = classify(at, end, &size);
        if (k == BAD || (k == BREAK && (breaks == KDB_ONE_LINE || (*at != '\n' && *at != '\t'))))
            return false;
    }
    return true;
}

kdbib_str kdb_clean(kdbib_str text, kdb_line_breaks breaks, kdb_buffer *buffer) {
    if (!text.size || is_clean(text, breaks))
        return text;
    kdb_buffer_clear(buffer);
    const char *at = text.data, *end = at + text.size, *plain = at;
    for (size_t size; at < end; at += size) {
        kind k = classify(at, end, &size);
        if (k == PLAIN)
            continue;
        kdb_buffer_add(buffer, plain, (size_t)(at - plain));
        plain = at + size;
        if (k == BAD) {
            kdb_buffer_add_code_point(buffer, 0xFFFD);
        } else if (breaks == KDB_KEEP_BREAKS) {
            bool crlf = *at == '\r' && end - at > 1 && at[1] == '\n';
            if (!crlf)
                kdb_buffer_add_char(buffer, *at == '\t' ? '\t' : '\n');
        } else if (buffer->size && buffer->data[buffer->size - 1] != ' ') {
            kdb_buffer_add_char(buffer, ' ');
        }
    }
    kdb_buffer_add(buffer, plain, (size_t)(end - plain));
    kdbib_str clean = buffer->failed ? KDBIB_STR("") : kdb_buffer_str(buffer);
    return breaks == KDB_ONE_LINE ? kdb_trim(clean) : clean;
}

/* ---- names ---- */

void kdb_join(kdbib_str a, const char *between, kdbib_str b, kdb_buffer *joined) {
    kdb_buffer_clear(joined);
    kdb_buffer_add_str(joined, a);
    if (a.size && b.size)
        kdb_buffer_add_str(joined, kdbib_str_of(between));
    kdb_buffer_add_str(joined, b);
}

static void add_name_part(kdb_buffer *text, kdbib_str part) {
    for (size_t i = 0; i < part.size; i++)
        if (part.data[i] != ',' && part.data[i] != '*')
            kdb_buffer_add_char(text, part.data[i]);
}

void kdb_name_with_commas(const kdbib_name *name, const char *body_end, kdb_buffer *text) {
    kdb_buffer_clear(text);
    if (name->literal.size) {
        add_name_part(text, name->literal);
        kdb_buffer_add_str(text, text->size ? kdbib_str_of(body_end) : KDBIB_STR(""));
        return;
    }
    if (name->particle.size) {
        add_name_part(text, name->particle);
        kdb_buffer_add_char(text, ' ');
    }
    add_name_part(text, name->family);
    kdb_buffer_add_char(text, ',');
    if (name->given.size) {
        kdb_buffer_add_char(text, ' ');
        add_name_part(text, name->given);
    }
    if (name->suffix.size) {
        kdb_buffer_add_str(text, KDBIB_STR(", "));
        add_name_part(text, name->suffix);
    }
}

/* ---- the title as plain text ---- */

typedef struct script {
    const char *plain; /* one character */
    unsigned sup, sub; /* 0: Unicode has none */
} script;

static const script scripts[] = {
    {"0", 0x2070, 0x2080}, {"1", 0xB9, 0x2081},   {"2", 0xB2, 0x2082},   {"3", 0xB3, 0x2083},
    {"4", 0x2074, 0x2084}, {"5", 0x2075, 0x2085}, {"6", 0x2076, 0x2086}, {"7", 0x2077, 0x2087},
    {"8", 0x2078, 0x2088}, {"9", 0x2079, 0x2089}, {"+", 0x207A, 0x208A}, {"-", 0x207B, 0x208B},
    {"=", 0x207C, 0x208C}, {"(", 0x207D, 0x208D}, {")", 0x207E, 0x208E}, {"n", 0x207F, 0x2099},
    {"i", 0x2071, 0x1D62}, {"a", 0, 0x2090},      {"e", 0, 0x2091},      {"o", 0, 0x2092},
    {"x", 0, 0x2093},      {"k", 0, 0x2096},      {"t", 0, 0x209C},
};

/* The script form of `c`, or 0. */
static unsigned find_script(char c, unsigned style) {
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (scripts[i].plain[0] == c)
            return style & KDBIB_SUP ? scripts[i].sup : scripts[i].sub;
    return 0;
}

static bool add_script(const kdbib_run *run, kdb_buffer *plain) {
    for (size_t i = 0; i < run->text.size; i++)
        if (!find_script(run->text.data[i], run->style))
            return false;
    for (size_t i = 0; i < run->text.size; i++)
        kdb_buffer_add_code_point(plain, find_script(run->text.data[i], run->style));
    return true;
}

void kdb_title_to_plain(const kdbib_record *record, kdb_buffer *plain) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        if (run.style & KDBIB_MATH) {
            kdb_buffer_add_char(plain, '$');
            kdb_buffer_add_str(plain, run.text);
            kdb_buffer_add_char(plain, '$');
        } else if (!(run.style & (KDBIB_SUP | KDBIB_SUB)) || !add_script(&run, plain)) {
            kdb_buffer_add_str(plain, run.text);
        }
    }
}

/* ---- venue, server, URL ---- */

kdbib_str kdb_preprint_server(const kdbib_record *record) {
    if (kdbib_record_type(record) != KDBIB_TYPE_ARTICLE)
        return KDBIB_STR("");
    kdbib_str archive = kdbib_record_text(record, KDBIB_ARCHIVE);
    if (!archive.size && kdbib_record_text(record, KDBIB_ARXIV).size)
        return KDBIB_STR("arXiv");
    return archive;
}

kdbib_str kdb_container(const kdbib_record *record) {
    kdbib_str container = kdbib_record_text(record, KDBIB_CONTAINER_TITLE);
    kdbib_str venue = kdbib_record_text(record, KDBIB_VENUE);
    if (container.size || !venue.size)
        return container;
    kdbib_str server = kdb_preprint_server(record);
    return kdb_equal_nocase(venue, server) || kdb_equal_nocase(venue, KDBIB_STR("preprint"))
               ? KDBIB_STR("")
               : venue;
}

kdbib_str kdb_short_container(const kdbib_record *record) {
    kdbib_str container = kdbib_record_text(record, KDBIB_CONTAINER_TITLE);
    kdbib_str venue = kdbib_record_text(record, KDBIB_VENUE);
    return container.size && !kdb_equal_nocase(venue, container) &&
                   !kdb_equal_nocase(venue, kdb_preprint_server(record))
               ? venue
               : KDBIB_STR("");
}

bool kdb_stands_alone(kdbib_type type) {
    return type == KDBIB_TYPE_BOOK || type == KDBIB_TYPE_THESIS || type == KDBIB_TYPE_REPORT ||
           type == KDBIB_TYPE_SOFTWARE;
}

bool kdb_url_restates_doi(kdbib_str url, kdbib_str doi) {
    static const char *const resolvers[] = {"https://doi.org/", "http://doi.org/",
                                            "https://dx.doi.org/", "http://dx.doi.org/",
                                            "https://www.doi.org/"};
    for (size_t i = 0; doi.size && i < sizeof resolvers / sizeof *resolvers; i++) {
        kdbib_str prefix = kdbib_str_of(resolvers[i]);
        if (kdb_starts_with_nocase(url, prefix))
            return kdb_equal_nocase(kdb_slice(url, prefix.size, url.size), doi);
    }
    return false;
}

kdbib_str kdb_telling_url(const kdbib_record *record) {
    kdbib_str url = kdbib_record_link(record, KDBIB_LINK_PAPER);
    return kdb_url_restates_doi(url, kdbib_record_text(record, KDBIB_DOI)) ? KDBIB_STR("") : url;
}

bool kdb_is_web_url(kdbib_str url) {
    if (kdb_find_char(url, ' ', 0) != SIZE_MAX || !is_clean(url, KDB_ONE_LINE))
        return false;
    return kdb_starts_with_nocase(url, KDBIB_STR("https://")) ||
           kdb_starts_with_nocase(url, KDBIB_STR("http://")) ||
           kdb_starts_with_nocase(url, KDBIB_STR("ftp://"));
}

void kdb_add_percent(kdb_buffer *buffer, kdbib_str text, const char *kept) {
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        if (kdb_is_alnum((char)c) || (c && strchr(kept, c))) {
            kdb_buffer_add_char(buffer, (char)c);
        } else {
            const char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
            kdb_buffer_add(buffer, escaped, sizeof escaped);
        }
    }
}

const char *kdb_role_label(kdbib_role role) {
    static const char *const labels[KDBIB_ROLE_COUNT] = {
        [KDBIB_LINK_PAPER] = "Paper",     [KDBIB_LINK_PDF] = "PDF",
        [KDBIB_LINK_CODE] = "Code",       [KDBIB_LINK_PROJECT] = "Project",
        [KDBIB_LINK_DATASET] = "Dataset", [KDBIB_LINK_VIDEO] = "Video",
        [KDBIB_LINK_SLIDES] = "Slides",   [KDBIB_LINK_BLOG] = "Blog",
        [KDBIB_LINK_OTHER] = "Link"};
    return labels[role];
}

bool kdb_is_language(kdbib_str tag) {
    size_t letters = 0;
    while (letters < tag.size && kdb_is_alpha(tag.data[letters]))
        letters++;
    if (letters < 2 || letters > 3)
        return false;
    return letters == tag.size ||
           (tag.size == letters + 3 && tag.data[letters] == '-' &&
            kdb_is_alpha(tag.data[letters + 1]) && kdb_is_alpha(tag.data[letters + 2]));
}

kdbib_str kdb_next_word(kdbib_str *words) {
    kdbib_str rest = kdb_trim(*words);
    size_t end = kdb_find_char(rest, ' ', 0);
    end = end == SIZE_MAX ? rest.size : end;
    *words = kdb_slice(rest, end, rest.size);
    return kdb_slice(rest, 0, end);
}

void kdb_split_pages(kdbib_str pages, kdbib_str *first, kdbib_str *last) {
    size_t hyphens = 0, at = 0;
    for (size_t i = 0; i < pages.size; i++)
        hyphens += pages.data[i] == '-';
    *first = pages;
    *last = KDBIB_STR("");
    if (hyphens % 2 == 0)
        return;
    /* "12-1-12-9": the hyphen in the middle is the dash. */
    for (size_t seen = 0; seen <= hyphens / 2; at++)
        seen += pages.data[at] == '-';
    kdbib_str head = kdb_trim(kdb_slice(pages, 0, at - 1));
    kdbib_str tail = kdb_trim(kdb_slice(pages, at, pages.size));
    if (head.size && tail.size) {
        *first = head;
        *last = tail;
    }
}

/* ---- sections ---- */

static size_t add_path(const kdbib_section *section, kdbib_str *keywords, size_t count) {
    if (section->parent)
        count = add_path(section->parent, keywords, count);
    if (section->document_title || !section->title.size || count == KDB_KEYWORDS_MAX)
        return count;
    for (size_t i = 0; i < count; i++)
        if (kdbib_str_equal(keywords[i], section->title))
            return count;
    keywords[count] = section->title;
    return count + 1;
}

size_t kdb_keywords(const kdbib_record *record, kdbib_str keywords[KDB_KEYWORDS_MAX]) {
    size_t count = 0;
    const kdbib_section *section;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &section);)
        count = add_path(section, keywords, count);
    return count;
}

kdbib_str kdb_list_title(const kdbib_record *record) {
    const kdbib_section *section;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &section);)
        for (; section; section = section->parent)
            if (section->document_title)
                return section->title;
    return KDBIB_STR("");
}

/* ---- identifiers and dates ---- */

static bool id_char(char c) {
    return kdb_is_alnum(c) || c == '-' || c == '.';
}

void kdb_xml_id(const kdbib_record *record, size_t number, kdb_buffer *id) {
    kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
    char text[32];
    if (!key.size) {
        snprintf(text, sizeof text, "_record-%zu", number);
        kdb_buffer_add_str(id, kdbib_str_of(text));
        return;
    }
    bool fit = kdb_is_alpha(key.data[0]);
    for (size_t i = 0; i < key.size; i++)
        fit = fit && (id_char(key.data[i]) || key.data[i] == '_');
    if (fit) {
        kdb_buffer_add_str(id, key);
        return;
    }
    kdb_buffer_add_char(id, '_'); /* which no fit key begins with */
    for (size_t i = 0; i < key.size; i++) {
        if (id_char(key.data[i])) {
            kdb_buffer_add_char(id, key.data[i]);
        } else {
            snprintf(text, sizeof text, "_%02X", (unsigned char)key.data[i]);
            kdb_buffer_add_str(id, kdbib_str_of(text));
        }
    }
}

void kdb_iso_date(kdbib_date date, char text[static 16]) {
    text[0] = '\0';
    if (date.day)
        snprintf(text, 16, "%04d-%02u-%02u", date.year, date.month, date.day);
    else if (date.month)
        snprintf(text, 16, "%04d-%02u", date.year, date.month);
    else if (date.year)
        snprintf(text, 16, "%04d", date.year);
}
