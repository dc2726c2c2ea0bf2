/* Loading data/url-*.csv. */
#include "url/tables.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"

static bool put(kdb_index *index, kdbib_str text, uint32_t value) {
    uint32_t *place = kdb_index_put(index, text);
    if (place && *place == KDB_INDEX_NONE)
        *place = value;
    return place != NULL;
}

static bool open_table(kdb_url_tables *t, kdbib_str name, kdb_table *table, size_t *columns,
                       const char *const *names, size_t count) {
    if (!kdb_table_read(&t->arena, kdb_embedded(name), table))
        return false;
    for (size_t i = 0; i < count; i++)
        columns[i] = kdb_table_column(table, kdbib_str_of(names[i]));
    return true;
}

static bool load_parameters(kdb_url_tables *t) {
    kdb_table table;
    size_t c[2];
    if (!open_table(t, KDBIB_STR("url-parameters.csv"), &table, c,
                    (const char *const[]){"parameter", "host"}, 2))
        return false;
    t->parameter_prefixes = kdb_arena_array(&t->arena, table.rows, sizeof *t->parameter_prefixes);
    if (!t->parameter_prefixes)
        return false;
    for (size_t row = 0; row < table.rows; row++) {
        kdbib_str name = kdb_table_cell(&table, row, c[0]);
        kdbib_str host = kdb_table_cell(&table, row, c[1]);
        if (kdb_ends_with(name, KDBIB_STR("*"))) {
            t->parameter_prefixes[t->prefix_count++] = kdb_slice(name, 0, name.size - 1);
            continue;
        }
        if (host.size)
            name = kdb_arena_format(&t->arena, "%s@%s", name.data, host.data);
        if (!put(&t->parameters, name, 1))
            return false;
    }
    return true;
}

static bool load_redirectors(kdb_url_tables *t) {
    kdb_table table;
    size_t c[4];
    if (!open_table(t, KDBIB_STR("url-redirectors.csv"), &table, c,
                    (const char *const[]){"host", "path", "parameter", "takes"}, 4))
        return false;
    t->redirectors = kdb_arena_array(&t->arena, table.rows, sizeof *t->redirectors);
    if (!t->redirectors)
        return false;
    for (size_t row = table.rows; row-- > 0;) { /* so that the first row of a host leads */
        uint32_t *first = kdb_index_put(&t->redirector_hosts, kdb_table_cell(&table, row, c[0]));
        if (!first)
            return false;
        t->redirectors[row] = (kdb_redirector){
            kdb_table_cell(&table, row, c[1]), kdb_table_cell(&table, row, c[2]),
            kdbib_str_equal(kdb_table_cell(&table, row, c[3]), KDBIB_STR("rest")), *first};
        *first = (uint32_t)row;
    }
    return true;
}

static bool load_proxies(kdb_url_tables *t) {
    kdb_table table;
    size_t c[2];
    if (!open_table(t, KDBIB_STR("url-proxies.csv"), &table, c,
                    (const char *const[]){"what", "text"}, 2))
        return false;
    t->proxy_parts = kdb_arena_array(&t->arena, table.rows, sizeof *t->proxy_parts);
    if (!t->proxy_parts)
        return false;
    for (size_t row = 0; row < table.rows; row++) {
        kdbib_str what = kdb_table_cell(&table, row, c[0]);
        kdbib_str text = kdb_table_cell(&table, row, c[1]);
        if (kdbib_str_equal(what, KDBIB_STR("part")))
            t->proxy_parts[t->part_count++] = text;
        else if (!put(kdbib_str_equal(what, KDBIB_STR("host")) ? &t->publishers : &t->proxy_labels,
                      text, 1))
            return false;
    }
    return true;
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

void kdb_url_tables_free(kdb_url_tables *tables) {
    if (!tables)
        return;
    kdb_index_free(&tables->parameters);
    kdb_index_free(&tables->redirector_hosts);
    kdb_index_free(&tables->proxy_labels);
    kdb_index_free(&tables->publishers);
    kdb_arena_free(&tables->arena);
    free(tables);
}
