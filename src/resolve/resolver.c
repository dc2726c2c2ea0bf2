/* Loading and freeing what resolving needs. */
#include "resolve/resolver.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"
#include "url/escapes.h"

/* A longer path is no work's; rules leave it alone. */
#define LONGEST_SUBJECT 4096

kdb_resolver *kdb_resolver_of(kdbib *context) {
    if (context->resolver)
        return context->resolver;
    kdb_resolver *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    if (kdb_matcher_init(&r->matcher) &&
        kdb_tails_read(&r->tails, kdb_embedded(KDBIB_STR("doi-tails.csv"))))
        r->rules =
            kdb_rules_read(context, &r->lookups, "doi-rules.csv",
                           kdb_embedded(KDBIB_STR("doi-rules.csv")), "doi", "example_doi", NULL);
    if (!r->rules) {
        kdb_resolver_free(r);
        return NULL;
    }
    return context->resolver = r;
}

void kdb_resolver_free(kdb_resolver *r) {
    if (!r)
        return;
    for (kdb_rules *rules = r->rules, *next; rules; rules = next) {
        next = rules->next;
        kdb_rules_free(rules);
    }
    kdb_rules_free(r->facts);
    kdb_contradictions_free(r->contradictions);
    kdb_lookups_free(&r->lookups);
    kdb_matcher_free(&r->matcher);
    kdb_tails_free(&r->tails);
    kdb_arena_free(&r->scratch);
    kdb_buffer_free(&r->doi);
    kdb_buffer_free(&r->value);
    kdb_buffer_free(&r->arguments);
    free(r);
}

void kdb_resolver_begin(kdb_resolver *r) {
    r->failed = r->lookups.arena.failed = r->scratch.failed = false;
    kdb_arena_reset(&r->scratch);
    kdb_buffer *const buffers[] = {&r->doi, &r->value, &r->arguments};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        if (buffers[i]->failed)
            kdb_buffer_free(buffers[i]);
}

bool kdb_resolver_failed(const kdb_resolver *r) {
    return r->failed || r->doi.failed || kdb_arena_failed(&r->scratch) ||
           kdb_arena_failed(&r->lookups.arena);
}

bool kdbib_add_doi_rules(kdbib *context, const char *file, kdbib_str csv) {
    kdb_resolver *r = kdb_resolver_of(context);
    size_t bad = 0;
    kdb_rules *rules =
        r ? kdb_rules_read(context, &r->lookups, file, csv, "doi", "example_doi", &bad) : NULL;
    if (!rules)
        return false;
    rules->next = r->rules;
    r->rules = rules;
    return bad == 0;
}

kdbib_str kdb_rule_subject(kdb_arena *arena, const kdb_url *url) {
    if (url->path.size + url->query.size > LONGEST_SUBJECT)
        return (kdbib_str){NULL, 0};
    if (!url->query.size)
        return url->path;
    kdbib_str query = kdb_url_decode(arena, url->query);
    char *text = kdb_arena_alloc(arena, url->path.size + 1 + query.size);
    if (!text)
        return (kdbib_str){NULL, 0};
    memcpy(text, url->path.data, url->path.size);
    text[url->path.size] = '?';
    memcpy(text + url->path.size + 1, query.data, query.size);
    return (kdbib_str){text, url->path.size + 1 + query.size};
}

bool kdb_rule_matches(kdbib *context, const kdb_rules *rules, kdb_rule *rule, kdbib_str subject,
                      kdbib_str groups[KDB_GROUPS]) {
    kdb_match match =
        kdb_pattern_match(&rule->pattern, &context->resolver->matcher, subject, groups);
    if (match == KDB_MATCH_LIMIT && !rule->reported) {
        rule->reported = true;
        kdb_report(context, KDBIB_SEVERITY_WARNING, "rule-limit", rules->file, rule->line, 0,
                   "the pattern gave up on “%.*s”: it tries too many ways", KDB_SHOW(subject));
    }
    context->resolver->failed |= match == KDB_MATCH_MEMORY;
    return match == KDB_MATCH_YES;
}
