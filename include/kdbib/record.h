/* The bibliographic record: one work, in the words of CSL 1.0.2.
 *
 * A record belongs to a bibliography and lives as long as it. Whatever a getter returns is borrowed
 * from there; texts are UTF-8 in NFC and NUL-terminated. An unknown field is absent: an empty text,
 * a zero, no name. Setters copy what they are given and return false when memory is out (the record
 * is then as before).
 */
#ifndef KDBIB_RECORD_H
#define KDBIB_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "kdbib/str.h"

typedef struct kdbib_record kdbib_record;

/* A record holds so many links and so many sections; more are dropped. No real paper has them, but
 * a hostile list could make walks over them slow. */
#define KDBIB_LARGEST_PARTS 256

/* CSL types. DOCUMENT is CSL's word for a work of unknown kind. ARTICLE is a preprint. */
typedef enum kdbib_type {
    KDBIB_TYPE_DOCUMENT,
    KDBIB_TYPE_ARTICLE,
    KDBIB_TYPE_ARTICLE_JOURNAL,
    KDBIB_TYPE_PAPER_CONFERENCE,
    KDBIB_TYPE_CHAPTER,
    KDBIB_TYPE_BOOK,
    KDBIB_TYPE_THESIS,
    KDBIB_TYPE_REPORT,
    KDBIB_TYPE_PATENT,
    KDBIB_TYPE_DATASET,
    KDBIB_TYPE_SOFTWARE,
    KDBIB_TYPE_WEBPAGE,
    KDBIB_TYPE_COUNT
} kdbib_type;

/* "article-journal", …; the name is CSL's. */
const char *kdbib_type_name(kdbib_type type);
/* False when `name` is no CSL type that kdbib knows. */
bool kdbib_type_from_name(kdbib_str name, kdbib_type *type);

/* The fields of a record. Those up to KDBIB_TITLE are not plain text and have getters of their own;
 * they stand here so that their provenance can be asked for. */
typedef enum kdbib_field {
    KDBIB_TYPE,
    KDBIB_AUTHORS,
    KDBIB_EDITORS,
    KDBIB_ISSUED,
    KDBIB_TITLE,         /* rich text; kdbib_record_text() gives it without its markup */
    KDBIB_KEY,           /* citation key */
    KDBIB_DOI,           /* "10.1109/cvpr.2016.90", never a URL */
    KDBIB_DOI_CANDIDATE, /* a DOI that a rule computes but only a service can confirm */
    KDBIB_VENUE,         /* as the list prints it, without the year: "CVPR", "IEEE TMI" */
    KDBIB_CONTAINER_TITLE,
    KDBIB_COLLECTION_TITLE, /* series: "Lecture Notes in Computer Science" */
    KDBIB_EVENT_TITLE,
    KDBIB_EVENT_PLACE,
    KDBIB_PUBLISHER,
    KDBIB_PUBLISHER_PLACE,
    KDBIB_VOLUME,
    KDBIB_ISSUE,
    KDBIB_PAGES,          /* "2037-2046", ASCII hyphen */
    KDBIB_ARTICLE_NUMBER, /* "102693", "e1008184"; never also in PAGES */
    KDBIB_NUMBER,         /* of a report, a patent */
    KDBIB_EDITION,
    KDBIB_VERSION,
    KDBIB_GENRE,       /* "PhD thesis", "preprint" */
    KDBIB_ARCHIVE,     /* of a preprint: "arXiv", "bioRxiv" */
    KDBIB_ISSN,        /* several: separated by one space */
    KDBIB_ISBN,        /* several: separated by one space */
    KDBIB_ARXIV,       /* "2004.03042", "cond-mat/9909339", no version */
    KDBIB_ARXIV_CLASS, /* "cs.CV" */
    KDBIB_PMID,
    KDBIB_PMCID, /* "PMC7654321" */
    KDBIB_PII,
    KDBIB_IEEE_NUMBER, /* document number of IEEE Xplore */
    KDBIB_OPENREVIEW,  /* forum id */
    KDBIB_ABSTRACT,
    KDBIB_NOTE,
    KDBIB_LANGUAGE,      /* BCP 47 */
    KDBIB_CANONICAL_URL, /* of the paper link: the lock's key and the deduplicator's */
    KDBIB_FIELD_COUNT
} kdbib_field;

