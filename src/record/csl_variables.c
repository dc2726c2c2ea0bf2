/* The table that writer and reader of CSL-JSON share. */
#include "record/csl_variables.h"

const kdb_csl_variable kdb_csl_variables[] = {
    {"collection-title", KDBIB_COLLECTION_TITLE, false},
    {"event-title", KDBIB_EVENT_TITLE, false},
    {"event-place", KDBIB_EVENT_PLACE, false},
    {"publisher-place", KDBIB_PUBLISHER_PLACE, false},
    {"volume", KDBIB_VOLUME, false},
    {"issue", KDBIB_ISSUE, false},
    {"edition", KDBIB_EDITION, false},
    {"version", KDBIB_VERSION, false},
    {"archive", KDBIB_ARCHIVE, false},
    {"DOI", KDBIB_DOI, true},
    {"ISBN", KDBIB_ISBN, true},
    {"ISSN", KDBIB_ISSN, true},
    {"PMID", KDBIB_PMID, false},
    {"PMCID", KDBIB_PMCID, false},
    {"language", KDBIB_LANGUAGE, false},
    {"abstract", KDBIB_ABSTRACT, false},
    {"note", KDBIB_NOTE, true},
    {NULL, KDBIB_FIELD_COUNT, false},
};
