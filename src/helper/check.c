/* kdbib check --online: the lock's rows against what the registries say today, by class. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "cli/say.h"
#include "helper/commands.h"
#include "helper/report.h"
#include "lock/lock_inside.h"
#include "text/fold.h"

typedef enum difference {
    DIFFERS_DOI,
    DIFFERS_TYPE,
    DIFFERS_TITLE,
    DIFFERS_AUTHORS,
    DIFFERS_CONTAINER,
    DIFFERS_YEAR,
    DIFFERS_VOLUME,
    DIFFERS_ISSUE,
    DIFFERS_PAGES,
    DIFFERENCES,
} difference;

static const struct {
    const char *name, *what; /* of the finding; for people */
} classes[DIFFERENCES] = {
    [DIFFERS_DOI] = {"online-doi", "DOI"},
    [DIFFERS_TYPE] = {"online-type", "type"},
    [DIFFERS_TITLE] = {"online-title", "title"},
    [DIFFERS_AUTHORS] = {"online-authors", "authors"},
    [DIFFERS_CONTAINER] = {"online-container", "container"},
    [DIFFERS_YEAR] = {"online-year", "year"},
    [DIFFERS_VOLUME] = {"online-volume", "volume"},
    [DIFFERS_ISSUE] = {"online-issue", "issue"},
    [DIFFERS_PAGES] = {"online-pages", "pages"},
};

/* A record's values, as they are shown and as they are compared. */
typedef struct values {
    kdbib_str shown[DIFFERENCES], folded[DIFFERENCES];
} values;

typedef struct comparison {
    kdb_program *program;
    kdb_ready ready;
    kdb_session *session;
    kdb_progress progress;
    values *before;
    uint32_t *lines; /* of the rows */
    size_t counts[DIFFERENCES], retracted;
    kdb_arena arena;
} comparison;

static kdbib_str families(kdb_arena *arena, const kdbib_record *record) {
    kdb_buffer list = {0};
    kdbib_name name;
    for (kdbib_cursor cursor = {0};
         kdbib_record_next_name(record, KDBIB_AUTHORS, &cursor, &name);) {
        if (list.size)
            kdb_buffer_add_str(&list, KDBIB_STR("; "));
        kdb_buffer_add_str(&list, name.family.size ? name.family : name.literal);
    }
    if (list.failed)
        arena->failed = true;
    kdbib_str text = kdb_arena_copy(arena, kdb_buffer_str(&list));
    kdb_buffer_free(&list);
    return text;
}

static void note_values(kdb_arena *arena, const kdbib_record *record, values *v) {
    static const kdbib_field fields[DIFFERENCES] = {
        [DIFFERS_DOI] = KDBIB_DOI,     [DIFFERS_CONTAINER] = KDBIB_CONTAINER_TITLE,
        [DIFFERS_TITLE] = KDBIB_TITLE, [DIFFERS_VOLUME] = KDBIB_VOLUME,
        [DIFFERS_ISSUE] = KDBIB_ISSUE, [DIFFERS_PAGES] = KDBIB_PAGES,
    };
    for (int i = 0; i < DIFFERENCES; i++)
        v->shown[i] = fields[i] ? kdb_arena_copy(arena, kdbib_record_text(record, fields[i]))
                                : (kdbib_str){NULL, 0};
    kdbib_str number = kdbib_record_text(record, KDBIB_ARTICLE_NUMBER);
    if (!v->shown[DIFFERS_PAGES].size)
        v->shown[DIFFERS_PAGES] = kdb_arena_copy(arena, number);
    v->shown[DIFFERS_TYPE] = kdbib_str_of(kdbib_type_name(kdbib_record_type(record)));
    v->shown[DIFFERS_AUTHORS] = families(arena, record);
    if (kdbib_record_issued(record).year)
        v->shown[DIFFERS_YEAR] = kdb_arena_format(arena, "%d", kdbib_record_issued(record).year);
    for (int i = 0; i < DIFFERENCES; i++)
        v->folded[i] = kdb_fold(arena, v->shown[i]);
}

