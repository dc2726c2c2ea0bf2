/* Reading a lock: rows, what is wrong with them, and how they are found. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/diagnose.h"
#include "base/strings.h"
#include "lock/cell.h"
#include "lock/lock_inside.h"
#include "text/decode.h"

/* ---- memory ---- */

void kdb_lock_free(kdb_lock *lock) {
    if (!lock)
        return;
    kdb_arena_free(&lock->arena);
    kdb_index_free(&lock->by_url);
    kdb_index_free(&lock->by_canonical);
    kdb_index_free(&lock->by_key);
    kdb_index_free(&lock->titled);
    kdb_index_free(&lock->shared);
    free(lock->order);
    free(lock->columns);
    free(lock->rows);
    free(lock);
}

bool kdb_lock_add_column(kdb_lock *lock, kdbib_str name) {
    kdb_lock_column *columns =
        kdb_array_grow(lock->columns, lock->column_count, &lock->column_capacity, sizeof *columns);
    if (!columns)
        return false;
    lock->columns = columns;
    name = kdb_arena_copy(&lock->arena, name);
    kdb_lock_column column = kdb_lock_column_called(name);
    size_t *first = column.kind == KDB_LOCK_URL     ? &lock->url_column
                    : column.kind == KDB_LOCK_KEY   ? &lock->key_column
                    : column.kind == KDB_LOCK_TITLE ? &lock->title_column
                                                    : NULL;
    if (first && *first == SIZE_MAX)
        *first = lock->column_count;
    lock->columns[lock->column_count++] = column;
    return !kdb_arena_failed(&lock->arena);
}

kdb_lock_row *kdb_lock_add_row(kdb_lock *lock) {
    kdb_lock_row *rows =
        lock->row_count < KDB_INDEX_NONE /* rows have numbers of four bytes */
            ? kdb_array_grow(lock->rows, lock->row_count, &lock->row_capacity, sizeof *rows)
            : NULL;
    if (!rows)
        return NULL;
    lock->rows = rows;
    lock->rows[lock->row_count] = (kdb_lock_row){.cells = "", .serves = true};
    return &lock->rows[lock->row_count++];
}

kdbib_str kdb_lock_row_cell(const kdb_lock_row *row, size_t column) {
    const char *at = row->cells, *end = row->cells + row->size;
    if (column >= row->size)
        return KDBIB_STR("");
    for (; column && at < end; column--)
        at += strlen(at) + 1;
    return at < end ? kdbib_str_of(at) : KDBIB_STR("");
}

/* ---- reading ---- */

typedef struct reading {
    kdb_lock *lock;
    kdbib_str bytes;
    size_t at; /* offset of line `line` in bytes */
    uint32_t line;
    kdb_buffer cells, cell;
    bool header, usable, failed;
    bool in_base; /* between ||||||| and ======= of a merge conflict: what nobody wants any more */
} reading;

static void warn(const reading *r, const char *name, uint32_t line, const char *message) {
    kdb_report(r->lock->context, KDBIB_SEVERITY_WARNING, name, r->lock->file, line, 0, "%s",
               message);
}

static size_t offset_of_line(reading *r, uint32_t line) {
    for (; r->line < line; r->line++) {
        size_t end = kdb_find_char(r->bytes, '\n', r->at);
        r->at = end == SIZE_MAX ? r->bytes.size : end + 1;
    }
    return r->at;
}

#define MOST_COLUMNS 1000 /* a lock has some 40; columns are looked for one by one */

static bool read_header(reading *r, const kdbib_str *cells, size_t count, uint32_t line) {
    kdb_lock *lock = r->lock;
    r->header = true;
    if (count > MOST_COLUMNS) {
        lock->foreign = true;
        kdb_report(lock->context, KDBIB_SEVERITY_ERROR, "lock-header", lock->file, line, 0,
                   "the lock's first row has %zu columns, more than %d: no row serves", count,
                   MOST_COLUMNS);
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        kdbib_str name = kdb_trim(cells[i]);
        if (name.size && kdb_lock_column_of(lock, name) != SIZE_MAX)
            kdb_report(lock->context, KDBIB_SEVERITY_WARNING, "lock-header", lock->file, line, 0,
                       "two columns are called “%.*s”: the first one serves", KDB_SHOW(name));
        if (!kdb_lock_add_column(lock, name))
            return false;
    }
    lock->raw_columns = lock->column_count;
    r->usable = kdb_lock_column_of(lock, KDBIB_STR("url")) != SIZE_MAX;
    lock->foreign = !r->usable;
    if (!r->usable)
        kdb_report(lock->context, KDBIB_SEVERITY_ERROR, "lock-header", lock->file, line, 0,
                   "the lock's first row must name its columns, “url” among them, separated by "
                   "commas: no row serves");
    return true;
}

