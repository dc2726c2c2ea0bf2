/* What a link leads to: by its label ("PDF", "论文", "PyTorch"), by its host, by both. */
#ifndef KDB_FIELDS_LABELS_H
#define KDB_FIELDS_LABELS_H

#include "fields/venue.h"

typedef struct kdb_label {
    bool is_label;   /* the text is a label and never a title: "Paper", "[ICCV2019]", "📄 PDF:" */
    bool generic;    /* a label that names no role: "Link", "here", "Official" */
    bool preprint;   /* names a preprint server */
    bool search;     /* leads to search results: "scholar" */
    kdbib_role role; /* KDBIB_ROLE_COUNT: unknown */
    kdbib_role host; /* what the host alone says; set by kdb_link_role() */
    kdb_venue venue; /* of a label such as "JBHI2022" or "arXiv:2303.03543", else empty */
    unsigned score;  /* of the venue */
} kdb_label;

/* Reads the text of a link or the word before one. An image label is given by its alt text. */
void kdb_label_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdb_label *label);

/* The text is nothing but labels: "Paper", "[code]", "Link", "arXiv", "PDF | Code". */
bool kdb_is_label(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);

/* False: the text is no label unless it is a venue, as no label begins so. Quick to say. */
bool kdb_may_be_label(const kdb_fields *fields, kdbib_str text);

/* What the host (and path) of `url` tells. */
kdb_link_word kdb_link_host(const kdb_fields *fields, kdbib_str url);
/* It tells that the link leads to a paper or its file. */
static inline bool kdb_hosts_papers(kdb_link_word host) {
    return host.role == KDBIB_LINK_PAPER || host.role == KDBIB_LINK_PDF;
}

/* Both: a label that names a role beats the host; a generic label or a title leaves it to the host;
 * an unknown host under a title is a paper. `label` may be empty. Fills `result` (may be NULL) as
 * kdb_label_parse() does. */
kdbib_role kdb_link_role(kdb_arena *arena, const kdb_fields *fields, kdbib_str label,
                         kdb_link_word host, kdb_label *result);

/* What a header or a field's name announces, alone or followed by a colon; `role` (may be NULL) is
 * set for LINK. */
kdb_field_label kdb_field_label_of(const kdb_fields *fields, kdbib_str text, kdbib_role *role);

#endif
