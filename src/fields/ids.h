/* DOIs, arXiv ids, dates as other programs spell them. */
#ifndef KDB_FIELDS_IDS_H
#define KDB_FIELDS_IDS_H

#include "base/arena.h"
#include "kdbib/record.h"

/* The DOI in `text` ("https://doi.org/10.…", "doi:10.…"), a view of it; absent when it is none. */
kdbib_str kdb_doi_in(kdbib_str text);
/* The same in lower case, in `arena`. */
kdbib_str kdb_clean_doi(kdb_arena *arena, kdbib_str doi);
/* "arXiv:2004.03042v2", "http://arxiv.org/abs/…", "10.48550/arXiv.…" as id without version, a view
 * of `text`; absent when it is none. */
kdbib_str kdb_arxiv_id(kdbib_str text);
/* "2021-03-05", "2021-03", "2021/3", "2021", "2021-03-05T…"; year 0: no date. */
kdbib_date kdb_parse_date(kdbib_str text);
/* Letters and then digits, nothing else: how many of each. */
bool kdb_is_one_locator(kdbib_str page, size_t *letters, size_t *digits);
/* One page, not the first of a range, that is the number of an article: "102693", "e1008184". */
bool kdb_is_article_number(kdbib_str page);

#endif
