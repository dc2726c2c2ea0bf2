/* From a URL to a DOI: the rules of its host, then a DOI that stands in it. */
#include "kdbib/doi.h"

#include "base/strings.h"
#include "library/context.h"
#include "resolve/resolver.h"
#include "resolve/template.h"

typedef struct search {
    kdbib *context;
    kdb_resolver *resolver;
    const kdb_url *url;
    kdbib_str host, subject;
    bool exact;
    kdbib_doi_result *result;
} search;

typedef enum found { NOTHING, DOI, CANDIDATE, NO_DOI } found;

/* A DOI ends where a text does; what cannot stand in one, a template should not have let through.
 */
static bool is_sound(kdbib_str doi) {
    if (!kdb_starts_with(doi, KDBIB_STR("10.")) || doi.size < 8 || doi.size > 2048)
        return false;
    for (size_t i = 0; i < doi.size; i++)
        if ((unsigned char)doi.data[i] <= ' ' || (unsigned char)doi.data[i] >= 0x7f)
            return false;
    return kdb_find_char(doi, '/', 0) != SIZE_MAX;
}

/* What the rule makes of the groups of its pattern, in the resolver's `doi`; false: nothing. */
static bool fill_template(search *s, kdb_rules *rules, kdb_rule *rule, const kdbib_str *groups) {
    kdb_resolver *r = s->resolver;
    const char *fault;
    if (!rule->parts)
        rule->parts = kdb_template_read(&rules->arena, rule->template, &r->lookups, &fault);
    r->failed |= !rule->parts; /* the tests see to it that the built-in ones are good */
    const kdb_template_values values = {groups, s->url->host, &r->arguments};
    return rule->parts && kdb_template_expand(rule->parts, &values, &r->doi) &&
           is_sound(kdb_buffer_str(&r->doi));
}

/* The first rule that matches and whose template gives something has the last word. */
static found try_rules(search *s) {
    for (kdb_rules *rules = s->resolver->rules; rules; rules = rules->next) {
        const uint32_t *rows = kdb_rules_of(rules, s->host, s->exact);
        s->resolver->failed |= !rows;
        for (; rows && *rows != KDB_NO_RULE; rows++) {
            kdb_rule *rule = kdb_rules_at(rules, *rows);
            kdbib_str groups[KDB_GROUPS];
            if (!kdb_rule_matches(s->context, rules, rule, s->subject, groups))
                continue;
            kdb_buffer_clear(&s->resolver->doi);
            if (!rule->stops && !fill_template(s, rules, rule, groups))
                continue;
            s->result->rule_file = rules->file;
            s->result->rule_line = rule->line;
            s->result->basis = rule->stops ? KDBIB_BASIS_NONE : rule->basis;
            return rule->stops ? NO_DOI : rule->basis == KDBIB_BASIS_NONE ? CANDIDATE : DOI;
        }
    }
    return NOTHING;
}

/* What the rules of its prefix make of a DOI that was found in the URL. */
static found shape_literal(search *s, kdbib_str doi, kdbib_str registrant) {
    search shape = *s;
    shape.host = registrant;
    shape.subject = doi;
    shape.exact = true;
    found what = try_rules(&shape);
    if (what == NOTHING) {
        kdb_buffer_clear(&s->resolver->doi);
        kdb_buffer_add_str(&s->resolver->doi, doi);
        what = is_sound(doi) ? DOI : NOTHING;
    }
    if (what == DOI)
        s->result->basis = KDBIB_BASIS_LITERAL;
    return what;
}

bool kdb_find_doi(kdbib *context, const kdb_url *url, kdbib_doi_result *result) {
    kdb_resolver *r = context->resolver;
    search s = {.context = context,
                .resolver = r,
                .url = url,
                .host = url->host,
                .subject = kdb_rule_subject(&r->scratch, url),
                .result = result};
    if (!s.subject.data) /* too long for a work's URL */
        return !kdb_arena_failed(&r->scratch);
    found what = try_rules(&s);
    if (what == NOTHING) {
        kdbib_str registrant;
        kdbib_str doi = kdb_literal_doi(&r->tails, &r->scratch, url, &registrant);
        if (doi.size)
            what = shape_literal(&s, doi, registrant);
    }
    if (what == DOI)
        result->doi = kdb_buffer_str(&r->doi);
    else if (what == CANDIDATE)
        result->candidate = kdb_buffer_str(&r->doi);
    return !kdb_resolver_failed(r);
}

bool kdbib_doi_from_url(kdbib *context, kdbib_str url, kdbib_doi_result *result) {
    *result = (kdbib_doi_result){0};
    kdb_resolver *r = kdb_resolver_of(context);
    if (!r)
        return false;
    kdb_resolver_begin(r);
    kdb_url parts;
    if (!kdb_url_read(context, &r->scratch, url, &parts))
        return !kdb_arena_failed(&r->scratch);
    result->canonical_url = kdb_url_text(&r->scratch, &parts);
    return kdb_find_doi(context, &parts, result);
}
