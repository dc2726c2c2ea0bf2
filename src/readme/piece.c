/* Reads one piece of a list into steps. */
#include "readme/piece.h"

static void add_finding(void *user, const kdbib_diagnostic *finding) {
    kdb_piece_job *job = user;
    if (!kdb_step_add_finding(&job->reader.steps, &job->arena, finding))
        job->reader.failed = true;
}

void kdb_piece_begin(kdb_piece_job *job, kdb_fields *fields, const kdb_section_words *words) {
    kdb_arena_reset(&job->arena);
    job->arena.failed = false;
    job->source = NULL;
    job->last = false;
    job->findings = (kdb_step_list){NULL, NULL};
    job->context = (kdbib){.handler = add_finding, .handler_user = job};
    job->reader = (kdb_reader){
        .context = &job->context, .words = words, .arena = &job->arena, .lowest_level = 31};
    job->builder.arena = &job->arena;
    job->fields = fields;
}

void kdb_piece_read(void *user, unsigned worker) {
    kdb_piece_job *job = user;
    kdb_reader *reader = &job->reader;
    kdb_block *document;
    if (!job->source)
        return;
    reader->file = job->source->file;
    if (!kdb_document_parse(&job->builder, &job->piece, &document)) {
        reader->failed = true;
        return;
    }
    kdb_fields *fields = &job->fields[worker];
    kdb_text_memo_begin(&job->texts, &job->arena, job->piece.text.size);
    fields->texts = &job->texts;
    reader->fields = fields;
    kdb_walk(reader, document->first);
    fields->texts = NULL; /* it ends with the arena */
    reader->failed = reader->failed || kdb_arena_failed(&job->arena);
}

void kdb_piece_read_again(kdb_piece_job *job, kdb_levels nothing) {
    kdb_reader *reader = &job->reader;
    reader->steps = (kdb_step_list){NULL, NULL};
    reader->section_count = 0;
    reader->lowest_level = 31;
    reader->nothing = nothing;
    kdb_piece_read(job, 0);
}

void kdb_piece_free(kdb_piece_job *job) {
    kdb_inline_builder_free(&job->builder);
    kdb_buffer_free(&job->text);
    kdb_arena_free(&job->arena);
}
