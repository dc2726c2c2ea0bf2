/* Looking up a whole bibliography: every record goes through its plan, answers are judged, what was
 * proved is handed out at once. */
#ifndef KDB_SESSION_H
#define KDB_SESSION_H

#include "lookup/plan.h"
#include "lookup/proof.h"
#include "services/http.h"

typedef enum kdb_task_state {
    KDB_TASK_WAITING,
    KDB_TASK_KNOWN, /* nothing to do: the lock has it */
    KDB_TASK_FOUND,
    KDB_TASK_UNRESOLVED, /* see the reason */
    KDB_TASK_UNREACHED,  /* a service did not answer: a later run may find it */
} kdb_task_state;

typedef struct kdb_task {
    struct kdb_session *session;
    kdbib_record *record;
    kdb_task_state state;
    kdb_plan plan;
    kdb_proof proof;     /* of a found one */
    const char *source;  /* who said so: "crossref", …; static */
    const char *remark;  /* to be told about a found one, or NULL */
    kdbib_str reason;    /* of an unresolved one */
    kdbib_str candidate; /* DOI of the best candidate, if any */
    kdbib_str candidate_title;
    bool provisional; /* found, but a better source is being asked */
    bool refused;     /* an identifier contradicts: no search by title any more */
} kdb_task;

typedef struct kdb_session kdb_session;

/* Called when a task gets its final state. False stops the run (the disk is full). */
typedef bool kdb_task_fn(void *user, kdb_task *task);

/* A session for all records of `bibliography`; `http` and it are borrowed. NULL: memory is out. */
kdb_session *kdb_session_new(kdbib_bibliography *bibliography, kdb_http *http, bool pages,
                             kdb_task_fn *settled, void *user);
void kdb_session_free(kdb_session *session);

size_t kdb_session_count(const kdb_session *session);
kdb_task *kdb_session_task(kdb_session *session, size_t index);
/* How many tasks are in that state. */
size_t kdb_session_tally(const kdb_session *session, kdb_task_state state);

/* Before the run: nothing is to be asked about this record. */
void kdb_session_skip(kdb_task *task);
/* Before the run: the record was found elsewhere (a bibliography of the user). */
bool kdb_session_give(kdb_task *task, const kdb_hit *hit, kdb_proof proof, const char *source);
/* Makes the plans. False: memory is out. */
bool kdb_session_plan(kdb_session *session);
/* Asks. `tick` as for kdb_http_run(). False: it was stopped, or memory is out. */
bool kdb_session_run(kdb_session *session, bool (*tick)(void *user), void *user);

/* Asks for one DOI that a person confirmed and takes what comes. False: nothing came. */
bool kdb_session_confirm(kdb_task *task, kdbib_str doi);

#endif
