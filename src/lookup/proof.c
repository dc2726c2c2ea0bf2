/* Proof, not likeness. Identifiers prove, after a look at the title; a title proves only together
 * with an author or the year, when nothing contradicts and nothing competes. */
#include "lookup/proof.h"

#include <stdlib.h>

#include "base/strings.h"
#include "lookup/evidence.h"

const char *kdb_proof_name(kdb_proof proof) {
    static const char *const names[KDB_PROOF_COUNT] = {
        [KDB_PROOF_NONE] = "none",
        [KDB_PROOF_DOI] = "DOI",
        [KDB_PROOF_CANDIDATE] = "computed DOI and title",
        [KDB_PROOF_PII] = "PII",
        [KDB_PROOF_IEEE_NUMBER] = "IEEE number",
        [KDB_PROOF_ARXIV] = "arXiv id",
        [KDB_PROOF_PMID] = "PMID",
        [KDB_PROOF_PMCID] = "PMCID",
        [KDB_PROOF_PPR] = "Europe PMC id",
        [KDB_PROOF_URL] = "URL",
        [KDB_PROOF_TITLE_AUTHOR] = "title and author",
        [KDB_PROOF_TITLE_YEAR] = "title and year",
        [KDB_PROOF_PAGE] = "landing page",
        [KDB_PROOF_PERSON] = "a person",
    };
    return names[proof];
}

typedef struct judge {
    kdb_arena *arena;
    const kdbib_record *record;
    kdb_verdict *verdict;
    kdbib_str title; /* of the record, folded */
} judge;

static kdbib_str show_title(const kdb_hit *hit) {
    kdbib_str title = kdbib_record_text(hit->record, KDBIB_TITLE);
    return title.size > 120 ? kdb_slice(title, 0, 120) : title;
}

/* Remembers the first reason, which is about the best candidate: answers come best first. */
static void refuse(judge *j, const kdb_hit *hit, const char *why) {
    if (j->verdict->reason)
        return;
    kdbib_str title = hit ? show_title(hit) : (kdbib_str){0};
    kdbib_str doi = hit ? kdbib_record_text(hit->record, KDBIB_DOI) : (kdbib_str){0};
    j->verdict->hit = hit;
    j->verdict->reason =
        hit ? kdb_arena_format(j->arena, "%s: “%.*s”%s%.*s", why, (int)title.size, title.data,
                               doi.size ? ", " : "", (int)doi.size, doi.data)
                  .data
            : why;
}

static void accept(judge *j, const kdb_hit *hit, kdb_proof proof) {
    j->verdict->proof = proof;
    j->verdict->hit = hit;
    j->verdict->reason = NULL;
    if (hit->retracted)
        j->verdict->remark = "it was retracted";
}

/* What can never stand for a paper, whatever its title. */
static const char *wrong_kind(const kdb_hit *hit) {
    switch (hit->kind) {
    case KDB_HIT_WORK:
        return NULL;
    case KDB_HIT_COMPONENT:
        return "only a component of a work";
    case KDB_HIT_CONTAINER:
        return "only a journal, an issue or a series";
    case KDB_HIT_REVIEW:
        return "only a review of a work";
    case KDB_HIT_NOTICE:
        return "only a retraction or correction";
    }
    return NULL;
}

/* ---- by identifier ---- */

/* The title of what an identifier leads to, against the list's. */
static bool accept_identified(judge *j, const kdb_hit *hit, kdb_proof proof) {
    kdb_evidence e = kdb_weigh(j->arena, j->record, j->title, hit);
    const char *kind = wrong_kind(hit);
    if (!kdbib_record_text(hit->record, KDBIB_TITLE).size && proof != KDB_PROOF_PMCID) {
        refuse(j, hit, "the answer has no title");
        return false;
    }
    if (kind && !(hit->kind == KDB_HIT_NOTICE && e.title == KDB_TITLE_EQUAL)) {
        refuse(j, hit, kind);
        return false;
    }
    bool agrees = e.title == KDB_TITLE_EQUAL || e.title == KDB_TITLE_UNKNOWN ||
                  e.title == KDB_TITLE_PART || e.title == KDB_TITLE_NEAR ||
                  (e.title == KDB_TITLE_SIMILAR && e.author != KDB_CONTRADICTS &&
                   (e.author == KDB_AGREES || e.year == KDB_AGREES));
    if (!agrees) {
        refuse(j, hit, "the link leads to another paper");
        return false;
    }
    if (hit->book && kdbib_record_type(j->record) != KDBIB_TYPE_BOOK &&
        e.title != KDB_TITLE_EQUAL) {
        refuse(j, hit, "it is the whole book");
        return false;
    }
    accept(j, hit, proof);
    if (!j->verdict->remark && e.title != KDB_TITLE_EQUAL && e.title != KDB_TITLE_UNKNOWN &&
        e.title != KDB_TITLE_PART)
        j->verdict->remark = "its title is not quite the list's";
    return true;
}

