/* Proof, not likeness: whether an answer is the work that a record of the list means. */
#ifndef KDB_PROOF_H
#define KDB_PROOF_H

#include "services/service.h"

typedef enum kdb_proof {
    KDB_PROOF_NONE,
    KDB_PROOF_DOI,       /* the DOI that stands in the list or its URL */
    KDB_PROOF_CANDIDATE, /* a computed DOI whose title is equal */
    KDB_PROOF_PII,
    KDB_PROOF_IEEE_NUMBER,
    KDB_PROOF_ARXIV,
    KDB_PROOF_PMID,
    KDB_PROOF_PMCID,
    KDB_PROOF_PPR,
    KDB_PROOF_URL,          /* the registry names the very page */
    KDB_PROOF_TITLE_AUTHOR, /* equal titles, and an author */
    KDB_PROOF_TITLE_YEAR,   /* equal titles, and the year */
    KDB_PROOF_PAGE,         /* the page itself, by its citation tags */
    KDB_PROOF_PERSON,       /* somebody said yes */
    KDB_PROOF_COUNT
} kdb_proof;

/* For people and the report: "DOI", "PII", "IEEE number", …, "title and author". */
const char *kdb_proof_name(kdb_proof proof);

typedef struct kdb_verdict {
    kdb_proof proof;    /* NONE: refused */
    const kdb_hit *hit; /* what was proved, or the best candidate; NULL: none */
    const char *reason; /* why it was refused; in the arena */
    const char *remark; /* what to know about a proved one ("retracted"); NULL: nothing */
} kdb_verdict;

/* Judges the answer to `ask` for `value` (see kdb_ask; `candidate`: the DOI asked for was
 * computed). The record is left alone. False: memory is out. */
bool kdb_prove(kdb_arena *arena, const kdbib_record *record, const kdb_answer *answer, kdb_ask ask,
               kdbib_str value, bool candidate, kdb_verdict *verdict);

/* Puts what the hit knows over what the record has; key, URL, links, sections and notes stay.
 * False: memory is out. */
bool kdb_take_over(kdbib_record *record, const kdb_hit *hit);

#endif
