/* kdbib resolve: records are looked up, proved, and written to the lock as they are found. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/strings.h"
#include "cli/input.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "helper/commands.h"
#include "helper/report.h"
#include "helper/store.h"
#include "lookup/with.h"

typedef struct run {
    kdb_program *program;
    kdb_ready ready;
    kdb_session *session;
    kdb_store *store;
    kdb_progress progress;
    bool cannot_write;
} run;

/* Ctrl-C and the like: what was found is written, then the run ends. */
static volatile sig_atomic_t interrupted;

static void interrupt(int number) {
    interrupted = number;
}

static void catch_interrupts(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = interrupt}, before;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(numbers[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static size_t index_of(const run *r, const kdb_task *task) {
    return (size_t)(task - kdb_session_task(r->session, 0));
}

static bool settled(void *user, kdb_task *task) {
    run *r = user;
    if (task->state != KDB_TASK_FOUND || r->program->options->dry_run)
        return true;
    if (kdb_store_put(r->store, index_of(r, task), task->source))
        return true;
    r->cannot_write = true;
    return false;
}

static bool tick(void *user) {
    run *r = user;
    kdb_progress_show(&r->progress);
    return !interrupted;
}

/* What the lock knows is left alone; with --refresh only what a person wrote. */
static void skip_known(run *r) {
    bool refresh = r->program->options->refresh;
    for (size_t i = 0; i < kdb_session_count(r->session); i++)
        if (refresh ? kdb_store_is_manual(r->store, i) : kdb_store_knows(r->store, i))
            kdb_session_skip(kdb_session_task(r->session, i));
}

static bool use_bibliographies(run *r) {
    const kdb_values *with = &r->program->options->with;
    kdb_buffer bytes = {0};
    bool fine = true;
    for (size_t i = 0; i < with->count && fine; i++)
        fine =
            kdb_input_read(r->program->context, with->items[i], &bytes) &&
            kdb_with_file(r->program->context, r->session, with->items[i], kdb_buffer_str(&bytes));
    kdb_buffer_free(&bytes);
    return fine;
}

/* --dry-run: which service would be asked first for how many records. */
static void say_plan(run *r) {
    size_t first[KDB_SERVICE_COUNT] = {0}, nothing = 0;
    for (size_t i = 0; i < kdb_session_count(r->session); i++) {
        const kdb_task *task = kdb_session_task(r->session, i);
        if (task->state != KDB_TASK_WAITING)
            continue;
        if (task->plan.count)
            first[task->plan.steps[0].service]++;
        else
            nothing++;
    }
    printf("%s: %zu records\n  known                        %6zu\n", r->ready.lists.lock_file,
           kdb_session_count(r->session), kdb_session_tally(r->session, KDB_TASK_KNOWN));
    if (kdb_session_tally(r->session, KDB_TASK_FOUND))
        printf("  in your bibliographies       %6zu\n",
               kdb_session_tally(r->session, KDB_TASK_FOUND));
    for (int id = 0; id < KDB_SERVICE_COUNT; id++)
        if (first[id])
            printf("  would ask %-18s %6zu\n", kdb_service_at((kdb_service_id)id)->title,
                   first[id]);
    if (nothing)
        printf("  nothing to ask for           %6zu\n", nothing);
}

/* ---- --interactive ---- */

/* A line of the user's; false at the end of input. */
static bool read_answer(char *answer, size_t size) {
    if (!fgets(answer, (int)size, stdin))
        return false;
    answer[strcspn(answer, "\r\n")] = '\0';
    return true;
}

static void show_question(const kdb_task *task) {
    kdb_buffer text = {0};
    kdbib_source source = kdbib_record_source(task->record);
    kdb_add_visible(&text, kdbib_str_of(source.file));
    fprintf(stderr, "\n%s:%u: “", text.data ? text.data : "", source.line);
    kdb_buffer_clear(&text);
    kdb_add_visible(&text, kdbib_record_text(task->record, KDBIB_TITLE));
    kdb_buffer_add_str(&text, KDBIB_STR("”\n  "));
    kdb_add_visible(&text, task->reason);
    kdb_buffer_add_str(&text, KDBIB_STR("\n"));
    fputs(text.data ? text.data : "", stderr);
    fprintf(stderr, task->candidate.size ? "Is it that one? [y]es, [n]o, another DOI, [q]uit: "
                                         : "Its DOI, or [n]othing, [q]uit: ");
    fflush(stderr);
    kdb_buffer_free(&text);
}

static bool ask_person(run *r) {
    char answer[512];
    for (size_t i = 0; i < kdb_session_count(r->session) && !interrupted; i++) {
        kdb_task *task = kdb_session_task(r->session, i);
        if (task->state != KDB_TASK_UNRESOLVED)
            continue;
        show_question(task);
        if (!read_answer(answer, sizeof answer) || answer[0] == 'q')
            break;
        kdbib_str said = kdb_trim(kdbib_str_of(answer));
        kdbib_str doi = (answer[0] == 'y' || answer[0] == 'Y') ? task->candidate : (kdbib_str){0};
        size_t at = kdb_find(said, KDBIB_STR("10."), 0);
        if (at != SIZE_MAX && kdb_find_char(said, '/', at) != SIZE_MAX)
            doi = kdb_slice(said, at, said.size);
        if (!doi.size)
            continue;
        if (!kdb_session_confirm(task, doi) && !r->cannot_write)
            kdb_say("no registry gave it: %s", task->reason.data ? task->reason.data : "not found");
        if (r->cannot_write)
            return false;
    }
    return true;
}

/* ---- the end ---- */

static bool write_report(run *r) {
    if (r->program->options->quiet && !r->program->options->json)
        return true;
    kdb_output_file *file = kdb_output_file_open(NULL);
    if (!file)
        return false;
    bool fine = true;
    if (r->program->options->json)
        fine = kdb_report_json(r->session, r->ready.http, r->ready.lists.lock_file,
                               kdb_output_file_output(file));
    else
        kdb_report_table(r->session, r->ready.http, r->ready.lists.lock_file,
                         kdb_output_file_output(file));
    return kdb_output_file_commit(file) && fine;
}

static int finish(run *r) {
    bool interactive = r->program->options->interactive && !interrupted && !r->cannot_write;
    kdb_report_services(r->ready.http);
    if (interactive && !ask_person(r))
        r->cannot_write = true;
    if (!r->cannot_write && !kdb_store_finish(r->store))
        r->cannot_write = true;
    kdb_report_findings(r->program, r->session);
    if (!write_report(r) || r->cannot_write)
        return KDB_NOT_DONE;
    if (interrupted) {
        kdb_say("interrupted; what was found is in %s, and the next run goes on from there",
                r->ready.lists.lock_file);
        return 128 + interrupted;
    }
    size_t open = kdb_session_tally(r->session, KDB_TASK_UNRESOLVED) +
                  kdb_session_tally(r->session, KDB_TASK_UNREACHED) +
                  kdb_session_tally(r->session, KDB_TASK_WAITING);
    return open ? KDB_FELL_SHORT : KDB_DONE;
}

static int work(run *r) {
    kdb_ready *ready = &r->ready;
    if (!kdb_make_ready(r->program, ready))
        return KDB_NOT_DONE;
    if (!kdb_lock_is_writable(ready->lock)) {
        kdb_say("%s: repair it first, or rename it to begin a new one", ready->lists.lock_file);
        return KDB_NOT_DONE;
    }
    r->store = kdb_store_new(ready->lists.bibliography, ready->lock, ready->lists.lock_file,
                             ready->lists.lock);
    r->session = r->store ? kdb_session_new(ready->lists.bibliography, ready->http,
                                            r->program->options->pages, settled, r)
                          : NULL;
    if (!r->session) {
        kdb_say("memory is out");
        return KDB_NOT_DONE;
    }
    skip_known(r);
    if (!use_bibliographies(r) || !kdb_session_plan(r->session))
        return KDB_NOT_DONE;
    if (r->program->options->dry_run) {
        say_plan(r);
        return KDB_DONE;
    }
    catch_interrupts();
    kdb_progress_begin(&r->progress, r->session, ready->http, r->program->options->quiet);
    bool ran = kdb_session_run(r->session, tick, r);
    kdb_progress_end(&r->progress);
    if (!ran && !interrupted && !r->cannot_write)
        kdb_say("memory is out");
    return finish(r);
}

int kdb_resolve_online(kdb_program *program) {
    run r = {.program = program};
    int status = work(&r);
    kdb_session_free(r.session);
    kdb_store_free(r.store);
    kdb_ready_free(&r.ready);
    return status;
}
