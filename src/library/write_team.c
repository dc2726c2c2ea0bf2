/* Records written by several threads: each makes the bytes of some records in a row, which are put
 * together in order. */
#include <stdlib.h>

#include "base/output.h"
#include "base/team.h"
#include "library/context.h"
#include "library/writer_inside.h"

#define CHUNK ((size_t)128) /* records; their bytes should fit the buffer of an output */

/* A writer to memory for each worker. */
typedef struct scribe {
    kdbib_output *out;
    kdbib_writer *writer;
} scribe;

typedef struct chunk {
    const kdbib_bibliography *bibliography;
    const scribe *scribes;
    size_t from, to;
    kdb_buffer bytes;
    bool failed;
    struct chunk *next; /* free to be used */
} chunk;

static void write_chunk(void *user, unsigned worker) {
    chunk *c = user;
    const scribe *s = &c->scribes[worker];
    for (size_t i = c->from; i < c->to && !c->failed; i++)
        c->failed = !kdbib_writer_record(s->writer, kdbib_bibliography_record(c->bibliography, i));
    kdb_output_take(s->out, &c->bytes);
}

/* A writer like `model` that has written a first record already. */
static bool make_scribe(scribe *s, const kdbib_writer *model, const kdbib_record *first) {
    s->out = kdbib_output_new_memory();
    s->writer = s->out ? kdbib_writer_new(model->context, model->class, s->out) : NULL;
    if (!s->writer)
        return false;
    memcpy(s->writer->values, model->values, sizeof model->values);
    kdb_buffer bytes = {0};
    bool fine = kdbib_writer_record(s->writer, first);
    kdb_output_take(s->out, &bytes);
    kdb_buffer_free(&bytes);
    return fine;
}

static void free_scribe(scribe *s) {
    if (s->writer)
        (void)kdbib_writer_finish(s->writer); /* what ends a document goes nowhere */
    kdbib_output_close(s->out);
}

/* What the caller's thread knows. */
typedef struct desk {
    kdb_team *team;
    kdbib_output *out;
    chunk *free;
    bool failed;
} desk;

static void take_back(desk *d) {
    chunk *c = kdb_team_take(d->team);
    d->failed |= c->failed || kdbib_output_error(d->out) != 0;
    if (!d->failed)
        kdbib_output_str(d->out, kdb_buffer_str(&c->bytes));
    kdb_buffer_clear(&c->bytes);
    c->next = d->free;
    d->free = c;
}

static bool give(desk *d, const chunk *what) {
    while (kdb_team_is_full(d->team))
        take_back(d);
    chunk *c = d->free;
    if (c)
        d->free = c->next;
    else if (!(c = calloc(1, sizeof *c)))
        return false;
    kdb_buffer bytes = c->bytes;
    *c = *what;
    c->bytes = bytes;
    kdb_team_give(d->team, c);
    return true;
}

static bool write_all(desk *d, const kdbib_bibliography *b, const scribe *scribes) {
    size_t count = kdbib_bibliography_count(b);
    for (size_t from = 1; from < count && !d->failed; from += CHUNK) {
        chunk what = {.bibliography = b, .scribes = scribes, .from = from, .to = from + CHUNK};
        if (what.to > count)
            what.to = count;
        d->failed = !give(d, &what);
    }
    while (kdb_team_has_jobs(d->team))
        take_back(d);
    return !d->failed;
}

bool kdb_write_side_by_side(const kdbib_bibliography *bibliography, kdbib_writer *writer) {
    unsigned threads = kdb_team_threads(writer->context->threads);
    scribe *scribes = calloc(threads, sizeof *scribes);
    desk d = {.team = kdb_team_new(threads, write_chunk), .out = writer->output};
    bool fine = scribes && d.team;
    for (unsigned i = 0; i < threads && fine; i++)
        fine = make_scribe(&scribes[i], writer, kdbib_bibliography_record(bibliography, 0));
    fine = fine && write_all(&d, bibliography, scribes);
    kdb_team_free(d.team);
    for (unsigned i = 0; i < threads && scribes; i++)
        free_scribe(&scribes[i]);
    free(scribes);
    for (chunk *c = d.free, *next; c; c = next) {
        next = c->next;
        kdb_buffer_free(&c->bytes);
        free(c);
    }
    return fine;
}
