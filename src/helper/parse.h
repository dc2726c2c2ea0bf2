/* Reading stored answers. */
#ifndef KDB_PARSE_H
#define KDB_PARSE_H

#include "kdbib/kdbib.h"

/* Writes the records of the answer in file `path` to standard output. Gives the exit status. */
int kdb_parse_answer(kdbib *context, const char *service, const char *path);

#endif
