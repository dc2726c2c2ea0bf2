/* Two records of one work become one. */
#include "record/merge.h"

#include "record/record.h"

#define BIT(field) ((uint64_t)1 << (field))

/* Fields that hold for the preprint and for the published version alike. */
#define OF_THE_WORK                                                                                \
    (BIT(KDBIB_ARXIV) | BIT(KDBIB_ARXIV_CLASS) | BIT(KDBIB_OPENREVIEW) | BIT(KDBIB_ABSTRACT) |     \
     BIT(KDBIB_NOTE) | BIT(KDBIB_LANGUAGE))
/* Fields that are never taken over by themselves. */
#define OWN (BIT(KDBIB_KEY) | BIT(KDBIB_CANONICAL_URL))

/* What the list prints beside a preprint is said of the work when it names where it appeared; a
 * mere preprint's is said of the preprint. */
static bool speaks_of_work(const kdbib_record *other) {
    return kdbib_record_type(other) != KDBIB_TYPE_ARTICLE;
}

static bool merge_texts(kdbib_record *record, const kdbib_record *other, bool same_version) {
    uint64_t have = record->texts | OWN | BIT(KDBIB_TITLE);
    if (have & (BIT(KDBIB_PAGES) | BIT(KDBIB_ARTICLE_NUMBER)))
        have |= BIT(KDBIB_PAGES) | BIT(KDBIB_ARTICLE_NUMBER);
    if (have & BIT(KDBIB_DOI))
        have |= BIT(KDBIB_DOI_CANDIDATE);
    const kdb_cell *cell = NULL;
    while ((cell = kdb_record_next_cell(other, cell)) != NULL) {
        if (kdb_cell_kind_of(cell) != KDB_CELL_TEXT || have & BIT(cell->tag))
            continue;
        if (!same_version && !(OF_THE_WORK & BIT(cell->tag)) &&
            !(speaks_of_work(other) && kdb_cell_basis(cell) == KDBIB_BASIS_LIST))
            continue;
        if (!kdb_record_append_text(record, (kdbib_field)cell->tag, kdb_cell_text(cell),
                                    kdb_cell_basis(cell)))
            return false;
    }
    return true;
}

static bool copy_title(kdbib_record *record, const kdbib_record *other) {
    enum { MOST_RUNS = 64 };
    kdbib_run runs[MOST_RUNS];
    size_t count = 0;
    for (kdbib_cursor c = {0}; count < MOST_RUNS && kdbib_record_next_run(other, &c, &runs[count]);)
        count++;
    return kdbib_record_set_title(record, runs, count, kdbib_record_basis(other, KDBIB_TITLE));
}

static bool copy_names(kdbib_record *record, const kdbib_record *other, kdbib_field which) {
    kdbib_name name;
    kdbib_record_clear_names(record, which);
    for (kdbib_cursor c = {0}; kdbib_record_next_name(other, which, &c, &name);)
        if (!kdbib_record_add_name(record, which, &name, kdbib_record_basis(other, which)))
            return false;
    if (which == KDBIB_AUTHORS)
        kdbib_record_set_authors_truncated(record, kdbib_record_authors_truncated(other));
    return true;
}

static bool has_names(const kdbib_record *record, kdbib_field which) {
    kdbib_name name;
    return kdbib_record_next_name(record, which, &(kdbib_cursor){0}, &name);
}

static bool merge_names(kdbib_record *record, const kdbib_record *other, bool same_version) {
    bool better = !has_names(record, KDBIB_AUTHORS) || (kdbib_record_authors_truncated(record) &&
                                                        !kdbib_record_authors_truncated(other));
    if (better && has_names(other, KDBIB_AUTHORS) && !copy_names(record, other, KDBIB_AUTHORS))
        return false;
    return !same_version || has_names(record, KDBIB_EDITORS) ||
           copy_names(record, other, KDBIB_EDITORS);
}

static void merge_date(kdbib_record *record, const kdbib_record *other, bool same_version) {
    kdbib_date have = kdbib_record_issued(record), more = kdbib_record_issued(other);
    kdbib_basis basis = kdbib_record_basis(other, KDBIB_ISSUED);
    bool fits = have.year == 0 || (have.year == more.year && !have.month && more.month);
    bool of_work = have.year == 0 && basis == KDBIB_BASIS_LIST && speaks_of_work(other);
    if (fits && more.year && (same_version || of_work))
        kdbib_record_set_issued(record, more, basis);
}

