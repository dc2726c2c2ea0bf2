/* Which questions a record needs, in order, by what it has. */
#ifndef KDB_PLAN_H
#define KDB_PLAN_H

#include "services/service.h"

typedef struct kdb_step {
    kdb_service_id service;
    kdb_ask ask;
    kdbib_str value, extra; /* in the arena or of the record */
    bool candidate;         /* the DOI was computed by a rule that may err */
} kdb_step;

#define KDB_MOST_STEPS 12

typedef struct kdb_plan {
    kdb_step steps[KDB_MOST_STEPS];
    size_t count, next;
} kdb_plan;

/* Fills `plan` for `record`. With `pages`, landing pages may be asked. False: memory is out. */
bool kdb_plan_record(kdb_arena *arena, const kdbib_record *record, bool pages, kdb_plan *plan);
/* Puts the questions for `doi` next. */
bool kdb_plan_doi(kdb_arena *arena, kdb_plan *plan, kdbib_str doi, bool candidate);
/* What to ask when Crossref does not know `doi` and its prefix belongs to `agency`. */
void kdb_plan_agency(kdb_plan *plan, kdbib_str doi, kdbib_str agency, bool candidate);

#endif