/* "container_title", …: CSL's variable with `_` for `-`; as in jsonl and in the lock. */
const char *kdbib_field_name(kdbib_field field);
bool kdbib_field_from_name(kdbib_str name, kdbib_field *field);

/* Where a value comes from, weakest first. */
typedef enum kdbib_basis {
    KDBIB_BASIS_NONE,
    KDBIB_BASIS_UNVERIFIED, /* in the lock, but no source was seen for it */
    KDBIB_BASIS_LIST,       /* printed in the list */
    KDBIB_BASIS_COMPUTED,   /* follows from the URL by a rule */
    KDBIB_BASIS_LITERAL,    /* stands in the URL */
    KDBIB_BASIS_SERVICE,    /* a registry or a landing page said so in this run */
    KDBIB_BASIS_LOCK,       /* the lock file says so */
    KDBIB_BASIS_MANUAL,     /* the lock file says so, and a person wrote it */
} kdbib_basis;

/* "none", "unverified", "list", "computed", "literal", "service", "lock", "manual". */
const char *kdbib_basis_name(kdbib_basis basis);

/* Inline markup of a run of a rich text; bits. MATH: the text is TeX, without the dollars, and no
 * other bit is set. NOCASE: case is kept whatever the style does. */
typedef enum kdbib_style {
    KDBIB_ITALIC = 1,
    KDBIB_BOLD = 2,
    KDBIB_SUB = 4,
    KDBIB_SUP = 8,
    KDBIB_SMALL_CAPS = 16,
    KDBIB_NOCASE = 32,
    KDBIB_MATH = 64,
    KDBIB_CODE = 128, /* typewriter */
} kdbib_style;

/* A piece of rich text in one style. A rich text is a sequence of runs; no run is empty, and two
 * neighbours differ in style. */
typedef struct kdbib_run {
    kdbib_str text;
    unsigned style; /* kdbib_style bits */
} kdbib_run;

/* A person, or a body (then only `literal` is set). `family` is never empty for a person. */
typedef struct kdbib_name {
    kdbib_str family;
    kdbib_str given;
    kdbib_str particle; /* non-dropping: "van der", "de la" */
    kdbib_str suffix;   /* "Jr.", "III" */
    kdbib_str literal;
} kdbib_name;

/* A date; month and day are 0 when unknown, a day stands only with a month. Year 0: no date. */
typedef struct kdbib_date {
    int16_t year;
    uint8_t month; /* 1 to 12 */
    uint8_t day;   /* 1 to 31 */
} kdbib_date;

typedef enum kdbib_role {
    KDBIB_LINK_PAPER, /* landing page or whatever the list gives as the paper; at most one */
    KDBIB_LINK_PDF,   /* at most one, and not the paper link again */
    KDBIB_LINK_CODE,
    KDBIB_LINK_PROJECT,
    KDBIB_LINK_DATASET,
    KDBIB_LINK_VIDEO,
    KDBIB_LINK_SLIDES,
    KDBIB_LINK_BLOG,
    KDBIB_LINK_OTHER,
    KDBIB_ROLE_COUNT
} kdbib_role;

/* "paper", "pdf", "code", "project", "dataset", "video", "slides", "blog", "other". */
const char *kdbib_role_name(kdbib_role role);

/* A heading of the list. */
typedef struct kdbib_section {
    const struct kdbib_section *parent; /* NULL at the top */
    kdbib_str title;                    /* plain text, no markup, no emoji shortcodes */
    uint8_t level;                      /* of the heading: 1 to 6; 7 and more for nested bullets */
    bool document_title;                /* the only level-1 heading, before everything else */
} kdbib_section;

