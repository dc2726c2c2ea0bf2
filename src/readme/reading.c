/* Lists, one after the other, as wholes or cut into pieces, read by a team, put together in order.
 */
#include <stdlib.h>

#include "base/team.h"
#include "fields/word.h"
#include "library/context.h"
#include "markdown/memory.h"
#include "readme/piece.h"
#include "readme/readme.h"
#include "readme/whole.h"
#include "record/bibliography.h"
#include "resolve/twin.h"

/* Bytes. A longer list is cut whatever else there is to do: one thread would take long for it. */
#define LONGEST_WHOLE ((size_t)1 << 20)

/* What a thread does at a time. */
typedef struct reading_job {
    kdb_piece_job piece;      /* and the findings before it */
    const kdb_step *of_text;  /* the last of these found before the piece was cut; NULL: none */
    kdb_whole *whole;         /* a list, and no piece; NULL: none */
    size_t bytes;             /* of the text */
    struct reading_job *next; /* free to be used */
} reading_job;

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
    unsigned threads;        /* of it */
    kdb_whole_office office; /* without desks until a list is read as a whole */
    reading_job *held;       /* the list that was added last, when there are several threads */
    reading_job *free;
    reading_job *next; /* begun, not yet given: holds findings */
    size_t given;      /* and not yet taken back */
    size_t bytes;      /* of those */
    bool failed;       /* not all of it is read */
    bool stopped;      /* a list that came back failed: what comes behind it is of no use */
};

/* ---- findings ---- */

static reading_job *begin_job(kdb_reading *reading) {
    if (reading->next)
        return reading->next;
    reading_job *job = reading->free ? reading->free : calloc(1, sizeof *job);
    if (!job) {
        reading->failed = true;
        return NULL;
    }
    if (job == reading->free)
        reading->free = job->next;
    kdb_piece_begin(&job->piece, reading->rooms, reading->fields, &reading->words);
    job->bytes = 0;
    return reading->next = job;
}

