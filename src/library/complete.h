/* Completing a bibliography with a lock that stays open. */
#ifndef KDB_COMPLETE_H
#define KDB_COMPLETE_H

#include "lock/lock.h"

/* kdbib_complete(); the lock (an empty one when there is none) stays in `*lock` for the caller, who
 * frees it in any case. False: memory is out. */
bool kdb_complete(kdbib_bibliography *bibliography, const kdbib_complete_options *options,
                  kdb_lock **lock);

#endif
