/* Shares of work are jobs of a team. */
#include "base/share.h"

#include <stdlib.h>

#include "base/team.h"

typedef struct job {
    const kdb_share *share;
    struct job *next; /* free to be used */
    size_t from, to;
    bool failed;
    max_align_t result[]; /* of share->size bytes */
} job;

typedef struct desk {
    const kdb_share *share;
    kdb_team *team;
    job *free;
    bool failed;
} desk;

static void do_job(void *user, unsigned worker) {
    job *j = user;
    j->failed = !j->share->work(j->share->user, j->result, j->from, j->to, worker);
}

static void take_back(desk *d) {
    job *j = kdb_team_take(d->team);
    d->failed =
        d->failed || j->failed || !d->share->take(d->share->user, j->result, j->from, j->to);
    j->next = d->free;
    d->free = j;
}

static job *next_job(desk *d) {
    job *j = d->free;
    if (!j)
        return calloc(1, sizeof *j + d->share->size);
    d->free = j->next;
    return j;
}

static void give(desk *d, size_t from) {
    const kdb_share *share = d->share;
    while (kdb_team_is_full(d->team))
        take_back(d);
    job *j = d->failed ? NULL : next_job(d);
    d->failed = !j;
    if (!j)
        return;
    j->share = share;
    j->from = from;
    j->to = share->count - from > share->step ? from + share->step : share->count;
    kdb_team_give(d->team, j);
}

bool kdb_share_out(const kdb_share *share, unsigned threads) {
    desk d = {.share = share, .team = kdb_team_new(threads, do_job)};
    if (!d.team)
        return false;
    for (size_t from = 0; from < share->count && !d.failed; from += share->step)
        give(&d, from);
    while (kdb_team_has_jobs(d.team))
        take_back(&d);
    kdb_team_free(d.team);
    for (job *j = d.free, *next; j; j = next) {
        next = j->next;
        share->free_result(j->result);
        free(j);
    }
    return !d.failed;
}
