/* Metadata from a bibliography that the user already has, before the network is asked. */
#ifndef KDB_WITH_H
#define KDB_WITH_H

#include "lookup/session.h"

/* Reads the bytes of a bibliography, .json (CSL-JSON), .ris or .bib by the ending of `path`, and
 * gives its entries to the waiting tasks that they are proved to be: same DOI, arXiv id or URL, or
 * equal title and author or year. False: it is none of these (reported), or memory is out. */
bool kdb_with_file(kdbib *context, kdb_session *session, const char *path, kdbib_str bytes);

#endif
