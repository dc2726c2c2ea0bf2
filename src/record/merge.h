/* Two records of one work become one. */
#ifndef KDB_MERGE_H
#define KDB_MERGE_H

#include "kdbib/record.h"

/* Fills what `record` lacks from `other`: fields, links, sections. When the two are different
 * versions of the work (a preprint and what was published) only what holds for both is taken over.
 * `other_first`: the other's sections, place in the list and key come first. False: memory is out.
 */
bool kdb_merge_record(kdbib_record *record, const kdbib_record *other, bool same_version,
                      bool other_first);

#endif