typedef struct kdbib_source {
    const char *file; /* as the user named it; never NULL */
    uint32_t line;    /* 1-based, where the entry begins */
} kdbib_source;

/* State of a walk over the parts of a record; start with {0}. The record must not change while it
 * is walked. */
typedef struct kdbib_cursor {
    const void *next;
    bool started;
} kdbib_cursor;

/* ---- reading ---- */

kdbib_type kdbib_record_type(const kdbib_record *record);
kdbib_str kdbib_record_text(const kdbib_record *record, kdbib_field field);
kdbib_date kdbib_record_issued(const kdbib_record *record);
kdbib_source kdbib_record_source(const kdbib_record *record);
kdbib_basis kdbib_record_basis(const kdbib_record *record, kdbib_field field);
/* The list named some authors and then "et al." */
bool kdbib_record_authors_truncated(const kdbib_record *record);
/* The entry is no paper: a tool, a dataset, a web page; only `--all` keeps it. */
bool kdbib_record_not_paper(const kdbib_record *record);

/* Each of these gives the next part and true, or false at the end. */
bool kdbib_record_next_run(const kdbib_record *record, kdbib_cursor *cursor, kdbib_run *run);
/* `which` is KDBIB_AUTHORS or KDBIB_EDITORS. */
bool kdbib_record_next_name(const kdbib_record *record, kdbib_field which, kdbib_cursor *cursor,
                            kdbib_name *name);
/* `role` may be KDBIB_ROLE_COUNT for all roles; `*found` (may be NULL) is the role of this one. */
bool kdbib_record_next_link(const kdbib_record *record, kdbib_role role, kdbib_cursor *cursor,
                            kdbib_str *url, kdbib_role *found);
bool kdbib_record_next_section(const kdbib_record *record, kdbib_cursor *cursor,
                               const kdbib_section **section);

/* Where the record, or the first of its parts, stood before anything was united, from 0; and the
 * records that it was united from, in order, as they were, with their positions. Only of a record
 * that was completed with `keep_parts`; no part: it is united from nothing. */
size_t kdbib_record_position(const kdbib_record *record);
bool kdbib_record_next_part(const kdbib_record *record, kdbib_cursor *cursor,
                            const kdbib_record **part, size_t *position);

/* The first link of that role, or the absent string. */
kdbib_str kdbib_record_link(const kdbib_record *record, kdbib_role role);

/* ---- building ---- */

void kdbib_record_set_type(kdbib_record *record, kdbib_type type, kdbib_basis basis);
/* Replaces; an empty `text` removes the field. Not for the fields before KDBIB_TITLE. Setting
 * KDBIB_TITLE so gives a title of one plain run. */
bool kdbib_record_set_text(kdbib_record *record, kdbib_field field, kdbib_str text,
                           kdbib_basis basis);
void kdbib_record_set_issued(kdbib_record *record, kdbib_date date, kdbib_basis basis);
/* Replaces the title; empty runs are dropped, neighbours of one style joined. */
bool kdbib_record_set_title(kdbib_record *record, const kdbib_run *runs, size_t count,
                            kdbib_basis basis);
/* Appends a name; a name without family and literal is refused silently (true). */
bool kdbib_record_add_name(kdbib_record *record, kdbib_field which, const kdbib_name *name,
                           kdbib_basis basis);
void kdbib_record_clear_names(kdbib_record *record, kdbib_field which);
void kdbib_record_set_authors_truncated(kdbib_record *record, bool truncated);
void kdbib_record_set_not_paper(kdbib_record *record, bool not_paper);
/* Appends a link; the same URL in the same role is kept once; a second PAPER or PDF replaces. One
 * whose scheme leads to no page (`javascript:`, `data:`, `file:`, …) is left out. */
bool kdbib_record_add_link(kdbib_record *record, kdbib_role role, kdbib_str url);
void kdbib_record_clear_links(kdbib_record *record, kdbib_role role);
/* Appends a section (the nearest heading; its parents follow from it) unless it is there. */
bool kdbib_record_add_section(kdbib_record *record, const kdbib_section *section);

#endif
