/* Findings as JSON: one array, one finding a line. docs/check.md tells the members. */
#include "findings/values.h"

static json_t *fix_of(const kdbib_fix *fix) {
    json_t *object = json_object();
    kdb_json_set(&object, "offset", json_integer((json_int_t)fix->offset));
    kdb_json_set(&object, "length", json_integer((json_int_t)fix->size));
    kdb_json_set(&object, "replacement", json_string(fix->replacement));
    return object;
}

static json_t *object_of(const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    json_t *object = json_object();
    bool line = d->file && d->line, column = line && d->column;
    if (d->file)
        kdb_json_set(&object, "file", kdb_json_visible(d->file));
    if (line)
        kdb_json_set(&object, "line", json_integer(d->line));
    if (column)
        kdb_json_set(&object, "column", json_integer(d->column));
    if (column && d->length)
        kdb_json_set(&object, "end_column", json_integer((json_int_t)d->column + d->length));
    kdb_json_set(&object, "level", json_string(kdb_severity_name(d->severity)));
    kdb_json_set(&object, "name", kdb_json_visible(d->name));
    kdb_json_set(&object, "message", kdb_json_visible(d->message));
    if (d->fix && kdb_json_is_text(d->fix->replacement))
        kdb_json_set(&object, "fix", fix_of(d->fix));
    return object;
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    for (size_t i = 0; i < findings->count; i++) {
        kdbib_output_text(output, i ? ",\n" : "[\n");
        if (!kdb_json_write(object_of(&findings->items[i]), JSON_COMPACT, output))
            return false;
    }
    kdbib_output_text(output, findings->count ? "\n]\n" : "[]\n");
    return true;
}

const kdb_findings_format kdb_findings_json = {"json", "json", write};
