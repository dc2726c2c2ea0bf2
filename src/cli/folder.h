/* A folder as input: its Markdown files. */
#ifndef KDB_FOLDER_H
#define KDB_FOLDER_H

#include "kdbib/kdbib.h"

/* Calls `each` for every .md or .markdown file of `folder` (not of folders within, not for hidden
 * files), sorted by the bytes of their names. False when one call said so, or when there is none or
 * the folder cannot be read (reported). */
bool kdb_folder_each_list(kdbib *context, const char *folder,
                          bool (*each)(void *user, const char *path), void *user);

#endif
