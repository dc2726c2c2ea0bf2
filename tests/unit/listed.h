/* What the tests of whole bibliographies stand on: one, and what was reported of it. */
#ifndef KDB_UNIT_LISTED_H
#define KDB_UNIT_LISTED_H

#include <stdio.h>

#include "unit.h"

#include "kdbib/kdbib.h"

typedef struct fixture {
    kdbib *context;
    kdbib_bibliography *list;
    uint32_t line;      /* of the record added last, where a test numbers them */
    char reports[1024]; /* "name:line name:line " */
} fixture;

static void note(void *user, const kdbib_diagnostic *d) {
    fixture *f = user;
    size_t at = strlen(f->reports);
    snprintf(f->reports + at, sizeof f->reports - at, "%s:%u ", d->name, d->line);
}

static int setup(void **state) {
    fixture *f = test_calloc(1, sizeof *f);
    f->context = kdbib_new();
    f->list = kdbib_bibliography_new(f->context);
    kdbib_set_diagnostic_handler(f->context, note, f);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    fixture *f = *state;
    kdbib_bibliography_free(f->list);
    kdbib_free(f->context);
    test_free(f);
    return 0;
}

#endif
