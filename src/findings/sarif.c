/* Findings as SARIF 2.1.0, which code scanning services and editors read. */
#include "base/buffer.h"
#include "base/strings.h"
#include "findings/meanings.h"
#include "findings/values.h"

typedef struct sarif {
    kdb_findings *findings;
    json_t *rules, *results;
} sarif;

/* A path as a relative reference, or a URL when it is absolute. */
static json_t *uri_of(const char *file) {
    kdb_buffer uri = {0};
    char hex[4];
    bool colon = strchr(file, ':') != NULL;
    kdb_buffer_add_str(&uri, kdbib_str_of(*file == '/' ? "file://" : colon ? "./" : ""));
    for (const char *at = file; *at; at++) {
        if (kdb_is_alnum(*at) || strchr("/-._~", *at)) {
            kdb_buffer_add_char(&uri, *at);
            continue;
        }
        snprintf(hex, sizeof hex, "%%%02X", (unsigned)(unsigned char)*at);
        kdb_buffer_add_str(&uri, kdbib_str_of(hex));
    }
    json_t *value = uri.failed ? NULL : json_string(kdb_buffer_str(&uri).data);
    kdb_buffer_free(&uri);
    return value;
}

static json_t *text_of(const char *text) {
    return json_pack("{s:o}", "text", kdb_json_visible(text));
}

static bool describe(json_t *rule, const kdb_meaning *meaning) {
    return json_object_set_new(
               rule, "shortDescription",
               json_pack("{s:o}", "text", json_stringn(meaning->text.data, meaning->text.size))) ==
               0 &&
           json_object_set_new(rule, "defaultConfiguration",
                               json_pack("{s:s}", "level", kdb_severity_name(meaning->severity))) ==
               0;
}

/* The number of the rule called `name`, made when it is new; -1: memory is out. */
static json_int_t rule_of(sarif *s, const char *name) {
    size_t i;
    json_t *rule;
    json_array_foreach(s->rules, i, rule) {
        if (strcmp(json_string_value(json_object_get(rule, "id")), name) == 0)
            return (json_int_t)i;
    }
    rule = json_pack("{s:s}", "id", name);
    kdb_meaning meaning;
    if (kdb_meaning_of(kdbib_str_of(name), &meaning) && !describe(rule, &meaning)) {
        json_decref(rule);
        return -1;
    }
    return json_array_append_new(s->rules, rule) ? -1 : (json_int_t)json_array_size(s->rules) - 1;
}

static json_t *region_of(kdb_findings_region where) {
    json_t *region = json_pack("{s:I}", "startLine", (json_int_t)where.line);
    int failed = 0;
    if (where.column)
        failed = json_object_set_new(region, "startColumn", json_integer(where.column));
    if (where.column && where.end_column >= where.column && !failed)
        failed = json_object_set_new(region, "endColumn", json_integer(where.end_column));
    if (!failed)
        return region;
    json_decref(region);
    return NULL;
}

static json_t *location_of(sarif *s, const kdb_finding *finding) {
    json_t *place = json_pack("{s:{s:o}}", "artifactLocation", "uri", uri_of(finding->told.file));
    kdb_findings_region where = kdb_findings_where(s->findings, finding);
    if (where.line && json_object_set_new(place, "region", region_of(where))) {
        json_decref(place);
        return NULL;
    }
    return json_pack("[{s:o}]", "physicalLocation", place);
}

static json_t *fixes_of(sarif *s, const kdb_finding *finding) {
    kdb_findings_region where;
    const char *text = finding->told.fix->replacement;
    if (!kdb_json_is_text(text) || !kdb_findings_fix_where(s->findings, finding, &where))
        return json_array();
    return json_pack("[{s:{s:s},s:[{s:{s:o},s:[{s:o,s:{s:o}}]}]}]", "description", "text",
                     "as kdbib check --fix does", "artifactChanges", "artifactLocation", "uri",
                     uri_of(finding->told.file), "replacements", "deletedRegion", region_of(where),
                     "insertedContent", "text", json_string(text));
}

static bool add_result(sarif *s, const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    json_int_t rule = rule_of(s, d->name);
    if (rule < 0)
        return false;
    json_t *result = json_pack("{s:s,s:I,s:s,s:o}", "ruleId", d->name, "ruleIndex", rule, "level",
                               kdb_severity_name(d->severity), "message", text_of(d->message));
    int failed = !result;
    if (d->file && !failed)
        failed = json_object_set_new(result, "locations", location_of(s, finding));
    if (d->fix && !failed)
        failed = json_object_set_new(result, "fixes", fixes_of(s, finding));
    if (failed) {
        json_decref(result);
        return false;
    }
    return json_array_append_new(s->results, result) == 0;
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    sarif s = {.findings = findings, .rules = json_array(), .results = json_array()};
    bool fine = s.rules && s.results;
    for (size_t i = 0; fine && i < findings->count; i++)
        fine = add_result(&s, &findings->items[i]);
    if (!fine) {
        json_decref(s.rules);
        json_decref(s.results);
    }
    json_t *log =
        fine ? json_pack("{s:s,s:s,s:[{s:{s:{s:s,s:s,s:o}},s:s,s:o}]}", "$schema",
                         "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0",
                         "runs", "tool", "driver", "name", "kdbib", "version", KDBIB_RELEASE,
                         "rules", s.rules, "columnKind", "unicodeCodePoints", "results", s.results)
             : NULL;
    fine = kdb_json_write(log, JSON_INDENT(1), output);
    kdbib_output_text(output, "\n");
    return fine;
}

const kdb_findings_format kdb_findings_sarif = {"sarif", "sarif", write};
