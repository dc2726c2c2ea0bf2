/* CSV bytes as a table. */
#include "fuzz.h"

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    kdb_arena arena = {0};
    kdb_table table;
    PROMISE(kdb_table_read(&arena, (kdbib_str){(const char *)data, size}, &table));
    size_t total = 0;
    for (size_t row = 0; row < table.rows; row++)
        for (size_t column = 0; column < table.columns; column++)
            total += kdb_table_cell(&table, row, column).size;
    PROMISE(total <= size);
    kdb_arena_free(&arena);
    return 0;
}
