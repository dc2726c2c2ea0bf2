/* Findings as workflow commands, which GitHub Actions shows beside the lines that they are about.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "base/strings.h"
#include "cli/say.h"
#include "findings/findings.h"

/* In a property, commas and colons are signs too. */
static void add_escaped(kdb_buffer *line, kdbib_str text, bool property) {
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i], escape[8];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
            snprintf(escape, sizeof escape, "%%%02X", (unsigned)c);
            kdb_buffer_add_str(line, kdbib_str_of(escape));
        } else {
            kdb_buffer_add_char(line, c);
        }
    }
}

static void add_text(kdb_buffer *line, const char *text, bool property) {
    kdb_buffer visible = {0};
    kdb_add_visible(&visible, kdbib_str_of(text));
    add_escaped(line, kdb_buffer_str(&visible), property);
    line->failed = line->failed || visible.failed;
    kdb_buffer_free(&visible);
}

static void add_number(kdb_buffer *line, const char *name, uint32_t number) {
    char text[48];
    if (!number)
        return;
    snprintf(text, sizeof text, ",%s=%u", name, number);
    kdb_buffer_add_str(line, kdbib_str_of(text));
}

static void add_finding(kdb_buffer *line, kdb_findings *findings, const kdb_finding *finding) {
    static const char *const commands[] = {"::notice ", "::warning ", "::error "};
    const kdbib_diagnostic *d = &finding->told;
    kdb_findings_region where = kdb_findings_where(findings, finding);
    kdb_buffer_add_str(line, kdbib_str_of(commands[d->severity]));
    if (d->file) {
        kdb_buffer_add_str(line, KDBIB_STR("file="));
        add_text(line, d->file, true);
        add_number(line, "line", where.line);
        add_number(line, "col", where.column);
        if (where.end_column > where.column)
            add_number(line, "endColumn", where.end_column);
        kdb_buffer_add_char(line, ',');
    }
    kdb_buffer_add_str(line, KDBIB_STR("title=kdbib "));
    add_text(line, d->name, true);
    kdb_buffer_add_str(line, KDBIB_STR("::"));
    add_text(line, d->message, false);
    kdb_buffer_add_char(line, '\n');
}

static bool write(kdb_findings *findings, kdbib_output *output) {
    kdb_buffer line = {0};
    for (size_t i = 0; i < findings->count && !line.failed; i++) {
        kdb_buffer_clear(&line);
        add_finding(&line, findings, &findings->items[i]);
        kdbib_output_str(output, kdb_buffer_str(&line));
    }
    bool fine = !line.failed;
    kdb_buffer_free(&line);
    return fine;
}

const kdb_findings_format kdb_findings_github = {"github", "", write};
