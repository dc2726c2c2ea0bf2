/* Threads, placed where they begin. */
#include "base/thread.h"

/* The new thread may use the processors of its maker again as soon as it runs. */
static void *run(void *user) {
    kdb_thread *thread = user;
#ifdef __GLIBC__
    if (thread->apart)
        (void)pthread_setaffinity_np(pthread_self(), sizeof thread->processors,
                                     &thread->processors);
#endif
    thread->run(thread->user);
    return NULL;
}

#ifdef __GLIBC__
static bool start_apart(kdb_thread *thread) {
    pthread_attr_t attributes;
    cpu_set_t others;
    const int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE ||
        sched_getaffinity(0, sizeof thread->processors, &thread->processors) != 0)
        return false;
    others = thread->processors;
    CPU_CLR((unsigned)here, &others);
    if (!CPU_COUNT(&others) || pthread_attr_init(&attributes) != 0)
        return false;
    thread->apart = true;
    const bool started = pthread_attr_setaffinity_np(&attributes, sizeof others, &others) == 0 &&
                         pthread_create(&thread->id, &attributes, run, thread) == 0;
    pthread_attr_destroy(&attributes);
    return started;
}
#endif

bool kdb_thread_start(kdb_thread *thread, void (*function)(void *user), void *user) {
    *thread = (kdb_thread){.run = function, .user = user};
#ifdef __GLIBC__
    if (start_apart(thread))
        return true;
    thread->apart = false;
#endif
    return pthread_create(&thread->id, NULL, run, thread) == 0;
}

void kdb_thread_join(kdb_thread *thread) {
    pthread_join(thread->id, NULL);
}
