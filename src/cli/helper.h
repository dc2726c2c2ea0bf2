/* The program that asks the network: `resolve` and `check --online` go on there, so that nothing
 * else ever loads libcurl. */
#ifndef KDB_HELPER_H
#define KDB_HELPER_H

#include "cli/program.h"

/* Replaces this process by kdbib-resolve, which stands beside kdbib in a build tree and in
 * libexec/kdbib of an installation, with the same arguments. Comes back only when it cannot be run
 * (told), with the exit status. */
int kdb_run_helper(kdb_program *program);

#endif
