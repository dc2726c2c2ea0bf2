/* The charts of the html page: papers by year and by venue. */
#ifndef KDB_HTML_CHARTS_H
#define KDB_HTML_CHARTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"
#include "kdbib/output.h"
#include "kdbib/record.h"

#define KDB_CHART_FIRST_YEAR 1850
#define KDB_CHART_YEARS 300

/* Empty is {0}. */
typedef struct kdb_charts {
    uint32_t years[KDB_CHART_YEARS];
    kdb_index venues; /* how often each occurs */
    kdb_arena arena;
} kdb_charts;

/* Counts a record. False: memory is out. */
bool kdb_charts_count(kdb_charts *charts, const kdbib_record *record);
/* Writes both as figures of inline SVG with a table each; nothing when nothing was counted. */
void kdb_charts_write(const kdb_charts *charts, kdbib_output *out, kdb_buffer *scratch);
void kdb_charts_free(kdb_charts *charts);

#endif
