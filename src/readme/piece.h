/* A piece of a list, read into steps by whichever thread has time for it. */
#ifndef KDB_PIECE_H
#define KDB_PIECE_H

#include "base/pool.h"
#include "fields/text_memo.h"
#include "library/context.h"
#include "readme/reader.h"
#include "readme/source.h"

/* The memory that reading a piece takes, until its steps were taken. */
typedef struct kdb_piece_room {
    kdb_arena arena; /* of the tree, the steps and all they point to */
    kdb_inline_builder builder;
    kdb_text_memo texts;
} kdb_piece_room;

/* Of struct kdb_piece_room. NULL: memory is out. */
kdb_pool *kdb_piece_rooms_new(void);

typedef struct kdb_piece_job {
    kdb_source *source; /* NULL: no piece, only findings */
    bool last;          /* piece of its source */
    size_t needed_from; /* where what later pieces need of the source begins */
    kdb_piece piece;
    kdb_buffer text;        /* holds the piece, when it is no view of its source */
    kdb_step_list findings; /* told before the piece is read */
    kdb_fields *fields;     /* of each worker */
    kdb_pool *rooms;
    kdb_piece_room *room; /* or NULL */
    kdb_reader reader;    /* gives the steps; failed: memory is out */
    kdb_arena arena;      /* of `findings` */
    kdbib context;        /* of the reader's findings: they become steps */
} kdb_piece_job;

/* Makes the job empty, for the next piece. `fields` has a copy of the tables for each worker. */
void kdb_piece_begin(kdb_piece_job *job, kdb_pool *rooms, kdb_fields *fields,
                     const kdb_section_words *words);
/* Takes a room for it and makes that empty. False: memory is out. */
bool kdb_piece_enter(kdb_piece_job *job);
/* Gives the room back: the steps are gone. */
void kdb_piece_leave(kdb_piece_job *job);
/* Reads the piece. `user` is the job; `worker` says which of its array `fields` it may use. */
void kdb_piece_read(void *user, unsigned worker);
/* Reads it again with what the pieces before it say, when something else was supposed. */
void kdb_piece_read_again(kdb_piece_job *job, kdb_levels nothing);
void kdb_piece_free(kdb_piece_job *job);

#endif
