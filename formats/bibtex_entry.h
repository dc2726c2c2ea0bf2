/* What the BibTeX and the biblatex writer share: the state of a writer, and an entry with its
 * fields. Both write `name = {value}` fields, one a line, none of them empty. */
#ifndef KDB_BIBTEX_ENTRY_H
#define KDB_BIBTEX_ENTRY_H

#include "case_protection.h"
#include "kdbib/kdbib.h"
#include "latex_text.h"
#include "tex_math.h"

typedef struct kdb_bib {
    kdbib_output *out;
    kdb_latex latex;
    kdb_proper_words words;
    kdb_tex_math math;
    kdb_table landing_hosts; /* a DOI prefix, a host to whose pages its DOIs lead */
    kdb_table languages;     /* a code, babel's name */
    bool escape_doi, url_with_doi;
    bool cuts_given_names; /* as BibTeX does, by bytes */
    size_t entries;
    /* of the record in hand, without blanks around them; its title is as it is */
    kdbib_str texts[KDBIB_FIELD_COUNT];
    kdbib_str main_link; /* the link that stands for it */
} kdb_bib;

/* The `begin` and `cleanup` of both writers; their state is one kdb_bib. */
bool kdb_bib_begin(kdbib_writer *writer);
void kdb_bib_cleanup(kdbib_writer *writer);

/* Takes a record in hand: what follows writes an entry of it. */
void kdb_bib_take(kdb_bib *bib, const kdbib_record *record);

/* `@TYPE{KEY` and the closing brace. */
void kdb_bib_open_entry(kdb_bib *bib, const char *type);
void kdb_bib_close_entry(kdb_bib *bib);

/* What a field called `name` opens with, as one text. */
#define KDB_FIELD(name) ((kdbib_str)KDB_FIELD_INIT(name))
#define KDB_FIELD_INIT(name)                                                                       \
    { ",\n  " name " = {", sizeof(",\n  " name " = {") - 1 }

/* Between these two the value is written to `bib->out`. */
void kdb_bib_open_field(kdb_bib *bib, kdbib_str field);
void kdb_bib_close_field(kdb_bib *bib);

/* A field of plain text; nothing when the text is blank. True when it was written. */
bool kdb_bib_text_field(kdb_bib *bib, kdbib_str field, kdbib_str text);
/* A field whose words keep their case where they must: a booktitle. */
bool kdb_bib_cased_field(kdb_bib *bib, kdbib_str field, kdbib_str text);
/* The record's title, with its markup. */
void kdb_bib_title_field(kdb_bib *bib, const kdbib_record *record);
/* `which`, "author" or "editor"; nothing without names. True when it was written. */
bool kdb_bib_names_field(kdb_bib *bib, kdbib_str field, const kdbib_record *record,
                         kdbib_field which);
/* Pages, with `--` in ranges. */
bool kdb_bib_pages_field(kdb_bib *bib, kdbib_str pages);

/* Several ISSNs or ISBNs, which a record separates by blanks. */
void kdb_bib_numbers_field(kdb_bib *bib, kdbib_str field, kdbib_str numbers);

/* doi and url, verbatim; the URL only when there is no DOI or it leads somewhere else. */
void kdb_bib_link_fields(kdb_bib *bib);
/* The headings under which the record stands. */
void kdb_bib_keywords_field(kdb_bib *bib, const kdbib_record *record);
/* Links that no field of the format is made for, and the identifiers `more` (NULL-terminated pairs
 * of a label and a text), where styles print nothing but people and Zotero look: `Code: https://…`.
 */
void kdb_bib_remarks_field(kdb_bib *bib, kdbib_str field, const kdbib_record *record,
                           const char *const *more);
/* The record's language as babel calls it, when babel knows it. */
void kdb_bib_language_field(kdb_bib *bib, kdbib_str language);

/* The title of what contains the work, as well as it is known: container title, what the list
 * prints, event title. */
kdbib_str kdb_bib_container(const kdb_bib *bib);
/* The first ISSN or ISBN of `numbers` (blank-separated) whose check digit is right. */
kdbib_str kdb_bib_valid_number(kdbib_str numbers, bool isbn);
/* Some text of `record` names a kind of thesis below a doctorate. */
bool kdb_bib_is_masters(kdbib_str genre);

#endif
