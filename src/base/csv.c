/* CSV by libcsv, fed line by line, so that a row knows its line and a broken one spoils no other.
 */
#include "base/csv.h"

#include <csv.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/strings.h"

/* A quote that is still open after so many bytes was never meant to be one. */
#define LARGEST_ROW ((size_t)1024 * 1024)

typedef struct reader {
    struct csv_parser parser;
    kdb_csv_row_fn *row;
    void *user;
    kdb_buffer text;  /* the cells of the row so far, each with its NUL */
    size_t *ends;     /* of each cell in text */
    kdbib_str *cells; /* made when the row is complete */
    size_t count, capacity;
    uint32_t row_line;
    char delimiter;
    bool in_row, stopped, failed;
} reader;

static bool grow(reader *r) {
    size_t capacity = r->capacity ? r->capacity * 2 : 32;
    size_t *ends = realloc(r->ends, capacity * sizeof *ends);
    if (ends)
        r->ends = ends;
    kdbib_str *cells = realloc(r->cells, capacity * sizeof *cells);
    if (cells)
        r->cells = cells;
    if (!ends || !cells)
        return false;
    r->capacity = capacity;
    return true;
}

static void on_field(void *data, size_t size, void *user) {
    reader *r = user;
    if (r->count == r->capacity && !grow(r)) {
        r->failed = true;
        return;
    }
    if (size)
        kdb_buffer_add(&r->text, data, size);
    kdb_buffer_add_char(&r->text, '\0');
    r->failed |= r->text.failed;
    r->ends[r->count++] = r->text.size;
}

static void on_row(int c, void *user) {
    (void)c;
    reader *r = user;
    if (!r->failed && !r->stopped) {
        size_t from = 0;
        for (size_t i = 0; i < r->count; i++) {
            r->cells[i] = (kdbib_str){r->text.data + from, r->ends[i] - from - 1};
            from = r->ends[i];
        }
        r->stopped = !r->row(r->user, r->cells, r->count, r->row_line, false);
    }
    r->count = 0;
    r->in_row = false;
    kdb_buffer_clear(&r->text);
}

/* Blanks and tabs only, as libcsv has it. */
static kdbib_str without_blanks(kdbib_str cell) {
    while (cell.size && (cell.data[0] == ' ' || cell.data[0] == '\t'))
        cell = kdb_slice(cell, 1, cell.size);
    while (cell.size && (cell.data[cell.size - 1] == ' ' || cell.data[cell.size - 1] == '\t'))
        cell.size--;
    return cell;
}

/* To a row whose text has room for it. */
static void add_cell(reader *r, kdbib_str cell) {
    if (r->count == r->capacity && !grow(r)) {
        r->failed = true;
        return;
    }
    char *out = r->text.data + r->text.size;
    if (cell.size)
        memcpy(out, cell.data, cell.size);
    out[cell.size] = '\0';
    r->text.size += cell.size + 1;
    r->ends[r->count++] = r->text.size;
}

/* A line without a quote is a row, whose cells are what stands between the delimiters, without
 * blanks around it. False: it has a quote, or ends of rows in its middle, and libcsv is to read it.
 */
static bool take_plain_line(reader *r, kdbib_str line) {
    if (kdb_ends_with(line, KDBIB_STR("\n")))
        line.size--;
    if (kdb_ends_with(line, KDBIB_STR("\r")))
        line.size--;
    if (kdb_find_char(line, '"', 0) != SIZE_MAX || kdb_find_char(line, '\r', 0) != SIZE_MAX)
        return false;
    r->failed |= !kdb_buffer_reserve(&r->text, line.size + 1); /* a NUL for each delimiter */
    const char delimiter = r->delimiter;
    for (size_t at = 0, end; at <= line.size && !r->failed; at = end + 1) {
        end = at;
        while (end < line.size && line.data[end] != delimiter)
            end++;
        add_cell(r, without_blanks(kdb_slice(line, at, end)));
    }
    on_row('\n', r);
    return true;
}

static void start(reader *r) {
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, (unsigned char)r->delimiter);
}

