/* DataCite's own XML, and what its JSON shares with it. */
#ifndef KDB_DATACITE_XML_H
#define KDB_DATACITE_XML_H

#include "services/service.h"

/* Kernel 2 to 4, one resource. False: memory is out. */
bool kdb_datacite_parse_xml(kdb_answer *answer, kdbib_str body);
/* Sets the type by resourceTypeGeneral, the registrant's own word, CSL's word (may be empty). */
kdbib_type kdb_datacite_type(kdb_answer *answer, kdb_hit *hit, kdbib_str general, kdbib_str own,
                             kdbib_str csl);
/* Publisher, and of a preprint its archive and arXiv id. */
void kdb_datacite_finish(kdb_answer *answer, kdb_hit *hit, kdbib_str publisher);

#endif
