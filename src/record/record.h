/* The inside of a record: a short header and its parts, one cell each, packed one behind the other.
 * The arena's last record grows in place; to another one a further run of cells is linked. */
#ifndef KDB_RECORD_H
#define KDB_RECORD_H

#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "kdbib/record.h"

typedef enum kdb_cell_kind {
    KDB_CELL_END,     /* of a run; data: where the next run begins, or NULL */
    KDB_CELL_REMOVED, /* nothing; its room stays */
    KDB_CELL_TEXT,    /* tag: kdbib_field; data: text with NUL */
    KDB_CELL_RUN,     /* tag: kdbib_style; data: text with NUL */
    KDB_CELL_NAME,    /* tag: KDBIB_AUTHORS or KDBIB_EDITORS; data: see record.c */
    KDB_CELL_LINK,    /* tag: kdbib_role; data: URL with NUL */
    KDB_CELL_SECTION, /* data: const kdbib_section * */
} kdb_cell_kind;

typedef struct kdb_cell {
    uint8_t form; /* see below */
    uint8_t tag;
    uint16_t size; /* of the text, without its NUL, or KDB_CELL_LONG */
    char data[];
} kdb_cell;

/* Where the records of one file come from and where they live. */
typedef struct kdb_origin {
    kdb_arena *arena;
    const char *file;
} kdb_origin;

struct kdbib_record {
    const kdb_origin *origin;
    kdb_cell *end;                   /* the KDB_CELL_END of the last run */
    const struct kdb_united *united; /* see record/parts.h; NULL: nobody asked for it */
    uint64_t texts;                  /* the fields that have a text cell: bits 1 << field */
    uint32_t line;
    uint32_t lock_row; /* number of its row in the lock + 1; 0: none */
    kdbib_date issued;
    uint16_t parts; /* the links, names and sections that are there: bits, see record.c */
    uint8_t type;
    uint8_t basis[KDBIB_TITLE + 1]; /* of the fields up to the title */
    bool truncated, not_paper;
    bool resolved;    /* its URLs were asked what they tell */
    bool doi_agrees;  /* with its URLs: they told the DOI that the lock has, or none */
    bool complete;    /* its URLs and its venue have spoken in an earlier run */
    bool settled;     /* they have, and nothing else may speak: its kind is decided */
    uint8_t room;     /* bytes behind `end` for more cells */
    uint16_t cells[]; /* the first run */
};

/* It has a text of that field, which is not that of a plain title. */
static inline bool kdb_record_has(const kdbib_record *record, kdbib_field field) {
    return record->texts >> field & 1;
}

/* The record will be looked at soon: most of it is fetched meanwhile. Nothing where it rests. */
static inline void kdb_record_fetch(const kdbib_record *record) {
    for (size_t line = 0; line < 6; line++) /* of a processor's cache, of 64 bytes */
        __builtin_prefetch((const char *)record + line * 64);
}

/* The same of what is not in cells. */
static inline void kdb_record_fetch_head(const kdbib_record *record) {
    __builtin_prefetch(record);
    __builtin_prefetch(&record->settled);
}

/* The URLs of the record were asked, and it is about to be changed. What rests is written to before
 * it is looked at: then the system gives a large page at once, else each small one a second time.
 */
static inline void kdb_record_open(kdbib_record *record) {
    record->resolved = true;
}

/* An empty record in the arena of `origin`; NULL: memory is out. */
kdbib_record *kdb_record_new(const kdb_origin *origin, uint32_t line);
/* The same, but what is not in cells is that of `model`, and there are `size` bytes of cells, which
 * the caller writes. */
kdbib_record *kdb_record_new_like(const kdb_origin *origin, const kdbib_record *model, size_t size);

/* Room for the citation key, which comes when all records are there, so that it stands with the
 * rest. For the arena's last record; nothing where there is no room. */
