/* The lock while a run finds things. Every write reads the file anew, under a lock on its folder,
 * and changes only the rows that this run found: another run's rows, a person's rows and what
 * nobody knows stay. The file is replaced whole. */
#include "helper/store.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/strings.h"
#include "cli/input.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "lock/lock_inside.h"
#include "record/keys.h"
#include "record/record.h"
#include "services/http_inside.h"

typedef struct row {
    kdbib_str name;     /* of the row in the lock */
    const char *source; /* found by, in this run; NULL: not found */
    bool known, manual;
    bool own_key; /* nobody pinned its key before this run */
} row;

struct kdb_store {
    kdbib_bibliography *bibliography;
    const char *path;
    kdbib_str bytes;
    kdb_arena arena;
    row *rows;
    size_t count, found, written;
    int64_t last_cost, last_end; /* milliseconds */
    char today[16];
};

/* Sources that have looked a record up. */
static bool is_looked_up(kdbib_str source) {
    static const char *const others[] = {"manual", "with", "page"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (kdb_equal_nocase(source, kdbib_str_of(others[i])))
            return true;
    return kdb_service_find(source) != KDB_SERVICE_COUNT;
}

static bool note_rows(kdb_store *store, kdb_lock *lock) {
    for (size_t i = 0; i < store->count; i++) {
        kdbib_record *record = kdbib_bibliography_record(store->bibliography, i);
        uint32_t number = kdb_lock_row_of(record);
        row *one = &store->rows[i];
        one->own_key =
            number == KDB_LOCK_NO_ROW || !kdb_lock_cell(lock, number, KDBIB_STR("key")).size;
        if (number == KDB_LOCK_NO_ROW)
            continue;
        one->manual = kdb_lock_is_manual(lock, number);
        one->known =
            one->manual || (is_looked_up(kdb_lock_cell(lock, number, KDBIB_STR("source"))) &&
                            !kdb_lock_cell(lock, number, KDBIB_STR("unverified")).size);
    }
    if (!kdb_lock_update(lock, store->bibliography))
        return false;
    for (size_t i = 0; i < store->count; i++) {
        uint32_t number = kdb_lock_row_of(kdbib_bibliography_record(store->bibliography, i));
        if (number != KDB_LOCK_NO_ROW)
            store->rows[i].name =
                kdb_arena_copy(&store->arena, kdb_lock_cell(lock, number, KDBIB_STR("url")));
    }
    return !kdb_arena_failed(&store->arena);
}

kdb_store *kdb_store_new(kdbib_bibliography *bibliography, kdb_lock *lock, const char *path,
                         kdbib_str bytes) {
    kdb_store *store = calloc(1, sizeof *store);
    if (!store)
        return NULL;
    store->bibliography = bibliography;
    store->path = path;
    store->bytes = bytes;
    store->count = kdbib_bibliography_count(bibliography);
    store->rows = kdb_arena_array(&store->arena, store->count + 1, sizeof *store->rows);
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc))
        strftime(store->today, sizeof store->today, "%Y-%m-%d", &utc);
    if (!store->rows || !note_rows(store, lock)) {
        kdb_store_free(store);
        return NULL;
    }
    return store;
}

void kdb_store_free(kdb_store *store) {
    if (store)
        kdb_arena_free(&store->arena);
    free(store);
}

bool kdb_store_knows(const kdb_store *store, size_t index) {
    return store->rows[index].known;
}
bool kdb_store_is_manual(const kdb_store *store, size_t index) {
    return store->rows[index].manual;
}
bool kdb_store_changed(const kdb_store *store) {
    return store->found > 0;
}

/* ---- writing ---- */