/* Merge conflict markers; true when the row is one of them, or lies in the part to be left out. */
static bool is_conflict(reading *r, kdbib_str first, uint32_t line) {
    kdbib_str mark = kdb_slice(first, 0, 7);
    bool begins = kdbib_str_equal(mark, KDBIB_STR("<<<<<<<")),
         middle = kdbib_str_equal(mark, KDBIB_STR("=======")),
         ends = kdbib_str_equal(mark, KDBIB_STR(">>>>>>>")),
         base = kdbib_str_equal(mark, KDBIB_STR("|||||||"));
    if (begins)
        warn(r, "lock-conflict", line,
             "git left a merge conflict here: rows of both sides serve; remove the lines with "
             "<<<<<<<, ======= and >>>>>>> and one of any two rows with the same url");
    if (begins || middle || ends || base) {
        r->in_base = base;
        r->lock->conflict = true;
        return true;
    }
    return r->in_base;
}

static void report_value(const reading *r, uint32_t line, const kdb_lock_column *column,
                         kdbib_str cell, const char *wanted) {
    kdb_report(r->lock->context, KDBIB_SEVERITY_WARNING, "lock-bad-value", r->lock->file, line, 0,
               "“%.*s” in column %.*s is no %s: the cell is left out", KDB_SHOW(cell),
               KDB_SHOW(column->name), wanted);
}

static void check_cell(const reading *r, uint32_t line, const kdb_lock_column *column,
                       kdbib_str cell) {
    kdbib_type type;
    const char *wanted = NULL;
    if (column->kind == KDB_LOCK_YEAR && !kdb_lock_number(cell, 1000, 2999))
        wanted = "year";
    else if (column->kind == KDB_LOCK_MONTH && !kdb_lock_number(cell, 1, 12))
        wanted = "month (1 to 12)";
    else if (column->kind == KDB_LOCK_DAY && !kdb_lock_number(cell, 1, 31))
        wanted = "day of a month";
    else if (column->kind == KDB_LOCK_TYPE && !kdbib_type_from_name(kdb_trim(cell), &type))
        wanted = "type that kdbib knows";
    else if (column->field == KDBIB_DOI && !kdb_lock_doi(cell).size)
        wanted = "DOI";
    else if (column->kind == KDB_LOCK_KEY && !kdb_lock_is_key(kdb_trim(cell)))
        wanted = "citation key";
    if (wanted)
        report_value(r, line, column, cell, wanted);
}

/* The text of a cell without guards; cells end with a NUL: one that stands in it cannot stay. */
static kdbib_str read_cell(reading *r, kdbib_str cell) {
    if (kdb_find_char(cell, '\'', 0) == SIZE_MAX && kdb_find_char(cell, '\0', 0) == SIZE_MAX)
        return cell;
    kdb_buffer_clear(&r->cell);
    kdb_cell_unguard(&r->cell, cell);
    cell = kdb_buffer_str(&r->cell);
    for (size_t at; (at = kdb_find_char(cell, '\0', 0)) != SIZE_MAX;)
        r->cell.data[at] = ' ';
    return cell;
}

/* The row's cells, freed from guards, into r->cells; true when they make a row that serves. */
static bool read_cells(reading *r, const kdbib_str *cells, size_t count, uint32_t line) {
    kdb_lock *lock = r->lock;
    size_t room = count;
    for (size_t i = 0; i < count; i++)
        room += cells[i].size;
    kdb_buffer_clear(&r->cells);
    if (!kdb_buffer_reserve(&r->cells, room)) {
        r->failed = true;
        return false;
    }
    for (size_t i = 0; i < count && i < lock->column_count; i++) {
        if (cells[i].size) {
            const kdbib_str cell = read_cell(r, cells[i]);
            if (r->usable && kdb_trim(cell).size)
                check_cell(r, line, &lock->columns[i], cell);
            kdb_buffer_add_str(&r->cells, cell);
        }
        r->cells.data[r->cells.size++] = '\0';
    }
    r->cells.data[r->cells.size] = '\0';
    for (size_t i = lock->column_count; i < count; i++)
        if (kdb_trim(cells[i]).size) {
            kdb_report(lock->context, KDBIB_SEVERITY_WARNING, "lock-broken-row", lock->file, line,
                       0,
                       "%zu cells, but the header has %zu (a comma without quotes?): the row "
                       "is left out",
                       count, lock->column_count);
            return false;
        }
    return r->usable;
}

