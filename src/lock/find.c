/* Which row belongs to which record. */
#include "base/diagnose.h"
#include "base/numbers.h"
#include "base/strings.h"
#include "lock/lock_inside.h"
#include "record/bibliography.h"
#include "record/likeness.h"
#include "record/record.h"
#include "text/fold.h"
#include "url/canonical.h"

/* URL, or an identifier that the list prints; the absent string when the entry has neither. */
static kdbib_str link_name(kdb_arena *arena, const kdbib_record *record) {
    kdbib_str name = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (name.size)
        return name;
    name = kdbib_record_text(record, KDBIB_DOI);
    if (name.size)
        return kdb_arena_format(arena, "doi:%s", name.data);
    name = kdbib_record_text(record, KDBIB_ARXIV);
    return name.size ? kdb_arena_format(arena, "arxiv:%s", name.data) : name;
}

kdbib_str kdb_lock_record_name(kdb_arena *arena, const kdbib_record *record, bool with_title) {
    kdbib_str name = link_name(arena, record);
    if (name.size && !with_title)
        return name;
    kdbib_str title = kdb_fold(arena, kdbib_record_text(record, KDBIB_TITLE));
    if (!title.size)
        return name;
    return kdb_arena_format(arena, "%s%stitle:%s", name.size ? name.data : "", name.size ? " " : "",
                            title.data);
}

/* Rows are also known by the canonical form of their url, for when that form has changed; most are
 * known to have it. */
static bool index_canonical(kdb_lock *lock) {
    lock->canonical_ready = true;
    for (size_t i = 0; i < lock->row_count; i++) {
        kdbib_str url = lock->rows[i].url;
        if (!lock->rows[i].serves || lock->rows[i].canonical ||
            kdb_find(url, KDBIB_STR("title:"), 0) != SIZE_MAX)
            continue;
        url = kdb_canonical_url(lock->context, &lock->arena, url);
        uint32_t *row = url.size ? kdb_index_put(&lock->by_canonical, url) : NULL;
        if (url.size && !row)
            return false;
        if (row && *row == KDB_INDEX_NONE)
            *row = (uint32_t)i;
    }
    return !kdb_arena_failed(&lock->arena);
}

uint32_t kdb_lock_find(kdb_lock *lock, kdbib_str name) {
    uint32_t row = kdb_index_get(&lock->by_url, name);
    if (row != KDB_INDEX_NONE || !lock->row_count)
        return row;
    if (!lock->canonical_ready && !index_canonical(lock))
        return KDB_LOCK_NO_ROW;
    return kdb_index_get(&lock->by_canonical, name);
}

uint32_t kdb_lock_row_of(const kdbib_record *record) {
    return record->lock_row ? record->lock_row - 1 : KDB_LOCK_NO_ROW;
}

/* Notes that a record has the URL of an earlier one, and whether they may be the same paper. */
static bool note_shared(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *first,
                        const kdbib_record *second) {
    kdbib_str url = kdb_arena_copy(&lock->arena, kdbib_record_text(first, KDBIB_CANONICAL_URL));
    uint32_t *kind = kdb_index_put(&lock->shared, url);
    if (!kind)
        return false;
    kdbib_str a = kdb_fold(scratch, kdbib_record_text(first, KDBIB_TITLE));
    kdbib_str b = kdb_fold(scratch, kdbib_record_text(second, KDBIB_TITLE));
    if (*kind != KDB_LOCK_PAPERS)
        *kind = kdb_titles_agree(a, b) ? KDB_LOCK_ONE_PAPER : KDB_LOCK_PAPERS;
    return !kdb_arena_failed(&lock->arena) && !kdb_arena_failed(scratch);
}

