/* Goes over the records that were not settled as they were read, and closes the gaps: in a large
 * bibliography a walk means to wait for memory. */
#include "library/prepare.h"

#include "library/context.h"
#include "resolve/contradict.h"
#include "resolve/resolve.h"

bool kdb_decide(kdbib *context, kdb_kinds *kinds, kdbib_record *record) {
    return kdb_report_contradiction(context, record) && kdb_decide_kind(kinds, record);
}

bool kdb_settle(kdbib_bibliography *bibliography, kdb_kinds *kinds, kdbib_record *record) {
    bibliography->keyless = bibliography->keyless && !kdb_record_has(record, KDBIB_KEY);
    return record->settled || kdb_decide(bibliography->context, kinds, record);
}

/* Moves the records of the range into the places from `kept` on. */
static void keep(kdbib_bibliography *b, size_t *kept, kdb_range range) {
    if (*kept < range.from)
        memmove(b->records + *kept, b->records + range.from,
                (range.to - range.from) * sizeof *b->records);
    *kept += range.to - range.from;
}

static bool make_ready(kdbib_bibliography *b, kdb_kinds *kinds, kdbib_record *record) {
    return (record->complete || record->resolved || kdb_resolve_record(b->context, record)) &&
           (!kinds || kdb_settle(b, kinds, record));
}

static bool walk(kdbib_bibliography *b, size_t *kept, kdb_range range, bool all, kdb_kinds *kinds) {
    bool fine = true;
    for (size_t i = range.from; i < range.to && fine; i++) {
        kdbib_record *record = b->records[i];
        kdb_bibliography_pass(b, i, i + 1);
        kdb_bibliography_fetch_head(b, i);
        if (record->not_paper && !all)
            continue;
        fine = make_ready(b, kinds, record);
        b->records[(*kept)++] = record;
    }
    return fine;
}

bool kdb_prepare(kdbib_bibliography *b, bool all, kdb_kinds *kinds) {
    size_t kept = 0, at = 0;
    bool fine = true;
    if (!kinds) /* a lock may speak of all */
        kdb_bibliography_reopen(b);
    for (size_t i = 0; i < b->open_count && fine; i++) {
        const kdb_range *open = &b->open[i];
        if (open->from >= b->count) /* the last record was dropped */
            break;
        keep(b, &kept, (kdb_range){at, open->from});
        at = open->to < b->count ? open->to : b->count;
        fine = walk(b, &kept, (kdb_range){open->from, at}, all, kinds);
    }
    keep(b, &kept, (kdb_range){at, b->count});
    b->count = kept;
    kdb_bibliography_reopen(b); /* for whoever adds to it and begins again */
    return fine;
}
