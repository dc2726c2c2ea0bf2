/* A progress bar on a terminal, a line every few seconds elsewhere. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/say.h"
#include "helper/report.h"
#include "services/http_inside.h"

#define BAR_WIDTH 24
#define TERMINAL_INTERVAL 100 /* milliseconds */
#define LINE_INTERVAL 5000

void kdb_progress_begin(kdb_progress *progress, const kdb_session *session, const kdb_http *http,
                        bool quiet) {
    const char *term = getenv("TERM");
    *progress = (kdb_progress){.session = session, .http = http, .quiet = quiet};
    progress->terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
    progress->begun = progress->last = kdb_now();
    progress->done_before =
        kdb_session_count(session) - kdb_session_tally(session, KDB_TASK_WAITING);
}

static void draw_bar(const kdb_progress *progress, size_t done, size_t all, double rate) {
    char bar[BAR_WIDTH + 1];
    size_t filled = all ? done * BAR_WIDTH / all : BAR_WIDTH;
    for (size_t i = 0; i < BAR_WIDTH; i++)
        bar[i] = i < filled ? '#' : '-';
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r\033[K[%s] %zu/%zu  found %zu, open %zu", bar, done, all,
            kdb_session_tally(progress->session, KDB_TASK_FOUND),
            kdb_session_tally(progress->session, KDB_TASK_UNRESOLVED) +
                kdb_session_tally(progress->session, KDB_TASK_UNREACHED));
    if (rate > 0)
        fprintf(stderr, "  %.1f/s, %.0f s left", rate, (double)(all - done) / rate);
    fflush(stderr);
}

void kdb_progress_show(kdb_progress *progress) {
    int64_t now = kdb_now();
    if (progress->quiet ||
        now - progress->last < (progress->terminal ? TERMINAL_INTERVAL : LINE_INTERVAL))
        return;
    progress->last = now;
    size_t all = kdb_session_count(progress->session) - progress->done_before;
    size_t done = all - kdb_session_tally(progress->session, KDB_TASK_WAITING);
    double rate = (double)done * 1000 / (double)(now - progress->begun + 1);
    if (progress->terminal) {
        draw_bar(progress, done, all, rate);
        progress->shown = true;
    } else {
        kdb_say("%zu of %zu looked up, %zu found", done, all,
                kdb_session_tally(progress->session, KDB_TASK_FOUND));
    }
}

void kdb_progress_end(kdb_progress *progress) {
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
