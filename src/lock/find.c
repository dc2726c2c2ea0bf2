/* Which row belongs to which record. */
#include "base/diagnose.h"
#include "base/strings.h"
#include "lock/lock_inside.h"
#include "record/likeness.h"
#include "record/record.h"
#include "text/fold.h"
#include "url/canonical.h"

kdbib_str kdb_lock_record_name(kdb_arena *arena, const kdbib_record *record, bool with_title) {
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (url.size && !with_title)
        return url;
    kdbib_str title = kdb_fold(arena, kdbib_record_text(record, KDBIB_TITLE));
    if (!title.size)
        return url;
    return kdb_arena_format(arena, "%s%stitle:%s", url.size ? url.data : "", url.size ? " " : "",
                            title.data);
}

/* Rows are also known by the canonical form of their url, for when that form has changed. */
static bool index_canonical(kdb_lock *lock) {
    lock->canonical_ready = true;
    for (size_t i = 0; i < lock->row_count; i++) {
        kdbib_str url = lock->rows[i].url;
        if (!lock->rows[i].serves || kdb_find(url, KDBIB_STR("title:"), 0) != SIZE_MAX)
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

bool kdb_lock_find_shared_urls(kdb_lock *lock, const kdbib_bibliography *bibliography) {
    kdb_index seen = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < kdbib_bibliography_count(bibliography); i++) {
        kdbib_str url =
            kdbib_record_text(kdbib_bibliography_record(bibliography, i), KDBIB_CANONICAL_URL);
        if (!url.size)
            continue;
        uint32_t *times = kdb_index_put(&seen, url);
        if (times && *times != KDB_INDEX_NONE) {
            uint32_t *shared =
                kdb_index_put(&lock->shared, *times == 1 ? kdb_arena_copy(&lock->arena, url) : url);
            fine = shared && !kdb_arena_failed(&lock->arena);
            if (fine)
                *shared = *times = 2;
        } else if (times) {
            *times = 1;
        }
        fine = fine && times;
    }
    kdb_index_free(&seen);
    return fine;
}

/* The title that the row has, or that of the record to which it was given first; folded. */
static kdbib_str title_of(kdb_lock *lock, kdb_arena *scratch, uint32_t row) {
    kdbib_str title = kdb_lock_cell(lock, row, KDBIB_STR("title"));
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
    kdbib_str cell = kdb_lock_cell(lock, row, KDBIB_STR("title"));
    kdbib_str title = kdbib_record_text(record, KDBIB_TITLE);
    if (!cell.size || kdb_equal_nocase(cell, title) ||
        !kdb_titles_differ(kdb_fold(scratch, title), kdb_fold(scratch, cell)))
        return;
    kdbib_source source = kdbib_record_source(record);
    kdb_report(lock->context, KDBIB_SEVERITY_NOTE, "other-title", source.file, source.line, 0,
               "“%.*s” leads to a paper that the lock (line %u) calls “%.*s”", KDB_SHOW(title),
               lock->rows[row].line, KDB_SHOW(cell));
}

uint32_t kdb_lock_choose_row(kdb_lock *lock, kdb_arena *scratch, const kdbib_record *record) {
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (!url.size || lock->has_titled) {
        kdbib_str name = kdb_lock_record_name(scratch, record, true);
        uint32_t titled = name.size ? kdb_index_get(&lock->by_url, name) : KDB_INDEX_NONE;
        if (titled != KDB_INDEX_NONE || !url.size)
            return titled;
    }
    uint32_t row = kdb_lock_find(lock, url);
    if (row == KDB_LOCK_NO_ROW)
        return row;
    if (kdb_index_get(&lock->shared, url) != KDB_INDEX_NONE)
        return serves_title(lock, scratch, row, record) ? row : KDB_LOCK_NO_ROW;
    compare_titles(lock, scratch, row, record);
    return row;
}
