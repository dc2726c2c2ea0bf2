/* A venue that data/venues.csv knows. */
#ifndef KDB_VENUE_NAME_H
#define KDB_VENUE_NAME_H

#include "kdbib/kdbib.h"

/* Its full name, and whether it is a journal or a conference (or workshop); absent when the table
 * does not know `name`, or it is neither. */
void kdb_venue_full_name(kdbib_str name, kdbib_str *full, bool *journal);

#endif
