/* Citation keys. */
#include "record/keys.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/numbers.h"
#include "base/share.h"
#include "base/strings.h"
#include "library/context.h"
#include "record/key_words.h"
#include "text/fold.h"

/* How a key grows where two records would have the same: more words of the title, then hashes. */
enum { LEVEL_SHORT, LEVEL_WORDS = 2, LEVEL_HASH, LEVEL_LONG_HASH, LEVEL_COUNT };
#define HASH_LETTERS 6
#define LONG_HASH_LETTERS 12
#define LONGEST_FAMILY 40
#define LONGEST_TAIL 30
#define SHORTEST_TAIL 4

#define STEP ((size_t)256) /* keys made by one thread in a row */
#define AHEAD 8            /* keys whose places in a table are fetched before they are needed */

/* What a waiting record would like stands in it as its key; whether it gets it is decided when all
 * have said so. */
typedef struct keys {
    kdbib_bibliography *list;
    const kdb_lock *lock;
    kdb_key_tables tables;
    kdb_arena arena;    /* keys with numbers behind them */
    kdb_numbers taken;  /* records by their keys, in any case of letters */
    kdb_numbers wishes; /* waiting ones by what they would like */
    int level;          /* of what they would like */
    uint32_t *waiting;  /* records without a key */
    uint64_t *wished;   /* hashes of what they would like */
    bool *contested;    /* another one would like the same */
    size_t count;
} keys;

/* Keys under construction, one behind the other. */
typedef struct draft {
    const kdb_key_tables *tables;
    kdb_buffer buffer;
    size_t from; /* where the key in hand begins */
    bool failed;
} draft;

/* ---- one key ---- */

static size_t size_of(const draft *d) {
    return d->buffer.size - d->from;
}

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

static void add_author(draft *d, const kdbib_record *record) {
    kdbib_name name;
    if (!kdbib_record_next_name(record, KDBIB_AUTHORS, &(kdbib_cursor){0}, &name))
        return;
    if (name.family.size) {
        kdb_key_squeeze(d->tables, without_particle(name.family), LONGEST_FAMILY, &d->buffer);
        return;
    }
    kdb_key_words words;
    d->failed |= !kdb_key_words_of(d->tables, name.literal, 1, &words);
    if (words.count)
        kdb_buffer_add_str(&d->buffer, kdb_key_word(&words, 0));
}

static void add_year(draft *d, const kdbib_record *record) {
    kdbib_date issued = kdbib_record_issued(record);
    char digits[8];
    size_t at = sizeof digits;
    for (int year = issued.year; year > 0; year /= 10)
        digits[--at] = (char)('0' + year % 10);
    kdb_buffer_add(&d->buffer, digits + at, sizeof digits - at);
}

/* Behind the last slash of the DOI or of the URL, for records that have no title. */
static void add_tail(draft *d, const kdbib_record *record) {
    kdbib_str text = kdbib_record_text(record, KDBIB_DOI);
    if (!text.size)
        text = kdbib_record_text(record, KDBIB_CANONICAL_URL);
    size_t end = text.size, from;
    while (end && !kdb_is_alnum(text.data[end - 1]))
        end--;
    for (from = end; from && text.data[from - 1] != '/';)
        from--;
    kdb_key_squeeze(d->tables, kdb_slice(text, from, end), LONGEST_TAIL, &d->buffer);
    if (size_of(d) < SHORTEST_TAIL) /* "5" says nothing */
        d->buffer.size = d->from;
}

/* What tells this record from all others. */
static uint64_t identity(draft *d, const kdbib_record *record) {
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
    d->failed |= kdb_arena_failed(&scratch);
    kdb_arena_free(&scratch);
    return hash;
}

static void add_hash(draft *d, uint64_t hash, int letters) {
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz234567";
    for (int i = 0; i < letters; i++, hash >>= 5)
        kdb_buffer_add_char(&d->buffer, digits[hash & 31]);
}

/* The key that `record` would like at `level`. */
static void make_key(draft *d, const kdbib_record *record, int level) {
    kdb_key_words words;
    size_t used = 0, wished = 1;
    d->from = d->buffer.size;
    add_author(d, record);
    bool author = size_of(d) > 0;
    if (author)
        add_year(d, record);
    else
        wished = 3;
    if (level > LEVEL_SHORT && level <= LEVEL_WORDS)
        wished += (size_t)level;
    d->failed |=
        !kdb_key_words_of(d->tables, kdbib_record_text(record, KDBIB_TITLE), wished, &words);
    for (; used < words.count; used++)
        kdb_buffer_add_str(&d->buffer, kdb_key_word(&words, used));
    if (!size_of(d))
        add_tail(d, record);
    bool empty = !size_of(d);
    if (!author && !empty)
        add_year(d, record);
    if (level >= LEVEL_HASH || empty)
        add_hash(d, identity(d, record),
                 level >= LEVEL_LONG_HASH ? LONG_HASH_LETTERS : HASH_LETTERS);
    if (size_of(d) && kdb_is_digit(d->buffer.data[d->from]) && kdb_buffer_reserve(&d->buffer, 1)) {
        char *key = d->buffer.data + d->from;
        memmove(key + 1, key, size_of(d) + 1);
        key[0] = 'n';
        d->buffer.size++;
    }
}

/* ---- all keys ---- */

