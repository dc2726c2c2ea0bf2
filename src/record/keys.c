/* Citation keys. */
#include "record/keys.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/numbers.h"
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

/* What a waiting record would like stands in it as its key; whether it gets it is decided when all
 * have said so. */
typedef struct keys {
    kdbib_bibliography *list;
    const kdb_lock *lock;
    kdb_key_tables tables;
    kdb_arena arena;    /* keys with numbers behind them */
    kdb_numbers taken;  /* records by their keys, in any case of letters */
    kdb_numbers wishes; /* waiting ones by what they would like */
    kdb_buffer buffer;  /* the key under construction */
    uint32_t *waiting;  /* records without a key */
    bool *contested;    /* another one would like the same */
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
    char digits[8];
    size_t at = sizeof digits;
    for (int year = issued.year; year > 0; year /= 10)
        digits[--at] = (char)('0' + year % 10);
    kdb_buffer_add(&k->buffer, digits + at, sizeof digits - at);
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
    if (k->buffer.size && kdb_is_digit(k->buffer.data[0]) && kdb_buffer_reserve(&k->buffer, 1)) {
        memmove(k->buffer.data + 1, k->buffer.data, ++k->buffer.size);
        k->buffer.data[0] = 'n';
    }
    return kdb_buffer_str(&k->buffer);
}

/* ---- all keys ---- */

static bool is_key_of(void *user, uint32_t number, kdbib_str text) {
    const keys *k = user;
    return kdb_equal_nocase(
        kdbib_record_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY), text);
}
static bool is_wish_of(void *user, uint32_t number, kdbib_str text) {
    const keys *k = user;
    const kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[number]);
    return kdbib_str_equal(kdbib_record_text(record, KDBIB_KEY), text);
}

/* Keys from the lock stay; records without one wait. */
static bool keep_pinned(keys *k) {
    size_t all = kdbib_bibliography_count(k->list);
    for (size_t i = 0; i < all; i++) {
        kdbib_record *record = kdbib_bibliography_record(k->list, i);
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        uint32_t *owner = key.size ? kdb_numbers_put(&k->taken, kdb_hash_nocase(key), key) : NULL;
        if (key.size && !owner)
            return false;
        if (owner && *owner != KDB_INDEX_NONE) {
            kdbib_source source = kdbib_record_source(record);
            kdbib_source first = kdbib_record_source(kdbib_bibliography_record(k->list, *owner));
            kdb_report(kdbib_bibliography_context(k->list), KDBIB_SEVERITY_WARNING, "duplicate-key",
                       source.file, source.line, 0,
                       "the entry in line %u has the key “%.*s” already: this one gets another",
                       first.line, KDB_SHOW(key));
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
    return kdb_numbers_get(&k->taken, kdb_hash_nocase(key), key) == KDB_INDEX_NONE &&
           !(k->lock &&
             kdb_lock_has_key(k->lock, key, kdbib_record_text(record, KDBIB_CANONICAL_URL)));
}

static bool give(keys *k, uint32_t number, kdbib_str key) {
    return kdbib_record_set_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY, key,
                                 KDBIB_BASIS_COMPUTED);
}

/* From now on the key is the record's, which has it already. */
static bool settle(keys *k, uint32_t number, kdbib_str key) {
    uint32_t *owner = kdb_numbers_put(&k->taken, kdb_hash_nocase(key), key);
    if (owner)
        *owner = number;
    return owner != NULL;
}

/* What waiting record `i` would like; who would like the same is contested. */
static bool wish(keys *k, uint32_t i, int level) {
    kdbib_str key = make_key(k, kdbib_bibliography_record(k->list, k->waiting[i]), level);
    uint32_t *first = kdb_numbers_put(&k->wishes, kdb_hash(key), key);
    if (!first)
        return false;
    k->contested[i] = *first != KDB_INDEX_NONE;
    if (k->contested[i])
        k->contested[*first] = true;
    else
        *first = i;
    return !k->buffer.failed && give(k, k->waiting[i], key);
}

/* Every waiting record says what key it would like; those who are alone with their wish get it. */
static bool one_round(keys *k, int level) {
    bool fine = true;
    size_t left = 0;
    for (uint32_t i = 0; fine && i < k->count; i++)
        fine = wish(k, i, level);
    for (size_t i = 0; fine && i < k->count; i++) {
        const kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[i]);
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        if (!k->contested[i] && is_free(k, record, key))
            fine = settle(k, k->waiting[i], key);
        else
            k->waiting[left++] = k->waiting[i];
    }
    k->count = left;
    kdb_numbers_free(&k->wishes);
    return fine;
}

/* Records that nothing tells apart are numbered, the only case in which order matters. */
static bool number_the_rest(keys *k) {
    kdb_index next = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < k->count; i++) {
        kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[i]);
        kdbib_str wanted = kdbib_record_text(record, KDBIB_KEY), key = wanted;
        uint32_t *number = kdb_index_put(&next, wanted);
        fine = number != NULL;
        if (!fine)
            break;
        while (!is_free(k, record, key) && !kdb_arena_failed(&k->arena)) {
            *number = *number == KDB_INDEX_NONE ? 2 : *number + 1;
            key = kdb_arena_format(&k->arena, "%sx%u", wanted.data, *number);
        }
        fine = !kdb_arena_failed(&k->arena) && give(k, k->waiting[i], key) &&
               settle(k, k->waiting[i], key);
    }
    kdb_index_free(&next);
    return fine;
}

bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock) {
    keys k = {.list = bibliography, .lock = lock};
    k.taken = (kdb_numbers){.is = is_key_of, .user = &k};
    k.wishes = (kdb_numbers){.is = is_wish_of, .user = &k};
    size_t all = kdbib_bibliography_count(bibliography);
    k.waiting = calloc(all + 1, sizeof *k.waiting);
    k.contested = calloc(all + 1, sizeof *k.contested);
    bool fine = k.waiting && k.contested && kdb_key_tables_read(&k.tables) && keep_pinned(&k);
    for (int level = LEVEL_SHORT; fine && k.count && level < LEVEL_COUNT; level++)
        fine = one_round(&k, level);
    fine = fine && number_the_rest(&k) && !kdb_arena_failed(&k.arena);
    kdb_key_tables_free(&k.tables);
    kdb_arena_free(&k.arena);
    kdb_numbers_free(&k.taken);
    kdb_numbers_free(&k.wishes);
    kdb_buffer_free(&k.buffer);
    free(k.waiting);
    free(k.contested);
    return fine;
}
