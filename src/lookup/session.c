/* The run of a session. */
#include "lookup/session.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/strings.h"
#include "lookup/robots.h"

/* Questions of which one request can carry many. */
typedef struct batch_kind {
    kdb_service_id service;
    kdb_ask ask;
    size_t most;
} batch_kind;

static const batch_kind batch_kinds[] = {
    {KDB_AT_ARXIV, KDB_ASK_ARXIV, 50},
    {KDB_AT_NCBI, KDB_ASK_PMCID, 100},
    {KDB_AT_NCBI, KDB_ASK_PMID, 100},
};
#define BATCH_KINDS (sizeof batch_kinds / sizeof *batch_kinds)

typedef struct batch {
    kdb_task **tasks;
    size_t count;
    kdb_session *session;
    const batch_kind *kind;
} batch;

struct kdb_session {
    kdbib_bibliography *bibliography;
    kdb_http *http;
    kdb_task_fn *settled;
    void *user;
    kdb_arena arena;
    kdb_task *tasks;
    size_t count;
    size_t tally[KDB_TASK_UNREACHED + 1];
    batch waiting[BATCH_KINDS];
    kdb_robots *robots;
    bool pages, stopped, failed, confirming;
    bool (*tick)(void *user);
    void *tick_user;
};

static void next_step(kdb_task *task);

kdb_session *kdb_session_new(kdbib_bibliography *bibliography, kdb_http *http, bool pages,
                             kdb_task_fn *settled, void *user) {
    kdb_session *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->bibliography = bibliography;
    s->http = http;
    s->pages = pages;
    s->settled = settled;
    s->user = user;
    s->count = kdbib_bibliography_count(bibliography);
    s->tasks = kdb_arena_array(&s->arena, s->count ? s->count : 1, sizeof *s->tasks);
    s->robots = kdb_robots_new(http);
    bool fine = s->tasks && s->robots;
    for (size_t i = 0; i < BATCH_KINDS && fine; i++) {
        s->waiting[i] =
            (batch){.tasks = kdb_arena_array(&s->arena, batch_kinds[i].most, sizeof(kdb_task *)),
                    .session = s,
                    .kind = &batch_kinds[i]};
        fine = s->waiting[i].tasks != NULL;
    }
    if (!fine) {
        kdb_session_free(s);
        return NULL;
    }
    for (size_t i = 0; i < s->count; i++) {
        s->tasks[i].session = s;
        s->tasks[i].record = kdbib_bibliography_record(bibliography, i);
    }
    s->tally[KDB_TASK_WAITING] = s->count;
    return s;
}

void kdb_session_free(kdb_session *s) {
    if (!s)
        return;
    kdb_robots_free(s->robots);
    kdb_arena_free(&s->arena);
    free(s);
}

size_t kdb_session_count(const kdb_session *s) {
    return s->count;
}
kdb_task *kdb_session_task(kdb_session *s, size_t index) {
    return &s->tasks[index];
}
size_t kdb_session_tally(const kdb_session *s, kdb_task_state state) {
    return s->tally[state];
}

static void set_state(kdb_task *task, kdb_task_state state) {
    task->session->tally[task->state]--;
    task->session->tally[state]++;
    task->state = state;
}

void kdb_session_skip(kdb_task *task) {
    set_state(task, KDB_TASK_KNOWN);
}

static void settle(kdb_task *task, kdb_task_state state) {
    kdb_session *s = task->session;
    set_state(task, state);
    if (s->settled && !s->settled(s->user, task))
        s->stopped = true;
}

static void remember(kdb_task *task, kdbib_str reason, const kdb_hit *hit) {
    kdb_session *s = task->session;
    if (task->reason.size)
        return; /* the first refusal is the one nearest to the record's own identifiers */
    task->reason = kdb_arena_copy(&s->arena, reason);
    if (hit) {
        task->candidate = kdb_arena_copy(&s->arena, kdbib_record_text(hit->record, KDBIB_DOI));
        task->candidate_title =
            kdb_arena_copy(&s->arena, kdbib_record_text(hit->record, KDBIB_TITLE));
    }
}