/* The folder of the lock, locked against other runs; -1: not possible, and nobody to protect. */
static int lock_folder(const char *path) {
    char folder[4096] = ".";
    const char *slash = strrchr(path, '/');
    if (slash && (size_t)(slash - path) + 1 < sizeof folder) {
        memcpy(folder, path, (size_t)(slash - path) + 1);
        folder[slash - path + 1] = '\0';
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        (void)flock(fd, LOCK_EX);
    return fd;
}

/* Every record gets its row in `lock`, where there is one. */
static void find_rows(kdb_store *store, kdb_lock *lock) {
    for (size_t i = 0; i < store->count; i++) {
        kdbib_record *record = kdbib_bibliography_record(store->bibliography, i);
        uint32_t number =
            store->rows[i].name.size ? kdb_lock_find(lock, store->rows[i].name) : KDB_LOCK_NO_ROW;
        record->lock_row = number == KDB_LOCK_NO_ROW ? 0 : number + 1;
    }
}

/* A record that was found knows more than when its key was made: it gets a new one, unless somebody
 * had pinned it. */
static bool renew_keys(kdb_store *store, kdb_lock *lock) {
    bool fine = true;
    for (size_t i = 0; i < store->count && fine; i++) {
        kdbib_record *record = kdbib_bibliography_record(store->bibliography, i);
        uint32_t number = kdb_lock_row_of(record);
        if (!store->rows[i].source || !store->rows[i].own_key)
            continue;
        fine = kdbib_record_set_text(record, KDBIB_KEY, (kdbib_str){NULL, 0}, KDBIB_BASIS_NONE);
        if (number != KDB_LOCK_NO_ROW)
            fine = fine && kdb_lock_set_cell(lock, number, KDBIB_STR("key"), KDBIB_STR(""));
    }
    return fine && kdb_assign_keys(store->bibliography, lock);
}

static bool put_rows(kdb_store *store, kdb_lock *lock) {
    bool fine = renew_keys(store, lock);
    for (size_t i = 0; i < store->count && fine; i++) {
        const kdb_lock_change change = {.least = KDBIB_BASIS_COMPUTED,
                                        .replace = true,
                                        .source = store->rows[i].source,
                                        .checked = store->today};
        if (store->rows[i].source)
            fine = kdb_lock_put(lock, kdbib_bibliography_record(store->bibliography, i), &change);
    }
    return fine && kdb_lock_update(lock, store->bibliography);
}

static bool write_file(kdb_store *store, kdb_lock *lock) {
    kdb_output_file *file = kdb_output_file_open(store->path);
    if (!file)
        return false;
    if (!kdb_lock_write(lock, kdb_output_file_output(file))) {
        kdb_output_file_abandon(file);
        kdb_say("memory is out");
        return false;
    }
    return kdb_output_file_commit(file);
}

static bool write_lock(kdb_store *store) {
    kdbib *context = kdbib_bibliography_context(store->bibliography);
    int64_t begin = kdb_now();
    int folder = lock_folder(store->path);
    kdb_buffer bytes = {0};
    bool exists = access(store->path, F_OK) == 0, fine = true;
    if (exists)
        fine = kdb_input_read(context, store->path, &bytes);
    kdb_lock *lock =
        fine ? kdb_lock_read(context, store->path, exists ? kdb_buffer_str(&bytes) : store->bytes)
             : NULL;
    if (lock && !kdb_lock_is_writable(lock)) {
        kdb_say("%s was changed meanwhile and cannot be written any more", store->path);
        fine = false;
    } else if (lock) {
        find_rows(store, lock);
        fine = put_rows(store, lock);
        if (!fine)
            kdb_say("memory is out");
        fine = fine && write_file(store, lock);
    }
    if (fine)
        store->written = store->found;
    kdb_lock_free(lock);
    kdb_buffer_free(&bytes);
    if (folder >= 0)
        close(folder);
    store->last_end = kdb_now();
    store->last_cost = store->last_end - begin;
    return fine && lock;
}

bool kdb_store_put(kdb_store *store, size_t index, const char *source) {
    store->rows[index].source = source;
    store->found++;
    /* at most a tenth of the time goes into writing */
    bool now = kdb_now() - store->last_end >= 10 * store->last_cost;
    return !now || write_lock(store);
}

bool kdb_store_finish(kdb_store *store) {
    return !store->found || write_lock(store);
}
