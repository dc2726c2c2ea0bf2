/* From the words of the registries to those of a record: what every mapping needs. All of these set
 * values with basis SERVICE and do nothing for an empty value; failures stick to the record's arena
 * or the answer's. */
#ifndef KDB_FACTS_H
#define KDB_FACTS_H

#include "fields/ids.h"
#include "services/service.h"

/* A title with the markup of a registry (HTML, JATS, MathML, entities once or twice), and a
 * subtitle joined with ": " unless the title holds it already. */
void kdb_fact_title(kdb_answer *answer, kdb_hit *hit, kdbib_str title, kdbib_str subtitle);
/* Plain text: markup dropped, entities decoded, blanks collapsed. In the answer's arena. */
kdbib_str kdb_plain_text(kdb_answer *answer, kdbib_str text);
/* kdb_plain_text() of `text` as `field`. */
void kdb_fact_text(kdb_answer *answer, kdb_hit *hit, kdbib_field field, kdbib_str text);
/* A person; an empty given name with a family of several words stays as it is. */
void kdb_fact_name(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str family,
                   kdbib_str given, kdbib_str suffix);
/* A person of whom only "Given Family" or "Family, Given" is known. */
void kdb_fact_display_name(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str name);
void kdb_fact_body(kdb_answer *answer, kdb_hit *hit, kdbib_field which, kdbib_str name);
/* Pages or article number, as `pages` and `number` of a registry mean them: never both. After the
 * DOI, the volume and the type. */
void kdb_fact_pages(kdb_answer *answer, kdb_hit *hit, kdbib_str pages, kdbib_str number);
/* Adds to the ISSNs or ISBNs, each once, in their usual spelling; no valid one: dropped. */
void kdb_fact_issn(kdb_answer *answer, kdb_hit *hit, kdbib_str issn);
void kdb_fact_isbn(kdb_answer *answer, kdb_hit *hit, kdbib_str isbn);
/* A DOI in any spelling (URL, "doi:", upper case). */
void kdb_fact_doi(kdb_answer *answer, kdb_hit *hit, kdbib_str doi);
/* Container and series of a chapter or paper: of two titles the one that is a series of proceedings
 * (data/proceedings-series.csv) becomes the collection; a chapter in such a series is a conference
 * paper. `series` may be empty. */
void kdb_fact_container(kdb_answer *answer, kdb_hit *hit, kdbib_str container, kdbib_str series);

#endif
