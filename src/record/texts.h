/* All texts of a record at once: for those who ask for many of them. */
#ifndef KDB_TEXTS_H
#define KDB_TEXTS_H

#include "kdbib/record.h"

/* The texts by their fields, as kdbib_record_text() gives them, found in one walk. Gives the bits
 * (1 << field) of those that are there. */
uint64_t kdb_record_texts(const kdbib_record *record, kdbib_str texts[KDBIB_FIELD_COUNT]);

/* The same for where they come from; what is not there has KDBIB_BASIS_NONE. */
void kdb_record_bases(const kdbib_record *record, kdbib_basis bases[KDBIB_FIELD_COUNT]);

/* The roles that a link of the record may have, bits (1 << role): it has none of any other. */
unsigned kdb_record_roles(const kdbib_record *record);

#endif
