/* Citation keys: `yu2019uncertainty`, the first author's family (without particle), the year, and
 * the first word of the title that says something; without an author or a body three words of the
 * title and the year; without a title what the DOI or the URL ends with. Only a to z and 0 to 9, a
 * letter first.
 *
 * Records that would have one key all get longer ones, by words of their titles, then by a hash of
 * what identifies them; so no key depends on the order of entries. A key that stands in the lock is
 * never changed, nor given to another record. */
#ifndef KDB_KEYS_H
#define KDB_KEYS_H

#include "kdbib/kdbib.h"
#include "lock/lock.h"

/* Gives every record without a key one that no other record and no row of `lock` (may be NULL) has,
 * in any case of letters. A record whose key another one before it has already is reported and gets
 * a new one. False: memory is out. */
bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock);

#endif
