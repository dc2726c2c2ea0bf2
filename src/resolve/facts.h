/* What a URL, or a DOI, tells besides: data/url-facts.csv. */
#ifndef KDB_FACTS_H
#define KDB_FACTS_H

#include "resolve/resolver.h"

/* Texts are borrowed from the arena, the URL or DOI, and the rules; what is not known is absent. */
typedef struct kdb_facts {
    bool has_type;
    kdbib_type type;
    kdbib_date date;
    kdbib_str author; /* family name of the first author */
    uint64_t fields;  /* of the texts that are there: bits 1 << field */
    kdbib_str text[KDBIB_FIELD_COUNT];
} kdb_facts;

/* The rules are read on first use; this is one. False: memory is out. */
bool kdb_facts_load(kdbib *context);

/* Texts that are not there are not cleared. */
static inline void kdb_facts_clear(kdb_facts *facts) {
    facts->has_type = false;
    facts->date = (kdbib_date){0};
    facts->author = (kdbib_str){NULL, 0};
    facts->fields = 0;
}
/* Adds to `facts` what the first matching rule of the URL's host tells. False: memory is out. */
bool kdb_facts_of_url(kdbib *context, kdb_arena *arena, const kdb_url *url, kdb_facts *facts);
/* The same for a DOI, by its prefix. */
bool kdb_facts_of_doi(kdbib *context, kdb_arena *arena, kdbib_str doi, kdb_facts *facts);

/* One rule's facts, "type=article; year=20$1; …", as they come out, in `arena`: for the tests. */
kdbib_str kdb_facts_show(kdb_arena *arena, const kdb_facts *facts);

#endif
