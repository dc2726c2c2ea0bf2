/* Citation keys. */
#include "record/keys.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "record/key_words.h"
#include "text/fold.h"

/* How a key grows where two records would have the same: more words of the title, then hashes. */
enum { LEVEL_SHORT, LEVEL_WORDS = 2, LEVEL_HASH, LEVEL_LONG_HASH, LEVEL_COUNT };
#define HASH_LETTERS 6
#define LONG_HASH_LETTERS 12
#define LONGEST_FAMILY 40
#define LONGEST_TAIL 30
#define SHORTEST_TAIL 4

typedef struct keys {
    kdbib_bibliography *list;
    const kdb_lock *lock;
    kdb_key_tables tables;
    kdb_arena arena;   /* keys that are settled or under discussion */
    kdb_index taken;   /* keys, in lower case -> record */
    kdb_buffer buffer; /* the key under construction */
    uint32_t *waiting; /* records without a key */
    kdbib_str *wanted; /* what each of them would like */
    size_t count;
} keys;

/* ---- one key ---- */

/* The family without lower-case words before it ("van der Maaten" -> "Maaten"). */
static kdbib_str without_particle(kdbib_str family) {
    kdbib_str rest = kdb_trim(family);
    for (size_t blank; (blank = kdb_find_char(rest, ' ', 0)) != SIZE_MAX;) {
        if (!kdb_is_lower(rest.data[0]) && rest.data[0] != '\'')
            return rest;
        rest = kdb_trim(kdb_slice(rest, blank, rest.size));
    }
    return kdb_is_lower(rest.data[0]) ? family : rest;
}

static void add_author(keys *k, const kdbib_record *record) {
    kdbib_name name;
    if (!kdbib_record_next_name(record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name))
        return;
    if (name.family.size) {
        kdb_key_squeeze(&k->tables, without_particle(name.family), LONGEST_FAMILY, &k->buffer);
        return;
    }
    kdb_key_words words;
    k->arena.failed |= !kdb_key_words_of(&k->tables, name.literal, 1, &words);
    if (words.count)
        kdb_buffer_add_str(&k->buffer, kdb_key_word(&words, 0));
}

static void add_year(keys *k, const kdbib_record *record) {
    kdbib_date issued = kdbib_record_issued(record);
    char text[16];
    if (issued.year > 0)
        kdb_buffer_add(&k->buffer, text, (size_t)snprintf(text, sizeof text, "%d", issued.year));
}

/* Behind the last slash of the DOI or of the URL, for records that have no title. */
static void add_tail(keys *k, const kdbib_record *record) {
    kdbib_str text = kdbib_record_text(record, KDBIB_DOI);
    if (!text.size)
        text = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    size_t end = text.size, from;
    while (end && !kdb_is_alnum(text.data[end - 1]))
        end--;
    for (from = end; from && text.data[from - 1] != '/';)
        from--;
    kdb_key_squeeze(&k->tables, kdb_slice(text, from, end), LONGEST_TAIL, &k->buffer);
    if (k->buffer.size < SHORTEST_TAIL) /* "5" says nothing */
        kdb_buffer_clear(&k->buffer);
}

/* What tells this record from all others. */
static uint64_t identity(keys *k, const kdbib_record *record) {
    kdb_arena scratch = {0};
    kdbib_str doi = kdbib_record_text(record, KDBIB_DOI);
    kdbib_str url = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    if (!url.size)
        url = kdbib_record_text(record, KDBIB_ARXIV);
    kdbib_str title = kdb_fold(&scratch, kdbib_record_text(record, KDBIB_TITLE));
    uint64_t hash = kdb_hash(doi.size ? kdb_fold(&scratch, doi) : url);
    hash = hash * 31 + kdb_hash(title);
    kdbib_name name;
    if (!doi.size && !url.size)
        for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);)
            hash = hash * 31 + (kdb_hash(name.family) ^ kdb_hash(name.given));
    k->arena.failed |= kdb_arena_failed(&scratch);
    kdb_arena_free(&scratch);
    return hash;
}

static void add_hash(keys *k, uint64_t hash, int letters) {
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
    for (int i = 0; i < letters; i++, hash >>= 5)
        kdb_buffer_add_char(&k->buffer, digits[hash & 31]);
}

/* The key that `record` would like at `level`. */
static kdbib_str make_key(keys *k, const kdbib_record *record, int level) {
    kdb_key_words words;
    size_t used = 0, wished = 1;
    kdb_buffer_clear(&k->buffer);
    add_author(k, record);
    bool author = k->buffer.size > 0;
    if (author)
        add_year(k, record);
    else
        wished = 3;
    if (level > LEVEL_SHORT && level <= LEVEL_WORDS)
        wished += (size_t)level;
    k->arena.failed |=
        !kdb_key_words_of(&k->tables, kdbib_record_text(record, KDBIB_TITLE), wished, &words);
    for (; used < words.count; used++)
        kdb_buffer_add_str(&k->buffer, kdb_key_word(&words, used));
    if (!k->buffer.size)
        add_tail(k, record);
    bool empty = !k->buffer.size;
    if (!author && !empty)
        add_year(k, record);
    if (level >= LEVEL_HASH || empty)
        add_hash(k, identity(k, record),
                 level >= LEVEL_LONG_HASH ? LONG_HASH_LETTERS : HASH_LETTERS);
    kdbib_str key = kdb_buffer_str(&k->buffer);
    return kdb_arena_format(&k->arena, "%s%s", kdb_is_digit(key.data[0]) ? "n" : "", key.data);
}