/* The record holds what the registry says now. */
static bool compare(void *user, kdb_task *task) {
    comparison *c = user;
    size_t index = (size_t)(task - kdb_session_task(c->session, 0));
    const values *before = &c->before[index];
    values now;
    if (task->state != KDB_TASK_FOUND)
        return true;
    note_values(&c->arena, task->record, &now);
    for (int i = 0; i < DIFFERENCES; i++) {
        if (!before->folded[i].size || kdbib_str_equal(before->folded[i], now.folded[i]))
            continue;
        c->counts[i]++;
        kdb_report(c->program->context, KDBIB_SEVERITY_WARNING, classes[i].name,
                   c->ready.lists.lock_file, c->lines[index], 0,
                   "%s of “%.*s”: the lock says “%.*s”, %s “%.*s”", classes[i].what,
                   KDB_SHOW(before->shown[DIFFERS_TITLE]), KDB_SHOW(before->shown[i]), task->source,
                   KDB_SHOW(now.shown[i]));
    }
    if (task->remark && strcmp(task->remark, "it was retracted") == 0) {
        c->retracted++;
        kdb_report(c->program->context, KDBIB_SEVERITY_WARNING, "online-retracted",
                   c->ready.lists.lock_file, c->lines[index], 0, "“%.*s” was retracted",
                   KDB_SHOW(before->shown[DIFFERS_TITLE]));
    }
    return !kdb_arena_failed(&c->arena);
}

static bool tick(void *user) {
    comparison *c = user;
    kdb_progress_show(&c->progress);
    return true;
}

/* Rows with an identifier are compared; what has none cannot differ. */
static bool prepare(comparison *c) {
    kdb_lock *lock = c->ready.lock;
    size_t count = kdb_session_count(c->session);
    c->before = kdb_arena_array(&c->arena, count + 1, sizeof *c->before);
    c->lines = kdb_arena_array(&c->arena, count + 1, sizeof *c->lines);
    for (size_t i = 0; i < count && c->before && c->lines; i++) {
        kdb_task *task = kdb_session_task(c->session, i);
        uint32_t row = kdb_lock_row_of(task->record);
        bool has_id = kdbib_record_text(task->record, KDBIB_DOI).size ||
                      kdbib_record_text(task->record, KDBIB_ARXIV).size ||
                      kdbib_record_text(task->record, KDBIB_PMID).size ||
                      kdbib_record_text(task->record, KDBIB_PMCID).size;
        if (row == KDB_LOCK_NO_ROW || !has_id) {
            kdb_session_skip(task);
            continue;
        }
        c->lines[i] = lock->rows[row].line;
        note_values(&c->arena, task->record, &c->before[i]);
    }
    return !kdb_arena_failed(&c->arena) && kdb_session_plan(c->session);
}

static void say_table(const comparison *c) {
    size_t compared = kdb_session_tally(c->session, KDB_TASK_FOUND);
    if (c->program->options->quiet)
        return;
    printf("%s: %zu rows compared\n", c->ready.lists.lock_file, compared);
    for (int i = 0; i < DIFFERENCES; i++)
        if (c->counts[i])
            printf("  other %-20s %6zu\n", classes[i].what, c->counts[i]);
    if (c->retracted)
        printf("  retracted                  %6zu\n", c->retracted);
    size_t open = kdb_session_tally(c->session, KDB_TASK_UNRESOLVED);
    if (open)
        printf("  not confirmed              %6zu\n", open);
    if (kdb_session_tally(c->session, KDB_TASK_UNREACHED))
        printf("  not reached                %6zu\n",
               kdb_session_tally(c->session, KDB_TASK_UNREACHED));
}

static int work(comparison *c) {
    if (!kdb_make_ready(c->program, &c->ready))
        return KDB_NOT_DONE;
    c->session = kdb_session_new(c->ready.lists.bibliography, c->ready.http, false, compare, c);
    if (!c->session || !prepare(c)) {
        kdb_say("memory is out");
        return KDB_NOT_DONE;
    }
    kdb_progress_begin(&c->progress, c->session, c->ready.http, c->program->options->quiet);
    bool ran = kdb_session_run(c->session, tick, c);
    kdb_progress_end(&c->progress);
    if (!ran) {
        kdb_say("memory is out");
        return KDB_NOT_DONE;
    }
    kdb_report_services(c->ready.http);
    kdb_report_findings(c->program, c->session);
    say_table(c);
    size_t wrong = c->retracted + kdb_session_tally(c->session, KDB_TASK_UNRESOLVED) +
                   kdb_session_tally(c->session, KDB_TASK_UNREACHED);
    for (int i = 0; i < DIFFERENCES; i++)
        wrong += c->counts[i];
    return wrong ? KDB_FELL_SHORT : KDB_DONE;
}

int kdb_check_online(kdb_program *program) {
    comparison c = {.program = program};
    int status = work(&c);
    kdb_session_free(c.session);
    kdb_ready_free(&c.ready);
    kdb_arena_free(&c.arena);
    return status;
}
