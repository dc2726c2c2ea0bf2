/* A reference as people read it, in pieces of plain text: html and markdown have them in common. */
#ifndef KDB_REFERENCE_H
#define KDB_REFERENCE_H

#include "base/buffer.h"
#include "kdbib/record.h"

/* "Laurens van der Maaten, Martin King Jr. et al.", appended; nothing without authors. */
void kdb_reference_names(const kdbib_record *record, kdb_buffer *text);

/* Where and when the work appeared: what it stands in (or else its server or its publisher), and
 * what follows that, into `rest`, which is cleared first: " (MICCAI), LNCS 9351, 234–241, 2015". */
void kdb_reference_place(const kdbib_record *record, kdbib_str *container, kdb_buffer *rest);

/* State of a walk over the links of a record; start with {0}. */
typedef struct kdb_reference_links {
    kdbib_cursor cursor;
    int role;
    bool doi_given;
} kdb_reference_links;

/* The next link: the DOI's, made in `scratch`, then the others by their roles; a paper link that
 * only restates the DOI is left out. `*label` says what stands there: "DOI", "PDF", "Code". */
bool kdb_reference_next_link(const kdbib_record *record, kdb_reference_links *walk,
                             kdb_buffer *scratch, kdbib_str *url, const char **label);

/* https://doi.org/ and the DOI, its odd characters percent-encoded, in `url`, which is cleared
 * first; absent without a DOI. */
kdbib_str kdb_reference_doi_url(const kdbib_record *record, kdb_buffer *url);

/* `section` is `ancestor` or stands below it. */
bool kdb_section_is_in(const kdbib_section *section, const kdbib_section *ancestor);

#endif
