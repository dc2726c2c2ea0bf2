/* A binary search in the lines of data/latex-input.csv, which are sorted by the bytes of their
 * first cell (a unit test sees to that). */
#include "text/latex_input.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/strings.h"
#include "kdbib/record.h"

/* The first cell as it stands in the file: with its quotes. */
static kdbib_str first_cell(kdbib_str line) {
    size_t end = 0;
    if (line.size && line.data[0] == '"') {
        end = 1;
        while (end < line.size &&
               !(line.data[end] == '"' && (end + 1 >= line.size || line.data[end + 1] == ',')))
            end += line.data[end] == '"' ? 2 : 1;
        end++;
    } else {
        size_t comma = kdb_find_char(line, ',', 0);
        end = comma == SIZE_MAX ? line.size : comma;
    }
    return kdb_slice(line, 0, end);
}

/* `name` as a cell of the file. */
static kdbib_str as_cell(kdbib_str name, char cell[8]) {
    if (name.size != 1 || !kdb_is_one_of(name.data[0], " ,\""))
        return name;
    size_t size = 0;
    cell[size++] = '"';
    cell[size++] = name.data[0];
    if (name.data[0] == '"')
        cell[size++] = '"';
    cell[size++] = '"';
    return (kdbib_str){cell, size};
}

static kdb_latex_command command_of_line(kdbib_str line) {
    static const struct {
        const char *name;
        unsigned style;
    } styles[] = {{"italic", KDBIB_ITALIC}, {"bold", KDBIB_BOLD}, {"sub", KDBIB_SUB},
                  {"sup", KDBIB_SUP},       {"code", KDBIB_CODE}, {"small-caps", KDBIB_SMALL_CAPS}};
    kdb_latex_command command = {0};
    line = kdb_slice(line, first_cell(line).size + 1, line.size);
    size_t comma = kdb_find_char(line, ',', 0);
    kdbib_str kind = kdb_slice(line, 0, comma);
    command.value = kdb_slice(line, kind.size + 1, line.size);
    if (kdbib_str_equal(kind, KDBIB_STR("accent"))) {
        command.kind = KDB_LATEX_ACCENT;
        command.code = (unsigned)strtoul(command.value.data, NULL, 16);
    } else if (kdbib_str_equal(kind, KDBIB_STR("style"))) {
        command.kind = KDB_LATEX_STYLE;
        for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
            if (kdbib_str_equal(command.value, kdbib_str_of(styles[i].name)))
                command.style = styles[i].style;
    } else {
        command.kind = KDB_LATEX_TEXT;
    }
    return command;
}

kdb_latex_command kdb_latex_command_of(kdbib_str name) {
    kdbib_str table = kdb_embedded(KDBIB_STR("latex-input.csv"));
    char cell[8];
    name = as_cell(name, cell);
    size_t header = kdb_find_char(table, '\n', 0);
    size_t low = header == SIZE_MAX ? table.size : header + 1, high = table.size;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        while (middle > low && table.data[middle - 1] != '\n')
            middle--;
        size_t end = kdb_find_char(table, '\n', middle);
        end = end == SIZE_MAX ? table.size : end;
        kdbib_str line = kdb_slice(table, middle, end);
        if (line.size && line.data[line.size - 1] == '\r')
            line.size--;
        int order = kdb_compare(name, first_cell(line));
        if (order == 0)
            return command_of_line(line);
        if (order < 0)
            high = middle;
        else
            low = end + 1;
    }
    return (kdb_latex_command){0};
}

void kdb_latex_add_text(kdb_buffer *buffer, kdbib_str value) {
    for (size_t at = 0; at < value.size;) {
        unsigned code = 0;
        for (; at < value.size && value.data[at] != ' '; at++) {
            char c = value.data[at];
            code = code * 16 + (unsigned)(kdb_is_digit(c) ? c - '0' : kdb_to_lower(c) - 'a' + 10);
        }
        kdb_buffer_add_code_point(buffer, code);
        at++;
    }
}