bool kdb_session_give(kdb_task *task, const kdb_hit *hit, kdb_proof proof, const char *source) {
    if (!kdb_take_over(task->record, hit))
        return false;
    task->proof = proof;
    task->source = source;
    settle(task, KDB_TASK_FOUND);
    return true;
}

/* ---- answers ---- */

static void take_proved(kdb_task *task, const kdb_step *step, const kdb_verdict *verdict) {
    kdb_session *s = task->session;
    kdbib_str doi = kdbib_record_text(verdict->hit->record, KDBIB_DOI);
    if (!kdb_take_over(task->record, verdict->hit)) {
        s->failed = true;
        return;
    }
    if (!task->provisional) {
        task->proof = verdict->proof;
        task->remark = verdict->remark;
    }
    task->source = kdb_service_at(step->service)->name;
    if (s->confirming) {
        task->proof = KDB_PROOF_PERSON;
        task->source = "manual";
    }
    bool more = !task->provisional && doi.size && kdb_service_at(step->service)->wants_more;
    task->provisional |= verdict->hit->record != NULL &&
                         kdbib_record_text(verdict->hit->record, KDBIB_TITLE).size > 0;
    if (!more) {
        settle(task, KDB_TASK_FOUND);
        return;
    }
    task->plan.next = task->plan.count = 0;
    doi = kdb_arena_copy(&s->arena, doi);
    if (!kdb_plan_doi(&s->arena, &task->plan, doi, false))
        s->failed = true;
    next_step(task);
}

static void judge(kdb_task *task, const kdb_step *step, const kdb_answer *answer) {
    kdb_session *s = task->session;
    kdb_verdict verdict;
    if (!kdb_prove(answer->arena, task->record, answer, step->ask, step->value, step->candidate,
                   &verdict)) {
        s->failed = true;
        return;
    }
    if (verdict.proof == KDB_PROOF_NONE && s->confirming && answer->count == 1) {
        verdict.proof = KDB_PROOF_PERSON;
        verdict.hit = answer->first;
    }
    if (verdict.proof != KDB_PROOF_NONE) {
        take_proved(task, step, &verdict);
        return;
    }
    bool identified = step->ask != KDB_ASK_TITLE && step->ask != KDB_ASK_TITLE_PREFIX;
    if (answer->count)
        remember(task, kdbib_str_of(verdict.reason), verdict.hit);
    if (identified && verdict.hit && !step->candidate)
        task->refused = true;
    next_step(task);
}

/* A prefix that Crossref does not know: whose is it? */
static void ask_agency(kdb_task *task, const kdb_step *step) {
    kdbib_str prefix = kdb_slice(step->value, 0, kdb_find_char(step->value, '/', 0));
    kdb_plan *plan = &task->plan;
    kdb_step agency = {KDB_AT_DOI_ORG, KDB_ASK_AGENCY, prefix, step->value, step->candidate};
    if (plan->count == KDB_MOST_STEPS)
        plan->count--;
    memmove(plan->steps + plan->next + 1, plan->steps + plan->next,
            (plan->count - plan->next) * sizeof *plan->steps);
    plan->steps[plan->next] = agency;
    plan->count++;
}

static void take_agency(kdb_task *task, const kdb_step *step, const kdb_answer *answer) {
    kdb_plan_agency(&task->plan, step->extra, answer->agency, step->candidate);
    if (!answer->agency.size || kdb_equal_nocase(answer->agency, KDBIB_STR("Crossref")))
        remember(task,
                 kdb_arena_format(&task->session->arena, "no registry knows %s%.*s",
                                  step->candidate ? "the computed " : "", (int)step->extra.size,
                                  step->extra.data),
                 NULL);
    next_step(task);
}

