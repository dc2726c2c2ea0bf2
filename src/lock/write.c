/* Changing rows, and writing the file. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/strings.h"
#include "lock/cell.h"
#include "lock/lock_inside.h"
#include "record/record.h"

/* ---- cells ---- */

bool kdb_edit_begin(kdb_edit *edit, kdb_lock *lock, uint32_t number, kdb_arena *scratch) {
    const kdb_lock_row *row = &lock->rows[number];
    *edit = (kdb_edit){.lock = lock, .row = number, .scratch = scratch};
    edit->capacity = lock->column_count + KDB_EDIT_NEW_COLUMNS;
    edit->cells = kdb_arena_array(scratch, edit->capacity, sizeof *edit->cells);
    const char *at = row->cells, *end = row->cells + row->size;
    for (size_t i = 0; edit->cells && at < end && i < lock->column_count; i++) {
        edit->cells[i] = kdbib_str_of(at);
        at += edit->cells[i].size + 1;
    }
    return edit->cells != NULL;
}

kdbib_str kdb_edit_get(const kdb_edit *edit, kdbib_str column) {
    size_t at = kdb_lock_column_of(edit->lock, column);
    return at < edit->capacity ? edit->cells[at] : (kdbib_str){0};
}

bool kdb_edit_set(kdb_edit *edit, kdbib_str column, kdbib_str text) {
    size_t at = kdb_lock_column_of(edit->lock, column);
    if (at == SIZE_MAX) {
        at = edit->lock->column_count;
        if (at >= edit->capacity || !kdb_lock_add_column(edit->lock, column))
            return false;
    }
    if (kdbib_str_equal(edit->cells[at], text))
        return true;
    edit->cells[at] = kdb_arena_copy(edit->scratch, text);
    edit->changed = true;
    return !kdb_arena_failed(edit->scratch);
}

bool kdb_edit_end(kdb_edit *edit) {
    kdb_lock *lock = edit->lock;
    kdb_lock_row *row = &lock->rows[edit->row];
    if (!edit->changed)
        return true;
    size_t size = 0, at = 0;
    for (size_t i = 0; i < lock->column_count; i++)
        size += edit->cells[i].size + 1;
    char *cells = kdb_arena_alloc(&lock->arena, size);
    if (!cells)
        return false;
    for (size_t i = 0; i < lock->column_count; i++) {
        if (edit->cells[i].size)
            memcpy(cells + at, edit->cells[i].data, edit->cells[i].size);
        at += edit->cells[i].size;
        cells[at++] = '\0';
    }
    row->cells = cells;
    row->size = size;
    row->raw = (kdbib_str){0};
    return true;
}

bool kdb_lock_set_cell(kdb_lock *lock, uint32_t row, kdbib_str column, kdbib_str text) {
    kdb_arena scratch = {0};
    kdb_edit edit;
    bool fine = kdb_edit_begin(&edit, lock, row, &scratch) && kdb_edit_set(&edit, column, text) &&
                kdb_edit_end(&edit);
    kdb_arena_free(&scratch);
    return fine;
}

/* ---- order ---- */

bool kdb_lock_sort(kdb_lock *lock, const kdbib_bibliography *bibliography) {
    uint32_t *order = calloc(lock->row_count + 1, sizeof *order);
    bool *placed = calloc(lock->row_count + 1, sizeof *placed);
    if (order && placed) {
        size_t count = 0;
        for (size_t i = 0; i < kdbib_bibliography_count(bibliography); i++) {
            uint32_t row = kdb_lock_row_of(kdbib_bibliography_record(bibliography, i));
            if (row == KDB_LOCK_NO_ROW || placed[row])
                continue;
            placed[row] = true;
            order[count++] = row;
        }
        for (uint32_t row = 0; row < lock->row_count; row++)
            if (!placed[row])
                order[count++] = row;
        free(lock->order);
        lock->order = order;
        free(placed);
        return true;
    }
    free(order);
    free(placed);
    return false;
}

/* ---- the file ---- */

static void write_cell(kdb_buffer *line, kdb_buffer *guarded, kdbib_str text, bool first) {
    if (!first)
        kdb_buffer_add_char(line, ',');
    kdb_buffer_clear(guarded);
    kdb_cell_guard(guarded, text);
    kdb_cell_quote(line, kdb_buffer_str(guarded));
    line->failed |= guarded->failed;
}

static void write_header(const kdb_lock *lock, kdb_buffer *line, kdb_buffer *guarded) {
    if (kdb_starts_with(lock->header, KDBIB_STR("\xEF\xBB\xBF")))
        kdb_buffer_add_str(line, KDBIB_STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < lock->column_count; i++)
        write_cell(line, guarded, lock->columns[i].name, i == 0);
}

static void write_cells(const kdb_lock *lock, const kdb_lock_row *row, kdb_buffer *line,
                        kdb_buffer *guarded) {
    const char *at = row->cells, *end = row->cells + row->size;
    for (size_t i = 0; i < lock->column_count; i++) {
        kdbib_str cell = at < end ? kdbib_str_of(at) : KDBIB_STR("");
        at = at < end ? at + cell.size + 1 : end;
        write_cell(line, guarded, cell, i == 0);
    }
}

bool kdb_lock_write(const kdb_lock *lock, kdbib_output *output) {
    kdb_buffer line = {0}, guarded = {0};
    bool same_columns = lock->raw_columns == lock->column_count, fine = true;
    for (size_t i = 0; fine && i <= lock->row_count; i++) {
        const kdb_lock_row *row = NULL;
        kdb_buffer_clear(&line);
        if (i > 0)
            row = &lock->rows[lock->order ? lock->order[i - 1] : i - 1];
        kdbib_str raw = row ? row->raw : lock->header;
        /* what could not be read is written as it was */
        if (raw.size && (same_columns || (row && !row->size)))
            kdb_buffer_add_str(&line, raw);
        else if (row)
            write_cells(lock, row, &line, &guarded);
        else
            write_header(lock, &line, &guarded);
        fine = !line.failed;
        kdbib_output_str(output, kdb_buffer_str(&line));
        kdbib_output_text(output, lock->newline);
    }
    kdb_buffer_free(&line);
    kdb_buffer_free(&guarded);
    return fine;
}
