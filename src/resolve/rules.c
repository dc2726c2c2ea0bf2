/* Reading rules and finding those of a host. */
#include "resolve/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "resolve/template.h"

/* Numbers of `columns`. */
enum { HOST, PATTERN, TEMPLATE, BASIS, EXAMPLE, EXPECTED };

typedef struct reader {
    kdbib *context;
    kdb_lookups *lookups;
    kdb_rules *rules;
    size_t bad;
} reader;

/* ---- reading ---- */

static kdbib_str cell(const kdb_rules *rules, size_t row, int column) {
    return kdb_table_cell(&rules->table, row, rules->columns[column]);
}

static bool read_basis(kdbib_str text, kdbib_basis *basis) {
    if (kdbib_str_equal(text, KDBIB_STR("literal")))
        *basis = KDBIB_BASIS_LITERAL;
    else if (kdbib_str_equal(text, KDBIB_STR("computed")) || !text.size)
        *basis = KDBIB_BASIS_COMPUTED;
    else if (kdbib_str_equal(text, KDBIB_STR("candidate")))
        *basis = KDBIB_BASIS_NONE;
    else
        return false;
    return true;
}

kdb_rule *kdb_rules_at(kdb_rules *rules, size_t row) {
    kdb_rule *rule = &rules->rules[row];
    if (rules->read[row])
        return rule;
    rules->read[row] = true;
    *rule = (kdb_rule){.hosts = kdb_trim(cell(rules, row, HOST)),
                       .template = kdb_trim(cell(rules, row, TEMPLATE)),
                       .example = cell(rules, row, EXAMPLE),
                       .expected = cell(rules, row, EXPECTED),
                       .line = rules->table.lines[row]};
    kdbib_str source = cell(rules, row, PATTERN);
    rule->pattern.source = source.data ? source.data : "";
    rule->stops = kdbib_str_equal(rule->template, KDBIB_STR("-"));
    rule->bad = !read_basis(cell(rules, row, BASIS), &rule->basis);
    return rule;
}

/* ---- checking a user's rules; the built-in ones are checked by the tests ---- */

static void fault(reader *r, uint32_t line, size_t column, const char *what, const char *detail) {
    kdb_report(r->context, KDBIB_SEVERITY_ERROR, "bad-rule", r->rules->file, line, 0, "%s: %s%s%s",
               column < r->rules->table.columns ? r->rules->table.header[column].data : "rule",
               what, detail ? ": " : "", detail ? detail : "");
    r->bad++;
}

static void check_rule(reader *r, kdb_rule *rule) {
    const size_t *columns = r->rules->columns;
    char error[160];
    size_t offset = 0;
    size_t before = r->bad;
    if (rule->bad) {
        fault(r, rule->line, columns[BASIS], "it is literal, computed or candidate", NULL);
        return;
    }
    if (!rule->hosts.size)
        fault(r, rule->line, columns[HOST], "a host is missing", NULL);
    if (!rule->pattern.source[0])
        fault(r, rule->line, columns[PATTERN], "a pattern is missing", NULL);
    else if (!kdb_pattern_compile(&rule->pattern, error, sizeof error, &offset)) {
        char where[200];
        snprintf(where, sizeof where, "%s (character %zu)", error, offset + 1);
        fault(r, rule->line, columns[PATTERN], "no good pattern", where);
    }
    if (!rule->template.size)
        fault(r, rule->line, columns[TEMPLATE], "a template is missing", NULL);
    const char *what;
    rule->parts = kdb_template_read(&r->rules->arena, rule->template, r->lookups, &what);
    if (what)
        fault(r, rule->line, columns[TEMPLATE], what, rule->template.data);
    rule->bad = r->bad != before;
}

static bool note_broken(void *user, const kdbib_str *cells, size_t count, uint32_t line,
                        bool broken) {
    (void)cells;
    (void)count;
    if (broken)
        fault(user, line, SIZE_MAX, "the row is no CSV: a stray or unclosed quote", NULL);
    return true;
}

static bool check(reader *r, kdbib_str csv) {
    if (!kdb_csv_read(csv, note_broken, r))
        return false;
    for (size_t row = 0; row < r->rules->count; row++)
        check_rule(r, kdb_rules_at(r->rules, row));
    return true;
}

/* ---- a table of rules ---- */

