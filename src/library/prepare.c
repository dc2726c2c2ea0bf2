/* Goes over all records once. Most were asked as they were read, and need only be looked at, which
 * in a large bibliography means to wait for memory: several threads do that. */
#include "library/prepare.h"

#include "base/share.h"
#include "library/context.h"
#include "resolve/contradict.h"
#include "resolve/resolve.h"

#define STEP ((size_t)1024)           /* records looked at by one thread in a row */
#define WORTH_SHARING ((size_t)16384) /* records */

bool kdb_decide(kdbib *context, kdb_kinds *kinds, kdbib_record *record) {
    return kdb_report_contradiction(context, record) && kdb_decide_kind(kinds, record);
}

bool kdb_settle(kdbib_bibliography *bibliography, kdb_kinds *kinds, kdbib_record *record) {
    bibliography->keyless = bibliography->keyless && !kdb_record_has(record, KDBIB_KEY);
    return record->settled || kdb_decide(bibliography->context, kinds, record);
}

typedef struct preparing {
    kdbib_bibliography *bibliography;
    bool all;
    kdb_kinds *kinds; /* or NULL */
    size_t kept;
} preparing;

/* Of some records in a row. */
typedef struct fates {
    enum fate { DROPPED, READY, UNREADY } of[STEP];
} fates;

static enum fate fate_of(const preparing *p, const kdbib_record *record) {
    if (record->not_paper && !p->all)
        return DROPPED;
    bool ready = p->kinds ? record->settled && !kdb_record_has(record, KDBIB_KEY)
                          : record->complete || record->resolved;
    return ready ? READY : UNREADY;
}

static bool look(void *user, void *result, size_t from, size_t to, unsigned worker) {
    const preparing *p = user;
    fates *found = result;
    (void)worker;
    for (size_t i = from; i < to; i++) {
        kdb_bibliography_fetch_head(p->bibliography, i);
        found->of[i - from] = fate_of(p, kdbib_bibliography_record(p->bibliography, i));
    }
    return true;
}

static bool make_ready(const preparing *p, kdbib_record *record) {
    kdbib *context = p->bibliography->context;
    return (record->complete || record->resolved || kdb_resolve_record(context, record)) &&
           (!p->kinds || kdb_settle(p->bibliography, p->kinds, record));
}

/* Those before `from` were taken: what is kept moves into their places, where nobody looks. */
static bool take(void *user, void *result, size_t from, size_t to) {
    preparing *p = user;
    const fates *found = result;
    kdbib_record **records = p->bibliography->records;
    bool fine = true;
    kdb_bibliography_pass(p->bibliography, from, to);
    for (size_t i = from; i < to && fine; i++) {
        if (found->of[i - from] == DROPPED)
            continue;
        fine = found->of[i - from] == READY || make_ready(p, records[i]);
        records[p->kept++] = records[i];
    }
    return fine;
}

static void free_nothing(void *result) {
    (void)result;
}

bool kdb_prepare(kdbib_bibliography *bibliography, bool all, kdb_kinds *kinds) {
    preparing p = {.bibliography = bibliography, .all = all, .kinds = kinds};
    const kdb_share share = {.count = bibliography->count,
                             .step = STEP,
                             .size = sizeof(fates),
                             .work = look,
                             .take = take,
                             .free_result = free_nothing,
                             .user = &p};
    const unsigned threads =
        bibliography->count >= WORTH_SHARING ? bibliography->context->threads : 1;
    bool fine = kdb_share_out(&share, threads);
    bibliography->count = p.kept;
    return fine;
}
