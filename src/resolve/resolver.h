/* Everything that a context knows about URLs and DOIs, loaded on first use. */
#ifndef KDB_RESOLVER_H
#define KDB_RESOLVER_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"
#include "resolve/literal.h"
#include "resolve/rules.h"
#include "url/canonical.h"

struct kdb_contradictions;

typedef struct kdb_resolver {
    kdb_lookups lookups;
    kdb_matcher matcher;
    kdb_tails tails;
    kdb_rules *rules;                          /* the user's first, the built-in ones last */
    kdb_rules *facts;                          /* data/url-facts.csv; NULL: not yet loaded */
    struct kdb_contradictions *contradictions; /* see contradict.c; likewise */
    kdb_arena scratch;                         /* of the URL in hand */
    kdb_buffer doi;                            /* or the candidate */
    kdb_buffer value, arguments;               /* while a template is expanded */
    bool failed;                               /* a pattern had no memory */
} kdb_resolver;

/* NULL: memory is out. */
kdb_resolver *kdb_resolver_of(kdbib *context);
void kdb_resolver_free(kdb_resolver *resolver);
/* Before each question: forgets texts and failures of the one before. */
void kdb_resolver_begin(kdb_resolver *resolver);
/* Memory was out since then, and "no rule matches" may be untrue. */
bool kdb_resolver_failed(const kdb_resolver *resolver);
void kdb_contradictions_free(struct kdb_contradictions *contradictions);

/* What rules match against: the path, and the query behind a question mark, all decoded. */
kdbib_str kdb_rule_subject(kdb_arena *arena, const kdb_url *url);

/* Matches one rule; tells of a pattern that passed its limits, once. */
bool kdb_rule_matches(kdbib *context, const kdb_rules *rules, kdb_rule *rule, kdbib_str subject,
                      kdbib_str groups[KDB_GROUPS]);

/* What kdbib_doi_from_url() does, on a URL that was read; texts live in the resolver. */
bool kdb_find_doi(kdbib *context, const kdb_url *url, kdbib_doi_result *result);

#endif
