/* Does a DOI that somebody gave fit the record that it was given to? */
#ifndef KDB_CONTRADICT_H
#define KDB_CONTRADICT_H

#include "kdbib/kdbib.h"

/* Compares `doi` with what the record's URLs told: IEEE document number, PII, arXiv id, or another
 * DOI that the paper link itself shows. Gives the field that contradicts it and what the DOI says
 * in its place (borrowed until the next call), or KDBIB_FIELD_COUNT when nothing does. */
kdbib_field kdb_contradiction(kdbib *context, const kdbib_record *record, kdbib_str doi,
                              kdbib_str *says);

/* Reports a DOI of the lock or of a service that contradicts its record's URLs
 * [doi-contradiction]. False: memory is out. */
bool kdb_report_contradiction(kdbib *context, const kdbib_record *record);

#endif
