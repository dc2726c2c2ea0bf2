/* Rules: rows of doi-rules.csv and url-facts.csv, found by host. */
#ifndef KDB_RULES_H
#define KDB_RULES_H

#include "base/arena.h"
#include "base/index.h"
#include "kdbib/kdbib.h"
#include "resolve/lookup.h"
#include "resolve/pattern.h"

typedef struct kdb_rule {
    kdbib_str hosts;     /* as written: "arxiv.org *.arxiv.org" */
    kdb_pattern pattern; /* on the path and "?query", decoded; of a DOI prefix: on the DOI */
    kdbib_str template;  /* of the DOI, or the facts */
    kdbib_str example, expected;
    kdbib_basis basis; /* LITERAL, COMPUTED; NONE: a candidate */
    bool stops;        /* the template is "-": nothing follows from such a URL */
    bool reported;     /* its match limit was told */
    uint32_t line;
    const struct kdb_fact_list *facts; /* its template taken apart, see facts.c; NULL: not yet */
} kdb_rule;

typedef struct kdb_rule_link {
    uint32_t rule, next;
} kdb_rule_link;

/* The rules of hosts that were walked over before: lists ask for few, again and again. */
typedef struct kdb_rule_memo {
    kdb_arena arena; /* names of hosts */
    kdb_index hosts; /* to their first place in `rules` */
    uint32_t *rules; /* of one host after the other, each with KDB_INDEX_NONE at its end */
    size_t count, capacity;
} kdb_rule_memo;

typedef struct kdb_rules {
    kdb_arena arena;
    const char *file; /* where they come from */
    kdb_rule *rules;
    size_t count;
    kdb_index hosts;      /* "arxiv.org", "*.arxiv.org", "10.1371", "*" to a link */
    kdb_rule_link *links; /* chains in the order of the rows */
    kdb_rule_memo memo;
    struct kdb_rules *next; /* the set that comes after this one */
} kdb_rules;

/* Reads a table with the columns host, pattern, `template`, basis (or none), example and
 * `expected`. Bad rows are reported and counted in `*bad`. NULL: memory is out. */
kdb_rules *kdb_rules_read(kdbib *context, kdb_lookups *lookups, const char *file, kdbib_str csv,
                          const char *template, const char *expected, size_t *bad);
void kdb_rules_free(kdb_rules *rules);

/* Walk over the rules of a host, surest name first: start with {0}. */
typedef struct kdb_rule_walk {
    kdbib_str suffix;
    uint32_t link;
    unsigned stage;
    bool exact; /* only rules that name the very host or prefix */
} kdb_rule_walk;

/* The next rule for `host` (or a DOI prefix), NULL at the end. One walk at a time. */
kdb_rule *kdb_rules_next(kdb_rules *rules, kdbib_str host, kdb_rule_walk *walk);

#endif
