/* A work as Crossref's JSON and CSL-JSON describe it; they share most of their words. */
#ifndef KDB_WORK_H
#define KDB_WORK_H

#include "services/json.h"

/* Adds one hit. `csl` says that the types and pages are CSL's. False: memory is out. */
bool kdb_work_to_hit(kdb_answer *answer, const json_t *item, bool csl);

#endif
