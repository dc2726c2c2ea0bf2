/* Reads a list piece by piece into a bibliography of its own. */
#include "readme/whole.h"

#include <stdlib.h>

#include "record/bibliography.h"
#include "resolve/twin.h"

/* Bytes. What the last block of a list has too much of, nobody else can use. */
#define BLOCK ((size_t)64 << 10)

bool kdb_whole_desk_init(kdb_whole_desk *desk, kdbib *context, bool of_caller) {
    desk->context = of_caller ? context : kdbib_new();
    desk->owns_context = !of_caller;
    return of_caller || (desk->context && kdb_twin_rules(desk->context, context));
}

void kdb_whole_desk_free(kdb_whole_desk *desk) {
    kdb_piece_free(&desk->piece);
    if (desk->owns_context)
        kdbib_free(desk->context);
}

kdb_whole *kdb_whole_new(const kdb_whole_office *office, const char *file, kdb_buffer *bytes) {
    kdb_whole *whole = calloc(1, sizeof *whole);
    char *copy = strdup(file);
    if (!whole || !copy) {
        free(whole);
        free(copy);
        return NULL;
    }
    *whole = (kdb_whole){.office = office, .file = copy, .bytes = *bytes};
    *bytes = (kdb_buffer){0};
    return whole;
}

void kdb_whole_free(kdb_whole *whole) {
    if (!whole)
        return;
    kdbib_bibliography_free(whole->bibliography);
    kdb_arena_free(&whole->arena);
    kdb_buffer_free(&whole->bytes);
    free(whole->file);
    free(whole);
}

static void add_finding(void *user, const kdbib_diagnostic *finding) {
    kdb_whole *whole = user;
    if (!kdb_step_add_finding(&whole->findings, &whole->arena, finding))
        whole->failed = true;
}

/* The next piece of the source into its outline. */
static bool read_piece(const kdb_whole_office *office, kdb_piece_job *job, kdb_source *source,
                       unsigned worker, bool *last) {
    kdb_piece_begin(job, office->rooms, office->fields, office->words);
    if (!kdb_source_next(source, &job->piece, &job->text, last))
        return false;
    job->source = source;
    job->reader.nothing = kdb_outline_nothing(&source->outline, UINT32_MAX);
    kdb_piece_read(job, worker);
    bool fine = !job->reader.failed && kdb_outline_take(&source->outline, &job->reader.steps);
    kdb_piece_leave(job);
    return fine;
}

static bool read_source(kdb_whole *whole, kdb_source *source, unsigned worker) {
    const kdb_whole_office *office = whole->office;
    source->outline.record_read = office->record;
    for (bool last = false; !last;)
        if (!read_piece(office, &office->desks[worker].piece, source, worker, &last))
            return false;
    kdb_outline_end(&source->outline);
    whole->size = source->text.size;
    return true;
}

static bool read(kdb_whole *whole, unsigned worker) {
    whole->bibliography = kdbib_bibliography_new(whole->office->desks[worker].context);
    if (!whole->bibliography)
        return false;
    whole->bibliography->arena.step = BLOCK;
    kdb_source *source = kdb_source_new(whole->bibliography, whole->file,
                                        kdb_buffer_str(&whole->bytes), &whole->bytes);
    whole->of_text = whole->findings.last;
    bool fine = source && read_source(whole, source, worker);
    kdb_source_let_go(source);
    return fine;
}

void kdb_whole_read(kdb_whole *whole, unsigned worker) {
    const kdb_whole_desk *desk = &whole->office->desks[worker];
    const kdb_hearer before = kdb_set_hearer(desk->context, (kdb_hearer){add_finding, whole});
    bool fine = read(whole, worker);
    (void)kdb_set_hearer(desk->context, before);
    whole->failed = whole->failed || !fine;
    if (desk->owns_context)
        return;
    for (const kdb_step *step = whole->findings.first; step; step = step->next)
        kdb_twin_finding_waits(desk->context, &step->finding);
}

bool kdb_whole_give(kdb_whole *whole, kdbib_bibliography *bibliography) {
    bool fine = kdb_bibliography_join(bibliography, whole->bibliography);
    whole->bibliography = NULL;
    return fine;
}
