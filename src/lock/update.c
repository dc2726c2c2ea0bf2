/* What is known of a record into its row. */
#include "base/buffer.h"
#include "base/strings.h"
#include "lock/cell.h"
#include "lock/lock_inside.h"
#include "record/record.h"
#include "text/rich_text.h"

/* ---- rows ---- */

/* A new lock has all columns; one that a person began keeps his, and gets what it needs. */
static bool make_columns(kdb_lock *lock) {
    const char *name;
    if (lock->column_count)
        return true;
    for (size_t i = 0; (name = kdb_lock_default_column(i)) != NULL; i++)
        if (!kdb_lock_add_column(lock, kdbib_str_of(name)))
            return false;
    return true;
}

/* The row of a record, made when there is none. False: memory is out; a record that has no name at
 * all gets no row. */
static bool make_row(kdb_lock *lock, kdb_arena *scratch, kdbib_record *record) {
    if (record->lock_row)
        return true;
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    bool shared = url.size && kdb_index_get(&lock->shared, url) == KDB_LOCK_PAPERS;
    kdbib_str name = kdb_lock_record_name(scratch, record, shared);
    uint32_t row = name.size ? kdb_lock_find(lock, name) : KDB_LOCK_NO_ROW;
    if (row != KDB_LOCK_NO_ROW &&
        !shared) { /* it is there, but was refused: it has another title */
        name = kdb_lock_record_name(scratch, record, true);
        row = kdb_index_get(&lock->by_url, name);
    }
    if (row == KDB_LOCK_NO_ROW && name.size) {
        row = (uint32_t)lock->row_count;
        if (!kdb_lock_add_row(lock) || !kdb_lock_set_cell(lock, row, KDBIB_STR("url"), name) ||
            !kdb_lock_index_row(lock, row))
            return false;
    }
    record->lock_row = row == KDB_LOCK_NO_ROW ? 0 : row + 1;
    return !kdb_arena_failed(scratch);
}

/* ---- values ---- */

typedef struct writing {
    kdb_edit edit;
    const kdbib_record *record;
    const kdb_lock_change *change;
    kdb_arena scratch;
    bool wrote; /* a value of the record went into the row */
} writing;

static bool is_wanted(const writing *w, kdbib_field field) {
    kdbib_basis basis = kdbib_record_basis(w->record, field);
    return basis != KDBIB_BASIS_NONE && basis >= w->change->least && basis <= KDBIB_BASIS_SERVICE;
}

/* Takes `field` out of the names in the cell `unverified`. */
static bool verify(writing *w, kdbib_field field) {
    kdbib_str names = kdb_edit_get(&w->edit, KDBIB_STR("unverified"));
    kdb_buffer left = {0};
    for (size_t at = 0, end; at < names.size; at = end + 1) {
        end = at;
        while (end < names.size && !memchr("; ,", names.data[end], 3))
            end++;
        kdbib_str name = kdb_slice(names, at, end);
        if (!name.size || kdb_lock_column_called(name).field == field)
            continue;
        kdb_buffer_add(&left, ";", left.size > 0);
        kdb_buffer_add_str(&left, name);
    }
    bool fine = !left.failed && (!names.size || kdb_edit_set(&w->edit, KDBIB_STR("unverified"),
                                                             kdb_buffer_str(&left)));
    kdb_buffer_free(&left);
    return fine;
}

static bool write_value(writing *w, kdbib_str column, kdbib_field field, kdbib_str text) {
    kdbib_str have = kdb_edit_get(&w->edit, column);
    if (kdbib_str_equal(have, text) || (have.size && !w->change->replace))
        return true;
    w->wrote |= text.size > 0;
    return kdb_edit_set(&w->edit, column, text) && verify(w, field);
}

static bool write_date(writing *w) {
    kdbib_date date = kdbib_record_issued(w->record);
    int year = kdb_lock_number(kdb_edit_get(&w->edit, KDBIB_STR("year")), 1000, 2999);
    if (year && year != date.year && !w->change->replace)
        return true;
    const struct {
        kdbib_str column;
        int value;
    } parts[] = {{KDBIB_STR("year"), date.year},
                 {KDBIB_STR("month"), date.month},
                 {KDBIB_STR("day"), date.day}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        kdbib_str text = {0};
        if (parts[i].value)
            text = kdb_arena_format(&w->scratch, "%d", parts[i].value);
        if ((text.size || w->change->replace) &&
            !write_value(w, parts[i].column, KDBIB_ISSUED, text))
            return false;
    }
    return true;
}

