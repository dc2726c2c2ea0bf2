/* Of a bibliography only what another one does not have: what a manuscript's own file lacks. */
#include <stdlib.h>

#include "base/index.h"
#include "base/strings.h"
#include "kdbib/convert.h"
#include "lock/lock.h"
#include "record/bibliography.h"
#include "record/keys.h"
#include "record/kind.h"
#include "record/record.h"
#include "record/unite.h"
#include "resolve/resolve.h"

typedef struct keeping {
    kdbib_bibliography *list;
    size_t own; /* records that the list had; they stand at the end */
    kdb_arena arena;
    kdb_index ids; /* of what is there already: "doi:…", "arxiv:…", "key:…", in lower case */
    kdbib_str *keys;
    uint32_t *lines; /* of the keys */
    size_t key_count;
} keeping;

/* The last `count` records go to the front. */
static bool to_front(kdbib_bibliography *list, size_t count) {
    size_t before = list->count - count;
    kdbib_record **moved = malloc((count + 1) * sizeof(kdbib_record *));
    if (!moved)
        return false;
    if (count)
        memcpy(moved, list->records + before, count * sizeof(kdbib_record *));
    if (before)
        memmove(list->records + count, list->records, before * sizeof(kdbib_record *));
    if (count)
        memcpy(list->records, moved, count * sizeof(kdbib_record *));
    free(moved);
    return true;
}

/* ---- what is there already ---- */

static kdbib_str id_of(kdb_arena *arena, const kdbib_record *record, kdbib_field field) {
    kdbib_str text = kdbib_record_text(record, field);
    if (!text.size)
        return text;
    kdbib_str id = kdb_arena_format(arena, "%s:%s", kdbib_field_name(field), text.data);
    for (size_t i = 0; i < id.size; i++)
        ((char *)id.data)[i] = kdb_to_lower(id.data[i]);
    return id;
}

static const kdbib_field identifiers[] = {KDBIB_DOI, KDBIB_ARXIV, KDBIB_KEY};
#define IDENTIFIERS (sizeof identifiers / sizeof *identifiers)

static bool remember(keeping *k, size_t count) {
    kdbib *context = kdbib_bibliography_context(k->list);
    k->keys = kdb_arena_array(&k->arena, count + 1, sizeof *k->keys);
    k->lines = kdb_arena_array(&k->arena, count + 1, sizeof *k->lines);
    bool fine = k->keys && k->lines;
    for (size_t i = 0; fine && i < count; i++) {
        kdbib_record *record = k->list->records[i];
        fine = record->complete || kdb_resolve_record(context, record);
        for (size_t j = 0; fine && j < IDENTIFIERS; j++) {
            kdbib_str id = id_of(&k->arena, record, identifiers[j]);
            uint32_t *slot = id.size ? kdb_index_put(&k->ids, id) : NULL;
            if (slot)
                *slot = 0;
            fine = slot || !id.size;
        }
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        if (key.size) {
            k->keys[k->key_count] = kdb_arena_copy(&k->arena, key);
            k->lines[k->key_count++] = kdbib_record_source(record).line;
        }
    }
    return fine && !kdb_arena_failed(&k->arena);
}

/* By DOI or arXiv id, whatever a person has made of the title; by a key that the lock gave. */
static bool is_there(keeping *k, const kdbib_record *record) {
    for (size_t i = 0; i < IDENTIFIERS; i++) {
        if (identifiers[i] == KDBIB_KEY && kdbib_record_basis(record, KDBIB_KEY) < KDBIB_BASIS_LOCK)
            continue;
        kdbib_str id = id_of(&k->arena, record, identifiers[i]);
        if (id.size && kdb_index_get(&k->ids, id) != KDB_INDEX_NONE)
            return true;
    }
    return false;
}

static void drop_known(keeping *k, size_t from) {
    size_t kept = from;
    for (size_t i = from; i < k->list->count; i++)
        if (!is_there(k, k->list->records[i]))
            k->list->records[kept++] = k->list->records[i];
    k->list->count = kept;
}

/* ---- keys ---- */

/* The keys that are there are taken, by records that last as long as the keys are given. */
static bool give_keys(keeping *k, const char *file, const kdbib_complete_options *options) {
    for (size_t i = 0; i < k->list->count; i++)
        if (kdbib_record_basis(k->list->records[i], KDBIB_KEY) < KDBIB_BASIS_LOCK) {
            kdbib_record *record = k->list->records[i];
            kdbib_str id = id_of(&k->arena, record, KDBIB_KEY);
            if (id.size && kdb_index_get(&k->ids, id) != KDB_INDEX_NONE &&
                !kdbib_record_set_text(record, KDBIB_KEY, KDBIB_STR(""), KDBIB_BASIS_NONE))
                return false;
        }
    for (size_t i = 0; i < k->key_count; i++) {
        kdbib_record *holder = kdbib_bibliography_add(k->list, file, k->lines[i]);
        if (!holder || !kdbib_record_set_text(holder, KDBIB_KEY, k->keys[i], KDBIB_BASIS_LIST))
            return false;
    }
    if (!to_front(k->list, k->key_count))
        return false;
    kdb_lock *lock =
        kdb_lock_read(kdbib_bibliography_context(k->list),
                      options->lock_file ? options->lock_file : "kdbib.lock.csv", options->lock);
    bool fine = lock && kdb_assign_keys(k->list, lock);
    kdb_lock_free(lock);
    k->list->count -= k->key_count;
    memmove(k->list->records, k->list->records + k->key_count,
            k->list->count * sizeof(kdbib_record *));
    return fine;
}

/* ---- all of it ---- */

static void keep_behind(kdbib_bibliography *list, size_t position) {
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (kdbib_record_position(list->records[i]) >= position)
            list->records[kept++] = list->records[i];
    list->count = kept;
}

bool kdbib_keep_new(kdbib_bibliography *list, const char *format, const char *file, kdbib_str bytes,
                    const kdbib_complete_options *options) {
    keeping k = {.list = list, .own = list->count};
    if (!kdbib_read(list, format, file, bytes))
        return false;
    size_t there = list->count - k.own;
    bool fine = to_front(list, there) && remember(&k, there);
    if (fine) {
        for (size_t i = there; i < list->count; i++)
            list->records[i]->complete = true;
        drop_known(&k, there);
        list->keep_parts = true;
        fine = kdb_decide_kinds(list) && kdb_unite_duplicates(list, options->prefer_preprint);
    }
    if (fine) {
        keep_behind(list, there);
        fine = give_keys(&k, file, options) && !kdb_arena_failed(&k.arena);
    }
    kdb_index_free(&k.ids);
    kdb_arena_free(&k.arena);
    return fine;
}