/* A finding waits for the pieces before it. */
static void take_finding(void *user, const kdbib_diagnostic *finding) {
    kdb_reading *reading = user;
    if (!reading->given && !reading->next && !reading->held) {
        if (reading->handler)
            reading->handler(reading->handler_user, finding);
        return;
    }
    reading_job *job = begin_job(reading);
    if (job && !kdb_step_add_finding(&job->piece.findings, &job->piece.arena, finding))
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

/* Behind a list that failed nothing is read, but what the bytes of lists are is told: the findings
 * up to `of_text`. */
static void tell_findings(kdb_reading *reading, const kdb_step_list *findings,
                          const kdb_step *of_text) {
    const kdb_step *read = of_text ? of_text->next : findings->first;
    const kdb_step *end = reading->stopped ? read : NULL;
    for (const kdb_step *step = findings->first; step != end; step = step->next)
        if (kdb_twin_finding_is_new(reading->context, &step->finding) && reading->handler)
            reading->handler(reading->handler_user, &step->finding);
}

/* False: memory is out, or a limit was passed. */
static bool put_whole(kdb_reading *reading, kdb_whole *whole) {
    size_t size = whole->size;
    size_t entries = whole->failed ? 0 : kdbib_bibliography_count(whole->bibliography);
    if (whole->failed || !kdb_whole_give(whole, reading->bibliography))
        return false;
    if (reading->told)
        reading->told(reading->user, whole->file, size, entries);
    return true;
}

/* Takes back the oldest job. */
static void take_back(kdb_reading *reading) {
    reading_job *job = kdb_team_take(reading->team);
    kdb_piece_job *piece = &job->piece;
    reading->given--;
    reading->bytes -= job->bytes;
    tell_findings(reading, &piece->findings, piece->source ? job->of_text : piece->findings.last);
    if (job->whole)
        tell_findings(reading, &job->whole->findings, job->whole->of_text);
    kdbib_set_diagnostic_handler(reading->context, reading->handler, reading->handler_user);
    if (!reading->stopped && ((piece->source && !put(reading, piece)) ||
                              (job->whole && !put_whole(reading, job->whole))))
        reading->failed = reading->stopped = true;
    kdbib_set_diagnostic_handler(reading->context, take_finding, reading);
    kdb_piece_leave(piece);
    kdb_source_let_go(piece->source);
    kdb_whole_free(job->whole);
    job->whole = NULL;
    job->next = reading->free;
    reading->free = job;
}

static void give_next(kdb_reading *reading) {
    while (kdb_team_is_full(reading->team))
        take_back(reading);
    kdb_team_give(reading->team, reading->next);
    reading->bytes += reading->next->bytes;
    reading->next = NULL;
    reading->given++;
}

static void do_job(void *user, unsigned worker) {
    reading_job *job = user;
    if (job->whole)
        kdb_whole_read(job->whole, worker);
    else
        kdb_piece_read(&job->piece, worker);
}

/* ---- lists ---- */

/* For the first list that is read as a whole. */
static bool open_office(kdb_reading *reading) {
    kdb_whole_office *office = &reading->office;
    if (office->desks)
        return true;
    *office = (kdb_whole_office){.desks = calloc(reading->threads, sizeof *office->desks),
                                 .fields = reading->fields,
                                 .rooms = reading->rooms,
                                 .words = &reading->words,
                                 .record = reading->record};
    bool fine = office->desks != NULL;
    for (unsigned i = 0; i < reading->threads && fine; i++)
        fine = kdb_whole_desk_init(&office->desks[i], reading->context, i == 0);
    reading->failed = reading->failed || !fine;
    return fine;
}

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
    unsigned threads = reading->threads = kdb_team_threads(context->threads);
    reading->rooms = kdb_piece_rooms_new();
    reading->team = kdb_team_new(threads, do_job);
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
        reading_job *job = begin_job(reading);
        if (!job)
            return false;
        kdb_piece_job *piece = &job->piece;
        job->of_text = piece->findings.last;
        if (!kdb_source_next(source, &piece->piece, &piece->text, &last))
            return false;
        piece->source = kdb_source_hold(source);
        piece->last = last;
        piece->needed_from = kdb_splitter_needs_from(&source->splitter);
        job->bytes = piece->piece.text.size;
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

/* The others have something to do meanwhile, for about as long. */
static bool is_read_whole(const kdb_reading *reading, size_t bytes) {
    return bytes <= LONGEST_WHOLE && bytes / 2 <= reading->bytes && !reading->failed &&
           !kdb_bibliography_is_spooled(reading->bibliography);
}

/* Makes it the next job, and gives it, in pieces or as it is. */
static bool give_list(kdb_reading *reading, reading_job *list, bool cut_it) {
    reading->next = list;
    if (!cut_it && open_office(reading)) {
        give_next(reading);
        return true;
    }
    kdb_whole *whole = list->whole;
    list->whole = NULL;
    bool fine = add(reading, whole->file, kdb_buffer_str(&whole->bytes), &whole->bytes);
    kdb_whole_free(whole);
    return fine;
}

/* The list that was held back is read. The last one of all is cut, so that no thread is alone with
 * it at the end. */
static bool let_held_go(kdb_reading *reading, bool last) {
    reading_job *held = reading->held, *behind = reading->next; /* findings behind the list */
    if (!held)
        return !reading->failed;
    reading->held = NULL;
    bool fine = give_list(reading, held, last || !is_read_whole(reading, held->bytes));
    if (reading->next && behind)
        give_next(reading);
    if (behind)
        reading->next = behind;
    return fine;
}

static bool hold(kdb_reading *reading, const char *file, kdb_buffer *bytes) {
    reading_job *job = begin_job(reading);
    if (!job)
        return false;
    job->bytes = bytes->size;
    job->whole = kdb_whole_new(&reading->office, file, bytes);
    if (!job->whole)
        return false;
    reading->held = job;
    reading->next = NULL;
    return true;
}

bool kdb_reading_add(kdb_reading *reading, const char *file, kdb_buffer *bytes) {
    if (reading->threads == 1)
        return add(reading, file, kdb_buffer_str(bytes), bytes);
    bool fine = let_held_go(reading, false);
    fine = hold(reading, file, bytes) && fine;
    reading->failed = reading->failed || !fine;
    return fine;
}

bool kdb_reading_wait(kdb_reading *reading) {
    let_held_go(reading, true);
    if (reading->next)
        give_next(reading);
    while (reading->given)
        take_back(reading);
    return !reading->failed;
}

static void drop_held(kdb_reading *reading) {
    reading_job *held = reading->held;
    reading->held = NULL;
    if (!held)
        return;
    kdb_whole_free(held->whole);
    held->whole = NULL;
    held->next = reading->free;
    reading->free = held;
}

void kdb_reading_free(kdb_reading *reading) {
    if (!reading)
        return;
    reading->stopped = true;
    drop_held(reading);
    kdb_reading_wait(reading);
    kdbib_set_diagnostic_handler(reading->context, reading->handler, reading->handler_user);
    for (reading_job *job = reading->free, *next; job; job = next) {
        next = job->next;
        kdb_piece_free(&job->piece);
        free(job);
    }
    for (unsigned i = 0; i < reading->threads && reading->office.desks; i++)
        kdb_whole_desk_free(&reading->office.desks[i]);
    free(reading->office.desks);
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