/* A key is made of the words of a title: does it hold one of its first words? */
static bool fits_key(kdbib_str key, kdbib_str title) {
    char lower[64];
    size_t size = key.size < sizeof lower ? key.size : sizeof lower;
    for (size_t i = 0; i < size; i++)
        lower[i] = kdb_to_lower(key.data[i]);
    for (size_t at = 0, words = 0, end; at < title.size && words < 6; at = end + 1, words++) {
        end = kdb_find_char(title, ' ', at);
        end = end == SIZE_MAX ? title.size : end;
        if (end - at > 2 &&
            kdb_find((kdbib_str){lower, size}, kdb_slice(title, at, end), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

/* The row of this very paper, one of several with its URL, or KDB_LOCK_NO_ROW. */
static uint32_t titled_row(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record) {
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (kdb_index_get(&lock->titled, url) == KDB_INDEX_NONE)
        return KDB_LOCK_NO_ROW;
    return kdb_index_get(&lock->by_url, kdb_lock_record_name(scratch, record, true));
}

/* Several papers have the URL of a row that tells no title: the one whose key it holds, unless that
 * has a row of its own. */
static void claim(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record) {
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (!url.size || kdb_index_get(&lock->shared, url) != KDB_LOCK_PAPERS ||
        titled_row(lock, scratch, record) != KDB_LOCK_NO_ROW)
        return;
    uint32_t row = kdb_lock_find(lock, url);
    if (row == KDB_LOCK_NO_ROW || lock->rows[row].claimant.size ||
        kdb_lock_row_cell(&lock->rows[row], lock->title_column).size)
        return;
    kdbib_str title = kdb_fold(scratch, kdbib_record_text(record, KDBIB_TITLE));
    if (fits_key(kdb_lock_row_cell(&lock->rows[row], lock->key_column), title))
        lock->rows[row].claimant = kdb_arena_copy(&lock->arena, title);
}

static bool is_url_of(void *user, uint32_t number, kdbib_str text) {
    const kdbib_record *record = kdbib_bibliography_record(user, number);
    return kdbib_str_equal(kdbib_record_text(record, KDBIB_CANONICAL_URL), text);
}

bool kdb_lock_find_shared_urls(kdb_lock *lock, kdbib_bibliography *bibliography) {
    kdb_numbers seen = {.is = is_url_of, .user = bibliography};
    kdb_arena scratch = {0};
    size_t count = kdbib_bibliography_count(bibliography);
    bool fine = true;
    for (size_t i = 0; fine && i < count; i++) {
        const kdbib_record *record = kdbib_bibliography_record(bibliography, i);
        kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
        kdb_bibliography_pass(bibliography, i, i + 1);
        uint32_t *first = url.size ? kdb_numbers_put(&seen, kdb_hash(url), url) : NULL;
        fine = first || !url.size;
        if (first && *first == KDB_INDEX_NONE) {
            *first = (uint32_t)i;
            uint32_t row = kdb_index_get(&lock->by_url, url);
            if (row != KDB_INDEX_NONE)
                lock->rows[row].canonical = true;
        } else if (first) {
            kdb_arena_reset(&scratch);
            fine = note_shared(lock, &scratch, kdbib_bibliography_record(bibliography, *first),
                               record);
        }
    }
    for (size_t i = 0; fine && lock->row_count && lock->shared.count && i < count; i++) {
        kdb_arena_reset(&scratch);
        kdb_bibliography_pass(bibliography, i, i + 1);
        claim(lock, &scratch, kdbib_bibliography_record(bibliography, i));
    }
    fine = fine && !kdb_arena_failed(&scratch);
    kdb_numbers_free(&seen);
    kdb_arena_free(&scratch);
    return fine && !kdb_arena_failed(&lock->arena);
}

/* The title that the row has, or that of the record to which it was given first; folded. */
static kdbib_str title_of(kdb_lock *lock, kdb_arena *scratch, uint32_t row) {
    kdbib_str title = kdb_lock_row_cell(&lock->rows[row], lock->title_column);
    return title.size ? kdb_fold(scratch, title) : lock->rows[row].claimant;
}

/* Of several records with one URL, a row serves those of one title. */
static bool serves_title(kdb_lock *lock, kdb_arena *scratch, uint32_t row,
                         const kdbib_record *record) {
    kdbib_str title = kdb_fold(scratch, kdbib_record_text(record, KDBIB_TITLE));
    if (!kdb_titles_agree(title, title_of(lock, scratch, row)))
        return false;
    if (!lock->rows[row].claimant.size)
        lock->rows[row].claimant = kdb_arena_copy(&lock->arena, title);
    return true;
}

/* One URL, one paper: the row serves, but when the titles have nothing in common the list's link
 * may lead to another paper. */
static void compare_titles(kdb_lock *lock, kdb_arena *scratch, uint32_t row,
                           const kdbib_record *record) {
    kdbib_str cell = kdb_lock_row_cell(&lock->rows[row], lock->title_column);
    kdbib_str title = kdbib_record_text(record, KDBIB_TITLE);
    if (!cell.size || kdbib_str_equal(cell, title) || kdb_equal_nocase(cell, title) ||
        !kdb_titles_differ(kdb_fold(scratch, title), kdb_fold(scratch, cell)))
        return;
    kdbib_source source = kdbib_record_source(record);
    kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "other-title", source.file, source.line,
                                .about = title};
    kdb_report_finding(lock->context, &finding,
                       "“%.*s” leads to a paper that the lock (line %u) calls “%.*s”",
                       KDB_SHOW(title), lock->rows[row].line, KDB_SHOW(cell));
}

/* An entry without a URL, by its identifier or its title. */
static uint32_t choose_without_url(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record) {
    kdbib_str name = kdb_lock_record_name(scratch, record, false);
    return name.size ? kdb_index_get(&lock->by_url, name) : KDB_LOCK_NO_ROW;
}

uint32_t kdb_lock_choose_row(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record) {
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (!url.size)
        return choose_without_url(lock, scratch, record);
    uint32_t row = titled_row(lock, scratch, record);
    if (row != KDB_LOCK_NO_ROW)
        return row;
    row = kdb_lock_find(lock, url);
    if (row == KDB_LOCK_NO_ROW)
        return row;
    if (kdb_index_get(&lock->shared, url) != KDB_INDEX_NONE)
        return serves_title(lock, scratch, row, record) ? row : KDB_LOCK_NO_ROW;
    compare_titles(lock, scratch, row, record);
    return row;
}
