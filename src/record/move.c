/* A record is its bytes, but for pointers into itself and to sections. */
#include "record/move.h"

#include <stdint.h>

#include "record/bibliography.h"

/* The end of the run that begins with `cell`. */
static const kdb_cell *end_of_run(const kdb_cell *cell) {
    while (kdb_cell_kind_of(cell) != KDB_CELL_END)
        cell = kdb_cell_behind(cell);
    return cell;
}

/* A record may be of several runs, where the memory for it was in several pieces. */
typedef struct run {
    const char *from, *end;
} run;

static const kdb_cell *cell_at(const void *address) {
    return address;
}

static bool next_run(const kdbib_record *record, run *r) {
    const kdb_cell *first = cell_at(record->cells);
    if (r->end) {
        memcpy(&first, cell_at(r->end)->data, sizeof first);
        if (!first)
            return false;
    }
    *r = (run){(const char *)first, (const char *)end_of_run(first)};
    return true;
}

/* Where what stands at `text` in the runs of `record` stands when they lie at `at`. */
static const char *moved(const kdbib_record *record, const char *text, const char *at) {
    uintptr_t address = (uintptr_t)text;
    for (run r = {0}; next_run(record, &r); at += r.end - r.from)
        if (address >= (uintptr_t)r.from && address < (uintptr_t)r.end)
            return at + (text - r.from);
    return text; /* a text that lives anyway */
}

static void repair(kdbib_record *copy, const kdbib_record *record, kdb_section_there_fn *there) {
    const kdb_cell *cell = NULL;
    while ((cell = kdb_record_next_cell(copy, cell)) != NULL) {
        void *data = ((kdb_cell *)cell)->data;
        const kdbib_section *section;
        const char *text;
        if (kdb_cell_kind_of(cell) == KDB_CELL_SECTION) {
            memcpy(&section, data, sizeof section);
            section = there(section);
            memcpy(data, &section, sizeof section);
        } else if (cell->form & KDB_CELL_SHARED) {
            memcpy(&text, data, sizeof text);
            text = moved(record, text, (const char *)copy->cells);
            memcpy(data, &text, sizeof text);
        }
    }
}

kdbib_record *kdb_record_move(const kdbib_record *record, const kdb_origin *origin,
                              kdb_section_there_fn *there) {
    size_t size = 0;
    for (run r = {0}; next_run(record, &r);)
        size += (size_t)(r.end - r.from);
    kdbib_record *copy = kdb_record_new_like(origin, record, size);
    char *at = copy ? (char *)copy->cells : NULL;
    for (run r = {0}; copy && next_run(record, &r); at += r.end - r.from)
        memcpy(at, r.from, (size_t)(r.end - r.from));
    if (copy)
        repair(copy, record, there);
    return copy;
}

kdbib_record *kdb_bibliography_take(kdbib_bibliography *b, const kdbib_record *record,
                                    const char *file, kdb_section_there_fn *there) {
    if (!kdb_bibliography_make_room(b, file))
        return NULL;
    kdbib_record *copy = kdb_record_move(record, b->origin, there);
    if (!copy)
        return NULL;
    if (!kdb_record_has(copy, KDBIB_KEY))
        kdb_record_keep_room(copy);
    kdb_bibliography_add(b, copy);
    return copy;
}
