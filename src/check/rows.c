/* Rows of a table with fewer or more cells than its header: Markdown fills the ones up with empty
 * cells and drops what is too much of the others, and says nothing. */
#include "base/strings.h"
#include "check/registry.h"

typedef struct cells {
    size_t count;
    size_t filled;    /* number of the last cell that is not blank */
    size_t past, end; /* offsets of what lies behind the header's last column; past 0: nothing */
} cells;

/* Cells are parted by pipes; `\|` is no pipe, in code neither. */
static cells count_cells(kdbib_str line, size_t columns) {
    cells c = {0};
    size_t at = 0;
    while (at < line.size && (kdb_is_space(line.data[at]) || line.data[at] == '>'))
        at++;
    while (line.size > at && kdb_is_space(line.data[line.size - 1]))
        line.size--;
    at += at < line.size && line.data[at] == '|';
    for (bool blank = true; at < line.size; at++) {
        char sign = line.data[at];
        if (sign == '\\' && at + 1 < line.size && line.data[at + 1] == '|')
            at++;
        if (c.count == columns && !c.past && !kdb_is_space(sign) && sign != '|')
            c.past = at;
        if (sign == '|' || at + 1 == line.size) {
            blank = blank && (sign == '|' || kdb_is_space(sign));
            c.count++;
            if (!blank)
                c.filled = c.count;
            if (!blank && c.count > columns)
                c.end = sign == '|' ? at : at + 1;
            blank = true;
        } else if (!kdb_is_space(sign)) {
            blank = false;
        }
    }
    return c;
}

static void check_row(const kdb_list *list, const kdb_list_row *row) {
    kdbib_str line = kdb_list_line(list, row->line);
    cells c = count_cells(line, row->columns);
    kdb_place place = {row->line, 1, KDB_NO_OFFSET, 0};
    if (c.filled > row->columns && c.past && c.end > c.past) {
        place.offset = list->lines.starts[row->line - 1];
        place = kdb_place_part(place, c.past, c.end);
        kdb_list_report(list, KDBIB_SEVERITY_WARNING, "cells-lost", place, NULL,
                        "a row of %zu cells in a table of %zu columns: what is too much is not "
                        "shown (a pipe in a text is written \\|)",
                        c.filled, row->columns);
    } else if (c.count < row->columns && c.filled > 1) {
        kdb_list_report(list, KDBIB_SEVERITY_NOTE, "cells-missing", place, NULL,
                        "a row of %zu cells in a table of %zu columns", c.count, row->columns);
    }
}

bool kdb_check_rows(const kdb_list *list) {
    for (size_t i = 0; i < list->row_count; i++)
        if (!list->rows[i].header && list->rows[i].line && list->rows[i].line <= list->lines.count)
            check_row(list, &list->rows[i]);
    return true;
}
