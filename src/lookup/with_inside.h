/* The readers of --with, one a format. */
#ifndef KDB_WITH_INSIDE_H
#define KDB_WITH_INSIDE_H

#include "services/service.h"

/* Each adds the entries of a bibliography to `answer`, or sets its problem. False: memory is out.
 */
bool kdb_with_read_json(kdb_answer *answer, kdbib_str bytes);
bool kdb_with_read_ris(kdb_answer *answer, kdbib_str bytes);
bool kdb_with_read_bibtex(kdb_answer *answer, kdbib_str bytes);

#endif
