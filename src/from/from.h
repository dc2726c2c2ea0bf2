/* Bibliographies of other programs become records. A format is one file in this folder that fills a
 * kdb_input_class, and one line in registry.c; formats that share a syntax share its parser in
 * src/text. What several readers do to a record is in fill.c, names.c and links.c. */
#ifndef KDB_FROM_H
#define KDB_FROM_H

#include "base/arena.h"
#include "kdbib/kdbib.h"
#include "record/preprint.h"

struct kdb_keywords;

/* One input on its way into a bibliography. Failures stick to `arena`. */
typedef struct kdb_from {
    kdbib *context;
    kdbib_bibliography *list;
    const char *file; /* as the user named it */
    bool passing;     /* the text is looked at once, and may go (base/spool.h) when it was */
    kdb_arena *arena; /* scratch, of one record unless a reader says otherwise */
    struct kdb_keywords *keywords;
    kdb_arena tables; /* what is read once */
    kdb_preprint_table servers;
    bool servers_read;
} kdb_from;

typedef struct kdb_input_class {
    const char *name;              /* of --from */
    const char *const *aliases;    /* NULL-terminated, or NULL */
    const char *const *extensions; /* NULL-terminated, without the dot, or NULL */
    /* How sure it is, 0 to 100, that text which begins so is of this format. */
    unsigned (*bid)(kdbib_str text);
    bool exact; /* its text is meant as it stands: mojibake and the like are not repaired */
    /* Appends the records of `text`, clean UTF-8. Mistakes are reported and read over. False:
     * memory is out. */
    bool (*read)(kdb_from *from, kdbib_str text);
} kdb_input_class;

/* By name or alias, any case; NULL: there is none. */
const kdb_input_class *kdb_input_find(kdbib_str name);
/* By the ending of a file's name; NULL: no bibliography's. */
const kdb_input_class *kdb_input_for_file(kdbib_str file_name);
/* The surest bid for these bytes; NULL: nobody is sure. */
const kdb_input_class *kdb_input_for_bytes(kdbib_str bytes);
/* Format `index` in order of registration, or NULL past the last one. */
const kdb_input_class *kdb_input_at(size_t index);

/* Decodes the bytes and lets the format read them. `passing`: nobody will look at them again.
 * False: memory is out, or it is no text (reported). */
bool kdb_from_bytes(kdbib_bibliography *list, const kdb_input_class *class, const char *file,
                    kdbib_str bytes, bool passing);

/* A finding in line `line`. */
void kdb_from_report(kdb_from *from, kdbib_severity severity, const char *name, uint32_t line,
                     const char *message, kdbib_str about);

/* ---- records (fill.c) ----
 * These do nothing for blank text; a field that is set already stays. */

/* A new record; NULL: memory. */
kdbib_record *kdb_from_add(kdb_from *from, uint32_t line);
/* The record is filled: one that says nothing is taken back, and that is reported. */
void kdb_from_finish(kdb_from *from, kdbib_record *record);

void kdb_from_text(kdb_from *from, kdbib_record *record, kdbib_field field, kdbib_str text);
/* A DOI in any spelling; what is none is reported. */
void kdb_from_doi(kdb_from *from, kdbib_record *record, kdbib_str text);
/* An arXiv id in any spelling. True: it was one. */
bool kdb_from_arxiv(kdb_from *from, kdbib_record *record, kdbib_str text);
/* "2037--2046", "pp. 1–9, 12", "e1008184": pages or an article number. `number` is one for sure. */
void kdb_from_pages(kdb_from *from, kdbib_record *record, kdbib_str pages, kdbib_str number);
/* ISSNs or ISBNs, parted by commas, semicolons or blanks, added to those that are there. */
void kdb_from_numbers(kdb_from *from, kdbib_record *record, kdbib_field field, kdbib_str text);
/* A heading of its own; the same words give the same heading. */
void kdb_from_keyword(kdb_from *from, kdbib_record *record, kdbib_str word);
/* Keywords parted by one of `signs`. */
void kdb_from_keywords(kdb_from *from, kdbib_record *record, kdbib_str words, const char *signs);
/* The name of a preprint server. */
bool kdb_from_is_server(kdb_from *from, kdbib_str name);
/* "arXiv preprint arXiv:1503.02531", "CoRR": no journal, but where the preprint lies; the id, if
 * any, is taken. */
bool kdb_from_preprint_journal(kdb_from *from, kdbib_record *record, kdbib_str journal);

/* ---- names (names.c) ---- */

/* Words in lower case in front of the family become its particle, `d'` too. */
void kdb_from_split_particle(kdbib_name *name);
void kdb_from_name(kdb_from *from, kdbib_record *record, kdbib_field which, kdbib_name name);
/* "Family, Given, Suffix"; without a comma a body. */
void kdb_from_comma_name(kdb_from *from, kdbib_record *record, kdbib_field which, kdbib_str text);
/* "Jr.", "III". */
bool kdb_from_is_suffix(kdbib_str text);

/* ---- links (links.c) ---- */

/* A web address in that role; KDBIB_ROLE_COUNT: as its host says, else OTHER. What is no web
 * address is left out. */
void kdb_from_link(kdb_from *from, kdbib_record *record, kdbib_role role, kdbib_str url);
/* "Code: https://…, Project: https://…", as our writers label links; what is no link or identifier
 * with a label is not looked at. */
void kdb_from_labelled_links(kdb_from *from, kdbib_record *record, kdbib_str text);
/* What the host says of `url`, or KDBIB_ROLE_COUNT. */
kdbib_role kdb_from_host_role(kdbib_str url);

extern const kdb_input_class kdb_from_bibtex, kdb_from_ris, kdb_from_csl_json, kdb_from_jsonl;

#endif
