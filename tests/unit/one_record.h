/* What the tests of a writer stand on: a bibliography of one record, and what is written of it. */
#ifndef KDB_UNIT_ONE_RECORD_H
#define KDB_UNIT_ONE_RECORD_H

#include "unit.h"

#include "kdbib/kdbib.h"

typedef struct fixture {
    kdbib *context;
    kdbib_bibliography *bibliography;
    kdbib_record *record;
    kdbib_output *out;
} fixture;

static int set_up(void **state) {
    static fixture f;
    f.context = kdbib_new();
    f.bibliography = kdbib_bibliography_new(f.context);
    f.record = kdbib_bibliography_add(f.bibliography, "a.md", 1);
    f.out = NULL;
    kdbib_record_set_text(f.record, KDBIB_KEY, KDBIB_STR("k"), KDBIB_BASIS_LIST);
    *state = &f;
    return f.record ? 0 : -1;
}

static int tear_down(void **state) {
    fixture *f = *state;
    kdbib_output_close(f->out);
    kdbib_bibliography_free(f->bibliography);
    kdbib_free(f->context);
    return 0;
}

#endif
