/* The registries that kdbib asks, one file each behind one small interface: how a question becomes
 * a URL, and how an answer becomes records. Nothing here touches the network. */
#ifndef KDB_SERVICE_H
#define KDB_SERVICE_H

#include "base/arena.h"
#include "kdbib/kdbib.h"
#include "services/services.h"

typedef enum kdb_service_id {
#define KDB_SERVICE_ID(id, name) KDB_AT_##id,
    KDB_SERVICES(KDB_SERVICE_ID)
#undef KDB_SERVICE_ID
        KDB_SERVICE_COUNT
} kdb_service_id;

/* What can be asked for. */
typedef enum kdb_ask {
    KDB_ASK_DOI,          /* value: DOI */
    KDB_ASK_PII,          /* value: PII */
    KDB_ASK_TITLE,        /* value: words of the title; extra: an author's surname, or empty */
    KDB_ASK_TITLE_PREFIX, /* value: the title; extra: the DOI prefix, "10.1109" */
    KDB_ASK_ARXIV,        /* value: ids, separated by commas */
    KDB_ASK_PMID,         /* value: ids, separated by commas */
    KDB_ASK_PMCID,        /* value: ids, separated by commas */
    KDB_ASK_PPR,          /* value: id of a preprint at Europe PMC, "PPR346253" */
    KDB_ASK_AGENCY,       /* value: DOI prefix; the answer's `agency` tells */
    KDB_ASK_PAGE,         /* value: URL of a landing page */
} kdb_ask;

typedef enum kdb_media { KDB_MEDIA_JSON, KDB_MEDIA_XML, KDB_MEDIA_HTML } kdb_media;

/* What an item of an answer is besides its record; it decides what may be proved by it. */
typedef enum kdb_hit_kind {
    KDB_HIT_WORK,      /* an article, paper, chapter, book, dataset … */
    KDB_HIT_COMPONENT, /* a figure, a table, a supplement of a work */
    KDB_HIT_CONTAINER, /* a journal, an issue, a series */
    KDB_HIT_REVIEW,    /* a review of a work, a decision letter */
    KDB_HIT_NOTICE,    /* a retraction, a correction, an erratum */
} kdb_hit_kind;

/* A list of strings in an arena. */
typedef struct kdb_strings {
    kdbib_str *items;
    size_t count, capacity;
} kdb_strings;

/* One item of an answer. */
typedef struct kdb_hit {
    kdbib_record *record; /* every field with basis SERVICE */
    kdb_hit_kind kind;
    bool preprint;       /* posted, not published */
    bool book;           /* a whole book */
    bool retracted;      /* the work was taken back */
    kdb_strings ids;     /* alternative ids: PIIs and the like */
    kdb_strings urls;    /* landing pages and full texts that the registry names */
    kdbib_str published; /* of a preprint: DOI of the published version, if told */
    struct kdb_hit *next;
} kdb_hit;

/* An answer under construction or as a result; everything in `bibliography`'s memory and `arena`.
 */
typedef struct kdb_answer {
    kdbib_bibliography *bibliography; /* records of the hits are added here */
    kdb_arena *arena;
    kdb_hit *first, **end; /* `end` is set by kdb_answer_init() */
    size_t count;
    kdbib_str agency;    /* of KDB_ASK_AGENCY: "Crossref", "DataCite", …; empty: no such prefix */
    const char *problem; /* why the body is no answer; NULL: it is one */
} kdb_answer;

typedef struct kdb_service {
    const char *name;     /* of --service */
    const char *title;    /* for people: "Crossref" */
    const char *base;     /* scheme and host */
    unsigned concurrency; /* requests at once */
    unsigned interval;    /* least milliseconds from one request to the next */
    bool searched_last;   /* asked by title, after all others, for what these did not prove */
    bool wants_more; /* knows little but identifiers: the DOI that it tells is asked for, too */
    /* Appends path and query of the question to `url`. False: this service cannot answer it.
     * `mailto` may be empty. Sets what the answer will be in. */
    bool (*build)(kdb_arena *arena, kdb_ask ask, kdbib_str value, kdbib_str extra, kdbib_str mailto,
                  kdbib_str *path, kdb_media *media, const char **accept);
    /* Reads the body of an answer; sets `problem` when it is none. False: memory is out. */
    bool (*parse)(kdb_answer *answer, kdbib_str body);
} kdb_service;

const kdb_service *kdb_service_at(kdb_service_id id);
/* KDB_SERVICE_COUNT when there is none of that name. */
kdb_service_id kdb_service_find(kdbib_str name);

void kdb_answer_init(kdb_answer *answer, kdbib_bibliography *bibliography, kdb_arena *arena);
/* A new hit with an empty record; NULL: memory is out. */
kdb_hit *kdb_answer_add(kdb_answer *answer);
/* The same for a record that the answer's bibliography holds already. */
kdb_hit *kdb_answer_take(kdb_answer *answer, kdbib_record *record);
bool kdb_strings_add(kdb_arena *arena, kdb_strings *strings, kdbib_str text);
/* Percent-encodes everything but unreserved characters and those of `keep`. */
kdbib_str kdb_url_encode(kdb_arena *arena, kdbib_str text, const char *keep);

#endif
