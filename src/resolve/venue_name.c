/* The door to data/venues.csv. */
#include "resolve/venue_name.h"

#include "fields/venue.h"

bool kdb_venue_full_name(kdbib *context, kdbib_str name, kdbib_str *full, bool *journal) {
    const kdb_fields *fields = kdb_fields_of(context);
    *full = (kdbib_str){NULL, 0};
    if (!fields)
        return false;
    const kdb_known_venue *known = kdb_venue_find(fields, name);
    if (!known)
        return true;
    *journal = known->kind == KDB_VENUE_JOURNAL;
    if (*journal || known->kind == KDB_VENUE_CONFERENCE || known->kind == KDB_VENUE_WORKSHOP)
        *full = known->full_name.size ? known->full_name : known->name;
    return true;
}
