/* A reference as people read it, in pieces of plain text. */
#include "reference.h"

#include <stdio.h>

#include "base/strings.h"
#include "parts.h"

/* ---- names ---- */

void kdb_reference_names(const kdbib_record *record, kdb_buffer *text) {
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);) {
        const kdbib_str parts[] = {name.literal, name.given, name.particle, name.family,
                                   name.suffix};
        bool blank = false;
        kdb_buffer_add_str(text, kdbib_str_of(any ? ", " : ""));
        any = true;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (!parts[i].size)
                continue;
            if (blank)
                kdb_buffer_add_char(text, ' ');
            kdb_buffer_add_str(text, parts[i]);
            blank = true;
        }
    }
    if (any && kdbib_record_authors_truncated(record))
        kdb_buffer_add_str(text, KDBIB_STR(" et al."));
}

/* ---- place ---- */

/* `any` says that something stands before: then `between` comes first. */
static void add_piece(kdb_buffer *text, bool *any, const char *between, kdbib_str piece,
                      const char *after) {
    if (!piece.size)
        return;
    kdb_buffer_add_str(text, kdbib_str_of(*any ? between : ""));
    kdb_buffer_add_str(text, piece);
    kdb_buffer_add_str(text, kdbib_str_of(after));
    *any = true;
}

/* The volume of a journal follows its name, that of a series the series' name. */
static void add_volume(kdb_buffer *text, bool *any, const kdbib_record *record) {
    kdbib_str volume = kdbib_record_text(record, KDBIB_VOLUME);
    kdbib_str series = kdbib_record_text(record, KDBIB_COLLECTION_TITLE);
    bool journal = kdbib_record_type(record) == KDBIB_TYPE_ARTICLE_JOURNAL;
    add_piece(text, any, ", ", series, "");
    add_piece(text, any, series.size || journal ? " " : ", vol. ", volume, "");
    if (volume.size)
        add_piece(text, any, "(", kdbib_record_text(record, KDBIB_ISSUE), ")");
}

void kdb_reference_place(const kdbib_record *record, kdbib_str *container, kdb_buffer *rest) {
    kdbib_str abbreviation = kdb_short_container(record), first, last;
    int number = kdbib_record_issued(record).year;
    char year[16] = "";
    kdb_split_pages(kdbib_record_text(record, KDBIB_PAGES), &first, &last);
    if (number)
        snprintf(year, sizeof year, "%d", number);
    *container = kdb_container(record);
    if (!container->size)
        *container = kdb_preprint_server(record);
    if (!container->size)
        *container = kdbib_record_text(record, KDBIB_PUBLISHER);
    bool any = container->size != 0;
    kdb_buffer_clear(rest);
    if (any)
        add_piece(rest, &any, " (", abbreviation, ")");
    add_volume(rest, &any, record);
    add_piece(rest, &any, ", ",
              first.size ? first : kdbib_record_text(record, KDBIB_ARTICLE_NUMBER), "");
    add_piece(rest, &any, "–", last, "");
    add_piece(rest, &any, ", ", kdbib_str_of(year), "");
}

/* ---- links ---- */

kdbib_str kdb_reference_doi_url(const kdbib_record *record, kdb_buffer *url) {
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    kdb_buffer_clear(url);
    if (!doi.size)
        return KDBIB_STR("");
    kdb_buffer_add_str(url, KDBIB_STR("https://doi.org/"));
    kdb_add_percent(url, doi, "-._~/():;,");
    return kdb_buffer_str(url);
}

bool kdb_reference_next_link(const kdbib_record *record, kdb_reference_links *walk,
                             kdb_buffer *scratch, kdbib_str *url, const char **label) {
    if (!walk->doi_given) {
        walk->doi_given = true;
        *label = "DOI";
        *url = kdb_reference_doi_url(record, scratch);
        if (url->size)
            return true;
    }
    for (; walk->role < KDBIB_ROLE_COUNT; walk->role++, walk->cursor = (kdbib_cursor){0}) {
        const kdbib_role role = (kdbib_role)walk->role;
        if (role == KDBIB_LINK_PAPER && !kdb_telling_url(record).size)
            continue;
        if (kdbib_record_next_link(record, role, &walk->cursor, url, NULL)) {
            *label = kdb_role_label(role);
            return true;
        }
    }
    return false;
}

/* ---- sections ---- */

bool kdb_section_is_in(const kdbib_section *section, const kdbib_section *ancestor) {
    for (; section; section = section->parent)
        if (section == ancestor)
            return true;
    return false;
}
