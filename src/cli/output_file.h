/* Where a result goes: a file that is whole or not there, or standard output. */
#ifndef KDB_OUTPUT_FILE_H
#define KDB_OUTPUT_FILE_H

#include "kdbib/output.h"

typedef struct kdb_output_file kdb_output_file;

/* Opens `path` for writing; NULL or "-" is standard output. A regular file is written beside itself
 * and put in place by kdb_output_file_commit(); a symbolic link is followed; devices and pipes are
 * written as they are. NULL: not possible, and told on standard error. */
kdb_output_file *kdb_output_file_open(const char *path);
/* What to write to; closed by commit and abandon. */
kdbib_output *kdb_output_file_output(kdb_output_file *file);

/* Writes what is still to be written, to the disk. False: told; the file is to be abandoned. */
bool kdb_output_file_sync(kdb_output_file *file);
/* Puts the file in place and frees. False: nothing was put in place, and it was told (but not a
 * reader that went away, as `| head` does). */
bool kdb_output_file_commit(kdb_output_file *file);
/* Leaves everything as it was and frees. NULL is allowed. */
void kdb_output_file_abandon(kdb_output_file *file);

/* Makes sure that the three standard descriptors are open, so that no file gets one of them. */
void kdb_output_file_guard_standard(void);

#endif
