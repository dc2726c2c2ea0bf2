/* Shares of work are jobs of a team. */
#include "base/share.h"

#include <stdlib.h>

#include "base/pool.h"
#include "base/team.h"

typedef struct job {
    struct desk *desk;
    struct job *next; /* free to be used */
    size_t from, to;
    void *result; /* of share->size bytes, when it is done */
    bool failed;
} job;

typedef struct desk {
    const kdb_share *share;
    kdb_team *team;
    kdb_pool *results;
    job *free;
    bool failed;
} desk;

static void do_job(void *user, unsigned worker) {
    job *j = user;
    const kdb_share *share = j->desk->share;
    j->result = kdb_pool_take(j->desk->results);
    j->failed = !j->result || !share->work(share->user, j->result, j->from, j->to, worker);
}

static void take_back(desk *d) {
    job *j = kdb_team_take(d->team);
    d->failed =
        d->failed || j->failed || !d->share->take(d->share->user, j->result, j->from, j->to);
    kdb_pool_give(d->results, j->result);
    j->next = d->free;
    d->free = j;
}

static job *next_job(desk *d) {
    job *j = d->free;
    if (!j)
        return calloc(1, sizeof *j);
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
    j->desk = d;
    j->from = from;
    j->to = share->count - from > share->step ? from + share->step : share->count;
    kdb_team_give(d->team, j);
}

bool kdb_share_out(const kdb_share *share, unsigned threads) {
    desk d = {.share = share,
              .team = kdb_team_new(threads, do_job),
              .results = kdb_pool_new(share->size, share->free_result)};
    d.failed = !d.team || !d.results;
    for (size_t from = 0; from < share->count && !d.failed; from += share->step)
        give(&d, from);
    while (d.team && kdb_team_has_jobs(d.team))
        take_back(&d);
    kdb_team_free(d.team);
    for (job *j = d.free, *next; j; j = next) {
        next = j->next;
        free(j);
    }
    kdb_pool_free(d.results);
    return !d.failed;
}
