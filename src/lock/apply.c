/* The values of a row into its record. */
#include "base/buffer.h"
#include "base/strings.h"
#include "lock/cell.h"
#include "lock/lock_inside.h"
#include "record/bibliography.h"
#include "record/record.h"
#include "text/rich_text.h"

/* The cells of one row by what they mean. */
typedef struct values {
    kdbib_str texts[KDBIB_FIELD_COUNT]; /* by field; titles and names too */
    kdbib_str special[KDB_LOCK_KIND_COUNT];
    uint64_t fields; /* bits of the texts that are there */
} values;

static void collect(const kdb_lock *lock, const kdb_lock_row *row, values *v) {
    v->fields = 0;
    memset(v->special, 0, sizeof v->special);
    const char *at = row->cells, *end = row->cells + row->size;
    for (size_t i = 0; i < lock->column_count && at < end; i++) {
        const kdb_lock_column *column = &lock->columns[i];
        if (!*at) {
            at++;
            continue;
        }
        size_t size = strlen(at);
        kdbib_str text = kdb_trim((kdbib_str){at, size});
        at += size + 1;
        if (!text.size || column->kind == KDB_LOCK_OTHER)
            continue;
        if (column->kind == KDB_LOCK_TEXT || column->kind == KDB_LOCK_TITLE ||
            column->kind == KDB_LOCK_NAMES) {
            uint64_t bit = (uint64_t)1 << column->field;
            if (!(v->fields & bit))
                v->texts[column->field] = text;
            v->fields |= bit;
        } else if (!v->special[column->kind].size) {
            v->special[column->kind] = text;
        }
    }
}

static bool parts_names(char c) {
    return c == ';' || c == ' ' || c == ',';
}

/* Bits of the fields that a cell like `volume; authors; year` names: columns of this lock, as a
 * rule. */
static uint64_t named_fields(const kdb_lock *lock, kdbib_str names) {
    uint64_t fields = 0;
    for (size_t at = 0, end; at < names.size; at = end + 1) {
        end = at;
        while (end < names.size && !parts_names(names.data[end]))
            end++;
        if (end == at)
            continue;
        const kdbib_str name = kdb_slice(names, at, end);
        const size_t column = kdb_lock_column_of(lock, name);
        const kdbib_field field = column < lock->column_count ? lock->columns[column].field
                                                              : kdb_lock_column_called(name).field;
        if (field < KDBIB_FIELD_COUNT)
            fields |= (uint64_t)1 << field;
    }
    return fields;
}

typedef struct bases {
    kdbib_basis row;
    uint64_t unverified;
} bases;

static bases bases_of(const kdb_lock *lock, const values *v) {
    kdbib_str source = v->special[KDB_LOCK_SOURCE], names = v->special[KDB_LOCK_UNVERIFIED];
    bool manual = kdb_equal_nocase(source, KDBIB_STR("manual"));
    bases b = {manual ? KDBIB_BASIS_MANUAL : KDBIB_BASIS_LOCK, named_fields(lock, names)};
    if (!names.size && kdb_equal_nocase(source, KDBIB_STR("unverified")))
        b.unverified = ~(uint64_t)0;
    return b;
}

static kdbib_basis basis(const bases *b, kdbib_field field) {
    return b->unverified >> field & 1 ? KDBIB_BASIS_UNVERIFIED : b->row;
}

static bool apply_title(kdb_arena *scratch, kdbib_record *record, kdbib_str html,
                        kdbib_basis from) {
    kdb_rich_text title = {0};
    return kdb_rich_text_from_html(scratch, html, &title) &&
           kdbib_record_set_title(record, title.runs, title.count, from);
}

static void apply_date(kdbib_record *record, const values *v, kdbib_basis from) {
    int year = kdb_lock_number(v->special[KDB_LOCK_YEAR], 1000, 2999);
    if (!year)
        return;
    kdbib_date date = {(int16_t)year, (uint8_t)kdb_lock_number(v->special[KDB_LOCK_MONTH], 1, 12),
                       (uint8_t)kdb_lock_number(v->special[KDB_LOCK_DAY], 1, 31)};
    kdbib_date have = kdbib_record_issued(record);
    if (have.year == date.year && !date.month)
        date = have;
    kdbib_record_set_issued(record, date, from);
}

/* Page ranges have an ASCII hyphen in a record, whatever a person or a spreadsheet typed. */
static kdbib_str plain_pages(kdb_arena *scratch, kdbib_str pages) {
    static const char *const dashes[] = {"\u2013", "\u2014", "--"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t at = kdb_find(pages, kdbib_str_of(dashes[i]), 0);
        if (at != SIZE_MAX)
            return kdb_arena_format(scratch, "%.*s-%s", (int)at, pages.data,
                                    pages.data + at + strlen(dashes[i]));
    }
    return pages;
}

