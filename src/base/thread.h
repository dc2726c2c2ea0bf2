/* A thread that begins at once. */
#ifndef KDB_THREAD_H
#define KDB_THREAD_H

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

typedef struct kdb_thread {
    pthread_t id;
    void (*run)(void *user);
    void *user;
#ifdef __GLIBC__
    cpu_set_t processors; /* that it may use, as its maker */
    bool apart;           /* it is not begun on all of them */
#endif
} kdb_thread;

/* Begins on another processor than the caller's, where there is one that he may use: left to
 * itself, the system may let both share one for 20 ms and more. `thread` stays where it is until
 * the thread was joined. False: no thread can be had. */
bool kdb_thread_start(kdb_thread *thread, void (*run)(void *user), void *user);
void kdb_thread_join(kdb_thread *thread);

#endif
