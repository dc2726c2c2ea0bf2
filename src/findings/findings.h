/* Findings kept to be sorted and written: what `kdbib check` tells. */
#ifndef KDB_FINDINGS_H
#define KDB_FINDINGS_H

#include "base/arena.h"
#include "base/lines.h"
#include "kdbib/kdbib.h"

/* A file that findings are about. */
typedef struct kdb_findings_source {
    const char *file;
    kdbib_str bytes;
    kdb_lines lines; /* found when they are asked for */
} kdb_findings_source;

typedef struct kdb_finding {
    kdbib_diagnostic told; /* its strings live as long as the findings */
    kdbib_fix fix;
    size_t source; /* number of its source, or SIZE_MAX */
    size_t order;
} kdb_finding;

typedef struct kdb_findings {
    kdb_arena arena;
    kdb_finding *items;
    size_t count, capacity;
    kdb_findings_source *sources;
    size_t source_count, source_capacity;
} kdb_findings;

/* Begin with {0}. Out of memory the arena has failed. */
void kdb_findings_free(kdb_findings *findings);

/* Findings about `file` are in these bytes, which are borrowed for the findings' life. */
void kdb_findings_add_source(kdb_findings *findings, const char *file, kdbib_str bytes);
void kdb_findings_add(kdb_findings *findings, const kdbib_diagnostic *diagnostic);

/* When all are there: finds the columns that are not known, and sorts by file, line and column. */
void kdb_findings_finish(kdb_findings *findings);

/* ---- for those who write them ---- */

/* Where something stands, in characters (code points), 1-based; `column` 0: unknown. */
typedef struct kdb_findings_region {
    uint32_t line, column, end_column;
} kdb_findings_region;

kdb_findings_region kdb_findings_where(kdb_findings *findings, const kdb_finding *finding);
/* Of the bytes that a fix replaces; false: they are not in one line. */
bool kdb_findings_fix_where(kdb_findings *findings, const kdb_finding *finding,
                            kdb_findings_region *region);

/* "error", "warning", "note". */
const char *kdb_severity_name(kdbib_severity severity);

/* ---- formats ---- */

typedef struct kdb_findings_format {
    const char *name, *extension; /* extension "": of no file */
    /* False: memory is out; errors of `output` stick to it. */
    bool (*write)(kdb_findings *findings, kdbib_output *output);
} kdb_findings_format;

/* A format is a file beside this one and a line in registry.c; NULL past the last one. */
const kdb_findings_format *kdb_findings_format_at(size_t index);

#endif