static bool read_row(void *user, const kdbib_str *cells, size_t count, uint32_t line, bool broken) {
    reading *r = user;
    kdb_lock *lock = r->lock;
    if (!broken && is_conflict(r, count ? cells[0] : KDBIB_STR(""), line))
        return true;
    if (!r->header && !broken) {
        r->failed = !read_header(r, cells, count, line);
        return !r->failed;
    }
    kdb_lock_row *row = kdb_lock_add_row(lock);
    if (!row) {
        r->failed = true;
        return false;
    }
    size_t offset = offset_of_line(r, line);
    row->raw = (kdbib_str){r->bytes.data + offset, 0}; /* its end is known with the next row */
    row->line = line;
    row->serves = !broken && read_cells(r, cells, count, line);
    if (broken)
        warn(r, "lock-broken-row", line, "a stray or unclosed quote: the row is left out");
    if (!row->serves)
        return !r->failed;
    kdbib_str copy = kdb_arena_copy(&lock->arena, kdb_buffer_str(&r->cells));
    row->cells = copy.data;
    row->size = copy.size;
    r->failed = kdb_arena_failed(&lock->arena) || r->cells.failed || r->cell.failed ||
                !kdb_lock_index_row(lock, (uint32_t)(lock->row_count - 1));
    return !r->failed;
}

/* A built-in lock was taken apart when kdbib was built: its cells stay where they are, each with
 * its NUL. It has no guards and no mistakes; the tests see to that. */
static bool read_built_in(reading *r) {
    kdb_lock *lock = r->lock;
    kdb_table table;
    if (!kdb_table_read(&lock->arena, r->bytes, &table) ||
        !read_header(r, table.header, table.columns, 1))
        return false;
    for (size_t i = 0; i < table.rows; i++) {
        kdb_lock_row *row = kdb_lock_add_row(lock);
        if (!row)
            return false;
        const kdbib_str first = kdb_table_cell(&table, i, 0),
                        last = kdb_table_cell(&table, i, table.columns - 1);
        row->cells = first.data;
        row->size = (size_t)(last.data - first.data) + last.size + 1;
        row->line = table.lines[i];
        row->raw = (kdbib_str){r->bytes.data + offset_of_line(r, row->line), 0};
        if (!kdb_lock_index_row(lock, (uint32_t)i))
            return false;
    }
    return true;
}

/* A row's bytes go up to the next row; blank lines between them do not count. What stands before
 * the first row is the header. */
static void find_ends(kdb_lock *lock, kdbib_str bytes) {
    const char *end = bytes.data + bytes.size;
    for (size_t i = lock->row_count; i-- > 0;) {
        kdbib_str *raw = &lock->rows[i].raw;
        const char *begin = raw->data;
        raw->size = (size_t)(end - begin);
        while (raw->size && (raw->data[raw->size - 1] == '\n' || raw->data[raw->size - 1] == '\r'))
            raw->size--;
        end = begin;
    }
    lock->header = (kdbib_str){bytes.data, (size_t)(end - bytes.data)};
    while (lock->header.size && kdb_is_space(lock->header.data[lock->header.size - 1]))
        lock->header.size--;
}

/* Spreadsheets of many countries separate cells by semicolons, some by tabs. */
static char delimiter_of(kdbib_str bytes) {
    kdbib_str header = kdb_slice(bytes, 0, kdb_find_char(bytes, '\n', 0));
    if (kdb_find_char(header, ',', 0) != SIZE_MAX)
        return ',';
    if (kdb_find_char(header, ';', 0) != SIZE_MAX)
        return ';';
    return kdb_find_char(header, '\t', 0) != SIZE_MAX ? '\t' : ',';
}

static bool is_utf8(kdbib_str bytes) {
    if (kdb_is_ascii(bytes))
        return kdb_find_char(bytes, '\0', 0) == SIZE_MAX;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)bytes.data, *end = at + bytes.size;
    while (at < end) {
        utf8proc_int32_t point = 0;
        utf8proc_ssize_t size = *at < 0x80 ? 1 : utf8proc_iterate(at, end - at, &point);
        if (size <= 0 || *at == 0)
            return false;
        at += size;
    }
    return true;
}

/* The rows that do not change are written as they were, line for line of the text that is read from
 * them, unless they are no UTF-8. */
