/* data/doi-contradictions.csv: a field, the values that can be compared, and what a DOI says of it.
 */
#include "resolve/contradict.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/diagnose.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"
#include "record/record.h"
#include "resolve/facts.h"
#include "resolve/template.h"

typedef struct kdb_contradiction_row {
    kdbib_field field;
    kdb_pattern values, pattern;
    bool any_value; /* any that there is can be compared */
    const kdb_template *says;
} row;

struct kdb_contradictions {
    kdb_arena arena;
    row *rows;
    size_t count;
};

void kdb_contradictions_free(struct kdb_contradictions *table) {
    if (!table)
        return;
    for (size_t i = 0; i < table->count; i++) {
        kdb_pattern_free(&table->rows[i].values);
        kdb_pattern_free(&table->rows[i].pattern);
    }
    kdb_arena_free(&table->arena);
    free(table);
}

static struct kdb_contradictions *load(kdb_lookups *lookups) {
    struct kdb_contradictions *t = calloc(1, sizeof *t);
    kdb_table table;
    if (!t ||
        !kdb_table_read(&t->arena, kdb_embedded(KDBIB_STR("doi-contradictions.csv")), &table) ||
        !(t->rows = kdb_arena_array(&t->arena, table.rows, sizeof *t->rows))) {
        kdb_contradictions_free(t);
        return NULL;
    }
    for (size_t i = 0; i < table.rows; i++) {
        row *r = &t->rows[t->count];
        if (!kdbib_field_from_name(
                kdb_table_cell(&table, i, kdb_table_column(&table, KDBIB_STR("field"))), &r->field))
            continue;
        r->values.source =
            kdb_table_cell(&table, i, kdb_table_column(&table, KDBIB_STR("values"))).data;
        r->any_value = kdbib_str_equal(kdbib_str_of(r->values.source), KDBIB_STR("."));
        r->pattern.source =
            kdb_table_cell(&table, i, kdb_table_column(&table, KDBIB_STR("pattern"))).data;
        const char *fault;
        r->says = kdb_template_read(
            &t->arena, kdb_table_cell(&table, i, kdb_table_column(&table, KDBIB_STR("says"))),
            lookups, &fault);
        t->count += r->says != NULL;
    }
    if (kdb_arena_failed(&t->arena)) {
        kdb_contradictions_free(t);
        return NULL;
    }
    return t;
}

/* The paper link shows a DOI of its own, and neither that nor `doi` is a preprint's. */
static bool shows_another(kdbib *context, const kdbib_record *record, kdbib_str doi,
                          kdbib_str *says) {
    kdb_resolver *r = context->resolver;
    kdbib_doi_result result;
    kdbib_str link = kdbib_record_link(record, KDBIB_LINK_PAPER);
    if (!link.size)
        return false;
    r->failed = !kdbib_doi_from_url(context, link, &result);
    if (r->failed || !result.doi.size || kdb_equal_nocase(result.doi, doi))
        return false;
    kdb_facts *facts = kdb_arena_array(&r->scratch, 2, sizeof *facts);
    if (!facts || !kdb_facts_of_doi(context, &r->scratch, result.doi, &facts[0]) ||
        !kdb_facts_of_doi(context, &r->scratch, doi, &facts[1]))
        return false;
    for (int i = 0; i < 2; i++)
        if (facts[i].has_type && facts[i].type == KDBIB_TYPE_ARTICLE)
            return false;
    *says = result.doi;
    return true;
}

static bool matches(kdb_resolver *r, kdb_pattern *pattern, kdbib_str subject,
                    kdbib_str groups[KDB_GROUPS]) {
    kdb_match match = kdb_pattern_match(pattern, &r->matcher, subject, groups);
    r->failed |= match == KDB_MATCH_MEMORY;
    return match == KDB_MATCH_YES;
}

/* `link`: the paper link is asked, too. */
static kdbib_field find(kdbib *context, const kdbib_record *record, kdbib_str doi, bool link,
                        kdbib_str *says) {
    kdb_resolver *r = kdb_resolver_of(context);
    *says = (kdbib_str){NULL, 0};
    if (!r || !doi.size)
        return KDBIB_FIELD_COUNT;
    kdb_resolver_begin(r);
    if (!r->contradictions && !(r->contradictions = load(&r->lookups))) {
        r->failed = true;
        return KDBIB_FIELD_COUNT;
    }
    for (size_t i = 0; i < r->contradictions->count; i++) {
        row *rule = &r->contradictions->rows[i];
        kdbib_str groups[KDB_GROUPS], unused[KDB_GROUPS];
        kdbib_str value = kdbib_record_text(record, rule->field);
        if (!value.size || !matches(r, &rule->pattern, doi, groups) ||
            !(rule->any_value || matches(r, &rule->values, value, unused)))
            continue;
        kdb_template_values values = {groups, KDBIB_STR(""), &r->arguments};
        kdb_buffer_clear(&r->doi);
        if (kdb_template_expand(rule->says, &values, &r->doi) &&
            !kdb_equal_nocase(kdb_buffer_str(&r->doi), value)) {
            *says = kdb_buffer_str(&r->doi);
            return rule->field;
        }
    }
    return link && !kdb_resolver_failed(r) && shows_another(context, record, doi, says)
               ? KDBIB_CANONICAL_URL
               : KDBIB_FIELD_COUNT;
}

kdbib_field kdb_contradiction(kdbib *context, const kdbib_record *record, kdbib_str doi,
                              kdbib_str *says) {
    return find(context, record, doi, true, says);
}

/* A field that a row of the lock may have filled says nothing about the URL. */
static bool is_from_url(const kdbib_record *record, kdbib_field field) {
    kdbib_basis basis = kdbib_record_basis(record, field);
    return field == KDBIB_CANONICAL_URL || basis == KDBIB_BASIS_COMPUTED ||
           basis == KDBIB_BASIS_LITERAL;
}

bool kdb_report_contradiction(kdbib *context, const kdbib_record *record) {
    kdbib_basis basis = kdbib_record_basis(record, KDBIB_DOI);
    if (basis < KDBIB_BASIS_SERVICE)
        return true;
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI), says;
    kdbib_field field = find(context, record, doi, !record->doi_agrees, &says);
    if (!context->resolver || kdb_resolver_failed(context->resolver))
        return false;
    if (field == KDBIB_FIELD_COUNT || !is_from_url(record, field))
        return true;
    kdbib_source source = kdbib_record_source(record);
    kdbib_str shown = kdbib_record_text(record, field);
    kdbib_diagnostic finding = {basis == KDBIB_BASIS_MANUAL ? KDBIB_SEVERITY_NOTE
                                                            : KDBIB_SEVERITY_WARNING,
                                "doi-contradiction", source.file, source.line,
                                .about = kdbib_record_link(record, KDBIB_LINK_PAPER)};
    kdb_report_finding(context, &finding, "the DOI %.*s does not fit %s %.*s, but %.*s",
                       KDB_SHOW(doi),
                       field == KDBIB_CANONICAL_URL ? "the link" : kdbib_field_name(field),
                       KDB_SHOW(shown), KDB_SHOW(says));
    return true;
}