/* A computed DOI is a guess until the title confirms it. */
static void judge_candidate(judge *j, const kdb_answer *answer, kdbib_str doi) {
    for (const kdb_hit *hit = answer->first; hit; hit = hit->next) {
        kdb_evidence e = kdb_weigh(j->arena, j->record, j->title, hit);
        bool equal = e.title == KDB_TITLE_EQUAL && e.author != KDB_CONTRADICTS;
        bool near =
            (e.title == KDB_TITLE_PART || e.title == KDB_TITLE_NEAR) && e.author == KDB_AGREES;
        if (wrong_kind(hit) || !kdb_equal_nocase(kdbib_record_text(hit->record, KDBIB_DOI), doi)) {
            refuse(j, hit, "the computed DOI is of something else");
        } else if (equal || near) {
            accept(j, hit, KDB_PROOF_CANDIDATE);
            return;
        } else {
            refuse(j, hit, "the computed DOI is of another paper");
        }
    }
}

static bool same_id(const kdb_hit *hit, kdb_ask ask, kdbib_str value) {
    switch (ask) {
    case KDB_ASK_DOI:
        return true; /* a registry gives the DOI's own record, if need be under its main DOI */
    case KDB_ASK_PII:
        return kdb_hit_has_pii(hit, value);
    case KDB_ASK_ARXIV:
        return kdb_equal_nocase(kdbib_record_text(hit->record, KDBIB_ARXIV), value);
    case KDB_ASK_PMID:
        return kdbib_str_equal(kdbib_record_text(hit->record, KDBIB_PMID), value);
    case KDB_ASK_PMCID:
        return kdb_equal_nocase(kdbib_record_text(hit->record, KDBIB_PMCID), value);
    case KDB_ASK_PPR:
        for (size_t i = 0; i < hit->ids.count; i++)
            if (kdb_equal_nocase(hit->ids.items[i], value))
                return true;
        return false;
    default:
        return true;
    }
}

static kdb_proof proof_of(kdb_ask ask) {
    switch (ask) {
    case KDB_ASK_PII:
        return KDB_PROOF_PII;
    case KDB_ASK_ARXIV:
        return KDB_PROOF_ARXIV;
    case KDB_ASK_PMID:
        return KDB_PROOF_PMID;
    case KDB_ASK_PMCID:
        return KDB_PROOF_PMCID;
    case KDB_ASK_PPR:
        return KDB_PROOF_PPR;
    case KDB_ASK_PAGE:
        return KDB_PROOF_PAGE;
    default:
        return KDB_PROOF_DOI;
    }
}

static void judge_identified(judge *j, const kdb_answer *answer, kdb_ask ask, kdbib_str value) {
    const kdb_hit *proved = NULL;
    for (const kdb_hit *hit = answer->first; hit; hit = hit->next) {
        kdbib_str doi = kdbib_record_text(hit->record, KDBIB_DOI);
        if (!same_id(hit, ask, value) ||
            (ask == KDB_ASK_DOI && !j->title.size && !kdb_equal_nocase(doi, value)))
            continue;
        if (proved) {
            j->verdict->proof = KDB_PROOF_NONE;
            refuse(j, hit, "two works have this identifier");
            return;
        }
        if (accept_identified(j, hit, proof_of(ask)))
            proved = hit;
    }
}

/* ---- by title ---- */