kdb_rules *kdb_rules_read(kdbib *context, kdb_lookups *lookups, const char *file, kdbib_str csv,
                          const char *template, const char *expected, size_t *bad) {
    reader r = {.context = context, .lookups = lookups, .rules = calloc(1, sizeof(kdb_rules))};
    if (!r.rules)
        return NULL;
    kdb_rules *rules = r.rules;
    rules->file = kdb_arena_copy(&rules->arena, kdbib_str_of(file)).data;
    if (bad)
        rules->csv = kdb_arena_copy(&rules->arena, csv);
    bool fine = kdb_table_read(&rules->arena, csv, &rules->table);
    const char *const names[] = {[HOST] = "host",   [PATTERN] = "pattern", [TEMPLATE] = template,
                                 [BASIS] = "basis", [EXAMPLE] = "example", [EXPECTED] = expected};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        rules->columns[i] = kdb_table_column(&rules->table, kdbib_str_of(names[i]));
    if (fine && (rules->columns[HOST] == SIZE_MAX || rules->columns[PATTERN] == SIZE_MAX ||
                 rules->columns[TEMPLATE] == SIZE_MAX)) {
        fault(&r, 1, SIZE_MAX, "the first row names the columns: host, pattern, and", template);
    } else if (fine) {
        rules->count = rules->table.rows;
        rules->rules = reallocarray(NULL, rules->count + 1, sizeof *rules->rules);
        rules->read = kdb_arena_array(&rules->arena, rules->count + 1, sizeof *rules->read);
        fine = rules->rules && rules->read && (!bad || check(&r, csv));
    }
    if (bad)
        *bad = r.bad;
    if (!fine || kdb_arena_failed(&rules->arena)) {
        kdb_rules_free(rules);
        return NULL;
    }
    return rules;
}

static void free_memo(kdb_rule_memo *memo) {
    kdb_index_free(&memo->hosts);
    kdb_arena_free(&memo->arena);
    free(memo->rows);
}

void kdb_rules_free(kdb_rules *rules) {
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count && rules->read; i++)
        if (rules->read[i])
            kdb_pattern_free(&rules->rules[i].pattern);
    free_memo(&rules->hosts);
    free_memo(&rules->prefixes);
    free(rules->rules);
    kdb_arena_free(&rules->arena);
    free(rules);
}

/* ---- the rules of a host ---- */

/* So many hosts are remembered; then all are forgotten. */
#define MOST_HOSTS 4096

static bool add_row(kdb_rule_memo *memo, uint32_t row) {
    uint32_t *larger = kdb_array_grow(memo->rows, memo->count, &memo->capacity, sizeof *larger);
    if (!larger)
        return false;
    memo->rows = larger;
    memo->rows[memo->count++] = row;
    return true;
}

/* Adds the rows that name `host`, each once behind the place `first`. */
static bool add_rows(kdb_rules *rules, kdb_rule_memo *memo, size_t first, kdbib_str host) {
    kdb_table_walk walk = {.column = rules->columns[HOST]};
    for (size_t row; (row = kdb_table_find(&rules->table, host, &walk)) < rules->count;) {
        size_t at = first;
        while (at < memo->count && memo->rows[at] != row)
            at++;
        if (at == memo->count && !kdb_rules_at(rules, row)->bad && !add_row(memo, (uint32_t)row))
            return false;
    }
    return true;
}

/* Those that name the host, then those of the domains it is in, then those of any host. */
static bool add_all(kdb_rules *rules, kdb_rule_memo *memo, kdbib_str host, bool exact) {
    const size_t first = memo->count;
    char pattern[256] = "*.";
    if (!add_rows(rules, memo, first, host))
        return false;
    for (kdbib_str suffix = host; !exact && suffix.size + 2 <= sizeof pattern;) {
        const size_t dot = kdb_find_char(suffix, '.', 0);
        if (dot == SIZE_MAX)
            break;
        memcpy(pattern + 2, suffix.data, suffix.size);
        if (!add_rows(rules, memo, first, (kdbib_str){pattern, suffix.size + 2}))
            return false;
        suffix = kdb_slice(suffix, dot + 1, suffix.size);
    }
    return (exact || add_rows(rules, memo, first, KDBIB_STR("*"))) && add_row(memo, KDB_NO_RULE);
}

/* The place of the host's rows; KDB_INDEX_NONE: memory is out, and nothing is remembered. */
static uint32_t remember(kdb_rules *rules, kdb_rule_memo *memo, kdbib_str host, bool exact) {
    if (memo->hosts.count == MOST_HOSTS) {
        kdb_index_free(&memo->hosts);
        kdb_arena_reset(&memo->arena);
        memo->count = 0;
    }
    const size_t before = memo->count;
    const kdbib_str name = kdb_arena_copy(&memo->arena, host);
    uint32_t *place = kdb_arena_failed(&memo->arena) || !add_all(rules, memo, host, exact)
                          ? NULL
                          : kdb_index_put(&memo->hosts, name);
    memo->arena.failed = false;
    if (!place) {
        memo->count = before;
        return KDB_INDEX_NONE;
    }
    return *place = (uint32_t)before;
}

const uint32_t *kdb_rules_of(kdb_rules *rules, kdbib_str host, bool exact) {
    kdb_rule_memo *memo = exact ? &rules->prefixes : &rules->hosts;
    uint32_t place = kdb_index_get(&memo->hosts, host);
    if (place == KDB_INDEX_NONE)
        place = remember(rules, memo, host, exact);
    return place == KDB_INDEX_NONE ? NULL : memo->rows + place;
}
