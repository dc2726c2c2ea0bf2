/* Rows of the lock: what nobody confirmed, what is missing in them, what no entry uses. */
#include <stdio.h>
#include <stdlib.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "check/registry.h"
#include "lock/lock_inside.h"
#include "url/canonical.h"

static void report(const kdb_check_records *records, uint32_t row, const char *name,
                   const char *message, kdbib_str what) {
    kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, name, records->lock_file,
                                records->lock->rows[row].line,
                                .about = records->lock->rows[row].url};
    kdb_report_finding(records->context, &finding, "%s%.*s", message, KDB_SHOW(what));
}

static kdbib_str cell(const kdb_check_records *records, uint32_t row, const char *column) {
    return kdb_trim(kdb_lock_cell(records->lock, row, kdbib_str_of(column)));
}

static void check_unverified(const kdb_check_records *records, uint32_t row) {
    kdbib_str names = cell(records, row, "unverified");
    if (kdb_lock_is_manual(records->lock, row))
        return;
    if (names.size)
        report(records, row, "lock-unverified", "no source was seen for: ", names);
    else if (kdb_equal_nocase(cell(records, row, "source"), KDBIB_STR("unverified")))
        report(records, row, "lock-unverified", "no source was seen for this row", names);
}

static bool needs_container(kdbib_str type) {
    return kdb_equal_nocase(type, KDBIB_STR("article-journal")) ||
           kdb_equal_nocase(type, KDBIB_STR("paper-conference")) ||
           kdb_equal_nocase(type, KDBIB_STR("chapter"));
}

static void check_complete(const kdb_check_records *records, uint32_t row) {
    static const char *const columns[] = {"title", "authors", "year", "container_title"};
    char missing[80] = ""; /* all of them fit */
    size_t size = 0;
    kdbib_str type = cell(records, row, "type");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        bool excused =
            (i == 1 && cell(records, row, "editors").size) ||
            (i == 3 && (!needs_container(type) || cell(records, row, "event_title").size));
        if (excused || cell(records, row, columns[i]).size)
            continue;
        size += (size_t)snprintf(missing + size, sizeof missing - size, "%s%s", size ? ", " : "",
                                 columns[i]);
    }
    if (size)
        report(records, row, "lock-incomplete", "this row lacks: ", kdbib_str_of(missing));
}

/* `resolve --offline` wrote it: a key, and what the URL tells. */
static bool is_only_pinned(const kdb_check_records *records, uint32_t row) {
    kdbib_str source = cell(records, row, "source");
    return !cell(records, row, "title").size && !cell(records, row, "checked").size &&
           (!source.size || kdb_equal_nocase(source, KDBIB_STR("url")));
}

/* Rows that some entry has, or what was left out as no paper. NULL: memory is out. */
static bool *find_used(kdb_check_records *records) {
    kdb_lock *lock = records->lock;
    bool *used = calloc(kdb_lock_row_count(lock) + 1, sizeof *used);
    kdb_arena arena = {0};
    for (size_t i = 0; used && i < records->entry_count; i++) {
        uint32_t row = kdb_lock_row_of(records->entries[i].record);
        if (row != KDB_LOCK_NO_ROW)
            used[row] = true;
    }
    for (size_t i = 0; used && i < records->other_count; i++) {
        kdbib_str url = kdb_canonical_url(records->context, &arena, records->other_links[i]);
        uint32_t row = url.size ? kdb_lock_find(lock, url) : KDB_LOCK_NO_ROW;
        if (row != KDB_LOCK_NO_ROW)
            used[row] = true;
        kdb_arena_reset(&arena);
    }
    kdb_arena_free(&arena);
    return used;
}

bool kdb_check_lock_rows(kdb_check_records *records) {
    kdb_lock *lock = records->lock;
    if (!lock || !kdb_lock_row_count(lock))
        return true;
    bool *used = find_used(records);
    if (!used)
        return false;
    size_t pinned = 0;
    for (uint32_t row = 0; row < kdb_lock_row_count(lock); row++) {
        if (!lock->rows[row].serves)
            continue;
        if (!used[row]) {
            report(records, row, "lock-unused", "no entry of the list has this row; its key is ",
                   cell(records, row, "key"));
            continue;
        }
        check_unverified(records, row);
        if (is_only_pinned(records, row))
            pinned++;
        else
            check_complete(records, row);
    }
    free(used);
    if (pinned) /* one word for all: there can be as many as entries */
        kdb_report(records->context, KDBIB_SEVERITY_NOTE, "lock-not-resolved", records->lock_file,
                   1, 0,
                   "%zu rows hold no more than keys and what URLs tell: `kdbib resolve` looks "
                   "them up",
                   pinned);
    return true;
}
