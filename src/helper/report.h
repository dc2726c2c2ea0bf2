/* What a person sees of a run: progress, the summary, a report for programs. */
#ifndef KDB_REPORT_H
#define KDB_REPORT_H

#include "cli/program.h"
#include "lookup/session.h"

typedef struct kdb_progress {
    const kdb_session *session;
    const kdb_http *http;
    bool terminal, quiet, shown;
    int64_t begun, last; /* milliseconds */
    size_t done_before;  /* records that needed no question */
} kdb_progress;

void kdb_progress_begin(kdb_progress *progress, const kdb_session *session, const kdb_http *http,
                        bool quiet);
/* Draws it when it is time to: a bar on a terminal, now and then a line elsewhere. */
void kdb_progress_show(kdb_progress *progress);
/* Clears the bar. */
void kdb_progress_end(kdb_progress *progress);

/* A line for each service that could not be asked. True: there was one. */
bool kdb_report_services(const kdb_http *http);
/* Unresolved records and remarks as findings; at the end a table. */
void kdb_report_findings(kdb_program *program, kdb_session *session);
void kdb_report_table(kdb_session *session, const kdb_http *http, const char *lock_file,
                      kdbib_output *output);
/* All of it as one JSON object. */
bool kdb_report_json(kdb_session *session, const kdb_http *http, const char *lock_file,
                     kdbib_output *output);

#endif