static bool read_rows(kdb_lock *lock, kdbib_str bytes, kdb_buffer *storage) {
    const bool built_in = kdb_embedded_table(bytes) != NULL; /* it is sound, and stays */
    kdbib_str text = bytes;
    if (!built_in) {
        if (!kdb_decode(lock->context, lock->file, bytes, storage, &text))
            return false;
        if (!is_utf8(bytes))
            bytes = kdb_arena_copy(&lock->arena, text);
    }
    char delimiter = delimiter_of(text);
    size_t newline = kdb_find_char(bytes, '\n', 0);
    bool windows = newline != SIZE_MAX && newline && bytes.data[newline - 1] == '\r';
    lock->newline = windows ? "\r\n" : "\n";
    reading r = {.lock = lock, .bytes = bytes, .line = 1};
    size_t lines = 0;
    for (size_t at = 0; (at = kdb_find_char(bytes, '\n', at)) != SIZE_MAX; at++)
        lines++;
    bool fine =
        !kdb_arena_failed(&lock->arena) && kdb_index_reserve(&lock->by_url, lines) &&
        kdb_index_reserve(&lock->by_key, lines) &&
        (built_in ? read_built_in(&r) : kdb_csv_read_delimited(text, delimiter, read_row, &r)) &&
        !r.failed;
    kdb_buffer_free(&r.cells);
    kdb_buffer_free(&r.cell);
    if (!fine)
        return false;
    find_ends(lock, bytes);
    if (delimiter != ',')
        lock->raw_columns = SIZE_MAX; /* all rows are written anew, with commas */
    return true;
}

kdb_lock *kdb_lock_read(kdbib *context, const char *file, kdbib_str bytes) {
    kdb_lock *lock = calloc(1, sizeof *lock);
    if (!lock)
        return NULL;
    lock->url_column = lock->key_column = lock->title_column = SIZE_MAX;
    lock->context = context;
    lock->file = kdb_arena_copy(&lock->arena, kdbib_str_of(file)).data;
    kdb_buffer storage = {0};
    bool fine = read_rows(lock, bytes.data ? bytes : KDBIB_STR(""), &storage);
    kdb_buffer_free(&storage);
    if (fine)
        return lock;
    kdb_lock_free(lock);
    return NULL;
}

/* ---- finding ---- */

bool kdb_lock_index_row(kdb_lock *lock, uint32_t number) {
    kdb_lock_row *row = &lock->rows[number];
    row->url = kdb_trim(kdb_lock_row_cell(row, lock->url_column));
    if (!row->url.size) {
        kdb_report(lock->context, KDBIB_SEVERITY_WARNING, "lock-broken-row", lock->file, row->line,
                   0, "a row without url serves no paper");
        row->serves = false;
        return true;
    }
    uint32_t *known = kdb_index_put(&lock->by_url, row->url);
    if (!known)
        return false;
    if (*known != KDB_INDEX_NONE && *known != number) {
        kdb_report(lock->context, KDBIB_SEVERITY_WARNING, "lock-duplicate", lock->file, row->line,
                   0, "“%.*s” has a row in line %u already, which serves; this one does not",
                   KDB_SHOW(row->url), lock->rows[*known].line);
        row->serves = false;
        return true;
    }
    *known = number;
    size_t titled = kdb_find(row->url, KDBIB_STR(" title:"), 0);
    if (titled != SIZE_MAX) {
        uint32_t *mark = kdb_index_put(&lock->titled, kdb_slice(row->url, 0, titled));
        if (!mark)
            return false;
        *mark = number;
    }
    kdbib_str key = kdb_trim(kdb_lock_row_cell(row, lock->key_column));
    if (!kdb_lock_is_key(key))
        return true;
    kdbib_str lower = kdb_arena_copy(&lock->arena, key);
    if (kdb_arena_failed(&lock->arena))
        return false;
    for (size_t i = 0; i < lower.size; i++)
        ((char *)lower.data)[i] = kdb_to_lower(lower.data[i]);
    uint32_t *owner = kdb_index_put(&lock->by_key, lower);
    if (owner && *owner == KDB_INDEX_NONE)
        *owner = number;
    return owner != NULL;
}

bool kdb_lock_is_writable(const kdb_lock *lock) {
    return !lock->conflict && !lock->foreign;
}
size_t kdb_lock_row_count(const kdb_lock *lock) {
    return lock->row_count;
}

kdbib_str kdb_lock_cell(const kdb_lock *lock, uint32_t row, kdbib_str column) {
    size_t number = kdb_lock_column_of(lock, column);
    return number < lock->column_count ? kdb_lock_row_cell(&lock->rows[row], number)
                                       : KDBIB_STR("");
}

bool kdb_lock_is_manual(const kdb_lock *lock, uint32_t row) {
    return kdb_equal_nocase(kdb_trim(kdb_lock_cell(lock, row, KDBIB_STR("source"))),
                            KDBIB_STR("manual"));
}

bool kdb_lock_has_key(const kdb_lock *lock, kdbib_str key, kdbib_str canonical_url) {
    char lower[256];
    if (key.size > sizeof lower)
        return false; /* longer than any key of a lock */
    for (size_t i = 0; i < key.size; i++)
        lower[i] = kdb_to_lower(key.data[i]);
    uint32_t row = kdb_index_get(&lock->by_key, (kdbib_str){lower, key.size});
    return row != KDB_INDEX_NONE && !kdbib_str_equal(lock->rows[row].url, canonical_url);
}
