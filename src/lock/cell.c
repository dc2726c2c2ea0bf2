/* Cells between a spreadsheet and us. */
#include "lock/cell.h"

#include <csv.h>

#include "base/strings.h"

/* Size of the sign at `at` that makes a spreadsheet see a formula: = + - @, also in full width as
 * East Asian ones take them, and tab and carriage return, which some drop. 0: there is none. */
static size_t formula_sign(kdbib_str text, size_t at) {
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    if (at >= text.size)
        return 0;
    if (memchr("=+-@\t\r", text.data[at], 6))
        return 1;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (kdb_starts_with(kdb_slice(text, at, text.size), kdbib_str_of(wide[i])))
            return 3;
    return 0;
}

static size_t skip_apostrophes(kdbib_str text, size_t at) {
    while (at < text.size && text.data[at] == '\'')
        at++;
    return at;
}

/* A cell begins here for some spreadsheet: behind nothing, or behind a separator other than ours.
 */
static bool begins_cell(kdbib_str text, size_t at) {
    return at == 0 || memchr(";\t\n\r", text.data[at - 1], 4);
}

/* Copies; where `'…'=` begins a cell, one apostrophe more or less. */
static void copy(kdb_buffer *to, kdbib_str text, bool guard) {
    size_t plain = 0;
    for (size_t at = 0; at < text.size;) {
        if (!begins_cell(text, at)) {
            at++;
            continue;
        }
        size_t sign = skip_apostrophes(text, at);
        if (formula_sign(text, sign) && (guard || sign > at)) {
            kdb_buffer_add(to, text.data + plain, at - plain);
            if (guard)
                kdb_buffer_add_char(to, '\'');
            plain = guard ? at : at + 1;
        }
        at = sign > at ? sign : at + 1;
    }
    kdb_buffer_add_str(to, kdb_slice(text, plain, text.size));
}

void kdb_cell_guard(kdb_buffer *cell, kdbib_str text) {
    copy(cell, text, true);
}
void kdb_cell_unguard(kdb_buffer *text, kdbib_str cell) {
    if (kdb_find_char(cell, '\'', 0) == SIZE_MAX)
        kdb_buffer_add_str(text, cell);
    else
        copy(text, cell, false);
}

void kdb_cell_quote(kdb_buffer *row, kdbib_str cell) {
    bool quote = false;
    for (size_t i = 0; i < cell.size && !quote; i++)
        quote = memchr(",\"\n\r\t", cell.data[i], 5) != NULL;
    if (cell.size)
        quote |= kdb_is_space(cell.data[0]) || kdb_is_space(cell.data[cell.size - 1]);
    if (!quote) {
        kdb_buffer_add_str(row, cell);
        return;
    }
    size_t size = csv_write2(NULL, 0, cell.data, cell.size, '"');
    if (!kdb_buffer_reserve(row, size))
        return;
    csv_write2(row->data + row->size, size, cell.data, cell.size, '"');
    row->size += size;
    row->data[row->size] = '\0';
}