static const char *why_not(const judge *j, const kdb_hit *hit, const kdb_evidence *e) {
    if (wrong_kind(hit))
        return wrong_kind(hit);
    if (e->title != KDB_TITLE_EQUAL)
        return "no hit has this title; the nearest";
    if (e->identifier == KDB_CONTRADICTS)
        return "same title, but another identifier";
    if (hit->retracted)
        return "same title, but retracted";
    if (e->author == KDB_CONTRADICTS)
        return "same title, but other authors";
    if (e->year == KDB_CONTRADICTS)
        return "same title, but another year";
    if (e->published == KDB_CONTRADICTS)
        return hit->preprint ? "only its preprint" : "not the preprint, but what was published";
    kdbib_type type = kdbib_record_type(j->record);
    if (hit->book && type != KDBIB_TYPE_BOOK &&
        (type != KDBIB_TYPE_DOCUMENT || e->author != KDB_AGREES))
        return "same title, but a whole book";
    if (e->author != KDB_AGREES && e->year != KDB_AGREES)
        return "same title, but the list names no author or year to check";
    return NULL;
}

static void judge_titles(judge *j, const kdb_answer *answer) {
    const kdb_hit *best = NULL, *rival = NULL;
    kdb_proof proof = KDB_PROOF_NONE;
    unsigned strength = 0;
    for (const kdb_hit *hit = answer->first; hit; hit = hit->next) {
        kdb_evidence e = kdb_weigh(j->arena, j->record, j->title, hit);
        if (e.url == KDB_AGREES && !wrong_kind(hit) &&
            (e.title == KDB_TITLE_EQUAL || e.title == KDB_TITLE_PART ||
             e.title == KDB_TITLE_NEAR)) {
            accept(j, hit, KDB_PROOF_URL);
            return;
        }
        const char *reason = why_not(j, hit, &e);
        if (reason) {
            /* a hit of the same title says more than one of another */
            if (e.title == KDB_TITLE_EQUAL && j->verdict->hit &&
                !kdbib_str_equal(
                    kdb_fold(j->arena, kdbib_record_text(j->verdict->hit->record, KDBIB_TITLE)),
                    j->title))
                j->verdict->reason = NULL;
            refuse(j, hit, reason);
            continue;
        }
        bool same = best && kdbib_str_equal(kdbib_record_text(hit->record, KDBIB_DOI),
                                            kdbib_record_text(best->record, KDBIB_DOI));
        if (!best || (best->preprint && !hit->preprint) ||
            (best->preprint == hit->preprint && e.strength > strength)) {
            best = hit;
            rival = NULL;
            strength = e.strength;
            proof = e.author == KDB_AGREES ? KDB_PROOF_TITLE_AUTHOR : KDB_PROOF_TITLE_YEAR;
        } else if (!same && best->preprint == hit->preprint && e.strength == strength) {
            rival = hit;
        }
    }
    if (rival) {
        j->verdict->reason = NULL;
        refuse(j, best, "two works have this title");
        return;
    }
    if (best)
        accept(j, best, proof);
}

/* The hit that carries the number or PII of the record's own link, among those of a title. */
static bool judge_linked(judge *j, const kdb_answer *answer) {
    kdbib_str number = kdbib_record_text(j->record, KDBIB_IEEE_NUMBER);
    kdbib_str pii = kdbib_record_text(j->record, KDBIB_PII);
    for (const kdb_hit *hit = answer->first; hit; hit = hit->next) {
        bool ieee = number.size && kdb_hit_has_ieee_number(hit, number);
        if (!ieee && !(pii.size && kdb_hit_has_pii(hit, pii)))
            continue;
        accept_identified(j, hit, ieee ? KDB_PROOF_IEEE_NUMBER : KDB_PROOF_PII);
        return true; /* whatever came of it: this is where the link leads */
    }
    return false;
}

bool kdb_prove(kdb_arena *arena, const kdbib_record *record, const kdb_answer *answer, kdb_ask ask,
               kdbib_str value, bool candidate, kdb_verdict *verdict) {
    judge j = {arena, record, verdict, kdb_fold(arena, kdbib_record_text(record, KDBIB_TITLE))};
    *verdict = (kdb_verdict){0};
    if (candidate)
        judge_candidate(&j, answer, value);
    else if (ask != KDB_ASK_TITLE && ask != KDB_ASK_TITLE_PREFIX)
        judge_identified(&j, answer, ask, value);
    else if (!judge_linked(&j, answer))
        judge_titles(&j, answer);
    if (verdict->proof == KDB_PROOF_NONE && !verdict->reason)
        verdict->reason = "not found";
    return !kdb_arena_failed(arena);
}
