/* Loading data/url-*.csv. */
#include "url/tables.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"

static bool open_table(kdb_url_tables *t, kdbib_str name, kdb_table *table, size_t *columns,
                       const char *const *names, size_t count) {
    if (!kdb_table_read(&t->arena, kdb_embedded(name), table))
        return false;
    for (size_t i = 0; i < count; i++)
        columns[i] = kdb_table_column(table, kdbib_str_of(names[i]));
    return true;
}

static bool load_parameters(kdb_url_tables *t) {
    size_t c[1];
    if (!open_table(t, KDBIB_STR("url-parameters.csv"), &t->parameters, c,
                    (const char *const[]){"parameter"}, 1))
        return false;
    t->parameter_prefixes =
        kdb_arena_array(&t->arena, t->parameters.rows, sizeof *t->parameter_prefixes);
    for (size_t row = 0; t->parameter_prefixes && row < t->parameters.rows; row++) {
        kdbib_str name = kdb_table_cell(&t->parameters, row, c[0]);
        if (kdb_ends_with(name, KDBIB_STR("*")))
            t->parameter_prefixes[t->prefix_count++] = kdb_slice(name, 0, name.size - 1);
    }
    return t->parameter_prefixes != NULL;
}

static bool load_redirectors(kdb_url_tables *t) {
    if (!kdb_table_read(&t->arena, kdb_embedded(KDBIB_STR("url-redirectors.csv")), &t->redirectors))
        return false;
    t->path = kdb_table_column(&t->redirectors, KDBIB_STR("path"));
    t->parameter = kdb_table_column(&t->redirectors, KDBIB_STR("parameter"));
    t->takes = kdb_table_column(&t->redirectors, KDBIB_STR("takes"));
    return true;
}

static bool load_proxies(kdb_url_tables *t) {
    size_t c[2];
    if (!open_table(t, KDBIB_STR("url-proxies.csv"), &t->proxies, c,
                    (const char *const[]){"text", "what"}, 2))
        return false;
    t->proxy_parts = kdb_arena_array(&t->arena, t->proxies.rows, sizeof *t->proxy_parts);
    for (size_t row = 0; t->proxy_parts && row < t->proxies.rows; row++)
        if (kdbib_str_equal(kdb_table_cell(&t->proxies, row, c[1]), KDBIB_STR("part")))
            t->proxy_parts[t->part_count++] = kdb_table_cell(&t->proxies, row, c[0]);
    return t->proxy_parts != NULL;
}

static bool load_debris(kdb_url_tables *t) {
    kdb_table table;
    size_t c[1];
    if (!open_table(t, KDBIB_STR("url-debris.csv"), &table, c, (const char *const[]){"text"}, 1))
        return false;
    t->debris = kdb_arena_array(&t->arena, table.rows, sizeof *t->debris);
    if (!t->debris)
        return false;
    for (size_t row = 0; row < table.rows; row++) {
        kdbib_str text = kdb_table_cell(&table, row, c[0]);
        if (!text.size)
            continue;
        t->debris[t->debris_count++] = text;
        t->debris_end[(unsigned char)text.data[text.size - 1]] = true;
    }
    return true;
}

static bool load_tails(kdb_url_tables *t) {
    kdb_table table;
    size_t c[3];
    if (!open_table(t, KDBIB_STR("url-tails.csv"), &table, c,
                    (const char *const[]){"host", "written", "right"}, 3))
        return false;
    t->tails = kdb_arena_array(&t->arena, table.rows, sizeof *t->tails);
    for (size_t row = 0; t->tails && row < table.rows; row++)
        t->tails[t->tail_count++] =
            (kdb_url_tail){kdb_table_cell(&table, row, c[0]), kdb_table_cell(&table, row, c[1]),
                           kdb_table_cell(&table, row, c[2])};
    return t->tails != NULL;
}

const kdb_url_tables *kdb_url_tables_of(kdbib *context) {
    if (context->url_tables)
        return context->url_tables;
    kdb_url_tables *t = calloc(1, sizeof *t);
    if (t && !(load_parameters(t) && load_redirectors(t) && load_proxies(t) && load_debris(t) &&
               load_tails(t) && !kdb_arena_failed(&t->arena))) {
        kdb_url_tables_free(t);
        t = NULL;
    }
    return context->url_tables = t;
}

bool kdb_url_is_listed(const kdb_url_tables *tables, kdbib_str text, kdbib_str what) {
    const size_t column = kdb_table_column(&tables->proxies, KDBIB_STR("what"));
    kdb_table_walk walk = {0};
    size_t row;
    do
        row = kdb_table_find(&tables->proxies, text, &walk);
    while (row != SIZE_MAX &&
           !kdbib_str_equal(kdb_table_cell(&tables->proxies, row, column), what));
    return row != SIZE_MAX;
}

void kdb_url_tables_free(kdb_url_tables *tables) {
    if (!tables)
        return;
    kdb_arena_free(&tables->arena);
    free(tables);
}
