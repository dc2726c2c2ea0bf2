/* A ring of jobs between one thread that gives and takes them and others that do them. */
#include "base/team.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/thread.h"

/* Of jobs, for each thread: so many may be given and not taken back, and when so many wait no more
 * need be given. What waits keeps the threads busy while the caller is held up; what is done, or
 * waits for nothing, only takes memory. */
#define MOST_JOBS 8
#define ENOUGH_WAITING 3

typedef enum slot_state { WAITING, UNDER_WAY, DONE } slot_state;

typedef struct slot {
    void *job;
    slot_state state;
} slot;

struct kdb_team {
    kdb_work_fn *work;
    pthread_mutex_t lock;
    pthread_cond_t given, done;
    slot *slots;
    size_t capacity;
    size_t first, last; /* jobs given so far and not taken: [first, last), each modulo capacity */
    size_t next;        /* the first of them that may still wait */
    unsigned threads, started;
    bool stop;
    struct worker {
        kdb_team *team;
        unsigned number;
        kdb_thread thread;
    } workers[KDB_MOST_THREADS]; /* the first is the caller */
};

unsigned kdb_team_threads(unsigned threads) {
    return threads < 1 ? 1 : threads > KDB_MOST_THREADS ? KDB_MOST_THREADS : threads;
}

kdb_team *kdb_team_new(unsigned threads, kdb_work_fn *work) {
    kdb_team *team = calloc(1, sizeof *team);
    if (!team)
        return NULL;
    team->work = work;
    team->threads = kdb_team_threads(threads);
    /* one thread works on one job and hands it over before the next is made */
    team->capacity = team->threads == 1 ? 1 : (size_t)team->threads * MOST_JOBS;
    team->slots = calloc(team->capacity, sizeof *team->slots);
    bool lock = team->slots && pthread_mutex_init(&team->lock, NULL) == 0;
    bool given = lock && pthread_cond_init(&team->given, NULL) == 0;
    if (given && pthread_cond_init(&team->done, NULL) == 0)
        return team;
    if (given)
        pthread_cond_destroy(&team->given);
    if (lock)
        pthread_mutex_destroy(&team->lock);
    free(team->slots);
    free(team);
    return NULL;
}

/* The oldest job that waits is under way from now on; NULL: none waits. */
static slot *next_waiting(kdb_team *team) {
    if (team->next == team->last)
        return NULL;
    slot *found = &team->slots[team->next++ % team->capacity];
    found->state = UNDER_WAY;
    return found;
}

/* The lock is held, but not while the job is done. */
static void do_job(kdb_team *team, slot *under_way, unsigned worker) {
    pthread_mutex_unlock(&team->lock);
    team->work(under_way->job, worker);
    pthread_mutex_lock(&team->lock);
    under_way->state = DONE;
    pthread_cond_signal(&team->done);
}

static void work_on(void *user) {
    const struct worker *worker = user;
    kdb_team *team = worker->team;
    pthread_mutex_lock(&team->lock);
    while (!team->stop) {
        slot *waiting = next_waiting(team);
        if (waiting)
            do_job(team, waiting, worker->number);
        else
            pthread_cond_wait(&team->given, &team->lock);
    }
    pthread_mutex_unlock(&team->lock);
}

void kdb_team_free(kdb_team *team) {
    if (!team)
        return;
    pthread_mutex_lock(&team->lock);
    team->stop = true;
    pthread_cond_broadcast(&team->given);
    pthread_mutex_unlock(&team->lock);
    for (unsigned i = 1; i <= team->started; i++)
        kdb_thread_join(&team->workers[i].thread);
    pthread_cond_destroy(&team->given);
    pthread_cond_destroy(&team->done);
    pthread_mutex_destroy(&team->lock);
    free(team->slots);
    free(team);
}

bool kdb_team_is_full(kdb_team *team) {
    if (team->last - team->first == team->capacity)
        return true;
    pthread_mutex_lock(&team->lock);
    size_t waiting = team->last - team->next;
    pthread_mutex_unlock(&team->lock);
    return team->threads > 1 && waiting >= (size_t)team->threads * ENOUGH_WAITING;
}

bool kdb_team_has_jobs(const kdb_team *team) {
    return team->last != team->first;
}

/* A thread that cannot be started is done without: there is always the caller. */
static void start_thread(kdb_team *team) {
    struct worker *worker = &team->workers[team->started + 1];
    if (team->started + 1 >= team->threads)
        return;
    worker->team = team;
    worker->number = team->started + 1;
    if (kdb_thread_start(&worker->thread, work_on, worker))
        team->started++;
}

void kdb_team_give(kdb_team *team, void *job) {
    pthread_mutex_lock(&team->lock);
    team->slots[team->last++ % team->capacity] = (slot){job, WAITING};
    if (team->last - team->next > 1) /* more than the caller can do at once */
        start_thread(team);
    if (team->started)
        pthread_cond_signal(&team->given);
    pthread_mutex_unlock(&team->lock);
}

void kdb_team_start(kdb_team *team) {
    pthread_mutex_lock(&team->lock);
    if (team->next != team->last)
        start_thread(team);
    pthread_mutex_unlock(&team->lock);
}

void *kdb_team_take(kdb_team *team) {
    if (team->first == team->last)
        return NULL;
    pthread_mutex_lock(&team->lock);
    slot *oldest = &team->slots[team->first % team->capacity];
    while (oldest->state != DONE) {
        slot *waiting = next_waiting(team);
        if (waiting)
            do_job(team, waiting, 0);
        else
            pthread_cond_wait(&team->done, &team->lock);
    }
    team->first++;
    pthread_mutex_unlock(&team->lock);
    return oldest->job;
}
