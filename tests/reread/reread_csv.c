/* CSV, by libcsv in its strict mode: every row has as many cells as the header, no cell is what a
 * spreadsheet would run. */
#include <csv.h>

#include "reread.h"

typedef struct reading {
    reread *result;
    size_t column, columns, rows, title;
} reading;

static void on_cell(void *cell, size_t size, void *user) {
    reading *r = user;
    const char *text = cell;
    if (size && memchr("=+-@\t\r", text[0], 6))
        reread_refuse(r->result, "a formula: %.60s", text);
    if (r->rows == 0 && size == 5 && memcmp(text, "title", 5) == 0)
        r->title = r->column;
    else if (r->rows && r->column == r->title)
        reread_title(r->result, text, size);
    r->column++;
}

static void on_row(int end, void *user) {
    reading *r = user;
    (void)end;
    if (r->rows == 0)
        r->columns = r->column;
    else if (r->column != r->columns)
        reread_refuse(r->result, "row %zu has %zu cells, not %zu", r->rows, r->column, r->columns);
    r->column = 0;
    r->rows++;
}

bool reread_csv(kdbib_str text, reread *result) {
    struct csv_parser parser;
    reading r = {.result = result, .title = SIZE_MAX};
    if (text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0) {
        text.data += 3;
        text.size -= 3;
    }
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        return reread_refuse(result, "memory");
    if (csv_parse(&parser, text.data, text.size, on_cell, on_row, &r) != text.size ||
        csv_fini(&parser, on_cell, on_row, &r) != 0)
        reread_refuse(result, "row %zu: %s", r.rows, csv_strerror(csv_error(&parser)));
    csv_free(&parser);
    return r.title != SIZE_MAX || reread_refuse(result, "no column is called title");
}
