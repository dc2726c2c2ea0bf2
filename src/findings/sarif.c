/* Findings as SARIF 2.1.0, which code scanning services and editors read. */
#include <stdio.h>

#include "base/strings.h"
#include "findings/meanings.h"
#include "findings/put.h"

typedef struct sarif {
    kdb_findings *findings;
    kdb_put put;
    const char **rules; /* names of findings, each once */
    size_t rule_count;
    size_t *rule_of; /* number of each finding's rule */
} sarif;

/* ---- small pieces ---- */

static void open_member(sarif *s, const char *name) {
    kdb_put_name(&s->put, name);
    kdb_put_object(&s->put);
}

static void put_text(sarif *s, const char *name, const char *text) {
    kdb_put_name(&s->put, name);
    kdb_put_text(&s->put, text);
}

static void put_number(sarif *s, const char *name, size_t number) {
    kdb_put_name(&s->put, name);
    kdb_put_number(&s->put, (long long)number);
}

/* NAME: [{ */
static void open_list_of_one(sarif *s, const char *name) {
    kdb_put_name(&s->put, name);
    kdb_put_list(&s->put);
    kdb_put_object(&s->put);
}

static void close_list_of_one(sarif *s) {
    kdb_put_object_end(&s->put);
    kdb_put_list_end(&s->put);
}

/* ---- rules ---- */

static bool number_rules(sarif *s) {
    size_t count = s->findings->count;
    s->rules = kdb_arena_array(&s->findings->arena, count, sizeof *s->rules);
    s->rule_of = kdb_arena_array(&s->findings->arena, count, sizeof *s->rule_of);
    for (size_t i = 0; s->rules && s->rule_of && i < count; i++) {
        const char *name = s->findings->items[i].told.name;
        size_t rule = 0;
        while (rule < s->rule_count && strcmp(s->rules[rule], name) != 0)
            rule++;
        if (rule == s->rule_count)
            s->rules[s->rule_count++] = name;
        s->rule_of[i] = rule;
    }
    return s->rules && s->rule_of;
}

static void put_rule(sarif *s, const char *name) {
    kdb_meaning meaning;
    kdb_put_object(&s->put);
    put_text(s, "id", name);
    if (kdb_meaning_of(kdbib_str_of(name), &meaning)) {
        open_member(s, "shortDescription");
        kdb_put_name(&s->put, "text");
        kdb_put_str(&s->put, meaning.text);
        kdb_put_object_end(&s->put);
        open_member(s, "defaultConfiguration");
        put_text(s, "level", kdb_severity_name(meaning.severity));
        kdb_put_object_end(&s->put);
    }
    kdb_put_object_end(&s->put);
}

static void put_tool(sarif *s) {
    open_member(s, "tool");
    open_member(s, "driver");
    put_text(s, "name", "kdbib");
    put_text(s, "version", KDBIB_RELEASE);
    kdb_put_name(&s->put, "rules");
    if (s->rule_count) {
        kdb_put_list(&s->put);
        for (size_t i = 0; i < s->rule_count; i++)
            put_rule(s, s->rules[i]);
        kdb_put_list_end(&s->put);
    } else {
        kdb_put_empty_list(&s->put);
    }
    kdb_put_object_end(&s->put);
    kdb_put_object_end(&s->put);
}

/* ---- results ---- */

static void put_region(sarif *s, const char *name, kdb_findings_region where) {
    open_member(s, name);
    put_number(s, "startLine", where.line);
    if (where.column)
        put_number(s, "startColumn", where.column);
    if (where.column && where.end_column >= where.column)
        put_number(s, "endColumn", where.end_column);
    kdb_put_object_end(&s->put);
}

/* The file as a relative reference, or a URL when its path is absolute. */
static void put_artifact(sarif *s, const char *file) {
    kdb_buffer *uri = &s->put.visible;
    bool colon = strchr(file, ':') != NULL;
    char hex[4];
    kdb_buffer_clear(uri);
    kdb_buffer_add_str(uri, kdbib_str_of(*file == '/' ? "file://" : colon ? "./" : ""));
    for (const char *at = file; *at; at++) {
        if (kdb_is_alnum(*at) || strchr("/-._~", *at)) {
            kdb_buffer_add_char(uri, *at);
            continue;
        }
        snprintf(hex, sizeof hex, "%%%02X", (unsigned)(unsigned char)*at);
        kdb_buffer_add_str(uri, kdbib_str_of(hex));
    }
    open_member(s, "artifactLocation");
    kdb_put_name(&s->put, "uri");
    kdb_put_str(&s->put, kdb_buffer_str(uri));
    kdb_put_object_end(&s->put);
}

static void put_locations(sarif *s, const kdb_finding *finding) {
    kdb_findings_region where = kdb_findings_where(s->findings, finding);
    open_list_of_one(s, "locations");
    open_member(s, "physicalLocation");
    put_artifact(s, finding->told.file);
    if (where.line)
        put_region(s, "region", where);
    kdb_put_object_end(&s->put);
    close_list_of_one(s);
}

static void put_fixes(sarif *s, const kdb_finding *finding, kdb_findings_region where) {
    open_list_of_one(s, "fixes");
    open_member(s, "description");
    put_text(s, "text", "as kdbib check --fix does");
    kdb_put_object_end(&s->put);
    open_list_of_one(s, "artifactChanges");
    put_artifact(s, finding->told.file);
    open_list_of_one(s, "replacements");
    put_region(s, "deletedRegion", where);
    open_member(s, "insertedContent");
    put_text(s, "text", finding->told.fix->replacement);
    kdb_put_object_end(&s->put);
    close_list_of_one(s);
    close_list_of_one(s);
    close_list_of_one(s);
}

static void put_result(sarif *s, const kdb_finding *finding, size_t rule) {
    const kdbib_diagnostic *d = &finding->told;
    kdb_findings_region where;
    kdb_put_object(&s->put);
    put_text(s, "ruleId", d->name);
    put_number(s, "ruleIndex", rule);
    put_text(s, "level", kdb_severity_name(d->severity));
    open_member(s, "message");
    kdb_put_name(&s->put, "text");
    kdb_put_visible(&s->put, d->message);
    kdb_put_object_end(&s->put);
    if (d->file)
        put_locations(s, finding);
    if (d->fix && kdb_is_utf8(d->fix->replacement) &&
        kdb_findings_fix_where(s->findings, finding, &where))
        put_fixes(s, finding, where);
    kdb_put_object_end(&s->put);
}

static void put_results(sarif *s) {
    kdb_put_name(&s->put, "results");
    if (!s->findings->count) {
        kdb_put_empty_list(&s->put);
        return;
    }
    kdb_put_list(&s->put);
    for (size_t i = 0; i < s->findings->count; i++)
        put_result(s, &s->findings->items[i], s->rule_of[i]);
    kdb_put_list_end(&s->put);
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    sarif s = {.findings = findings};
    if (findings->count && !number_rules(&s))
        return false;
    kdb_put_begin(&s.put, output, " ");
    kdb_put_object(&s.put);
    put_text(&s, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    put_text(&s, "version", "2.1.0");
    open_list_of_one(&s, "runs");
    put_tool(&s);
    put_text(&s, "columnKind", "unicodeCodePoints");
    put_results(&s);
    close_list_of_one(&s);
    kdb_put_object_end(&s.put);
    return kdb_put_end(&s.put);
}

const kdb_findings_format kdb_findings_sarif = {"sarif", "sarif", write};
