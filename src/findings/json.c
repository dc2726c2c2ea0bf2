/* Findings as JSON: one array, one finding a line. docs/check.md tells the members. */
#include "findings/put.h"

static void put_number(kdb_put *put, const char *name, size_t number) {
    kdb_put_name(put, name);
    kdb_put_number(put, (long long)number);
}

static void put_fix(kdb_put *put, const kdbib_fix *fix) {
    kdb_put_name(put, "fix");
    kdb_put_object(put);
    put_number(put, "offset", fix->offset);
    put_number(put, "length", fix->size);
    kdb_put_name(put, "replacement");
    kdb_put_text(put, fix->replacement);
    kdb_put_object_end(put);
}

static void put_finding(kdb_put *put, const kdb_finding *finding) {
    const kdbib_diagnostic *d = &finding->told;
    bool line = d->file && d->line, column = line && d->column;
    kdb_put_object(put);
    if (d->file) {
        kdb_put_name(put, "file");
        kdb_put_visible(put, d->file);
    }
    if (line)
        put_number(put, "line", d->line);
    if (column)
        put_number(put, "column", d->column);
    if (column && d->length)
        put_number(put, "end_column", (size_t)d->column + d->length);
    kdb_put_name(put, "level");
    kdb_put_text(put, kdb_severity_name(d->severity));
    kdb_put_name(put, "name");
    kdb_put_visible(put, d->name);
    kdb_put_name(put, "message");
    kdb_put_visible(put, d->message);
    if (d->fix && kdb_is_utf8(d->fix->replacement))
        put_fix(put, d->fix);
    kdb_put_object_end(put);
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    kdb_put put = {0};
    kdb_put_begin(&put, output, NULL);
    for (size_t i = 0; i < findings->count; i++) {
        kdbib_output_text(output, i ? ",\n" : "[\n");
        put_finding(&put, &findings->items[i]);
        kdb_put_next(&put);
    }
    kdbib_output_text(output, findings->count ? "\n]\n" : "[]\n");
    return kdb_put_end(&put);
}

const kdb_findings_format kdb_findings_json = {"json", "json", write};
