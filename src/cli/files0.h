/* --files0-from: names of files out of a file, each ended by a NUL, as `find -print0` writes them.
 */
#ifndef KDB_FILES0_H
#define KDB_FILES0_H

#include "cli/options.h"
#include "kdbib/kdbib.h"

/* Reads the names, if the option was given, as the operands of `options`. Names are names: nothing
 * is expanded. False: told. */
bool kdb_files0_read(kdbib *context, kdb_options *options);
void kdb_files0_free(kdb_options *options);

#endif
