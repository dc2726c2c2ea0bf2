/* The rules of data/: each one's own example, and what must not be in the tables. */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"
#include "resolve/facts.h"
#include "resolve/template.h"

static int wrong;

static void complain(const char *file, uint32_t line, const char *what, kdbib_str detail) {
    wrong++;
    print_error("%s:%u: %s: %.*s\n", file, line, what, (int)detail.size,
                detail.data ? detail.data : "");
}

static void test_doi_rules_give_their_examples(void **state) {
    kdbib *context = *state;
    kdb_rules *rules = kdb_resolver_of(context)->rules;
    assert_true(rules->count > 100);
    wrong = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const kdb_rule *rule = kdb_rules_at(rules, i);
        kdbib_doi_result result;
        assert_true(kdbib_doi_from_url(context, rule->example, &result));
        kdbib_str got = rule->basis == KDBIB_BASIS_NONE ? result.candidate : result.doi;
        if (!kdb_equal_nocase(got, rule->expected))
            complain(rules->file, rule->line, "the example gives", got);
        if (!result.rule_file || result.rule_line != rule->line)
            complain(rules->file, rule->line, "the example does not reach this rule",
                     rule->example);
        if (!rule->stops && rule->basis != KDBIB_BASIS_NONE && result.basis != rule->basis)
            complain(rules->file, rule->line, "another basis",
                     kdbib_str_of(kdbib_basis_name(result.basis)));
    }
    assert_int_equal(wrong, 0);
}

static void test_facts_give_their_examples(void **state) {
    kdbib *context = *state;
    kdb_arena arena = {0};
    kdb_facts facts = {0};
    assert_true(kdb_facts_of_doi(context, &arena, KDBIB_STR("10.1000/x"), &facts));
    kdb_rules *rules = kdb_resolver_of(context)->facts;
    assert_true(rules->count > 50);
    wrong = 0;
    for (size_t i = 0; i < rules->count; i++) {
        const kdb_rule *rule = kdb_rules_at(rules, i);
        kdb_url url;
        kdbib_doi_result result;
        memset(&facts, 0, sizeof facts);
        assert_true(kdb_url_read(context, &arena, rule->example, &url));
        assert_true(kdbib_doi_from_url(context, rule->example, &result));
        if (kdb_starts_with(rule->hosts, KDBIB_STR("10.")))
            assert_true(kdb_facts_of_doi(context, &arena, result.doi, &facts));
        else
            assert_true(kdb_facts_of_url(context, &arena, &url, &facts));
        kdbib_str got = kdb_facts_show(&arena, &facts);
        if (!kdbib_str_equal(got, rule->expected))
            complain(rules->file, rule->line, "the example gives", got);
    }
    kdb_arena_free(&arena);
    assert_int_equal(wrong, 0);
}

/* ---- lint ---- */

/* A host that stands twice in one row, or in two rows of the same pattern and template. */
static void lint_hosts(kdb_rules *rules) {
    kdb_arena arena = {0};
    kdb_index seen = {0};
    for (size_t i = 0; i < rules->count; i++) {
        const kdb_rule *rule = kdb_rules_at(rules, i);
        for (size_t at = 0; at < rule->hosts.size;) {
            size_t end = kdb_find_char(rule->hosts, ' ', at);
            kdbib_str host = kdb_slice(rule->hosts, at, end);
            at = end == SIZE_MAX ? rule->hosts.size : end + 1;
            kdbib_str name = kdb_arena_format(&arena, "%.*s %s %s", (int)host.size, host.data,
                                              rule->pattern.source, rule->template.data);
            uint32_t *place = kdb_index_put(&seen, name);
            assert_non_null(place);
            if (*place != KDB_INDEX_NONE)
                complain(rules->file, rule->line, "host and pattern stand twice", host);
            *place = rule->line;
            for (size_t k = 0; k < host.size; k++)
                if (kdb_is_upper(host.data[k]))
                    complain(rules->file, rule->line, "a host in capitals", host);
            if (kdb_starts_with(host, KDBIB_STR("www.")))
                complain(rules->file, rule->line, "a host with www.", host);
        }
    }
    kdb_index_free(&seen);
    kdb_arena_free(&arena);
}