#define BIT(field) ((uint64_t)1 << (field))

/* What its URLs told is the DOI of the row, or nothing. */
static bool agrees(const kdbib_record *record, kdbib_str doi) {
    kdbib_str told = kdbib_record_text(record, KDBIB_DOI);
    kdbib_basis from = kdbib_record_basis(record, KDBIB_DOI);
    return record->resolved &&
           (!told.size || ((from == KDBIB_BASIS_LITERAL || from == KDBIB_BASIS_COMPUTED) &&
                           kdb_equal_nocase(told, doi)));
}

static bool apply_texts(kdb_arena *scratch, kdbib_record *record, values *v, const bases *b) {
    if (v->fields & BIT(KDBIB_DOI) &&
        !(v->texts[KDBIB_DOI] = kdb_lock_doi(v->texts[KDBIB_DOI])).size)
        v->fields &= ~BIT(KDBIB_DOI);
    if (v->fields & BIT(KDBIB_PAGES))
        v->texts[KDBIB_PAGES] = plain_pages(scratch, v->texts[KDBIB_PAGES]);
    uint64_t texts = v->fields >> (KDBIB_TITLE + 1) << (KDBIB_TITLE + 1), remove = texts;
    /* pages and article number exclude each other */
    if (texts & (BIT(KDBIB_PAGES) | BIT(KDBIB_ARTICLE_NUMBER)))
        remove |= BIT(KDBIB_PAGES) | BIT(KDBIB_ARTICLE_NUMBER);
    if (texts & BIT(KDBIB_DOI)) {
        record->doi_agrees = agrees(record, v->texts[KDBIB_DOI]);
        remove |= BIT(KDBIB_DOI_CANDIDATE);
    }
    kdb_record_remove_texts(record, remove);
    for (int field = KDBIB_TITLE + 1; field < KDBIB_FIELD_COUNT; field++)
        if (texts >> field & 1 &&
            !kdb_record_append_text(record, (kdbib_field)field, v->texts[field],
                                    basis(b, (kdbib_field)field)))
            return false;
    return true;
}

static bool apply_names(kdbib_record *record, kdbib_field which, kdbib_str cell, kdbib_basis from) {
    kdbib_record_clear_names(record, which);
    return kdb_cell_read_names(record, which, cell, from);
}

static bool apply_row(kdb_arena *scratch, const kdb_lock *lock, const kdb_lock_row *row, values *v,
                      kdbib_record *record) {
    collect(lock, row, v);
    bases b = bases_of(lock, v);
    kdbib_type type;
    if (kdbib_type_from_name(v->special[KDB_LOCK_TYPE], &type))
        kdbib_record_set_type(record, type, basis(&b, KDBIB_TYPE));
    apply_date(record, v, basis(&b, KDBIB_ISSUED));
    bool fine = apply_texts(scratch, record, v, &b);
    if (fine && v->fields & BIT(KDBIB_TITLE))
        fine = apply_title(scratch, record, v->texts[KDBIB_TITLE], basis(&b, KDBIB_TITLE));
    for (int which = KDBIB_AUTHORS; fine && which <= KDBIB_EDITORS; which++)
        if (v->fields >> which & 1)
            fine = apply_names(record, (kdbib_field)which, v->texts[which],
                               basis(&b, (kdbib_field)which));
    if (fine && kdb_lock_is_key(v->special[KDB_LOCK_KEY]))
        fine = kdbib_record_set_text(record, KDBIB_KEY, v->special[KDB_LOCK_KEY], b.row);
    return fine;
}

bool kdb_lock_apply(kdb_lock *lock, kdbib_bibliography *bibliography) {
    if (!kdb_lock_find_shared_urls(lock, bibliography))
        return false;
    if (!lock->row_count)
        return true;
    kdb_arena scratch = {0};
    values v;
    bool fine = true;
    for (size_t i = 0; fine && i < kdbib_bibliography_count(bibliography); i++) {
        kdbib_record *record = kdbib_bibliography_record(bibliography, i);
        kdb_arena_reset(&scratch);
        kdb_bibliography_pass(bibliography, i, i + 1);
        uint32_t row = kdb_lock_choose_row(lock, &scratch, record);
        if (row == KDB_LOCK_NO_ROW)
            continue;
        record->lock_row = row + 1;
        fine = apply_row(&scratch, lock, &lock->rows[row], &v, record);
    }
    fine = fine && !kdb_arena_failed(&scratch);
    kdb_arena_free(&scratch);
    return fine && !kdb_arena_failed(&lock->arena);
}
