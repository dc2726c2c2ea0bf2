/* The formats of findings, but for plain text (cli/diagnostics.c). */
#include "findings/findings.h"

extern const kdb_findings_format kdb_findings_json, kdb_findings_github, kdb_findings_sarif;

static const kdb_findings_format *const formats[] = {
    &kdb_findings_json,
    &kdb_findings_github,
    &kdb_findings_sarif,
};

const kdb_findings_format *kdb_findings_format_at(size_t index) {
    return index < sizeof formats / sizeof *formats ? formats[index] : NULL;
}
