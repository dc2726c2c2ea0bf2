/* One record for a paper that is listed twice. */
#ifndef KDB_UNITE_H
#define KDB_UNITE_H

#include "kdbib/kdbib.h"

/* Unites records of the same DOI, or the same canonical URL, or the same title without
 * contradicting DOIs. The first one stays and takes over the sections, links and fields that it
 * lacks. */
bool kdb_unite_duplicates(kdbib_bibliography *bibliography);

#endif
