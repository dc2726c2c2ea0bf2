/* What several writers ask of a record or a text, answered once. */
#ifndef KDB_PARTS_H
#define KDB_PARTS_H

#include "base/buffer.h"
#include "kdbib/record.h"

/* What kdb_clean() does with line breaks and tabs; every other control character, every byte that
 * is no UTF-8 and every noncharacter becomes U+FFFD in any case. */
typedef enum kdb_line_breaks {
    KDB_ONE_LINE,    /* become one blank, and no blanks at the ends */
    KDB_KEEP_BREAKS, /* newlines and tabs stay, a carriage return becomes a newline */
} kdb_line_breaks;

/* `text` fit for a text format. Gives `text` itself when nothing is wrong with it, else a copy in
 * `buffer`, which is cleared first (the absent string when memory is out). */
kdbib_str kdb_clean(kdbib_str text, kdb_line_breaks breaks, kdb_buffer *buffer);

/* `a`, `between`, `b` in `joined`, which is cleared first; without `between` when one is absent. */
void kdb_join(kdbib_str a, const char *between, kdbib_str b, kdb_buffer *joined);

/* "van der Maaten, Laurens, Jr." into `text`, which is cleared first. The commas part the name, so
 * those inside its parts are left out, and asterisks, which are but footnote marks. A person
 * without a given name gets a comma at the end; after a body comes `body_end`. */
void kdb_name_with_commas(const kdbib_name *name, const char *body_end, kdb_buffer *text);

/* A note for formats that cannot say so in their list of authors. */
#define KDB_AUTHORS_TRUNCATED "The list of authors is incomplete (et al.)."

/* The title without markup, appended: super- and subscripts as Unicode's where it has them, math
 * between dollars. */
void kdb_title_to_plain(const kdbib_record *record, kdb_buffer *plain);

/* What the work stands in: the container title, or else the venue as the list prints it. Absent for
 * a preprint whose venue is but its server. */
kdbib_str kdb_container(const kdbib_record *record);
/* The venue, when it says something else than kdb_container(): mostly its abbreviation. */
kdbib_str kdb_short_container(const kdbib_record *record);
/* The server of a preprint: "arXiv", "bioRxiv"; absent for other types. */
kdbib_str kdb_preprint_server(const kdbib_record *record);
/* Of a type whose title is the title of a whole: a book, a thesis, a report, … */
bool kdb_stands_alone(kdbib_type type);
/* True when `url` is nothing but a resolver's address for `doi`. */
bool kdb_url_restates_doi(kdbib_str url, kdbib_str doi);
/* The paper link, unless it only restates the DOI. */
kdbib_str kdb_telling_url(const kdbib_record *record);

/* True for an address that may become a link: http, https, ftp, no blank in it and nothing that
 * kdb_clean() would change. */
bool kdb_is_web_url(kdbib_str url);
/* True for "en" and "pt-BR": formats with a schema take nothing that is no language. */
bool kdb_is_language(kdbib_str tag);
/* Appends `text`; all but letters, digits and the characters of `kept` as %XX. */
void kdb_add_percent(kdb_buffer *buffer, kdbib_str text, const char *kept);
/* What people read where a link of that role stands: "Paper", "PDF", "Code". */
const char *kdb_role_label(kdbib_role role);
/* Takes the next word off the front of `words`, which are parted by blanks; absent: no more. */
kdbib_str kdb_next_word(kdbib_str *words);

/* Splits "2037-2046"; `*last` is absent when there is one page only. */
void kdb_split_pages(kdbib_str pages, kdbib_str *first, kdbib_str *last);

#define KDB_KEYWORDS_MAX 64
/* The headings the work stands under, each once, from the top down, the list's own title left out.
 * Returns how many. */
size_t kdb_keywords(const kdbib_record *record, kdbib_str keywords[KDB_KEYWORDS_MAX]);

/* The list's own title, or the absent string. */
kdbib_str kdb_list_title(const kdbib_record *record);

/* The key, when it may be an XML ID, else one made from it or, without a key, from `number`; into
 * `id`, NUL-terminated. Two keys never give the same ID. */
void kdb_xml_id(const kdbib_record *record, size_t number, kdb_buffer *id);

/* "2020", "2020-03", "2020-03-01" (ISO 8601), NUL-terminated; "" without a year. */
void kdb_iso_date(kdbib_date date, char text[static 16]);

#endif
