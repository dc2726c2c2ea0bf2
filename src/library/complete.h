/* The whole way, with what the program needs beyond the public functions. */
#ifndef KDB_COMPLETE_H
#define KDB_COMPLETE_H

#include "lock/ahead.h"
#include "lock/lock.h"

/* What the URLs of a record tell; for readers, to be called for each record that they read. Rules
 * that are added later do not count for it. False: memory is out. */
bool kdb_complete_early(kdbib *context, kdbib_record *record);
/* The same, and what is decided behind it, for those who know that no lock will speak. */
bool kdb_settle_early(kdbib *context, kdbib_record *record);

/* kdbib_read() of bytes that nobody looks at again: they may go as they are read. */
bool kdb_read_passing(kdbib_bibliography *bibliography, const char *format, const char *file,
                      kdbib_str bytes);

/* kdbib_complete() with a lock that is read already, or soon; those of `options` are not looked at.
 * False: memory is out. */
bool kdb_complete_with(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                       kdb_lock_ahead *ahead);

/* kdbib_complete(); the lock (an empty one when there is none) stays in `*lock` for the caller, who
 * frees it in any case. False: memory is out. */
bool kdb_complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                  kdb_lock **lock);

#endif
