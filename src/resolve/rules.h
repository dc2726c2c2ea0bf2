/* Rules: rows of doi-rules.csv and url-facts.csv, found by host. */
#ifndef KDB_RULES_H
#define KDB_RULES_H

#include "base/arena.h"
#include "base/csv.h"
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
    bool bad;          /* it is not to be used */
    uint32_t line;
    const struct kdb_template *parts;  /* its template taken apart; NULL: not yet */
    const struct kdb_fact_list *facts; /* the same of a list of facts, see facts.c */
} kdb_rule;

/* The rules of hosts that were asked for before: lists ask for few, again and again. */
typedef struct kdb_rule_memo {
    kdb_arena arena; /* names of hosts */
    kdb_index hosts; /* to their first place in `rows` */
    uint32_t *rows;  /* of one host after the other, each with KDB_NO_RULE at its end */
    size_t count, capacity;
} kdb_rule_memo;

typedef struct kdb_rules {
    kdb_arena arena;
    const char *file; /* where they come from */
    kdbib_str csv;    /* as read, of rules that were checked */
    kdb_table table;
    size_t columns[6]; /* see rules.c */
    kdb_rule *rules;   /* of each row */
    bool *read;        /* which of them are */
    size_t count;
    kdb_rule_memo hosts, prefixes;
    struct kdb_rules *next; /* the set that comes after this one */
} kdb_rules;

/* Reads a table with the columns host, pattern, `template`, basis (or none), example and
 * `expected`. With `bad`, all rows are read and checked; those that are bad are reported, counted
 * in `*bad` and left out. Else a row is read when it is asked for. NULL: memory is out. */
kdb_rules *kdb_rules_read(kdbib *context, kdb_lookups *lookups, const char *file, kdbib_str csv,
                          const char *template, const char *expected, size_t *bad);
void kdb_rules_free(kdb_rules *rules);

/* The rule of a row. */
kdb_rule *kdb_rules_at(kdb_rules *rules, size_t row);

#define KDB_NO_RULE UINT32_MAX

/* The rows of the rules for `host`, surest name first, up to KDB_NO_RULE; until the next call. With
 * `exact` only those that name it, as a DOI prefix is. NULL: memory is out. */
const uint32_t *kdb_rules_of(kdb_rules *rules, kdbib_str host, bool exact);

#endif