static bool is_key_of(void *user, uint32_t number, kdbib_str text) {
    const keys *k = user;
    return kdb_equal_nocase(
        kdbib_record_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY), text);
}
/* Hashes of 64 bits that are the same by chance would do no harm: two keys would be longer. */
static bool is_wish_of(void *user, uint32_t number, kdbib_str text) {
    const keys *k = user;
    return k->wished[number] == kdb_hash_nocase(text);
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

static bool is_free(const keys *k, const kdbib_record *record, kdbib_str key, uint64_t hash) {
    return kdb_numbers_get(&k->taken, hash, key) == KDB_INDEX_NONE &&
           !(k->lock &&
             kdb_lock_has_key(k->lock, key, kdbib_record_text(record, KDBIB_CANONICAL_URL)));
}

static bool give(keys *k, uint32_t number, kdbib_str key) {
    return kdbib_record_set_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY, key,
                                 KDBIB_BASIS_COMPUTED);
}

/* From now on the key is the record's, which has it already. */
static bool settle(keys *k, uint32_t number, kdbib_str key, uint64_t hash) {
    uint32_t *owner = kdb_numbers_put(&k->taken, hash, key);
    if (owner)
        *owner = number;
    return owner != NULL;
}

/* Keys that some waiting records in a row would like. */
typedef struct drafts {
    draft keys;
    size_t ends[STEP]; /* of the keys in the buffer */
} drafts;

static bool make_keys(void *user, void *result, size_t from, size_t to, unsigned worker) {
    keys *k = user;
    drafts *made = result;
    (void)worker;
    made->keys.tables = &k->tables;
    kdb_buffer_clear(&made->keys.buffer);
    for (size_t i = from; i < to; i++) {
        draft *d = &made->keys;
        make_key(d, kdbib_bibliography_record(k->list, k->waiting[i]), k->level);
        made->ends[i - from] = d->buffer.size;
        k->wished[i] =
            kdb_hash_nocase(kdb_slice(kdb_buffer_str(&d->buffer), d->from, d->buffer.size));
    }
    return !made->keys.failed && !made->keys.buffer.failed;
}

static void free_drafts(void *result) {
    drafts *made = result;
    kdb_buffer_free(&made->keys.buffer);
}

/* Waiting record `i` would like `key`; who would like the same is contested. */
static bool wish(keys *k, uint32_t i, kdbib_str key) {
    uint32_t *first = kdb_numbers_put(&k->wishes, k->wished[i], key);
    if (!first)
        return false;
    k->contested[i] = *first != KDB_INDEX_NONE;
    if (k->contested[i])
        k->contested[*first] = true;
    else
        *first = i;
    return give(k, k->waiting[i], key);
}

static bool take_wishes(void *user, void *result, size_t from, size_t to) {
    keys *k = user;
    const drafts *made = result;
    kdbib_str all = kdb_buffer_str(&made->keys.buffer);
    bool fine = true;
    for (size_t i = from, at = 0; i < to && fine; at = made->ends[i++ - from]) {
        if (i + AHEAD < to)
            kdb_numbers_fetch(&k->wishes, k->wished[i + AHEAD]);
        fine = wish(k, (uint32_t)i, kdb_slice(all, at, made->ends[i - from]));
    }
    return fine;
}

/* Every waiting record says what key it would like; those who are alone with their wish get it. */
static bool one_round(keys *k) {
    const kdb_share share = {.count = k->count,
                             .step = STEP,
                             .size = sizeof(drafts),
                             .work = make_keys,
                             .take = take_wishes,
                             .free_result = free_drafts,
                             .user = k};
    bool fine = kdb_share_out(&share, kdbib_bibliography_context(k->list)->threads);
    size_t left = 0;
    for (size_t i = 0; fine && i < k->count; i++) {
        const kdbib_record *record = kdbib_bibliography_record(k->list, k->waiting[i]);
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        if (i + AHEAD < k->count)
            kdb_numbers_fetch(&k->taken, k->wished[i + AHEAD]);
        if (!k->contested[i] && is_free(k, record, key, k->wished[i]))
            fine = settle(k, k->waiting[i], key, k->wished[i]);
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
        while (!is_free(k, record, key, kdb_hash_nocase(key)) && !kdb_arena_failed(&k->arena)) {
            *number = *number == KDB_INDEX_NONE ? 2 : *number + 1;
            key = kdb_arena_format(&k->arena, "%sx%u", wanted.data, *number);
        }
        fine = !kdb_arena_failed(&k->arena) && give(k, k->waiting[i], key) &&
               settle(k, k->waiting[i], key, kdb_hash_nocase(key));
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
    k.wished = calloc(all + 1, sizeof *k.wished);
    k.contested = calloc(all + 1, sizeof *k.contested);
    bool fine =
        k.waiting && k.wished && k.contested && kdb_key_tables_read(&k.tables) && keep_pinned(&k);
    for (; fine && k.count && k.level < LEVEL_COUNT; k.level++)
        fine = one_round(&k);
    fine = fine && number_the_rest(&k) && !kdb_arena_failed(&k.arena);
    kdb_key_tables_free(&k.tables);
    kdb_arena_free(&k.arena);
    kdb_numbers_free(&k.taken);
    kdb_numbers_free(&k.wishes);
    free(k.waiting);
    free(k.wished);
    free(k.contested);
    return fine;
}