static void restart(reader *r) {
    csv_free(&r->parser);
    start(r);
    r->in_row = false;
    r->count = 0;
    kdb_buffer_clear(&r->text);
}

static bool is_blank(kdbib_str line) {
    return kdb_trim(line).size == 0;
}

/* A table that was taken apart when kdbib was built. */
static bool read_packed(const kdb_embedded_csv *packed, kdb_csv_row_fn *row, void *user) {
    kdbib_str *cells = malloc(packed->columns * sizeof *cells);
    bool more = cells != NULL;
    const uint32_t *start = packed->starts;
    for (size_t i = 0; more && i <= packed->rows; i++) { /* the header is the first */
        for (size_t k = 0; k < packed->columns; k++, start++)
            cells[k] = (kdbib_str){(const char *)packed->cells + start[0], start[1] - start[0] - 1};
        more = row(user, cells, packed->columns, i ? packed->lines[i - 1] : 1, false);
    }
    free(cells);
    return cells != NULL;
}

bool kdb_csv_read_delimited(kdbib_str text, char delimiter, kdb_csv_row_fn *row, void *user) {
    const kdb_embedded_csv *packed = delimiter == ',' ? kdb_embedded_table(text) : NULL;
    if (packed)
        return read_packed(packed, row, user);
    reader r = {.row = row, .user = user, .delimiter = delimiter};
    if (kdb_starts_with(text, KDBIB_STR("\xEF\xBB\xBF")))
        text = kdb_slice(text, 3, text.size);
    start(&r);

    size_t at = 0, row_start = 0;
    uint32_t line = 0;
    while (at < text.size && !r.stopped && !r.failed) {
        size_t end = kdb_find_char(text, '\n', at);
        end = end == SIZE_MAX ? text.size : end + 1;
        kdbib_str bytes = kdb_slice(text, at, end);
        line++;
        at = end;
        if (!r.in_row) {
            if (is_blank(bytes))
                continue;
            r.row_line = line;
            if (take_plain_line(&r, bytes))
                continue;
            r.in_row = true;
            row_start = end;
        }
        bool bad = csv_parse(&r.parser, bytes.data, bytes.size, on_field, on_row, &r) != bytes.size;
        if (!bad && at == text.size && r.in_row)
            bad = csv_fini(&r.parser, on_field, on_row, &r) != 0;
        if (csv_error(&r.parser) == CSV_ENOMEM)
            r.failed = true;
        bad |= r.in_row && end - row_start > LARGEST_ROW;
        if (bad && !r.failed && !r.stopped) {
            /* go on behind the line on which the broken row began */
            r.stopped = !row(user, NULL, 0, r.row_line, true);
            at = row_start;
            line = r.row_line;
            restart(&r);
        }
    }
    csv_free(&r.parser);
    kdb_buffer_free(&r.text);
    free(r.ends);
    free(r.cells);
    return !r.failed;
}

bool kdb_csv_read(kdbib_str text, kdb_csv_row_fn *row, void *user) {
    return kdb_csv_read_delimited(text, ',', row, user);
}

typedef struct table_builder {
    kdb_arena *arena;
    kdb_table *table;
    kdbib_str *cells;
    uint32_t *lines;
    size_t capacity;
    bool failed;
} table_builder;

static bool add_table_row(void *user, const kdbib_str *cells, size_t count, uint32_t line,
                          bool broken) {
    table_builder *b = user;
    kdb_table *table = b->table;
    if (broken)
        return true;
    if (!table->header) {
        kdbib_str *header = kdb_arena_array(b->arena, count, sizeof *header);
        for (size_t i = 0; header && i < count; i++)
            header[i] = kdb_arena_copy(b->arena, kdb_trim(cells[i]));
        table->header = header;
        table->columns = header ? count : 0;
        return header != NULL;
    }
    size_t capacity = b->capacity; /* of both */
    kdbib_str *more =
        kdb_arena_grow(b->arena, b->cells, table->rows, &capacity, table->columns * sizeof *more);
    uint32_t *lines = kdb_arena_grow(b->arena, b->lines, table->rows, &b->capacity, sizeof *lines);
    if (!more || !lines) {
        b->failed = true;
        return false;
    }
    b->cells = more;
    b->lines = lines;
    for (size_t i = 0; i < table->columns && i < count; i++)
        b->cells[table->rows * table->columns + i] = kdb_arena_copy(b->arena, cells[i]);
    b->lines[table->rows++] = line;
    return true;
}

