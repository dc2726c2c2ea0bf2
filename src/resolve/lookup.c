/* Tables that rules name. */
#include "resolve/lookup.h"

#include "base/embedded.h"
#include "base/strings.h"

#define LONGEST_KEY 64

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

static kdbib_str lower_key(kdbib_str key, char buffer[LONGEST_KEY]) {
    if (key.size > LONGEST_KEY)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < key.size; i++)
        buffer[i] = kdb_to_lower(key.data[i]);
    return (kdbib_str){buffer, key.size};
}

static bool fill(kdb_arena *arena, kdb_lookup *lookup) {
    kdb_table *table = &lookup->table;
    size_t from = kdb_table_column(table, KDBIB_STR("from"));
    size_t to = kdb_table_column(table, KDBIB_STR("to"));
    lookup->next = kdb_arena_array(arena, table->rows, sizeof *lookup->next);
    if (from != SIZE_MAX && to != SIZE_MAX) {
        lookup->from = kdb_arena_array(arena, table->rows, sizeof *lookup->from);
        lookup->to = kdb_arena_array(arena, table->rows, sizeof *lookup->to);
    }
    if (kdb_arena_failed(arena) || !kdb_index_reserve(&lookup->keys, table->rows))
        return false;
    for (size_t row = table->rows; row-- > 0;) {
        char buffer[LONGEST_KEY];
        kdbib_str key = kdb_table_cell(table, row, 0), lower = lower_key(key, buffer);
        if (!kdbib_str_equal(key, lower))
            key = kdb_arena_copy(arena, lower);
        uint32_t *first = kdb_index_put(&lookup->keys, key);
        if (!first || kdb_arena_failed(arena))
            return false;
        lookup->next[row] = *first;
        *first = (uint32_t)row;
        if (lookup->from &&
            !(kdb_read_number(kdb_table_cell(table, row, from), &lookup->from[row]) &&
              kdb_read_number(kdb_table_cell(table, row, to), &lookup->to[row])))
            lookup->from[row] = UINT32_MAX; /* a range of nothing */
    }
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
    if (!fill(&lookups->arena, lookup)) {
        kdb_index_free(&lookup->keys);
        lookups->arena.failed = true;
        return NULL;
    }
    lookup->older = lookups->newest;
    lookups->newest = lookup;
    return lookup;
}

kdbib_str kdb_lookup_cell(const kdb_lookup *lookup, kdbib_str column, kdbib_str key,
                          kdbib_str number) {
    char buffer[LONGEST_KEY];
    uint32_t row = kdb_index_get(&lookup->keys, lower_key(key, buffer)), value = 0;
    if (lookup->from && !kdb_read_number(number, &value))
        return (kdbib_str){NULL, 0};
    while (row != KDB_INDEX_NONE && lookup->from &&
           (value < lookup->from[row] || value > lookup->to[row]))
        row = lookup->next[row];
    if (row == KDB_INDEX_NONE)
        return (kdbib_str){NULL, 0};
    return kdb_table_cell(&lookup->table, row, kdb_table_column(&lookup->table, column));
}

void kdb_lookups_free(kdb_lookups *lookups) {
    for (kdb_lookup *lookup = lookups->newest; lookup; lookup = lookup->older)
        kdb_index_free(&lookup->keys);
    kdb_arena_free(&lookups->arena);
    lookups->newest = NULL;
}
