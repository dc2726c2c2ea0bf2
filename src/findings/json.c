/* Findings as JSON: one array, one finding a line. docs/check.md tells the members. */
#include "findings/values.h"

static json_t *fix_of(const kdbib_fix *fix) {
    return json_pack("{s:I,s:I,s:s}", "offset", (json_int_t)fix->offset, "length",
                     (json_int_t)fix->size, "replacement", fix->replacement);
}

static json_t *object_of(const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    json_t *object = json_object();
    int failed = !object;
    if (d->file)
        failed |= json_object_set_new(object, "file", kdb_json_visible(d->file));
    if (d->file && d->line)
        failed |= json_object_set_new(object, "line", json_integer(d->line));
    if (d->file && d->line && d->column) {
        failed |= json_object_set_new(object, "column", json_integer(d->column));
        if (d->length)
            failed |= json_object_set_new(object, "end_column",
                                          json_integer((json_int_t)d->column + d->length));
    }
    failed |= json_object_set_new(object, "level", json_string(kdb_severity_name(d->severity)));
    failed |= json_object_set_new(object, "name", kdb_json_visible(d->name));
    failed |= json_object_set_new(object, "message", kdb_json_visible(d->message));
    if (d->fix && kdb_json_is_text(d->fix->replacement))
        failed |= json_object_set_new(object, "fix", fix_of(d->fix));
    if (!failed)
        return object;
    json_decref(object);
    return NULL;
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
