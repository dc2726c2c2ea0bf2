/* What the reader of a piece found, step by step. The steps of all pieces, one after the other, are
 * the list: outline.h makes sections and records of them. */
#ifndef KDB_STEP_H
#define KDB_STEP_H

#include "base/arena.h"
#include "fields/names.h"
#include "fields/venue.h"
#include "kdbib/kdbib.h"
#include "text/rich_text.h"

#define KDB_DEEPEST_SECTION 24

/* What the words of a heading say about the entries below it. */
typedef enum kdb_section_about {
    KDB_ABOUT_UNKNOWN,
    KDB_ABOUT_NOTHING, /* "Table of contents", "Contributing": no entries at all */
    KDB_ABOUT_PAPERS,
    KDB_ABOUT_SOFTWARE,
    KDB_ABOUT_DATASETS,
    KDB_ABOUT_WEB_PAGES,
} kdb_section_about;

/* What a heading says. */
typedef struct kdb_heading {
    kdbib_str title;
    unsigned level; /* 1 to 6, or 7 and more for bullets */
    kdb_section_about about;
    kdb_venue venue; /* "## ICCV 2021" */
    unsigned venue_score;
} kdb_heading;

/* A bit for each level of a heading up to 31. */
typedef uint32_t kdb_levels;

/* ---- what an entry says ---- */

typedef struct kdb_draft_link {
    kdbib_role role;
    kdbib_str url;
    kdbib_role host; /* what its host alone says; KDBIB_ROLE_COUNT: nothing */
    bool title;      /* the title's own link */
    bool preprint;   /* by its label or host */
    bool search;
    bool labelled; /* a label names the role; else the host or the place */
    bool weak;     /* of a venue's name: the venue's own page, perhaps */
} kdb_draft_link;

typedef struct kdb_draft {
    uint32_t line;
    kdbib_str title;      /* as typed */
    kdb_rich_text styled; /* the title: of a draft that is finished, or whose title is bare */
    unsigned title_score; /* 0 while it is not known */
    kdb_name_list authors, editors;
    kdb_venue venue;
    unsigned venue_score;
    kdb_draft_link *links;
    size_t link_count, link_capacity;
    kdbib_str abstract;
    unsigned siblings; /* 0 to 100: how sure the entries around it are papers */
    bool empty_link;   /* a link that is called paper but leads nowhere */
    bool bad_link;     /* one that Markdown does not read as such */
    bool table;        /* from a table that says what its columns are */
    bool citation;     /* from a citation string or BibTeX */
    bool other_list;   /* the title names another list */
    kdbib_type type;   /* known from BibTeX, else DOCUMENT */
} kdb_draft;

/* ---- steps ---- */

typedef enum kdb_step_kind {
    KDB_STEP_OPEN,    /* a heading opens a section, and closes those of its level and deeper */
    KDB_STEP_CLOSE,   /* sections of `level` and deeper end */
    KDB_STEP_ENTRY,   /* a draft */
    KDB_STEP_FINDING, /* something to tell */
} kdb_step_kind;

typedef struct kdb_step {
    struct kdb_step *next;
    kdb_step_kind kind;
    unsigned level;
    const kdb_heading *heading;
    kdb_draft *draft;
    kdbib_diagnostic finding; /* texts are copies */
} kdb_step;

/* Steps in order; lives in the arena of its piece. */
typedef struct kdb_step_list {
    kdb_step *first, *last;
} kdb_step_list;

/* Appends a step, zeroed but for its kind. NULL: memory is out. */
kdb_step *kdb_step_add(kdb_step_list *steps, kdb_arena *arena, kdb_step_kind kind);
/* Appends what `finding` says. */
bool kdb_step_add_finding(kdb_step_list *steps, kdb_arena *arena, const kdbib_diagnostic *finding);

#endif
