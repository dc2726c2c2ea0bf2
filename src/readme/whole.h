/* A list that is read as a whole, from its bytes to its records, by one thread: what it gives is
 * taken over by the caller's thread as it stands, and what the list said meanwhile stays in the
 * cache of the processor that read it. */
#ifndef KDB_WHOLE_H
#define KDB_WHOLE_H

#include "readme/piece.h"
#include "readme/readme.h"

/* What a thread needs for it. */
typedef struct kdb_whole_desk {
    kdbib *context; /* with the rules of the reading's; of the caller's thread: that itself */
    bool owns_context;
    kdb_piece_job piece;
} kdb_whole_desk;

/* Of the caller's thread, or another. False: memory is out. */
bool kdb_whole_desk_init(kdb_whole_desk *desk, kdbib *context, bool of_caller);
void kdb_whole_desk_free(kdb_whole_desk *desk);

/* What all threads share. */
typedef struct kdb_whole_office {
    kdb_whole_desk *desks; /* of each worker */
    kdb_fields *fields;    /* likewise */
    kdb_pool *rooms;
    const kdb_section_words *words;
    kdb_record_read_fn *record; /* or NULL */
} kdb_whole_office;

typedef struct kdb_whole {
    const kdb_whole_office *office;
    char *file;       /* a copy */
    kdb_buffer bytes; /* its own; used up */
    kdb_arena arena;  /* of the findings */
    kdb_step_list findings;
    const kdb_step *of_text; /* the last that was found before anything was read; NULL: none */
    /* when it is read: */
    kdbib_bibliography *bibliography;
    size_t size; /* bytes of its text */
    bool failed; /* memory was out, or a limit was passed (a finding says so) */
} kdb_whole;

/* Takes over what `bytes` holds. NULL: memory is out. */
kdb_whole *kdb_whole_new(const kdb_whole_office *office, const char *file, kdb_buffer *bytes);
/* Reads it, at the desk of `worker`. */
void kdb_whole_read(kdb_whole *whole, unsigned worker);
/* Moves the records into `bibliography`; once. False: memory is out. */
bool kdb_whole_give(kdb_whole *whole, kdbib_bibliography *bibliography);
/* May be NULL. */
void kdb_whole_free(kdb_whole *whole);

#endif