/* Parses a body and hands the answer to each of the tasks. */
static void take_body(kdb_session *s, const kdb_response *response, const kdb_step *step,
                      kdb_task *const *tasks, size_t count) {
    kdb_arena arena = {0};
    kdb_answer answer;
    kdbib_bibliography *hits = kdbib_bibliography_new(kdbib_bibliography_context(s->bibliography));
    const kdb_service *service = kdb_service_at(step->service);
    if (hits)
        kdb_answer_init(&answer, hits, &arena);
    if (!hits || !service->parse(&answer, response->body)) {
        s->failed = true;
    } else {
        for (size_t i = 0; i < count; i++) {
            kdb_step own = count > 1 || step->value.size == 0
                               ? tasks[i]->plan.steps[tasks[i]->plan.next - 1]
                               : *step;
            if (answer.problem) {
                remember(tasks[i],
                         kdb_arena_format(&s->arena, "%s: %s", service->title, answer.problem),
                         NULL);
                next_step(tasks[i]);
            } else if (step->ask == KDB_ASK_AGENCY) {
                take_agency(tasks[i], &own, &answer);
            } else {
                judge(tasks[i], &own, &answer);
            }
        }
    }
    kdbib_bibliography_free(hits);
    kdb_arena_free(&arena);
}

static void take_failure(kdb_task *task, const kdb_step *step, const kdb_response *response) {
    kdb_session *s = task->session;
    if (response->outcome == KDB_ABSENT) {
        if (step->ask == KDB_ASK_DOI && step->service == KDB_AT_CROSSREF)
            ask_agency(task, step);
        else if (step->ask == KDB_ASK_DOI || step->ask == KDB_ASK_AGENCY)
            remember(task,
                     kdb_arena_format(&s->arena, "no registry knows %.*s", (int)step->value.size,
                                      step->value.data),
                     NULL);
        next_step(task);
        return;
    }
    remember(task,
             kdb_arena_format(&s->arena, "%s: %s", kdb_service_at(step->service)->title,
                              response->problem),
             NULL);
    if (response->outcome == KDB_FAILED && step->service != KDB_AT_PAGES && !task->provisional) {
        /* maybe tomorrow: another service may answer now, but must not stand in for a better one */
        bool more = task->plan.next < task->plan.count &&
                    task->plan.steps[task->plan.next].ask == step->ask;
        if (!more) {
            settle(task, KDB_TASK_UNREACHED);
            return;
        }
    }
    next_step(task);
}

static void take_answer(void *user, const kdb_response *response) {
    kdb_task *task = user;
    kdb_step step = task->plan.steps[task->plan.next - 1];
    if (task->session->stopped || task->session->failed)
        return;
    if (response->outcome == KDB_GOT)
        take_body(task->session, response, &step, &task, 1);
    else
        take_failure(task, &step, response);
}

static void take_batch(void *user, const kdb_response *response) {
    batch *b = user;
    kdb_step step = {b->kind->service, b->kind->ask, {NULL, 0}, {NULL, 0}, false};
    if (b->session->stopped || b->session->failed)
        return;
    if (response->outcome == KDB_GOT) {
        take_body(b->session, response, &step, b->tasks, b->count);
        return;
    }
    for (size_t i = 0; i < b->count; i++) {
        kdb_step own = b->tasks[i]->plan.steps[b->tasks[i]->plan.next - 1];
        take_failure(b->tasks[i], &own, response);
    }
}

/* ---- questions ---- */

static void send_batch(kdb_session *s, batch *waiting) {
    kdb_buffer ids = {0};
    batch *b = kdb_arena_alloc(&s->arena, sizeof *b);
    if (!waiting->count || !b)
        return;
    *b = *waiting;
    waiting->count = 0;
    waiting->tasks = kdb_arena_array(&s->arena, b->kind->most, sizeof(kdb_task *));
    for (size_t i = 0; i < b->count; i++) {
        if (i)
            kdb_buffer_add_char(&ids, ',');
        kdb_buffer_add_str(&ids, b->tasks[i]->plan.steps[b->tasks[i]->plan.next - 1].value);
    }
    if (!waiting->tasks || ids.failed ||
        !kdb_http_ask(s->http, b->kind->service, b->kind->ask, kdb_buffer_str(&ids),
                      (kdbib_str){NULL, 0}, take_batch, b))
        s->failed = true;
    kdb_buffer_free(&ids);
}

static bool join_batch(kdb_session *s, kdb_task *task, const kdb_step *step) {
    for (size_t i = 0; i < BATCH_KINDS; i++) {
        batch *waiting = &s->waiting[i];
        if (waiting->kind->service != step->service || waiting->kind->ask != step->ask)
            continue;
        waiting->tasks[waiting->count++] = task;
        if (waiting->count == waiting->kind->most)
            send_batch(s, waiting);
        return true;
    }
    return false;
}

