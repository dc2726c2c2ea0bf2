/* What speaks for and against a hit being the work of a record. */
#ifndef KDB_EVIDENCE_H
#define KDB_EVIDENCE_H

#include "services/service.h"
#include "text/fold.h"

typedef enum kdb_title_match {
    KDB_TITLE_UNKNOWN, /* one of the two has none */
    KDB_TITLE_EQUAL,   /* folded; blanks and hyphens do not count */
    KDB_TITLE_PART,    /* one is the other without its subtitle, or its beginning */
    KDB_TITLE_NEAR,    /* three of four words are shared */
    KDB_TITLE_SIMILAR, /* half of the words are shared */
    KDB_TITLE_OTHER,
} kdb_title_match;

typedef enum kdb_support { KDB_UNKNOWN, KDB_AGREES, KDB_CONTRADICTS } kdb_support;

typedef struct kdb_evidence {
    kdb_title_match title;
    kdb_support author;     /* a surname of the list among the hit's */
    kdb_support year;       /* the same; with an agreeing author one year apart is enough */
    kdb_support identifier; /* numbers of publishers, arXiv ids, DOIs */
    kdb_support published;  /* both preprints, or both none */
    kdb_support url;        /* the registry names the record's own page */
    unsigned strength;      /* of an equal title's proof: the first author, then the very year */
} kdb_evidence;

/* `title` is the record's, folded. Scratch in `arena`. */
kdb_evidence kdb_weigh(kdb_arena *arena, const kdbib_record *record, kdbib_str title,
                       const kdb_hit *hit);

/* The PII stands among the ids or at the end of a URL of the hit. */
bool kdb_hit_has_pii(const kdb_hit *hit, kdbib_str pii);
/* The document number stands in a URL of the hit, or its DOI ends with it. */
bool kdb_hit_has_ieee_number(const kdb_hit *hit, kdbib_str number);

#endif
