/* Both tables are sorted by their first column, and looked through where they are built in. */
#include "text/html_names.h"

#include "base/embedded.h"
#include "base/strings.h"

static kdbib_str cell(const kdb_embedded_csv *table, size_t row, size_t column) {
    const uint32_t *start = table->starts + (row + 1) * table->columns + column;
    return (kdbib_str){(const char *)table->cells + start[0], start[1] - start[0] - 1};
}

/* The row whose first cell is `name`, or SIZE_MAX. */
static size_t find(const kdb_embedded_csv *table, kdbib_str name) {
    size_t from = 0, to = table ? table->rows : 0;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = kdb_compare(name, cell(table, middle, 0));
        if (order == 0)
            return middle;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return SIZE_MAX;
}

bool kdb_html_is_element(kdbib_str name) {
    return find(kdb_embedded_table(kdb_embedded(KDBIB_STR("html-elements.csv"))), name) != SIZE_MAX;
}

unsigned kdb_html_entity(kdbib_str name) {
    const kdb_embedded_csv *table =
        kdb_embedded_table(kdb_embedded(KDBIB_STR("html-entities.csv")));
    size_t row = find(table, name);
    unsigned code_point = 0;
    if (row == SIZE_MAX)
        return 0;
    kdbib_str digits = cell(table, row, 1);
    for (size_t i = 0; i < digits.size; i++)
        code_point = code_point * 10 + (unsigned)(digits.data[i] - '0');
    return code_point;
}