static bool merge_links(kdbib_record *record, const kdbib_record *other) {
    kdbib_str url;
    kdbib_role role;
    bool fine = true;
    for (kdbib_cursor c = {0};
         fine && kdbib_record_next_link(other, KDBIB_ROLE_COUNT, &c, &url, &role);) {
        if (role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF) {
            kdbib_str paper = kdbib_record_link(record, KDBIB_LINK_PAPER);
            kdbib_str pdf = kdbib_record_link(record, KDBIB_LINK_PDF);
            if (kdbib_str_equal(url, paper) || kdbib_str_equal(url, pdf))
                continue;
            if (role == KDBIB_LINK_PAPER ? paper.size > 0 : pdf.size > 0)
                role = KDBIB_LINK_OTHER;
        }
        fine = kdbib_record_add_link(record, role, url);
    }
    return fine;
}

static bool add_sections(kdbib_record *record, const kdbib_record *other) {
    const kdbib_section *section;
    for (kdbib_cursor c = {0}; kdbib_record_next_section(other, &c, &section);)
        if (!kdbib_record_add_section(record, section))
            return false;
    return true;
}

/* Moves the record's own sections behind those it is given from the other. */
static bool add_sections_before(kdbib_record *record, const kdbib_record *other) {
    const kdbib_section *own[KDBIB_LARGEST_PARTS];
    size_t count = 0;
    for (kdbib_cursor c = {0};
         count < KDBIB_LARGEST_PARTS && kdbib_record_next_section(record, &c, &own[count]);)
        count++;
    const kdb_cell *cell = NULL;
    while ((cell = kdb_record_next_cell(record, cell)) != NULL)
        if (kdb_cell_kind_of(cell) == KDB_CELL_SECTION)
            kdb_cell_remove((kdb_cell *)cell);
    bool fine = add_sections(record, other);
    for (size_t i = 0; fine && i < count; i++)
        fine = kdbib_record_add_section(record, own[i]);
    return fine;
}

/* A key that the lock pinned is kept; that of the first entry goes before the other's. */
static bool merge_key(kdbib_record *record, const kdbib_record *other, bool other_first) {
    kdbib_str key = kdbib_record_text(other, KDBIB_KEY);
    if (!key.size || (!other_first && kdbib_record_text(record, KDBIB_KEY).size))
        return true;
    return kdbib_record_set_text(record, KDBIB_KEY, key, kdbib_record_basis(other, KDBIB_KEY));
}

bool kdb_merge_record(kdbib_record *record, const kdbib_record *other, bool same_version,
                      bool other_first) {
    if (kdbib_record_type(record) == KDBIB_TYPE_DOCUMENT && same_version)
        kdbib_record_set_type(record, kdbib_record_type(other),
                              kdbib_record_basis(other, KDBIB_TYPE));
    if (!kdbib_record_text(record, KDBIB_TITLE).size && !copy_title(record, other))
        return false;
    kdbib_str url = kdbib_record_text(other, KDBIB_CANONICAL_URL);
    if (!kdbib_record_text(record, KDBIB_CANONICAL_URL).size &&
        !kdbib_record_set_text(record, KDBIB_CANONICAL_URL, url,
                               kdbib_record_basis(other, KDBIB_CANONICAL_URL)))
        return false;
    bool same_url = kdbib_str_equal(kdbib_record_text(record, KDBIB_CANONICAL_URL), url);
    if (same_url && !record->lock_row)
        record->lock_row = other->lock_row;
    merge_date(record, other, same_version);
    if (!merge_texts(record, other, same_version) || !merge_names(record, other, same_version) ||
        !merge_links(record, other) || !merge_key(record, other, other_first))
        return false;
    if (!kdbib_record_not_paper(other))
        kdbib_record_set_not_paper(record, false);
    if (!other_first)
        return add_sections(record, other);
    record->origin = other->origin;
    record->line = other->line;
    return add_sections_before(record, other);
}
