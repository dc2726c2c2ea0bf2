/* One lock for the process: the only thing that contexts share. */
#include "base/process.h"

#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void kdb_process_lock(void) {
    pthread_mutex_lock(&lock);
}

void kdb_process_unlock(void) {
    pthread_mutex_unlock(&lock);
}
