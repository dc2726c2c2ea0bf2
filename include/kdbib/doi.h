/* What a URL alone tells of the DOI of the work it leads to. Offline, by rules that are data. */
#ifndef KDBIB_DOI_H
#define KDBIB_DOI_H

#include <stdint.h>

#include "kdbib/record.h"

struct kdbib;

/* All texts are borrowed and valid until the next call with the same context. */
typedef struct kdbib_doi_result {
    kdbib_str canonical_url; /* absent: it is no URL that kdbib understands */
    kdbib_str doi;           /* absent: the URL does not tell it */
    kdbib_basis basis;       /* LITERAL, COMPUTED, or NONE without a DOI */
    kdbib_str candidate;     /* without a DOI: one that only a look-up can confirm */
    const char *rule_file;   /* of the rule that gave the DOI or the candidate; NULL: the general
                                rule for a DOI that stands in the URL, or none */
    uint32_t rule_line;
} kdbib_doi_result;

/* False only when memory is out. A URL that tells nothing gives a result without a DOI. */
bool kdbib_doi_from_url(struct kdbib *context, kdbib_str url, kdbib_doi_result *result);

/* Adds rules (CSV, see docs/rules.md) that come before the built-in ones and before those added
 * earlier. They count for the lists that are read after it. Every bad row is reported with its line
 * in `file`; false when there was one, or when memory is out. */
bool kdbib_add_doi_rules(struct kdbib *context, const char *file, kdbib_str csv);

#endif
