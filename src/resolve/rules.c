/* Reading rules and finding those of a host. */
#include "resolve/rules.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "resolve/template.h"

typedef struct reader {
    kdbib *context;
    kdb_lookups *lookups;
    kdb_rules *rules;
    kdb_table table;
    size_t host, pattern, template, basis, example, expected;
    size_t link_count, link_capacity, bad;
} reader;

static bool add_link(reader *r, kdbib_str host, uint32_t rule) {
    kdb_rules *rules = r->rules;
    char *lower = kdb_arena_alloc(&rules->arena, host.size + 1);
    if (!lower)
        return false;
    for (size_t i = 0; i < host.size; i++)
        lower[i] = kdb_to_lower(host.data[i]);
    kdbib_str key = {lower, host.size};
    while (kdb_starts_with(key, KDBIB_STR("www.")))
        key = kdb_slice(key, 4, key.size);
    kdb_rule_link *links =
        kdb_array_grow(rules->links, r->link_count, &r->link_capacity, sizeof *links);
    if (!links)
        return false;
    rules->links = links;
    uint32_t *first = kdb_index_put(&rules->hosts, key);
    if (!first)
        return false;
    uint32_t number = (uint32_t)r->link_count++;
    rules->links[number] = (kdb_rule_link){rule, *first};
    *first = number;
    return true;
}

static bool add_hosts(reader *r, kdbib_str hosts, uint32_t rule) {
    for (size_t at = 0; at < hosts.size;) {
        size_t end = kdb_find_char(hosts, ' ', at);
        if (end == SIZE_MAX)
            end = hosts.size;
        if (end > at && !add_link(r, kdb_slice(hosts, at, end), rule))
            return false;
        at = end + 1;
    }
    return true;
}