/* ---- all keys ---- */

static kdbib_str lower(kdb_arena *arena, kdbib_str key) {
    kdbib_str copy = kdb_arena_copy(arena, key);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = kdb_to_lower(copy.data[i]);
    return copy;
}

/* Keys from the lock stay; records without one wait. */
static bool keep_pinned(keys *k) {
    size_t all = kdbib_bibliography_count(k->list);
    for (size_t i = 0; i < all; i++) {
        kdbib_record *record = kdbib_bibliography_record(k->list, i);
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        uint32_t *owner = key.size ? kdb_index_put(&k->taken, lower(&k->arena, key)) : NULL;
        if (key.size && !owner)
            return false;
        if (owner && *owner != KDB_INDEX_NONE) {
            kdbib_source source = kdbib_record_source(record);
            kdbib_source first = kdbib_record_source(kdbib_bibliography_record(k->list, *owner));
            kdb_report(kdbib_bibliography_context(k->list), KDBIB_SEVERITY_WARNING, "duplicate-key",
                       source.file, source.line, 0,
                       "the lock gives the key “%.*s” to the entry in line %u too: this one gets "
                       "another",
                       KDB_SHOW(key), first.line);
            owner = NULL;
        }
        if (owner)
            *owner = (uint32_t)i;
        else
            k->waiting[k->count++] = (uint32_t)i;
    }
    return true;
}

static bool is_free(const keys *k, const kdbib_record *record, kdbib_str key) {
    return kdb_index_get(&k->taken, key) == KDB_INDEX_NONE &&
           !(k->lock &&
             kdb_lock_has_key(k->lock, key, kdbib_record_text(record, KDBIB_CANONICAL_URL)));
}

static bool settle(keys *k, uint32_t number, kdbib_str key) {
    uint32_t *owner = kdb_index_put(&k->taken, key);
    if (owner)
        *owner = number;
    return owner && kdbib_record_set_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY,
                                          key, KDBIB_BASIS_COMPUTED);
}

/* Every waiting record says what key it would like; those who are alone with their wish get it. */
static bool one_round(keys *k, int level) {
    kdb_index wishes = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < k->count; i++) {
        k->wanted[i] = make_key(k, kdbib_bibliography_record(k->list, k->waiting[i]), level);
        uint32_t *others = kdb_index_put(&wishes, k->wanted[i]);
        if (others)
            *others = *others == KDB_INDEX_NONE ? 1 : 2;
        fine = others && !kdb_arena_failed(&k->arena) && !k->buffer.failed;
    }
    size_t left = 0;
    for (size_t i = 0; fine && i < k->count; i++) {
        kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[i]);
        if (kdb_index_get(&wishes, k->wanted[i]) == 1 && is_free(k, record, k->wanted[i])) {
            fine = settle(k, k->waiting[i], k->wanted[i]);
        } else {
            k->wanted[left] = k->wanted[i];
            k->waiting[left++] = k->waiting[i];
        }
    }
    k->count = left;
    kdb_index_free(&wishes);
    return fine;
}

/* Records that nothing tells apart are numbered, the only case in which order matters. */
static bool number_the_rest(keys *k) {
    kdb_index next = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < k->count; i++) {
        kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[i]);
        uint32_t *number = kdb_index_put(&next, k->wanted[i]);
        fine = number != NULL;
        if (!fine)
            break;
        kdbib_str key = k->wanted[i];
        while (!is_free(k, record, key) && !kdb_arena_failed(&k->arena)) {
            *number = *number == KDB_INDEX_NONE ? 2 : *number + 1;
            key = kdb_arena_format(&k->arena, "%sx%u", k->wanted[i].data, *number);
        }
        fine = settle(k, k->waiting[i], key) && !kdb_arena_failed(&k->arena);
    }
    kdb_index_free(&next);
    return fine;
}

bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock) {
    keys k = {.list = bibliography, .lock = lock};
    size_t all = kdbib_bibliography_count(bibliography);
    k.waiting = calloc(all + 1, sizeof *k.waiting);
    k.wanted = calloc(all + 1, sizeof *k.wanted);
    bool fine = k.waiting && k.wanted && kdb_key_tables_read(&k.tables) && keep_pinned(&k);
    for (int level = LEVEL_SHORT; fine && k.count && level < LEVEL_COUNT; level++)
        fine = one_round(&k, level);
    fine = fine && number_the_rest(&k) && !kdb_arena_failed(&k.arena);
    kdb_key_tables_free(&k.tables);
    kdb_arena_free(&k.arena);
    kdb_index_free(&k.taken);
    kdb_buffer_free(&k.buffer);
    free(k.waiting);
    free(k.wanted);
    return fine;
}
