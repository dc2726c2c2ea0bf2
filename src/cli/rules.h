/* --rules: DOI rules of the user's own. */
#ifndef KDB_CLI_RULES_H
#define KDB_CLI_RULES_H

#include "cli/program.h"

/* Adds those of the file that the options name, if they do. False: not all are good, or memory is
 * out; told. */
bool kdb_cli_add_rules(const kdb_program *program);

#endif
