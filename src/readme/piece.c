/* Reads one piece of a list into steps. */
#include "readme/piece.h"

static void empty_room(void *thing) {
    kdb_piece_room *room = thing;
    kdb_inline_builder_free(&room->builder);
    kdb_arena_free(&room->arena);
}

kdb_pool *kdb_piece_rooms_new(void) {
    return kdb_pool_new(sizeof(kdb_piece_room), empty_room);
}

static void add_finding(void *user, const kdbib_diagnostic *finding) {
    kdb_piece_job *job = user;
    if (!kdb_step_add_finding(&job->reader.steps, job->reader.arena, finding))
        job->reader.failed = true;
}

void kdb_piece_begin(kdb_piece_job *job, kdb_pool *rooms, kdb_fields *fields,
                     const kdb_section_words *words) {
    kdb_arena_reset(&job->arena);
    job->arena.failed = false;
    job->source = NULL;
    job->last = false;
    job->findings = (kdb_step_list){NULL, NULL};
    job->context = (kdbib){.handler = add_finding, .handler_user = job};
    job->reader = (kdb_reader){.context = &job->context, .words = words, .lowest_level = 31};
    job->rooms = rooms;
    job->fields = fields;
}

bool kdb_piece_enter(kdb_piece_job *job) {
    kdb_piece_room *room = job->room ? job->room : kdb_pool_take(job->rooms);
    if (!room)
        return false;
    kdb_arena_reset(&room->arena);
    room->arena.failed = false;
    room->builder.arena = &room->arena;
    job->reader.arena = &room->arena;
    job->room = room;
    return true;
}

void kdb_piece_leave(kdb_piece_job *job) {
    kdb_pool_give(job->rooms, job->room);
    job->room = NULL;
}

static bool read(kdb_piece_job *job, unsigned worker) {
    kdb_reader *reader = &job->reader;
    kdb_block *document;
    if (!kdb_piece_enter(job) || !kdb_document_parse(&job->room->builder, &job->piece, &document))
        return false;
    kdb_fields *fields = &job->fields[worker];
    kdb_text_memo_begin(&job->room->texts, reader->arena, job->piece.text.size);
    fields->texts = &job->room->texts;
    reader->file = job->source->file;
    reader->fields = fields;
    kdb_walk(reader, document->first);
    fields->texts = NULL; /* it ends with the arena */
    return !reader->failed && !kdb_arena_failed(reader->arena);
}

void kdb_piece_read(void *user, unsigned worker) {
    kdb_piece_job *job = user;
    job->reader.failed = job->source && !read(job, worker);
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
    kdb_piece_leave(job);
    kdb_buffer_free(&job->text);
    kdb_arena_free(&job->arena);
}