/* The cells of a table that was taken apart already are found when they are asked for. */
static bool refer_to(kdb_arena *arena, const kdb_embedded_csv *packed, kdb_table *table) {
    kdbib_str *header = kdb_arena_array(arena, packed->columns, sizeof *header);
    for (size_t i = 0; header && i < packed->columns; i++)
        header[i] = (kdbib_str){(const char *)packed->cells + packed->starts[i],
                                packed->starts[i + 1] - packed->starts[i] - 1};
    if (header)
        *table = (kdb_table){.header = header,
                             .columns = packed->columns,
                             .lines = packed->lines,
                             .rows = packed->rows,
                             .packed = packed};
    return header != NULL;
}

bool kdb_table_read(kdb_arena *arena, kdbib_str text, kdb_table *table) {
    *table = (kdb_table){0};
    const kdb_embedded_csv *packed = kdb_embedded_table(text);
    if (packed)
        return refer_to(arena, packed, table);
    table_builder b = {.arena = arena, .table = table};
    bool read = kdb_csv_read(text, add_table_row, &b);
    table->cells = b.cells;
    table->lines = b.lines;
    return read && !b.failed && !kdb_arena_failed(arena);
}

size_t kdb_table_column(const kdb_table *table, kdbib_str name) {
    for (size_t i = 0; i < table->columns; i++)
        if (kdbib_str_equal(table->header[i], name))
            return i;
    return SIZE_MAX;
}

/* ---- rows by their keys ---- */

static bool has_names(const kdb_table *table, size_t column) {
    return column < table->columns && kdbib_str_equal(table->header[column], KDBIB_STR("host"));
}

bool kdb_table_key(const kdb_table *table, size_t row, size_t column, size_t *at, kdbib_str *key) {
    const kdbib_str cell = kdb_table_cell(table, row, column);
    if (!has_names(table, column)) {
        *key = cell;
        return (*at)++ == 0;
    }
    while (*at < cell.size && cell.data[*at] == ' ')
        (*at)++;
    const size_t end = kdb_find_char(cell, ' ', *at);
    *key = kdb_slice(cell, *at, end);
    *at += key->size;
    while (kdb_starts_with_nocase(*key, KDBIB_STR("www.")))
        *key = kdb_slice(*key, 4, key->size);
    return key->size > 0;
}

static bool is_row_of(const kdb_table *table, size_t row, size_t column, kdbib_str key) {
    kdbib_str other = kdb_table_cell(table, row, column);
    if (kdb_equal_nocase(other, key)) /* as most that are asked are */
        return !has_names(table, column) || kdb_find_char(key, ' ', 0) == SIZE_MAX;
    for (size_t at = 0; kdb_table_key(table, row, column, &at, &other);)
        if (kdb_equal_nocase(other, key))
            return true;
    return false;
}

size_t kdb_table_find(const kdb_table *table, kdbib_str key, kdb_table_walk *walk) {
    const kdb_embedded_csv *packed = walk->column ? NULL : table->packed;
    if (!packed) {
        while (walk->at < table->rows && !is_row_of(table, walk->at, walk->column, key))
            walk->at++;
        return walk->at < table->rows ? walk->at++ : SIZE_MAX;
    }
    if (!walk->started) {
        walk->hash = kdb_hash_nocase(key);
        walk->at = (size_t)walk->hash;
        walk->started = true;
    }
    for (uint32_t slot; (slot = packed->slots[walk->at & packed->mask]) != 0;) {
        walk->at++;
        const size_t row = (slot & 0xFFFF) - 1;
        if (slot >> 16 == walk->hash >> 48 && is_row_of(table, row, 0, key))
            return row;
    }
    return SIZE_MAX;
}

size_t kdb_table_row(const kdb_table *table, kdbib_str key) {
    kdb_table_walk walk = {0};
    return kdb_table_find(table, key, &walk);
}