static void robots_say(void *user, bool allowed) {
    kdb_task *task = user;
    kdb_session *s = task->session;
    kdb_step *step = &task->plan.steps[task->plan.next - 1];
    if (allowed && kdb_http_ask(s->http, step->service, step->ask, step->value, step->extra,
                                take_answer, task))
        return;
    if (!allowed)
        remember(task, KDBIB_STR("robots.txt asks not to read the page"), NULL);
    next_step(task);
}

/* Asks the next question of the task's plan, or gives up. */
static void next_step(kdb_task *task) {
    kdb_session *s = task->session;
    while (task->plan.next < task->plan.count && !s->stopped) {
        const kdb_step *step = &task->plan.steps[task->plan.next++];
        bool by_title = step->ask == KDB_ASK_TITLE || step->ask == KDB_ASK_TITLE_PREFIX;
        if (task->refused && by_title)
            continue;
        if (join_batch(s, task, step))
            return;
        if (step->ask == KDB_ASK_PAGE) {
            if (kdb_robots_ask(s->robots, step->value, robots_say, task))
                return;
            continue;
        }
        if (kdb_http_ask(s->http, step->service, step->ask, step->value, step->extra, take_answer,
                         task))
            return;
    }
    if (s->stopped)
        return;
    if (task->provisional) {
        settle(task, KDB_TASK_FOUND);
        return;
    }
    if (!task->reason.size)
        task->reason =
            task->plan.count ? KDBIB_STR("not found") : KDBIB_STR("nothing to ask for: no title");
    settle(task, KDB_TASK_UNRESOLVED);
}

bool kdb_session_plan(kdb_session *s) {
    bool fine = true;
    for (size_t i = 0; i < s->count && fine; i++)
        if (s->tasks[i].state == KDB_TASK_WAITING)
            fine = kdb_plan_record(&s->arena, s->tasks[i].record, s->pages, &s->tasks[i].plan);
    return fine;
}

static bool session_tick(void *user) {
    kdb_session *s = user;
    return !s->stopped && !s->failed && (!s->tick || s->tick(s->tick_user));
}

/* Until no question and no batch is left. */
static bool drain(kdb_session *s) {
    bool any = true;
    while (any && !s->stopped && !s->failed) {
        for (size_t i = 0; i < BATCH_KINDS; i++)
            send_batch(s, &s->waiting[i]);
        if (!kdb_http_run(s->http, session_tick, s))
            return false;
        any = false;
        for (size_t i = 0; i < BATCH_KINDS; i++)
            any |= s->waiting[i].count > 0;
    }
    return !s->stopped && !s->failed;
}

static bool is_long(const kdb_plan *plan) {
    return plan->count && (plan->steps[0].ask == KDB_ASK_TITLE || plan->steps[0].candidate);
}

bool kdb_session_run(kdb_session *s, bool (*tick)(void *user), void *user) {
    s->tick = tick;
    s->tick_user = user;
    for (int pass = 0; pass < 2; pass++) /* those with a long way before them go first */
        for (size_t i = 0; i < s->count && !s->stopped && !s->failed; i++)
            if (s->tasks[i].state == KDB_TASK_WAITING && s->tasks[i].plan.next == 0 &&
                (pass == 1 || is_long(&s->tasks[i].plan)))
                next_step(&s->tasks[i]);
    return drain(s) && !kdb_arena_failed(&s->arena);
}

bool kdb_session_confirm(kdb_task *task, kdbib_str doi) {
    kdb_session *s = task->session;
    task->plan = (kdb_plan){0};
    task->reason = (kdbib_str){NULL, 0};
    task->refused = false;
    doi = kdb_arena_copy(&s->arena, doi);
    set_state(task, KDB_TASK_WAITING);
    s->confirming = true;
    if (kdb_plan_doi(&s->arena, &task->plan, doi, false)) {
        next_step(task);
        drain(s);
    }
    s->confirming = false;
    return task->state == KDB_TASK_FOUND;
}
