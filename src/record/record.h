/* The inside of a record: a short header and a chain of cells, one for each part that is there.
 * Most records have few parts, so a chain is small, quick to walk and easy to add to. */
#ifndef KDB_RECORD_H
#define KDB_RECORD_H

#include "base/arena.h"
#include "kdbib/record.h"

typedef enum kdb_cell_kind {
    KDB_CELL_TEXT,    /* tag: kdbib_field; data: text with NUL */
    KDB_CELL_RUN,     /* tag: kdbib_style; data: text with NUL */
    KDB_CELL_NAME,    /* tag: KDBIB_AUTHORS or KDBIB_EDITORS; data: see record.c */
    KDB_CELL_LINK,    /* tag: kdbib_role; data: URL with NUL */
    KDB_CELL_SECTION, /* data: const kdbib_section * */
} kdb_cell_kind;

typedef struct kdb_cell {
    struct kdb_cell *next;
    uint32_t size; /* of the text, without its NUL */
    uint8_t kind, tag, basis;
    char data[];
} kdb_cell;

struct kdbib_record {
    kdb_arena *arena;
    kdb_cell *first, *last;
    uint64_t texts; /* the fields that have a text cell: bits 1 << field */
    const char *file;
    uint32_t line;
    uint32_t lock_row; /* number of its row in the lock + 1; 0: none */
    kdbib_date issued;
    uint8_t type;
    uint8_t basis[KDBIB_TITLE + 1]; /* of the fields up to the title */
    bool truncated, not_paper;
};

/* One walk where many fields change: takes out the texts of all fields whose bit (1 << field) is
 * set, then texts are appended that must not be there. False: memory is out. */
void kdb_record_remove_texts(kdbib_record *record, uint64_t fields);
bool kdb_record_append_text(kdbib_record *record, kdbib_field field, kdbib_str text,
                            kdbib_basis basis);

#endif
