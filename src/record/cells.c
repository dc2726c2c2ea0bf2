/* Adding cells to a record. */
#include "record/record.h"

#define KIND_BITS 7
#define BASIS_SHIFT 3
#define END_SIZE (offsetof(kdb_cell, data) + sizeof(kdb_cell *))

static kdb_cell *cell_at(void *address) {
    return address;
}

char *kdb_cell_data(kdb_cell *cell) {
    return cell->data + (cell->size == KDB_CELL_LONG ? sizeof(uint32_t) : 0);
}

void kdb_cell_remove(kdb_cell *cell) {
    cell->form = (uint8_t)((cell->form & ~KIND_BITS) | KDB_CELL_REMOVED);
}

static void set_end(kdbib_record *record, void *address) {
    record->end = address;
    record->end->form = KDB_CELL_END;
    memset(record->end->data, 0, sizeof(kdb_cell *));
}

/* Where an allocation that ends at `end` lets the arena go on. */
static char *rounded(char *end) {
    return end + (-(uintptr_t)end & (KDB_ARENA_ALIGNMENT - 1));
}

/* Room for a cell of `stride` bytes and the end of the run behind it. */
static kdb_cell *make_room(kdbib_record *record, size_t stride) {
    kdb_arena *arena = record->origin->arena;
    char *at = (char *)record->end;
    if (rounded(at + END_SIZE) == arena->at &&
        (size_t)(arena->end - at) >= stride + END_SIZE + KDB_ARENA_ALIGNMENT) {
        arena->at = rounded(at + stride + END_SIZE);
    } else if (stride <= record->room) {
        record->room = (uint8_t)(record->room - stride);
    } else {
        at = kdb_arena_alloc(arena, stride + END_SIZE);
        if (!at)
            return NULL;
        memcpy(record->end->data, &at, sizeof at);
        record->room = 0;
    }
    set_end(record, at + stride);
    return cell_at(at);
}

static void begin_cell(kdb_cell *cell, unsigned form, unsigned tag, size_t size) {
    cell->form = (uint8_t)form;
    cell->tag = (uint8_t)tag;
    cell->size = (uint16_t)(size < KDB_CELL_LONG ? size : KDB_CELL_LONG);
}

static kdb_cell *add(kdbib_record *record, unsigned form, unsigned tag, size_t size) {
    if (size > UINT32_MAX - 1) {
        record->origin->arena->failed = true;
        return NULL;
    }
    kdb_cell *cell = make_room(record, kdb_cell_stride(size, form & KDB_CELL_SHARED));
    if (!cell)
        return NULL;
    begin_cell(cell, form, tag, size);
    if (size >= KDB_CELL_LONG)
        memcpy(cell->data, &(uint32_t){(uint32_t)size}, sizeof(uint32_t));
    return cell;
}

kdb_cell *kdb_record_add_cell(kdbib_record *record, kdb_cell_kind kind, unsigned tag,
                              kdbib_basis basis, size_t size) {
    kdb_cell *cell = add(record, (unsigned)kind | (unsigned)basis << BASIS_SHIFT, tag, size);
    if (cell)
        kdb_cell_data(cell)[size] = '\0';
    return cell;
}

kdb_cell *kdb_record_add_shared(kdbib_record *record, kdb_cell_kind kind, unsigned tag,
                                kdbib_basis basis, kdbib_str text) {
    unsigned form = (unsigned)kind | (unsigned)basis << BASIS_SHIFT | KDB_CELL_SHARED;
    kdb_cell *cell = text.size < KDB_CELL_LONG ? add(record, form, tag, text.size) : NULL;
    if (cell)
        memcpy(cell->data, &text.data, sizeof text.data);
    return cell;
}

static kdbib_record *new_record(const kdb_origin *origin, size_t size) {
    size_t all = offsetof(kdbib_record, cells) + size + END_SIZE;
    return kdb_arena_alloc(origin->arena, all);
}

kdbib_record *kdb_record_new(const kdb_origin *origin, uint32_t line) {
    kdbib_record *record = new_record(origin, 0);
    if (!record)
        return NULL;
    memset(record, 0, offsetof(kdbib_record, cells));
    record->origin = origin;
    record->line = line;
    set_end(record, record->cells);
    return record;
}

kdbib_record *kdb_record_new_like(const kdb_origin *origin, const kdbib_record *model,
                                  size_t size) {
    kdbib_record *record = new_record(origin, size);
    if (!record)
        return NULL;
    memcpy(record, model, offsetof(kdbib_record, cells));
    record->origin = origin;
    record->room = 0;
    set_end(record, (char *)record->cells + size);
    return record;
}

void kdb_record_keep_room(kdbib_record *record) {
    const uint8_t key = 40; /* bytes of a cell with a citation key, but for the longest */
    kdb_arena *arena = record->origin->arena;
    char *end = (char *)record->end + END_SIZE;
    if (rounded(end) != arena->at || (size_t)(arena->end - end) < key + KDB_ARENA_ALIGNMENT)
        return;
    arena->at = rounded(end + key);
    record->room = key;
}

bool kdb_record_put_key(kdbib_record *record, kdbib_str key) {
    size_t stride = kdb_cell_stride(key.size, false);
    if (stride > record->room)
        return false;
    kdb_cell *cell = record->end;
    record->room = (uint8_t)(record->room - stride);
    set_end(record, (char *)cell + stride);
    begin_cell(cell, KDB_CELL_TEXT | KDBIB_BASIS_COMPUTED << BASIS_SHIFT, KDBIB_KEY, key.size);
    memcpy(cell->data, key.data, key.size);
    cell->data[key.size] = '\0';
    record->texts |= (uint64_t)1 << KDBIB_KEY;
    return true;
}
