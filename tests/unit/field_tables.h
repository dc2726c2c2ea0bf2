/* What the tests of src/fields stand on: the tables of words, and an arena for what is found. */
#ifndef KDB_UNIT_FIELD_TABLES_H
#define KDB_UNIT_FIELD_TABLES_H

#include "unit.h"

#include "base/arena.h"
#include "fields/tables.h"

static const kdb_fields *fields;
static kdb_arena arena;

static int set_up(void **state) {
    (void)state;
    fields = kdb_word_tables();
    return fields ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    kdb_arena_free(&arena);
    return 0;
}

#endif
