/* The lock is the one job of a team of two. Its findings wait until somebody takes it. */
#include "lock/ahead.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/team.h"
#include "library/context.h"
#include "lock/lock_inside.h"

#define WORTH_A_THREAD ((size_t)256 * 1024) /* bytes of a lock */

typedef struct heard {
    struct heard *next;
    kdbib_diagnostic finding;
} heard;

struct kdb_lock_ahead {
    kdbib *context;
    const char *file;
    kdbib_str bytes;
    kdbib own; /* a context that only hears */
    kdb_arena arena;
    heard *first, **last;
    kdb_team *team;
    kdb_lock *lock;
};

static void hear(void *user, const kdbib_diagnostic *finding) {
    kdb_lock_ahead *ahead = user;
    heard *one = kdb_arena_array(&ahead->arena, 1, sizeof *one);
    if (!one || !kdb_finding_copy(&ahead->arena, finding, &one->finding))
        return; /* the failure sticks to the arena */
    *ahead->last = one;
    ahead->last = &one->next;
}

static void read_lock(void *job, unsigned worker) {
    kdb_lock_ahead *ahead = job;
    (void)worker;
    ahead->lock = kdb_lock_read(&ahead->own, ahead->file, ahead->bytes);
}

kdb_lock_ahead *kdb_lock_ahead_new(kdbib *context, const char *file, kdbib_str bytes) {
    kdb_lock_ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        return NULL;
    *ahead = (kdb_lock_ahead){.context = context, .file = file, .bytes = bytes};
    ahead->own = (kdbib){.handler = hear, .handler_user = ahead};
    ahead->last = &ahead->first;
    bool threads = context->threads > 1 && bytes.size >= WORTH_A_THREAD;
    ahead->team = kdb_team_new(threads ? 2 : 1, read_lock);
    if (!ahead->team) {
        free(ahead);
        return NULL;
    }
    kdb_team_give(ahead->team, ahead);
    kdb_team_start(ahead->team);
    return ahead;
}

kdb_lock *kdb_lock_ahead_take(kdb_lock_ahead *ahead) {
    kdb_team_take(ahead->team);
    for (const heard *one = ahead->first; one; one = one->next)
        if (ahead->context->handler)
            ahead->context->handler(ahead->context->handler_user, &one->finding);
    kdb_lock *lock = ahead->lock;
    ahead->lock = NULL;
    if (!lock)
        return NULL;
    lock->context = ahead->context;
    if (!kdb_arena_failed(&ahead->arena))
        return lock;
    kdb_lock_free(lock); /* a finding is lost: nothing may seem to be right */
    return NULL;
}

void kdb_lock_ahead_free(kdb_lock_ahead *ahead) {
    if (!ahead)
        return;
    kdb_team_free(ahead->team);
    kdb_lock_free(ahead->lock);
    kdb_arena_free(&ahead->arena);
    kdb_arena_free(&ahead->own.arena);
    free(ahead);
}
