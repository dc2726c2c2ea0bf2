/* Threads that do jobs side by side; the results are taken back in the order in which the jobs were
 * given, so that nothing that is made of them tells how many threads there were. */
#ifndef KDB_TEAM_H
#define KDB_TEAM_H

#include <stdbool.h>
#include <stddef.h>

#define KDB_MOST_THREADS 64

/* Does one job; called by any thread of the team, for several jobs at once. `worker` is the number
 * of that thread: 0 is the caller, the others are less than the team's threads. */
typedef void kdb_work_fn(void *job, unsigned worker);

typedef struct kdb_team kdb_team;

/* How many threads a team of `threads` really has: at least one, at most KDB_MOST_THREADS. */
unsigned kdb_team_threads(unsigned threads);
/* `threads`: those that work, the caller among them; 1 and the caller does everything. Threads are
 * started when there is work for them. NULL: memory is out. */
kdb_team *kdb_team_new(unsigned threads, kdb_work_fn *work);
/* Waits for the jobs that are under way; those that nobody took are not done. May be NULL. */
void kdb_team_free(kdb_team *team);

/* True: the team has as many jobs as it needs to keep its threads busy; take one back first. */
bool kdb_team_is_full(kdb_team *team);
bool kdb_team_has_jobs(const kdb_team *team);
/* Gives a job, which is borrowed until it is taken back. Not to a team that is full. */
void kdb_team_give(kdb_team *team, void *job);
/* Lets a thread begin with a job that waits, though the caller could do it: he has other things to
 * do meanwhile. */
void kdb_team_start(kdb_team *team);
/* Takes back the oldest job, done; the caller works on jobs meanwhile. NULL: there is none. */
void *kdb_team_take(kdb_team *team);

#endif
