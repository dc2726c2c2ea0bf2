/* One record for a paper that is listed twice. */
#ifndef KDB_UNITE_H
#define KDB_UNITE_H

#include "kdbib/kdbib.h"

/* Unites records of the same DOI or arXiv id, or the same canonical URL, or the same title without
 * contradicting DOIs; a preprint's DOI contradicts no published one. One stays, at the place of the
 * first, and takes over the sections, links and fields that it lacks: the published one, or with
 * `prefer_preprint` the preprint. Records that share a DOI or a URL but not their titles both stay
 * and are reported (same-doi, same-url); united ones are told in a note (duplicate). False: memory
 * is out. */
bool kdb_unite_duplicates(kdbib_bibliography *bibliography, bool prefer_preprint);

#endif
