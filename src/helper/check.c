/* kdbib check --online. */
#include "cli/say.h"
#include "helper/commands.h"

int kdb_check_online(kdb_program *program) {
    (void)program;
    return KDB_NOT_DONE;
}
