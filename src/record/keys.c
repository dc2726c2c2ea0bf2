/* Citation keys. */
#include "record/keys.h"

#include <stdlib.h>

#include "base/diagnose.h"
#include "base/numbers.h"
#include "base/share.h"
#include "base/strings.h"
#include "library/context.h"
#include "record/bibliography.h"
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

/* Of a record. */
typedef enum state {
    WAITS,
    ALONE,     /* with its wish of this round, so far */
    CONTESTED, /* others have the key that it would like, or would like it, too */
    HAS_KEY,
} state;

/* Keys are told from each other by hashes of 64 bits: two that are alike by chance are not to be
 * expected among all papers there are, and would do no harm, for one would be longer. */
typedef struct keys {
    kdbib_bibliography *list;
    const kdb_lock *lock;
    kdb_key_tables tables;
    kdb_arena arena;    /* keys with numbers behind them */
    kdb_numbers wishes; /* the first records that had, or would have liked, a key of such a hash */
    int level;
    uint64_t *hashes;  /* of each record's key or latest wish, in any case of letters */
    uint32_t *waiting; /* records without a key that is theirs alone, in order */
    uint8_t *states;   /* of each record */
    size_t count;      /* of those that wait */
} keys;

/* Keys under construction, one behind the other. */
typedef struct draft {
    const kdb_key_tables *tables;
    kdb_buffer buffer;
    size_t from;         /* where the key in hand begins */
    kdb_key_words words; /* of a text of its record */
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
    d->failed |= !kdb_key_words_of(d->tables, name.literal, 1, &d->words);
    if (d->words.count)
        kdb_buffer_add_str(&d->buffer, kdb_key_word(&d->words, 0));
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
        !kdb_key_words_of(d->tables, kdbib_record_text(record, KDBIB_TITLE), wished, &d->words);
    for (; used < d->words.count; used++)
        kdb_buffer_add_str(&d->buffer, kdb_key_word(&d->words, used));
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

/* ---- some keys ---- */

/* Keys for some records in a row. */
typedef struct drafts {
    draft keys;
    size_t ends[STEP];     /* of the keys in the buffer */
    uint64_t hashes[STEP]; /* of the keys */
    bool given[STEP];      /* the record has it already */
} drafts;

static void begin_drafts(const keys *k, drafts *made) {
    made->keys.tables = &k->tables;
    kdb_buffer_clear(&made->keys.buffer);
}

static kdbib_str add_key(drafts *made, size_t i, const kdbib_record *record, int level) {
    draft *d = &made->keys;
    make_key(d, record, level);
    made->ends[i] = d->buffer.size;
    return kdb_slice(kdb_buffer_str(&d->buffer), d->from, d->buffer.size);
}

static kdbib_str key_at(const drafts *made, size_t i) {
    size_t from = i ? made->ends[i - 1] : 0;
    return kdb_slice(kdb_buffer_str(&made->keys.buffer), from, made->ends[i]);
}

static bool drafts_are_fine(const drafts *made) {
    return !made->keys.failed && !made->keys.buffer.failed;
}

static void free_drafts(void *result) {
    drafts *made = result;
    kdb_buffer_free(&made->keys.buffer);
    kdb_key_words_free(&made->keys.words);
}

/* ---- whose key is it? ---- */

/* Numbers are found by the bytes of the hash. */
static kdbib_str bytes_of(const uint64_t *hash) {
    return (kdbib_str){(const char *)hash, sizeof *hash};
}
static bool is_hash_of(void *user, uint32_t number, kdbib_str bytes) {
    const keys *k = user;
    return memcmp(&k->hashes[number], bytes.data, bytes.size) == 0;
}

/* The record that has a key of this hash, or KDB_INDEX_NONE. */
static uint32_t owner_of(const keys *k, uint64_t hash) {
    uint32_t number = kdb_numbers_get(&k->wishes, hash, bytes_of(&hash));
    return number != KDB_INDEX_NONE && k->states[number] == HAS_KEY ? number : KDB_INDEX_NONE;
}

/* From now on the key of this hash is the record's. */
static bool settle(keys *k, uint32_t number, uint64_t hash) {
    k->hashes[number] = hash;
    k->states[number] = HAS_KEY;
    uint32_t *owner = kdb_numbers_put(&k->wishes, hash, bytes_of(&hash));
    if (owner)
        *owner = number;
    return owner != NULL;
}

static void report_twice(const keys *k, const kdbib_record *record, const kdbib_record *first,
                         kdbib_str key) {
    kdbib_source source = kdbib_record_source(record);
    if (kdb_equal_nocase(key, kdbib_record_text(first, KDBIB_KEY)))
        kdb_report(kdbib_bibliography_context(k->list), KDBIB_SEVERITY_WARNING, "duplicate-key",
                   source.file, source.line, 0,
                   "the entry in line %u has the key “%.*s” already: this one gets another",
                   kdbib_record_source(first).line, KDB_SHOW(key));
}

/* Keys from the lock stay; records without one wait. */
static bool keep_pinned(keys *k) {
    size_t all = kdbib_bibliography_count(k->list);
    bool fine = true;
    while (k->list->keyless && k->count < all) { /* nobody is touched for nothing */
        k->waiting[k->count] = (uint32_t)k->count;
        k->count++;
    }
    k->list->keyless = false; /* not for long */
    for (uint32_t i = (uint32_t)k->count; i < all && fine; i++) {
        const kdbib_record *record = kdbib_bibliography_record(k->list, i);
        kdbib_str key = kdbib_record_text(record, KDBIB_KEY);
        kdb_bibliography_pass(k->list, i, i + 1);
        uint64_t hash = kdb_hash_nocase(key);
        uint32_t owner = key.size ? owner_of(k, hash) : KDB_INDEX_NONE;
        if (owner != KDB_INDEX_NONE)
            report_twice(k, record, kdbib_bibliography_record(k->list, owner), key);
        if (key.size && owner == KDB_INDEX_NONE)
            fine = settle(k, i, hash);
        else
            k->waiting[k->count++] = i;
    }
    return fine;
}

/* ---- who would like which ---- */

static bool make_wishes(void *user, void *result, size_t from, size_t to, unsigned worker) {
    const keys *k = user;
    drafts *made = result;
    (void)worker;
    begin_drafts(k, made);
    for (size_t i = from; i < to; i++) {
        uint32_t number = k->waiting[i];
        kdbib_record *record = kdbib_bibliography_record(k->list, number);
        kdb_bibliography_fetch(k->list, number);
        kdb_record_open(record);
        kdbib_str key = add_key(made, i - from, record, k->level);
        made->hashes[i - from] = kdb_hash_nocase(key);
        made->given[i - from] =
            !kdb_record_has(record, KDBIB_KEY) && kdb_record_put_key(record, key);
    }
    return drafts_are_fine(made);
}

static bool is_in_lock(const keys *k, uint32_t number, kdbib_str key) {
    return k->lock && kdb_lock_row_count(k->lock) &&
           kdb_lock_has_key(
               k->lock, key,
               kdbib_record_text(kdbib_bibliography_record(k->list, number), KDBIB_CANONICAL_URL));
}

static bool give(keys *k, size_t number, kdbib_str key) {
    return kdbib_record_set_text(kdbib_bibliography_record(k->list, number), KDBIB_KEY, key,
                                 KDBIB_BASIS_COMPUTED);
}

/* Who waits is found by a wish of the round before, and moves on. */
static bool wish(keys *k, uint32_t number, kdbib_str key, uint64_t hash) {
    uint32_t *first = kdb_numbers_put(&k->wishes, hash, bytes_of(&hash));
    if (!first)
        return false;
    bool rival = *first != KDB_INDEX_NONE && k->states[*first] != WAITS;
    if (!rival)
        *first = number;
    else if (k->states[*first] == ALONE)
        k->states[*first] = CONTESTED;
    k->hashes[number] = hash;
    k->states[number] = rival || is_in_lock(k, number, key) ? CONTESTED : ALONE;
    return true;
}

static bool take_wishes(void *user, void *result, size_t from, size_t to) {
    keys *k = user;
    const drafts *made = result;
    bool fine = true;
    kdb_bibliography_pass(k->list, k->waiting[from], k->waiting[to]); /* which may be none */
    for (size_t i = from; i < to && fine; i++) {
        if (i + AHEAD < to)
            kdb_numbers_fetch(&k->wishes, made->hashes[i + AHEAD - from]);
        kdbib_str key = key_at(made, i - from);
        fine = wish(k, k->waiting[i], key, made->hashes[i - from]) &&
               (made->given[i - from] || give(k, k->waiting[i], key));
    }
    return fine;
}

/* Every waiting record gets the key that it would like, while it is at hand; those who are alone
 * with their wish, and most are, keep it. */
static bool one_round(keys *k) {
    const kdb_share wishes = {.count = k->count,
                              .step = STEP,
                              .size = sizeof(drafts),
                              .work = make_wishes,
                              .take = take_wishes,
                              .free_result = free_drafts,
                              .user = k};
    bool fine = kdb_share_out(&wishes, kdbib_bibliography_context(k->list)->threads);
    size_t left = 0;
    for (size_t i = 0; i < k->count; i++) {
        uint32_t number = k->waiting[i];
        bool alone = k->states[number] == ALONE;
        k->states[number] = alone ? HAS_KEY : WAITS;
        if (!alone)
            k->waiting[left++] = number;
    }
    k->count = left;
    return fine;
}

/* ---- all keys ---- */

/* The first of `wanted`x2, `wanted`x3, … that is free, in the arena; `number` is the last one that
 * was not. */
static kdbib_str numbered(keys *k, uint32_t i, kdbib_str wanted, uint32_t *number) {
    kdbib_str key = wanted;
    while (!kdb_arena_failed(&k->arena) &&
           (owner_of(k, kdb_hash_nocase(key)) != KDB_INDEX_NONE || is_in_lock(k, i, key))) {
        *number = *number == KDB_INDEX_NONE ? 2 : *number + 1;
        key = kdb_arena_format(&k->arena, "%sx%u", wanted.data, *number);
    }
    return key;
}

/* Records that nothing tells apart are numbered, the only case in which order matters. */
static bool number_the_rest(keys *k) {
    kdb_index next = {0};
    drafts one = {0};
    bool fine = true;
    for (size_t i = 0; fine && i < k->count; i++) {
        uint32_t number = k->waiting[i];
        begin_drafts(k, &one);
        kdbib_str wanted =
            kdb_arena_copy(&k->arena, add_key(&one, 0, kdbib_bibliography_record(k->list, number),
                                              LEVEL_LONG_HASH));
        uint32_t *last = kdb_index_put(&next, wanted);
        kdbib_str key = last ? numbered(k, number, wanted, last) : wanted;
        uint64_t hash = kdb_hash_nocase(key);
        fine = last && drafts_are_fine(&one) && !kdb_arena_failed(&k->arena) &&
               give(k, number, key) && settle(k, number, hash);
    }
    kdb_index_free(&next);
    free_drafts(&one);
    return fine;
}

bool kdb_assign_keys(kdbib_bibliography *bibliography, const kdb_lock *lock) {
    keys k = {.list = bibliography, .lock = lock};
    k.wishes = (kdb_numbers){.is = is_hash_of, .user = &k};
    size_t all = kdbib_bibliography_count(bibliography);
    kdb_numbers_expect(&k.wishes, all + all / 32); /* who has the key of another wishes again */
    k.hashes = calloc(all + 1, sizeof *k.hashes);
    k.waiting = calloc(all + 1, sizeof *k.waiting);
    k.states = calloc(all + 1, sizeof *k.states);
    bool fine =
        k.hashes && k.waiting && k.states && kdb_key_tables_read(&k.tables) && keep_pinned(&k);
    for (; fine && k.count && k.level < LEVEL_COUNT; k.level++)
        fine = one_round(&k);
    fine = fine && number_the_rest(&k) && !kdb_arena_failed(&k.arena);
    kdb_key_tables_free(&k.tables);
    kdb_arena_free(&k.arena);
    kdb_numbers_free(&k.wishes);
    free(k.hashes);
    free(k.waiting);
    free(k.states);
    return fine;
}
