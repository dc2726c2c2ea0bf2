/* What a registry says is put over what the list and the URL said. */
#include "lookup/proof.h"

static bool take_text(kdbib_record *record, const kdb_hit *hit) {
    bool fine = true;
    for (int field = KDBIB_DOI; field < KDBIB_FIELD_COUNT && fine; field++) {
        kdbib_str text = kdbib_record_text(hit->record, (kdbib_field)field);
        if (text.size)
            fine = kdbib_record_set_text(record, (kdbib_field)field, text, KDBIB_BASIS_SERVICE);
    }
    return fine;
}

static bool take_names(kdbib_record *record, const kdb_hit *hit, kdbib_field which) {
    kdbib_name name;
    bool fine = true, first = true;
    for (kdbib_cursor cursor = {0};
         fine && kdbib_record_next_name(hit->record, which, &cursor, &name); first = false) {
        if (first)
            kdbib_record_clear_names(record, which);
        fine = kdbib_record_add_name(record, which, &name, KDBIB_BASIS_SERVICE);
    }
    if (!first && which == KDBIB_AUTHORS)
        kdbib_record_set_authors_truncated(record, kdbib_record_authors_truncated(hit->record));
    return fine;
}

static bool take_title(kdbib_record *record, const kdb_hit *hit) {
    kdb_arena scratch = {0};
    size_t count = 0, room = 0;
    kdbib_run run, *runs = NULL;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(hit->record, &cursor, &run);)
        room++;
    runs = kdb_arena_array(&scratch, room ? room : 1, sizeof *runs);
    for (kdbib_cursor cursor = {0}; runs && kdbib_record_next_run(hit->record, &cursor, &run);)
        runs[count++] = run;
    bool fine =
        runs && (!count || kdbib_record_set_title(record, runs, count, KDBIB_BASIS_SERVICE));
    kdb_arena_free(&scratch);
    return fine;
}

bool kdb_take_over(kdbib_record *record, const kdb_hit *hit) {
    kdbib_str none = {NULL, 0};
    bool fine = true;
    bool pages = kdbib_record_text(hit->record, KDBIB_PAGES).size > 0;
    bool number = kdbib_record_text(hit->record, KDBIB_ARTICLE_NUMBER).size > 0;
    if (pages)
        fine = kdbib_record_set_text(record, KDBIB_ARTICLE_NUMBER, none, KDBIB_BASIS_NONE);
    if (number)
        fine = fine && kdbib_record_set_text(record, KDBIB_PAGES, none, KDBIB_BASIS_NONE);
    if (kdbib_record_text(hit->record, KDBIB_DOI).size)
        fine = fine && kdbib_record_set_text(record, KDBIB_DOI_CANDIDATE, none, KDBIB_BASIS_NONE);
    fine = fine && take_text(record, hit) && take_title(record, hit) &&
           take_names(record, hit, KDBIB_AUTHORS) && take_names(record, hit, KDBIB_EDITORS);
    if (kdbib_record_type(hit->record) != KDBIB_TYPE_DOCUMENT)
        kdbib_record_set_type(record, kdbib_record_type(hit->record), KDBIB_BASIS_SERVICE);
    if (kdbib_record_issued(hit->record).year)
        kdbib_record_set_issued(record, kdbib_record_issued(hit->record), KDBIB_BASIS_SERVICE);
    return fine;
}
