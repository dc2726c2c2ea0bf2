/* The door to data/venues.csv. */
#include "resolve/venue_name.h"

#include "fields/venue.h"

void kdb_venue_full_name(kdbib_str name, kdbib_str *full, bool *journal) {
    const kdb_known_venue *known = kdb_venue_find(kdb_word_tables(), name);
    *full = (kdbib_str){NULL, 0};
    if (!known)
        return;
    *journal = known->kind == KDB_VENUE_JOURNAL;
    if (*journal || known->kind == KDB_VENUE_CONFERENCE || known->kind == KDB_VENUE_WORKSHOP)
        *full = known->full_name.size ? known->full_name : known->name;
}
