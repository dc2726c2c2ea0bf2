/* PubMed's XML. */
#ifndef KDB_PUBMED_H
#define KDB_PUBMED_H

#include "services/service.h"

/* A PubmedArticleSet; False: memory is out. */
bool kdb_pubmed_parse(kdb_answer *answer, kdbib_str body);
/* "1023-9" as "1023-1029". In the arena. */
kdbib_str kdb_expand_pages(kdb_arena *arena, kdbib_str pages);
/* 1 to 12 for "Jan", "01", "1"; 0: none. */
unsigned kdb_pubmed_month(kdbib_str text);
/* Without the period that PubMed puts behind a title, and the brackets around a translated one. */
kdbib_str kdb_pubmed_title(kdbib_str title);

#endif
