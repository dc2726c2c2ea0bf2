/* The parts of the BibTeX reader. */
#ifndef KDB_BIBTEX_INSIDE_H
#define KDB_BIBTEX_INSIDE_H

#include "from/from.h"
#include "text/bibtex_syntax.h"
#include "text/bibtex_value.h"

/* What fields mean; several names may mean one thing. */
typedef enum kdb_bib_slot {
    BIB_ABSTRACT,
    BIB_ADDRESS,
    BIB_ANNOTE,
    BIB_ARCHIVE,
    BIB_ARCHIVE_CLASS,
    BIB_AUTHOR,
    BIB_BOOKTITLE,
    BIB_CROSSREF,
    BIB_DATE,
    BIB_DAY,
    BIB_DOI,
    BIB_EDITION,
    BIB_EDITOR,
    BIB_EID,
    BIB_EPRINT,
    BIB_EVENT,
    BIB_HOWPUBLISHED,
    BIB_ISBN,
    BIB_ISSN,
    BIB_ISSUE,
    BIB_JOURNAL,
    BIB_KEYWORDS,
    BIB_LANGUAGE,
    BIB_MONTH,
    BIB_NOTE,
    BIB_NUMBER,
    BIB_ORGANIZATION,
    BIB_PAGES,
    BIB_PMCID,
    BIB_PMID,
    BIB_PUBLISHER,
    BIB_SCHOOL,
    BIB_SERIES,
    BIB_SHORT_JOURNAL,
    BIB_SUBTITLE,
    BIB_TITLE,
    BIB_TYPE,
    BIB_URL,
    BIB_VENUE,
    BIB_VERSION,
    BIB_VOLUME,
    BIB_XDATA,
    BIB_YEAR,
    BIB_SLOTS
} kdb_bib_slot;

/* An entry, its fields by what they mean; absent ones have no data. */
typedef struct kdb_bib_item {
    kdbib_str type, key;
    uint32_t line;
    bool completed; /* crossref and xdata are worked in */
    kdbib_str of[BIB_SLOTS];
} kdb_bib_item;

/* The record of one entry, with its key. `values` decodes. */
void kdb_bib_to_record(kdb_from *from, kdb_bibtex_values *values, const kdb_bib_item *item);
/* An entry type that is no work: @xdata, @set. */
bool kdb_bib_is_no_work(kdbib_str type);

/* "Last, First and {Body} and others" onto the record. */
void kdb_bib_read_names(kdb_from *from, kdb_bibtex_values *values, kdbib_record *record,
                        kdbib_field which, kdbib_str list);

#endif
