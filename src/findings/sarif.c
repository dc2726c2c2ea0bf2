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

/* {KEY: value} */
static json_t *box(const char *key, json_t *value) {
    json_t *object = json_object();
    kdb_json_set(&object, key, value);
    return object;
}

/* [value] */
static json_t *list_of(json_t *value) {
    json_t *array = json_array();
    kdb_json_append(&array, value);
    return array;
}

static json_t *new_rule(const char *name) {
    json_t *rule = box("id", json_string(name));
    kdb_meaning meaning;
    if (!kdb_meaning_of(kdbib_str_of(name), &meaning))
        return rule;
    kdb_json_set(&rule, "shortDescription",
                 box("text", json_stringn(meaning.text.data, meaning.text.size)));
    kdb_json_set(&rule, "defaultConfiguration",
                 box("level", json_string(kdb_severity_name(meaning.severity))));
    return rule;
}

/* The number of the rule called `name`, made when it is new. */
static json_int_t rule_of(sarif *s, const char *name) {
    size_t i;
    json_t *rule;
    json_array_foreach(s->rules, i, rule) {
        if (strcmp(json_string_value(json_object_get(rule, "id")), name) == 0)
            return (json_int_t)i;
    }
    kdb_json_append(&s->rules, new_rule(name));
    return (json_int_t)json_array_size(s->rules) - 1;
}

static json_t *region_of(kdb_findings_region where) {
    json_t *region = box("startLine", json_integer(where.line));
    if (where.column)
        kdb_json_set(&region, "startColumn", json_integer(where.column));
    if (where.column && where.end_column >= where.column)
        kdb_json_set(&region, "endColumn", json_integer(where.end_column));
    return region;
}

static json_t *artifact_of(const kdb_finding *finding) {
    return box("uri", uri_of(finding->told.file));
}

static json_t *locations_of(sarif *s, const kdb_finding *finding) {
    json_t *place = box("artifactLocation", artifact_of(finding));
    kdb_findings_region where = kdb_findings_where(s->findings, finding);
    if (where.line)
        kdb_json_set(&place, "region", region_of(where));
    return list_of(box("physicalLocation", place));
}

static json_t *fixes_of(const kdb_finding *finding, kdb_findings_region where) {
    json_t *replacement = box("deletedRegion", region_of(where));
    kdb_json_set(&replacement, "insertedContent",
                 box("text", json_string(finding->told.fix->replacement)));
    json_t *change = box("artifactLocation", artifact_of(finding));
    kdb_json_set(&change, "replacements", list_of(replacement));
    json_t *fix = box("description", box("text", json_string("as kdbib check --fix does")));
    kdb_json_set(&fix, "artifactChanges", list_of(change));
    return list_of(fix);
}

static void add_result(sarif *s, const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    json_t *result = box("ruleId", json_string(d->name));
    kdb_findings_region where;
    kdb_json_set(&result, "ruleIndex", json_integer(rule_of(s, d->name)));
    kdb_json_set(&result, "level", json_string(kdb_severity_name(d->severity)));
    kdb_json_set(&result, "message", box("text", kdb_json_visible(d->message)));
    if (d->file)
        kdb_json_set(&result, "locations", locations_of(s, finding));
    if (d->fix && kdb_json_is_text(d->fix->replacement) &&
        kdb_findings_fix_where(s->findings, finding, &where))
        kdb_json_set(&result, "fixes", fixes_of(finding, where));
    kdb_json_append(&s->results, result);
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    sarif s = {.findings = findings, .rules = json_array(), .results = json_array()};
    for (size_t i = 0; i < findings->count; i++)
        add_result(&s, &findings->items[i]);
    json_t *driver = box("name", json_string("kdbib"));
    kdb_json_set(&driver, "version", json_string(KDBIB_RELEASE));
    kdb_json_set(&driver, "rules", s.rules);
    json_t *run = box("tool", box("driver", driver));
    kdb_json_set(&run, "columnKind", json_string("unicodeCodePoints"));
    kdb_json_set(&run, "results", s.results);
    json_t *log = box("$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    kdb_json_set(&log, "version", json_string("2.1.0"));
    kdb_json_set(&log, "runs", list_of(run));
    bool fine = kdb_json_write(log, JSON_INDENT(1), output);
    kdbib_output_text(output, "\n");
    return fine;
}

const kdb_findings_format kdb_findings_sarif = {"sarif", "sarif", write};
