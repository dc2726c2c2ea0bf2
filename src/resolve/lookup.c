/* Tables that rules name. */
#include "resolve/lookup.h"

#include "base/embedded.h"
#include "base/strings.h"

bool kdb_read_number(kdbib_str digits, uint32_t *number) {
    uint32_t value = 0;
    if (!digits.size)
        return false;
    for (size_t i = 0; i < digits.size; i++) {
        if (!kdb_is_digit(digits.data[i]) || value > (UINT32_MAX - 9) / 10)
            return false;
        value = value * 10 + (uint32_t)(digits.data[i] - '0');
    }
    *number = value;
    return true;
}

const kdb_lookup *kdb_lookup_table(kdb_lookups *lookups, kdbib_str name) {
    for (kdb_lookup *lookup = lookups->newest; lookup; lookup = lookup->older)
        if (kdbib_str_equal(lookup->name, name))
            return lookup;
    kdbib_str csv =
        kdb_embedded(kdb_arena_format(&lookups->arena, "%.*s.csv", (int)name.size, name.data));
    kdb_lookup *lookup = csv.size ? kdb_arena_array(&lookups->arena, 1, sizeof *lookup) : NULL;
    if (!lookup || !kdb_table_read(&lookups->arena, csv, &lookup->table))
        return NULL;
    lookup->name = kdb_arena_copy(&lookups->arena, name);
    lookup->from = kdb_table_column(&lookup->table, KDBIB_STR("from"));
    lookup->to = kdb_table_column(&lookup->table, KDBIB_STR("to"));
    lookup->older = lookups->newest;
    lookups->newest = lookup;
    return lookup;
}

/* A row whose range is none holds nothing. */
static bool is_in_range(const kdb_lookup *lookup, size_t row, uint32_t value) {
    uint32_t from, to;
    return kdb_read_number(kdb_table_cell(&lookup->table, row, lookup->from), &from) &&
           kdb_read_number(kdb_table_cell(&lookup->table, row, lookup->to), &to) && value >= from &&
           value <= to;
}

kdbib_str kdb_lookup_cell(const kdb_lookup *lookup, size_t column, kdbib_str key,
                          kdbib_str number) {
    const bool ranges = lookup->from != SIZE_MAX && lookup->to != SIZE_MAX;
    uint32_t value = 0;
    if (ranges && !kdb_read_number(number, &value))
        return (kdbib_str){NULL, 0};
    kdb_table_walk walk = {0};
    size_t row;
    do
        row = kdb_table_find(&lookup->table, key, &walk);
    while (row != SIZE_MAX && ranges && !is_in_range(lookup, row, value));
    return row == SIZE_MAX ? (kdbib_str){NULL, 0} : kdb_table_cell(&lookup->table, row, column);
}

void kdb_lookups_free(kdb_lookups *lookups) {
    kdb_arena_free(&lookups->arena);
    lookups->newest = NULL;
}
