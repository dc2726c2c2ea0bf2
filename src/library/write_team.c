/* Records written by several threads: each makes the bytes of some records in a row, which are put
 * together in order. */
#include "base/output.h"
#include "base/share.h"
#include "base/team.h"
#include "library/context.h"
#include "library/writer_inside.h"
#include "record/bibliography.h"

#define CHUNK ((size_t)128) /* records, written at once */

/* A writer to memory for each worker. */
typedef struct scribe {
    kdbib_output *out;
    kdbib_writer *writer;
} scribe;

typedef struct writing {
    const kdbib_bibliography *bibliography;
    kdbib_writer *writer;
    scribe scribes[KDB_MOST_THREADS];
} writing;

/* The first record is written already. */
static bool write_some(void *user, void *result, size_t from, size_t to, unsigned worker) {
    const writing *w = user;
    const scribe *s = &w->scribes[worker];
    kdb_buffer *bytes = result;
    bool fine = true;
    for (size_t i = from; i < to && fine; i++) {
        kdb_bibliography_fetch(w->bibliography, i + 1);
        fine = kdbib_writer_record(s->writer, kdbib_bibliography_record(w->bibliography, i + 1));
    }
    kdb_output_take(s->out, bytes);
    return fine;
}

static bool take_bytes(void *user, void *result, size_t from, size_t to) {
    const writing *w = user;
    kdb_buffer *bytes = result;
    kdb_bibliography_pass(w->bibliography, from, to);
    kdb_output_pass(w->writer->output, kdb_buffer_str(bytes));
    kdb_buffer_clear(bytes);
    return kdbib_output_error(w->writer->output) == 0;
}

static void free_bytes(void *result) {
    kdb_buffer_free(result);
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

bool kdb_write_side_by_side(const kdbib_bibliography *bibliography, kdbib_writer *writer) {
    unsigned threads = kdb_team_threads(writer->context->threads);
    writing w = {.bibliography = bibliography, .writer = writer};
    bool fine = true;
    for (unsigned i = 0; i < threads && fine; i++)
        fine = make_scribe(&w.scribes[i], writer, kdbib_bibliography_record(bibliography, 0));
    const kdb_share share = {.count = kdbib_bibliography_count(bibliography) - 1,
                             .step = CHUNK,
                             .size = sizeof(kdb_buffer),
                             .work = write_some,
                             .take = take_bytes,
                             .free_result = free_bytes,
                             .user = &w};
    fine = fine && kdb_share_out(&share, threads);
    for (unsigned i = 0; i < threads; i++)
        free_scribe(&w.scribes[i]);
    return fine;
}