void kdb_record_keep_room(kdbib_record *record);
/* Puts a key into that room, and touches nothing but the record. False: it has no room for it. */
bool kdb_record_put_key(kdbib_record *record, kdbib_str key);

/* ---- cells ---- */

/* In `form`: three bits kind, three bits basis, and: the data is a pointer to a text elsewhere. */
#define KDB_CELL_SHARED (1 << 6)
/* A text of so many bytes and more has its size, four bytes, in front of it. */
#define KDB_CELL_LONG UINT16_MAX

static inline kdb_cell_kind kdb_cell_kind_of(const kdb_cell *cell) {
    return (kdb_cell_kind)(cell->form & 7);
}
static inline kdbib_basis kdb_cell_basis(const kdb_cell *cell) {
    return (kdbib_basis)(cell->form >> 3 & 7);
}
static inline uint32_t kdb_cell_long_size(const kdb_cell *cell) {
    uint32_t size;
    memcpy(&size, cell->data, sizeof size);
    return size;
}
/* The text, or whatever the cell holds. */
static inline kdbib_str kdb_cell_text(const kdb_cell *cell) {
    if (cell->form & KDB_CELL_SHARED) {
        const char *text;
        memcpy(&text, cell->data, sizeof text);
        return (kdbib_str){text, cell->size};
    }
    if (cell->size == KDB_CELL_LONG)
        return (kdbib_str){cell->data + sizeof(uint32_t), kdb_cell_long_size(cell)};
    return (kdbib_str){cell->data, cell->size};
}

/* Bytes of a cell in all; cells begin at even addresses. */
static inline size_t kdb_cell_stride(size_t size, bool shared) {
    size_t data = shared ? sizeof(char *) : size + 1;
    if (size >= KDB_CELL_LONG)
        data += sizeof(uint32_t);
    return offsetof(kdb_cell, data) + ((data + 1) & ~(size_t)1);
}
static inline const kdb_cell *kdb_cell_behind(const kdb_cell *cell) {
    size_t size = cell->size < KDB_CELL_LONG ? cell->size : kdb_cell_long_size(cell);
    const void *next = (const char *)cell + kdb_cell_stride(size, cell->form & KDB_CELL_SHARED);
    return next;
}

/* The first cell (`before` NULL) or the one behind `before`; NULL at the end. */
static inline const kdb_cell *kdb_record_next_cell(const kdbib_record *record,
                                                   const kdb_cell *before) {
    const void *first = record->cells;
    const kdb_cell *cell = before ? kdb_cell_behind(before) : first;
    while (kdb_cell_kind_of(cell) <= KDB_CELL_REMOVED)
        if (kdb_cell_kind_of(cell) == KDB_CELL_REMOVED) {
            cell = kdb_cell_behind(cell);
        } else {
            memcpy(&cell, cell->data, sizeof cell);
            if (!cell)
                return NULL;
        }
    return cell;
}
/* Appends a cell with room for `size` bytes and a NUL, which is set. NULL: memory is out. */
kdb_cell *kdb_record_add_cell(kdbib_record *record, kdb_cell_kind kind, unsigned tag,
                              kdbib_basis basis, size_t size);
/* Where the data of a new cell is to be written. */
char *kdb_cell_data(kdb_cell *cell);
/* Appends a cell whose text stands elsewhere in the record already, NUL-terminated. */
kdb_cell *kdb_record_add_shared(kdbib_record *record, kdb_cell_kind kind, unsigned tag,
                                kdbib_basis basis, kdbib_str text);
/* Takes out a cell; its text stays readable. */
void kdb_cell_remove(kdb_cell *cell);

/* One walk where many fields change: takes out the texts of all fields whose bit (1 << field) is
 * set, then texts are appended that must not be there. False: memory is out. */
void kdb_record_remove_texts(kdbib_record *record, uint64_t fields);
bool kdb_record_append_text(kdbib_record *record, kdbib_field field, kdbib_str text,
                            kdbib_basis basis);

#endif