static void lint(kdb_resolver *r, kdb_rules *rules) {
    for (size_t i = 0; i < rules->count; i++) {
        kdb_rule *rule = kdb_rules_at(rules, i);
        if (rule->bad)
            complain(rules->file, rule->line, "no such basis", rule->template);
        kdb_pattern copy = {.source = rule->pattern.source};
        char error[160];
        size_t offset;
        if (!kdb_pattern_compile(&copy, error, sizeof error, &offset))
            complain(rules->file, rule->line, "no good pattern", kdbib_str_of(error));
        kdb_pattern_free(&copy);
        const char *fault;
        kdb_arena arena = {0};
        const kdb_template *template =
            kdb_template_read(&arena, rule->template, &r->lookups, &fault);
        assert_true(template || fault);
        kdb_arena_free(&arena);
        if (fault)
            complain(rules->file, rule->line, fault, rule->template);
        if (!rule->example.size || (!rule->expected.size && !rule->stops))
            complain(rules->file, rule->line, "no example", rule->hosts);
    }
    lint_hosts(rules);
}

static void test_lint(void **state) {
    kdbib *context = *state;
    kdb_resolver *r = kdb_resolver_of(context);
    wrong = 0;
    lint(r, r->rules);
    lint(r, r->facts);
    assert_int_equal(wrong, 0);
}

/* Keys of tables without ranges stand once. */
static void test_lookup_keys_are_unique(void **state) {
    (void)state;
    static const char *const names[] = {
        "mdpi",         "acl-volumes",       "osf-preprints",  "rss",  "elsevier-series",
        "copernicus",   "oup-journals",      "now-publishers", "aps",  "pii-journals",
        "pmlr",         "acl-venues",        "usenix",         "plos", "nature-slugs",
        "doi-journals", "ieee-publications", "lancet-series",
    };
    wrong = 0;
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        kdb_lookups lookups = {0};
        const kdb_lookup *table = kdb_lookup_table(&lookups, kdbib_str_of(names[n]));
        assert_non_null(table);
        assert_true(table->table.rows > 0);
        for (size_t row = 0; row < table->table.rows; row++)
            if (kdb_table_row(&table->table, kdb_table_cell(&table->table, row, 0)) != row)
                complain(names[n], table->table.lines[row], "the key stands before",
                         kdb_table_cell(&table->table, row, 0));
        kdb_lookups_free(&lookups);
    }
    assert_int_equal(wrong, 0);
}

static void test_tails(void **state) {
    kdbib *context = *state;
    kdb_arena arena = {0};
    kdb_table table;
    assert_true(kdb_table_read(&arena, kdb_embedded(KDBIB_STR("doi-tails.csv")), &table));
    wrong = 0;
    for (size_t row = 0; row < table.rows; row++) {
        kdbib_doi_result result;
        assert_true(kdbib_doi_from_url(context, kdb_table_cell(&table, row, 3), &result));
        if (!kdbib_str_equal(result.doi, kdb_table_cell(&table, row, 4)))
            complain("doi-tails.csv", table.lines[row], "the example gives", result.doi);
    }
    kdb_arena_free(&arena);
    assert_int_equal(wrong, 0);
}

static int open_context(void **state) {
    *state = kdbib_new();
    return *state ? 0 : -1;
}

static int close_context(void **state) {
    kdbib_free(*state);
    return 0;
}