static void fault(reader *r, uint32_t line, size_t column, const char *what, const char *detail) {
    kdb_report(r->context, KDBIB_SEVERITY_ERROR, "bad-rule", r->rules->file, line, 0, "%s: %s%s%s",
               column < r->table.columns ? r->table.header[column].data : "rule", what,
               detail ? ": " : "", detail ? detail : "");
    r->bad++;
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

/* A user's row is checked as a whole; the built-in ones are checked by the tests. */
static bool check_row(reader *r, kdb_rule *rule, bool checks) {
    char error[160];
    size_t offset = 0;
    size_t before = r->bad;
    if (!rule->hosts.size)
        fault(r, rule->line, r->host, "a host is missing", NULL);
    if (!rule->pattern.source[0])
        fault(r, rule->line, r->pattern, "a pattern is missing", NULL);
    else if (checks && !kdb_pattern_compile(&rule->pattern, error, sizeof error, &offset)) {
        char where[200];
        snprintf(where, sizeof where, "%s (character %zu)", error, offset + 1);
        fault(r, rule->line, r->pattern, "no good pattern", where);
    }
    if (!rule->template.size)
        fault(r, rule->line, r->template, "a template is missing", NULL);
    const char *what = checks ? kdb_template_fault(rule->template, r->lookups) : NULL;
    if (what)
        fault(r, rule->line, r->template, what, rule->template.data);
    return r->bad == before;
}

static bool read_rows(reader *r, bool checks) {
    kdb_rules *rules = r->rules;
    rules->rules = kdb_arena_array(&rules->arena, r->table.rows, sizeof *rules->rules);
    if (!rules->rules)
        return false;
    for (size_t row = 0; row < r->table.rows; row++) {
        kdb_rule *rule = &rules->rules[rules->count];
        *rule = (kdb_rule){.hosts = kdb_trim(kdb_table_cell(&r->table, row, r->host)),
                           .template = kdb_trim(kdb_table_cell(&r->table, row, r->template)),
                           .example = kdb_table_cell(&r->table, row, r->example),
                           .expected = kdb_table_cell(&r->table, row, r->expected),
                           .line = r->table.lines[row]};
        kdbib_str source = kdb_table_cell(&r->table, row, r->pattern);
        rule->pattern.source = source.data ? source.data : "";
        rule->stops = kdbib_str_equal(rule->template, KDBIB_STR("-"));
        if (!read_basis(kdb_table_cell(&r->table, row, r->basis), &rule->basis)) {
            fault(r, rule->line, r->basis, "it is literal, computed or candidate", NULL);
            continue;
        }
        if (check_row(r, rule, checks))
            rules->count++;
        else
            kdb_pattern_free(&rule->pattern);
    }
    if (!kdb_index_reserve(&rules->hosts, rules->count))
        return false;
    /* from the last to the first, because a chain grows at its head */
    for (size_t i = rules->count; i-- > 0;)
        if (!add_hosts(r, rules->rules[i].hosts, (uint32_t)i))
            return false;
    return !kdb_arena_failed(&rules->arena);
}

static bool note_broken(void *user, const kdbib_str *cells, size_t count, uint32_t line,
                        bool broken) {
    (void)cells;
    (void)count;
    if (broken)
        fault(user, line, SIZE_MAX, "the row is no CSV: a stray or unclosed quote", NULL);
    return true;
}

kdb_rules *kdb_rules_read(kdbib *context, kdb_lookups *lookups, const char *file, kdbib_str csv,
                          const char *template, const char *expected, size_t *bad) {
    reader r = {.context = context, .lookups = lookups, .rules = calloc(1, sizeof(kdb_rules))};
    if (!r.rules)
        return NULL;
    kdb_rules *rules = r.rules;
    rules->file = kdb_arena_copy(&rules->arena, kdbib_str_of(file)).data;
    bool fine = kdb_table_read(&rules->arena, csv, &r.table);
    r.host = kdb_table_column(&r.table, KDBIB_STR("host"));
    r.pattern = kdb_table_column(&r.table, KDBIB_STR("pattern"));
    r.template = kdb_table_column(&r.table, kdbib_str_of(template));
    r.basis = kdb_table_column(&r.table, KDBIB_STR("basis"));
    r.example = kdb_table_column(&r.table, KDBIB_STR("example"));
    r.expected = kdb_table_column(&r.table, kdbib_str_of(expected));
    if (fine && (r.host == SIZE_MAX || r.pattern == SIZE_MAX || r.template == SIZE_MAX))
        fault(&r, 1, SIZE_MAX, "the first row names the columns: host, pattern, and", template);
    else if (fine)
        fine = (!bad || kdb_csv_read(csv, note_broken, &r)) && read_rows(&r, bad != NULL);
    if (bad)
        *bad = r.bad;
    if (!fine) {
        kdb_rules_free(rules);
        return NULL;
    }
    return rules;
}

void kdb_rules_free(kdb_rules *rules) {
    if (!rules)
        return;
    for (size_t i = 0; i < rules->count; i++)
        kdb_pattern_free(&rules->rules[i].pattern);
    kdb_index_free(&rules->hosts);
    kdb_index_free(&rules->memo.hosts);
    kdb_arena_free(&rules->memo.arena);
    free(rules->memo.rules);
    free(rules->links);
    kdb_arena_free(&rules->arena);
    free(rules);
}

/* So many hosts are remembered; then all are forgotten. */
#define MOST_HOSTS 4096

enum { START, EXACT, DOMAIN, ANY, END, REMEMBERED };

/* The link at which the rules of the next name begin; moves the walk's stage. */
static uint32_t next_name(kdb_rules *rules, kdbib_str host, kdb_rule_walk *walk) {
    char pattern[256];
    for (;;) {
        if (walk->stage == START) {
            walk->stage = EXACT;
            walk->suffix = host;
            return kdb_index_get(&rules->hosts, host);
        }
        if (!walk->exact && (walk->stage == EXACT || walk->stage == DOMAIN)) {
            if (walk->stage == DOMAIN) {
                size_t dot = kdb_find_char(walk->suffix, '.', 0);
                walk->suffix =
                    kdb_slice(walk->suffix, dot == SIZE_MAX ? dot : dot + 1, walk->suffix.size);
            }
            walk->stage = DOMAIN;
            if (kdb_find_char(walk->suffix, '.', 0) == SIZE_MAX ||
                walk->suffix.size + 2 > sizeof pattern) {
                walk->stage = ANY;
                return kdb_index_get(&rules->hosts, KDBIB_STR("*"));
            }
            memcpy(pattern, "*.", 2);
            memcpy(pattern + 2, walk->suffix.data, walk->suffix.size);
            return kdb_index_get(&rules->hosts, (kdbib_str){pattern, walk->suffix.size + 2});
        }
        walk->stage = END;
        return KDB_INDEX_NONE;
    }
}

/* The number of the next rule, or KDB_INDEX_NONE. */
static uint32_t next_rule(kdb_rules *rules, kdbib_str host, kdb_rule_walk *walk) {
    uint32_t link = walk->stage == START ? KDB_INDEX_NONE : walk->link;
    while (link == KDB_INDEX_NONE && walk->stage != END)
        link = next_name(rules, host, walk);
    if (link == KDB_INDEX_NONE)
        return KDB_INDEX_NONE;
    walk->link = rules->links[link].next;
    return rules->links[link].rule;
}

static bool remember_rule(kdb_rule_memo *memo, uint32_t rule) {
    uint32_t *larger = kdb_array_grow(memo->rules, memo->count, &memo->capacity, sizeof *larger);
    if (!larger)
        return false;
    memo->rules = larger;
    memo->rules[memo->count++] = rule;
    return true;
}

/* Walks over all rules of a host; false: memory is out, and nothing is remembered. */
static bool remember(kdb_rules *rules, kdbib_str host, uint32_t *first) {
    kdb_rule_memo *memo = &rules->memo;
    if (memo->hosts.count == MOST_HOSTS) {
        kdb_index_free(&memo->hosts);
        kdb_arena_reset(&memo->arena);
        memo->count = 0;
    }
    size_t before = memo->count;
    kdb_rule_walk walk = {0};
    uint32_t rule;
    do
        rule = next_rule(rules, host, &walk);
    while (remember_rule(memo, rule) && rule != KDB_INDEX_NONE);
    bool whole = memo->count > before && memo->rules[memo->count - 1] == KDB_INDEX_NONE;
    kdbib_str name = kdb_arena_copy(&memo->arena, host);
    uint32_t *place =
        whole && !kdb_arena_failed(&memo->arena) ? kdb_index_put(&memo->hosts, name) : NULL;
    memo->arena.failed = false;
    if (!place) {
        memo->count = before;
        return false;
    }
    *first = *place = (uint32_t)before;
    return true;
}

kdb_rule *kdb_rules_next(kdb_rules *rules, kdbib_str host, kdb_rule_walk *walk) {
    if (walk->stage == START && !walk->exact) {
        walk->link = kdb_index_get(&rules->memo.hosts, host);
        if (walk->link != KDB_INDEX_NONE || remember(rules, host, &walk->link))
            walk->stage = REMEMBERED;
    }
    uint32_t rule =
        walk->stage == REMEMBERED ? rules->memo.rules[walk->link] : next_rule(rules, host, walk);
    walk->link += walk->stage == REMEMBERED;
    return rule == KDB_INDEX_NONE ? NULL : &rules->rules[rule];
}
