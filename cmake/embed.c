/* embed OUT.c DIR FILE...: writes a C file that holds the bytes of DIR/FILE... for kdb_embedded(),
 * and of each .csv the table, taken apart already, for kdb_embedded_table(). Runs at build time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"

/* csv.c asks for it; here nothing is embedded yet. */
const kdb_embedded_csv *kdb_embedded_table(kdbib_str bytes) {
    (void)bytes;
    return NULL;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static kdb_buffer read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in)
        fail(path);
    kdb_buffer bytes = {0};
    char piece[4096];
    for (size_t size; (size = fread(piece, 1, sizeof piece, in)) > 0;)
        kdb_buffer_add(&bytes, piece, size);
    if (ferror(in) || bytes.failed)
        fail(path);
    fclose(in);
    return bytes;
}

static void write_bytes(FILE *out, const char *what, int number, kdbib_str bytes) {
    fprintf(out, "static const unsigned char %s%d[] = {", what, number);
    for (size_t i = 0; i < bytes.size; i++)
        fprintf(out, "%s%d,", i % 24 ? "" : "\n", (unsigned char)bytes.data[i]);
    fputs("0};\n", out);
}

/* Adds a cell's place to the array that is being written, and its text to `cells`. */
static void write_cell(FILE *out, kdb_buffer *cells, kdbib_str cell) {
    fprintf(out, "%zu,", cells->size);
    kdb_buffer_add_str(cells, cell);
    kdb_buffer_add_char(cells, '\0');
}

/* Puts a row where `key` leads. */
static void put_row(uint32_t *slots, size_t mask, const kdb_table *table, size_t row,
                    kdbib_str key) {
    const uint64_t hash = kdb_hash_nocase(key);
    const uint32_t entry = (uint32_t)(hash >> 48) << 16 | (uint32_t)(row + 1);
    size_t slot = (size_t)hash & mask;
    for (; slots[slot]; slot = (slot + 1) & mask)
        if (slots[slot] == entry) { /* it would be found twice */
            fprintf(stderr, "line %u: “%.*s” stands twice\n", (unsigned)table->lines[row],
                    (int)key.size, key.data);
            exit(1);
        }
    slots[slot] = entry;
}

/* Open addressing, at most half full; rows of one key stand in their order. Gives the mask. */
static size_t write_slots(FILE *out, int number, const kdb_table *table) {
    size_t names = 0, capacity = 2;
    kdbib_str key;
    for (size_t row = 0; row < table->rows; row++)
        for (size_t at = 0; kdb_table_key(table, row, 0, &at, &key);)
            names++;
    while (capacity < names * 2)
        capacity *= 2;
    uint32_t *slots = calloc(capacity, sizeof *slots);
    if (!slots || table->rows >= UINT16_MAX)
        fail("a table");
    for (size_t row = 0; row < table->rows; row++)
        for (size_t at = 0; kdb_table_key(table, row, 0, &at, &key);)
            put_row(slots, capacity - 1, table, row, key);
    fprintf(out, "static const uint32_t slots%d[] = {", number);
    for (size_t i = 0; i < capacity; i++)
        fprintf(out, "%lu,", (unsigned long)slots[i]);
    fputs("};\n", out);
    free(slots);
    return capacity - 1;
}

static void write_table(FILE *out, int number, const kdb_table *table) {
    kdb_buffer cells = {0};
    fprintf(out, "static const uint32_t starts%d[] = {\n", number);
    for (size_t i = 0; i < table->columns; i++)
        write_cell(out, &cells, table->header[i]);
    for (size_t i = 0; i < table->rows * table->columns; i++)
        write_cell(out, &cells, table->cells[i]);
    fprintf(out, "%zu};\nstatic const uint32_t lines%d[] = {", cells.size, number);
    for (size_t i = 0; i < table->rows; i++)
        fprintf(out, "%u,", (unsigned)table->lines[i]);
    fputs("0};\n", out);
    write_bytes(out, "cells", number, kdb_buffer_str(&cells));
    if (cells.failed)
        fail("a table");
    kdb_buffer_free(&cells);
    const size_t mask = write_slots(out, number, table);
    fprintf(out,
            "static const kdb_embedded_csv table%d = {cells%d, starts%d, lines%d, %zu, %zu, "
            "slots%d, %zu};\n",
            number, number, number, number, table->columns, table->rows, number, mask);
}

static void write_file(FILE *out, const char *path, int number) {
    kdb_buffer bytes = read_file(path);
    write_bytes(out, "data", number, kdb_buffer_str(&bytes));
    fprintf(out, "#define SIZE%d %zu\n", number, bytes.size);
    size_t size = strlen(path);
    kdb_table table = {0};
    kdb_arena arena = {0};
    if (size > 4 && strcmp(path + size - 4, ".csv") == 0 &&
        !kdb_table_read(&arena, kdb_buffer_str(&bytes), &table))
        fail(path);
    if (table.columns)
        write_table(out, number, &table);
    else
        fprintf(out, "#define table%d none\n", number);
    kdb_arena_free(&arena);
    kdb_buffer_free(&bytes);
}

int main(int argc, char **argv) {
    if (argc < 4)
        return 2;
    FILE *out = fopen(argv[1], "wb");
    if (!out)
        fail(argv[1]);
    fputs("#include \"base/embedded.h\"\nstatic const kdb_embedded_csv none;\n", out);
    char path[4096];
    for (int i = 3; i < argc; i++) {
        if (snprintf(path, sizeof path, "%s/%s", argv[2], argv[i]) >= (int)sizeof path)
            return 2;
        write_file(out, path, i);
    }
    fputs("kdbib_str kdb_embedded(kdbib_str name) {\n", out);
    for (int i = 3; i < argc; i++)
        fprintf(out,
                "    if (kdbib_str_equal(name, KDBIB_STR(\"%s\")))\n"
                "        return (kdbib_str){(const char *)data%d, SIZE%d};\n",
                argv[i], i, i);
    fputs("    return (kdbib_str){NULL, 0};\n}\n"
          "const kdb_embedded_csv *kdb_embedded_table(kdbib_str bytes) {\n"
          "    const void *at = bytes.data;\n"
          "    const kdb_embedded_csv *table = &none;\n",
          out);
    for (int i = 3; i < argc; i++)
        fprintf(out, "    if (at == data%d && bytes.size == SIZE%d)\n        table = &table%d;\n",
                i, i, i);
    fputs("    return table->columns ? table : NULL;\n}\n", out);
    if (fclose(out) != 0)
        fail(argv[1]);
    return 0;
}