/* What is looked for before a pattern is tried must stand in whatever it matches. */
/* More hosts than are remembered, each twice: the rules of a domain are theirs before and after. */
static void test_many_hosts(void **state) {
    kdbib_doi_result result;
    char url[96];
    for (int i = 0; i < 10000; i++) {
        snprintf(url, sizeof url, "https://h%d.nature.com/articles/nature14539", i % 5000);
        assert_true(kdbib_doi_from_url(*state, kdbib_str_of(url), &result));
        assert_str_is(result.doi, "10.1038/nature14539");
        snprintf(url, sizeof url, "https://h%d.example.org/articles/nature14539", i % 5000);
        assert_true(kdbib_doi_from_url(*state, kdbib_str_of(url), &result));
        assert_int_equal(result.doi.size, 0);
    }
}

static void test_needles(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"^/records?/(\\d+)$", "/record"},
        {"a|b", ""},
        {"(?:pii/?|/)B978(012)(\\d)", "b978012"},
        {"ab(c(?:d)()e)f", "abcdef"},
        {"ab(c|d)ef", "ab"},
        {"ab(c(?:d|e)fgh)i", "fghi"},
        {"ab(cd)?e", "ab"},
        {"ab(?<=cdef)gh", "ab"},
        {"a(\\)[)|])b", "a)"},
        {"\\.pdf", ".pdf"},
        {"ab*cd", "cd"},
        {"ab{0,2}cde", "cde"},
        {"(?i)abc", ""},
        {"[]a]xy[^]]", "xy"},
        {"[[:alpha:]]xyz", ""},
        {"\\Qa.b\\E", ""},
        {"(\\d)ab\\1", ""},
        {"ab(?=cdef)(?#note)", ""},
        {"ab+?cd", "cd"},
        {"abcdefghijklmnopqrst", "abcdefghijklmno"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char needle[KDB_NEEDLE_SIZE];
        size_t size = kdb_pattern_needle(cases[i][0], needle);
        assert_str_is(((kdbib_str){needle, size}), cases[i][1]);
    }
}

static void test_templates(void **state) {
    static const char *const cases[][2] = {
        {"10.1/$1", "10.1/ab1"},
        {"$1$2-$host", "ab107-X.org"},
        {"{upper $1}", "AB1"},
        {"{capital $1-$1}", "Ab1-Ab1"},
        {"{lower $host/$4}", "x.org/"},
        {"{upper $x}", "$X"},
        {"{upper $x$1}", "$XAB1"},
        {"{%04d $2}", "0007"},
        {"{%d $2}", "7"},
        {"{%d $1}", ""},
        {"{+1986 $2}.", "1993."},
        {"{-8 $2}", ""},
        {"{-1 $2}", "6"},
        {"a{mdpi.code $3}$2", "amti07"},
        {"{mdpi.code $1}", ""},
        {"{%d $4}", ""},
        {"{upper $4}x", "x"},
        {"", ""},
    };
    kdb_resolver *r = kdb_resolver_of(*state);
    kdbib_str groups[KDB_GROUPS] = {{NULL, 0}, {"ab1", 3}, {"07", 2}, {"2414-4088", 9}};
    kdb_buffer arguments = {0}, out = {0};
    const kdb_template_values values = {groups, KDBIB_STR("X.org"), &arguments};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_arena arena = {0};
        const char *fault;
        const kdb_template *template =
            kdb_template_read(&arena, kdbib_str_of(cases[i][0]), &r->lookups, &fault);
        assert_non_null(template);
        assert_null(fault);
        kdb_buffer_clear(&out);
        assert_int_equal(kdb_template_expand(template, &values, &out),
                         cases[i][1][0] || !cases[i][0][0]);
        assert_str_is(kdb_buffer_str(&out), cases[i][1]);
        kdb_arena_free(&arena);
    }
    kdb_buffer_free(&arguments);
    kdb_buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needles),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_many_hosts),
        cmocka_unit_test(test_doi_rules_give_their_examples),
        cmocka_unit_test(test_facts_give_their_examples),
        cmocka_unit_test(test_lint),
        cmocka_unit_test(test_lookup_keys_are_unique),
        cmocka_unit_test(test_tails),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
