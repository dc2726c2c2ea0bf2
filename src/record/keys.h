/* Citation keys. */
#ifndef KDB_KEYS_H
#define KDB_KEYS_H

#include "kdbib/kdbib.h"
#include "lock/lock.h"

/* Gives every record without a key one (`yu2019uncertainty`) that no other record and no row of
 * `lock` (may be NULL) has. A key depends on its own record and on true collisions only. */
bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock);

#endif
