/* The commands that ask the network. */
#ifndef KDB_HELPER_COMMANDS_H
#define KDB_HELPER_COMMANDS_H

#include "cli/lists.h"
#include "lock/lock.h"
#include "services/http.h"

/* Both give the exit status. */
int kdb_resolve_online(kdb_program *program);
int kdb_check_online(kdb_program *program);

/* Lists read and completed, with the lock that was applied to them; freed by kdb_ready_free() in
 * any case. False: told. */
typedef struct kdb_ready {
    kdb_lists lists;
    kdb_lock *lock;
    kdb_arena arena;
    kdb_http *http;
} kdb_ready;

bool kdb_make_ready(kdb_program *program, kdb_ready *ready);
void kdb_ready_free(kdb_ready *ready);

#endif
