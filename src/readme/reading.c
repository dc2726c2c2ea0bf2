/* Lists, one after the other, cut into pieces, read by a team, put together in order. */
#include <stdlib.h>

#include "base/team.h"
#include "fields/word.h"
#include "library/context.h"
#include "markdown/memory.h"
#include "readme/piece.h"
#include "readme/readme.h"

struct kdb_reading {
    kdbib_bibliography *bibliography;
    kdbib *context;
    kdb_record_read_fn *record;
    kdb_list_read_fn *told;
    void *user;
    kdbib_diagnostic_fn *handler; /* the context's own */
    void *handler_user;
    kdb_section_words words;
    kdb_fields *fields; /* for each worker, with a memo of its own */
    kdb_word_memo *memos;
    kdb_pool *rooms;
    kdb_team *team;
    kdb_piece_job *free;
    kdb_piece_job *next; /* begun, not yet given: holds findings */
    size_t given;        /* and not yet taken back */
    bool failed;         /* not all of it is read */
    bool stopped;        /* memory was out: what comes back is of no use */
};

/* ---- findings ---- */

static kdb_piece_job *begin_job(kdb_reading *reading) {
    if (reading->next)
        return reading->next;
    kdb_piece_job *job = reading->free ? reading->free : calloc(1, sizeof *job);
    if (!job) {
        reading->failed = true;
        return NULL;
    }
    if (job == reading->free)
        reading->free = job->next;
    kdb_piece_begin(job, reading->rooms, reading->fields, &reading->words);
    return reading->next = job;
}

/* A finding waits for the pieces before it. */
static void take_finding(void *user, const kdbib_diagnostic *finding) {
    kdb_reading *reading = user;
    if (!reading->given && !reading->next) {
        if (reading->handler)
            reading->handler(reading->handler_user, finding);
        return;
    }
    kdb_piece_job *job = begin_job(reading);
    if (job && !kdb_step_add_finding(&job->findings, &job->arena, finding))
        reading->failed = true;
}

/* ---- pieces that come back ---- */

/* False: memory is out. */
static bool put(kdb_reading *reading, kdb_piece_job *job) {
    kdb_outline *outline = &job->source->outline;
    kdb_levels nothing = kdb_outline_nothing(outline, UINT32_MAX);
    if ((nothing ^ job->reader.nothing) & job->reader.asked)
        kdb_piece_read_again(job, nothing);
    if (job->reader.failed || !kdb_outline_take(outline, &job->reader.steps))
        return false;
    kdb_source_forget(job->source, job->needed_from);
    if (!job->last)
        return true;
    kdb_outline_end(outline);
    if (reading->told)
        reading->told(reading->user, job->source->file, job->source->text.size, outline->entries);
    return true;
}

static void tell_findings(kdb_reading *reading, const kdb_piece_job *job) {
    for (const kdb_step *step = job->findings.first; step; step = step->next)
        if (reading->handler)
            reading->handler(reading->handler_user, &step->finding);
}

/* Takes back the oldest job. */
static void take_back(kdb_reading *reading) {
    kdb_piece_job *job = kdb_team_take(reading->team);
    reading->given--;
    tell_findings(reading, job);
    kdbib_set_diagnostic_handler(reading->context, reading->handler, reading->handler_user);
    if (job->source && !reading->stopped && !put(reading, job))
        reading->failed = reading->stopped = true;
    kdbib_set_diagnostic_handler(reading->context, take_finding, reading);
    kdb_piece_leave(job);
    kdb_source_let_go(job->source);
    job->next = reading->free;
    reading->free = job;
}

static void give_next(kdb_reading *reading) {
    while (kdb_team_is_full(reading->team))
        take_back(reading);
    kdb_team_give(reading->team, reading->next);
    reading->next = NULL;
    reading->given++;
}

/* ---- lists ---- */

static bool give_fields(kdb_reading *reading, unsigned threads) {
    const kdb_fields *fields = kdb_word_tables();
    reading->fields = calloc(threads, sizeof *reading->fields);
    reading->memos = calloc(threads, sizeof *reading->memos);
    if (!reading->fields || !reading->memos)
        return false;
    for (unsigned i = 0; i < threads; i++) {
        reading->fields[i] = *fields;
        reading->fields[i].memo = &reading->memos[i];
    }
    return true;
}

kdb_reading *kdb_reading_new(kdbib_bibliography *bibliography, kdb_record_read_fn *record,
                             kdb_list_read_fn *told, void *user) {
    kdb_reading *reading = calloc(1, sizeof *reading);
    if (!reading)
        return NULL;
    kdbib *context = kdbib_bibliography_context(bibliography);
    reading->bibliography = bibliography;
    reading->context = context;
    reading->record = record;
    reading->told = told;
    reading->user = user;
    reading->handler = context->handler;
    reading->handler_user = context->handler_user;
    unsigned threads = kdb_team_threads(context->threads);
    reading->rooms = kdb_piece_rooms_new();
    reading->team = kdb_team_new(threads, kdb_piece_read);
    if (!reading->rooms || !reading->team || !give_fields(reading, threads) ||
        !kdb_section_words_read(&reading->words) || !kdb_cmark_register()) {
        kdb_reading_free(reading);
        return NULL;
    }
    kdbib_set_diagnostic_handler(context, take_finding, reading);
    return reading;
}

static bool cut(kdb_reading *reading, kdb_source *source) {
    for (bool last = false; !last && !reading->failed;) {
        kdb_piece_job *job = begin_job(reading);
        if (!job || !kdb_source_next(source, &job->piece, &job->text, &last))
            return false;
        job->source = kdb_source_hold(source);
        job->last = last;
        job->needed_from = kdb_splitter_needs_from(&source->splitter);
        give_next(reading);
    }
    return !reading->failed;
}

static bool add(kdb_reading *reading, const char *file, kdbib_str bytes, kdb_buffer *owned) {
    kdb_source *source =
        begin_job(reading) ? kdb_source_new(reading->bibliography, file, bytes, owned) : NULL;
    if (source)
        source->outline.record_read = reading->record;
    if (!source || !cut(reading, source))
        reading->failed = true;
    kdb_source_let_go(source);
    return !reading->failed;
}

bool kdb_reading_add(kdb_reading *reading, const char *file, kdb_buffer *bytes) {
    return add(reading, file, kdb_buffer_str(bytes), bytes);
}

bool kdb_reading_wait(kdb_reading *reading) {
    if (reading->next)
        give_next(reading);
    while (reading->given)
        take_back(reading);
    return !reading->failed;
}

void kdb_reading_free(kdb_reading *reading) {
    if (!reading)
        return;
    reading->stopped = true;
    kdb_reading_wait(reading);
    kdbib_set_diagnostic_handler(reading->context, reading->handler, reading->handler_user);
    for (kdb_piece_job *job = reading->free, *next; job; job = next) {
        next = job->next;
        kdb_piece_free(job);
        free(job);
    }
    kdb_pool_free(reading->rooms);
    kdb_team_free(reading->team);
    free(reading->fields);
    free(reading->memos);
    kdb_arena_free(&reading->words.arena);
    free(reading);
}

bool kdb_read_markdown(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes,
                       kdb_record_read_fn *record) {
    kdb_reading *reading = kdb_reading_new(bibliography, record, NULL, NULL);
    bool fine = reading && add(reading, file, bytes, NULL);
    fine = reading && kdb_reading_wait(reading) && fine;
    kdb_reading_free(reading);
    return fine;
}
