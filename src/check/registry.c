/* Which findings there are, and the way through them. */
#include "check/registry.h"

/* Of the bytes of a list: those that know fixes, … */
static kdb_list_check *const fixing_checks[] = {
    kdb_check_characters,
    kdb_check_addresses,
    kdb_check_queries,
    kdb_check_detours,
};
/* … and those that do not. */
static kdb_list_check *const list_checks[] = {
    kdb_check_empty_links,
    kdb_check_local_files,
    kdb_check_rows,
    kdb_check_unread,
};
/* Of what an entry says by itself. */
static kdb_record_check *const entry_checks[] = {
    kdb_check_disagreement,
};
/* Of the records with their lock. */
static kdb_record_check *const record_checks[] = {
    kdb_check_missing,
    kdb_check_titles,
    kdb_check_published,
    kdb_check_lock_rows,
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool check_bytes(kdbib *context, const char *file, kdbib_str bytes, bool all) {
    kdb_list list = {0};
    bool fine = kdb_list_read(&list, context, file, bytes);
    for (size_t i = 0; fine && list.lines.count && i < COUNT(fixing_checks); i++)
        fine = fixing_checks[i](&list);
    for (size_t i = 0; fine && all && list.lines.count && i < COUNT(list_checks); i++)
        fine = list_checks[i](&list);
    kdb_list_free(&list);
    return fine;
}

bool kdb_check_bytes(kdbib *context, const char *file, kdbib_str bytes) {
    return check_bytes(context, file, bytes, true);
}

bool kdb_check_fixable(kdbib *context, const char *file, kdbib_str bytes) {
    return check_bytes(context, file, bytes, false);
}

static bool run(kdb_record_check *const *checks, size_t count, kdb_check_records *records) {
    for (size_t i = 0; i < count; i++)
        if (!checks[i](records))
            return false;
    return !kdb_arena_failed(&records->arena);
}

bool kdb_check_entries(kdb_check_records *records) {
    size_t count = kdbib_bibliography_count(records->bibliography);
    records->entries = kdb_arena_array(&records->arena, count + 1, sizeof *records->entries);
    records->other_links = kdb_arena_array(&records->arena, count + 1, sizeof(kdbib_str));
    if (!records->entries || !records->other_links)
        return false;
    for (size_t i = 0; i < count; i++) {
        const kdbib_record *record = kdbib_bibliography_record(records->bibliography, i);
        kdbib_str link =
            kdb_arena_copy(&records->arena, kdbib_record_link(record, KDBIB_LINK_PAPER));
        if (kdbib_record_not_paper(record) && !records->all)
            records->other_links[records->other_count++] = link;
        else
            records->entries[records->entry_count++] = (kdb_check_entry){
                record, kdb_arena_copy(&records->arena, kdbib_record_text(record, KDBIB_TITLE)),
                link, kdb_title_is_raised(record)};
    }
    return run(entry_checks, COUNT(entry_checks), records);
}

bool kdb_check_completed(kdb_check_records *records) {
    return run(record_checks, COUNT(record_checks), records);
}

void kdb_check_free(kdb_check_records *records) {
    kdb_arena_free(&records->arena);
}
