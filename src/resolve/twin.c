/* Rules of one context in another one. */
#include "resolve/twin.h"

#include "library/context.h"
#include "resolve/facts.h"
#include "resolve/resolver.h"

/* Those added first come first; what is bad in them was told. */
static bool add(kdbib *context, const kdb_rules *rules) {
    if (!rules->next) /* the built-in ones */
        return true;
    if (!add(context, rules->next))
        return false;
    const kdb_resolver *r = kdb_resolver_of(context);
    const kdb_rules *before = r ? r->rules : NULL;
    (void)kdbib_add_doi_rules(context, rules->file, rules->csv);
    return r && r->rules != before;
}

bool kdb_twin_rules(kdbib *context, const kdbib *model) {
    return !model->resolver || add(context, model->resolver->rules);
}

static kdb_rule *rule_at(kdb_rules *rules, const char *file, uint32_t line) {
    if (strcmp(rules->file, file) != 0)
        return NULL;
    for (size_t row = 0; row < rules->count; row++)
        if (rules->table.lines[row] == line)
            return kdb_rules_at(rules, row);
    return NULL;
}

/* The rule that the finding is about; NULL: none that is told once, or memory is out. */
static kdb_rule *rule_of(kdbib *context, const kdbib_diagnostic *finding) {
    if (strcmp(finding->name, "rule-limit") != 0 || !finding->file || !kdb_facts_load(context))
        return NULL;
    kdb_rule *rule = rule_at(context->resolver->facts, finding->file, finding->line);
    for (kdb_rules *rules = context->resolver->rules; rules && !rule; rules = rules->next)
        rule = rule_at(rules, finding->file, finding->line);
    return rule;
}

bool kdb_twin_finding_is_new(kdbib *context, const kdbib_diagnostic *finding) {
    kdb_rule *rule = rule_of(context, finding);
    bool before = rule && rule->reported;
    if (rule)
        rule->reported = true;
    return !before;
}

void kdb_twin_finding_waits(kdbib *context, const kdbib_diagnostic *finding) {
    kdb_rule *rule = rule_of(context, finding);
    if (rule)
        rule->reported = false;
}