/* The text of a cell in the lock's notation, in `cell`. */
static void express(const kdbib_record *record, kdbib_field field, kdb_buffer *cell) {
    kdb_buffer_clear(cell);
    if (field == KDBIB_TYPE)
        kdb_buffer_add_str(cell, kdbib_str_of(kdbib_type_name(kdbib_record_type(record))));
    else if (field == KDBIB_TITLE)
        kdb_rich_text_to_html(record, false, cell);
    else if (field == KDBIB_AUTHORS || field == KDBIB_EDITORS)
        kdb_cell_write_names(cell, record, field);
    else
        kdb_buffer_add_str(cell, kdbib_record_text(record, field));
}

/* Pages and article number exclude each other: writing one empties the other. */
static bool exclude(writing *w, kdbib_field field) {
    kdbib_field other = field == KDBIB_PAGES            ? KDBIB_ARTICLE_NUMBER
                        : field == KDBIB_ARTICLE_NUMBER ? KDBIB_PAGES
                                                        : KDBIB_FIELD_COUNT;
    if (other == KDBIB_FIELD_COUNT || !w->change->replace)
        return true;
    return write_value(w, kdbib_str_of(kdbib_field_name(other)), other, KDBIB_STR(""));
}

/* Has the row the other of pages and article number, which must stay alone? */
static bool is_excluded(const writing *w, kdbib_field field) {
    if (w->change->replace || (field != KDBIB_PAGES && field != KDBIB_ARTICLE_NUMBER))
        return false;
    kdbib_field other = field == KDBIB_PAGES ? KDBIB_ARTICLE_NUMBER : KDBIB_PAGES;
    return kdb_edit_get(&w->edit, kdbib_str_of(kdbib_field_name(other))).size > 0;
}

static bool write_fields(writing *w) {
    kdb_buffer cell = {0};
    bool fine = true;
    const char *name;
    for (size_t i = 0; fine && (name = kdb_lock_default_column(i)) != NULL; i++) {
        kdb_lock_column column = kdb_lock_column_called(kdbib_str_of(name));
        bool field = column.kind == KDB_LOCK_TEXT || column.kind == KDB_LOCK_TYPE ||
                     column.kind == KDB_LOCK_TITLE || column.kind == KDB_LOCK_NAMES;
        if (!field || !is_wanted(w, column.field) || is_excluded(w, column.field))
            continue;
        express(w->record, column.field, &cell);
        fine = !cell.failed && write_value(w, column.name, column.field, kdb_buffer_str(&cell)) &&
               exclude(w, column.field);
    }
    kdb_buffer_free(&cell);
    return fine && (!is_wanted(w, KDBIB_ISSUED) || write_date(w));
}

static bool write_key(writing *w) {
    kdbib_str key = kdbib_record_text(w->record, KDBIB_KEY);
    kdbib_str have = kdb_trim(kdb_edit_get(&w->edit, KDBIB_STR("key")));
    return !key.size || kdb_lock_is_key(have) || kdb_edit_set(&w->edit, KDBIB_STR("key"), key);
}

static bool write_mark(writing *w, kdbib_str column, const char *text) {
    bool empty = kdb_edit_get(&w->edit, column).size == 0;
    return !text || !(empty || w->change->replace) ||
           kdb_edit_set(&w->edit, column, kdbib_str_of(text));
}

bool kdb_lock_put(kdb_lock *lock, kdbib_record *record, const kdb_lock_change *change) {
    writing w = {.record = record, .change = change};
    bool fine = make_columns(lock) && make_row(lock, &w.scratch, record);
    uint32_t row = kdb_lock_row_of(record);
    if (fine && row != KDB_LOCK_NO_ROW && !kdb_lock_is_manual(lock, row)) {
        fine = kdb_edit_begin(&w.edit, lock, row, &w.scratch) && write_key(&w) && write_fields(&w);
        if (fine && w.wrote)
            fine = write_mark(&w, KDBIB_STR("source"), change->source) &&
                   write_mark(&w, KDBIB_STR("checked"), change->checked);
        fine = fine && kdb_edit_end(&w.edit);
    }
    fine = fine && !kdb_arena_failed(&w.scratch);
    kdb_arena_free(&w.scratch);
    return fine;
}

bool kdb_lock_update(kdb_lock *lock, const kdbib_bibliography *bibliography) {
    const kdb_lock_change change = {.least = KDBIB_BASIS_COMPUTED, .source = "url"};
    if (!make_columns(lock))
        return false;
    for (size_t i = 0; i < kdbib_bibliography_count(bibliography); i++)
        if (!kdb_lock_put(lock, kdbib_bibliography_record(bibliography, i), &change))
            return false;
    return kdb_lock_sort(lock, bibliography);
}
