/* Loads the word tables of data/ and looks words up in them. */
#include "fields/tables.h"

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "library/context.h"

/* ---- keys ---- */

/* What an ASCII character is in a key; 0: it parts words. */
static const char key_chars[128 + 1] = /* a row has 32 */
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\0\0\0#\0\0\0\0\0\0\0+\0\0\0\0"
    "0123456789\0\0\0\0\0\0"
    "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"
    "\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0";

static inline char key_char(char c) {
    return (unsigned char)c < 0x80 ? key_chars[(unsigned char)c] : c;
}

kdbib_str kdb_word_key(kdbib_str text, char buffer[KDB_KEY_SIZE]) {
    size_t size = 0;
    bool gap = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = key_char(text.data[i]);
        if (!c) {
            gap = size > 0;
            continue;
        }
        if (size + 2 >= KDB_KEY_SIZE)
            return KDBIB_STR("");
        if (gap)
            buffer[size++] = ' ';
        gap = false;
        buffer[size++] = c;
    }
    return (kdbib_str){buffer, size};
}

/* ---- the index ---- */

/* The bit for the first three characters of the first word; the same for a text and its key. */
static unsigned beginning(kdbib_str text) {
    size_t at = 0;
    unsigned sum = 0;
    while (at < text.size && !key_char(text.data[at]))
        at++;
    for (size_t end = at + 3; at < end && at < text.size && key_char(text.data[at]); at++)
        sum = sum * 41 + (unsigned char)key_char(text.data[at]);
    return sum % (64 * 64);
}

static bool may_hold(const kdb_index *index, kdbib_str text) {
    unsigned bit = beginning(text);
    return index->begins[bit / 64] >> bit % 64 & 1;
}

bool kdb_index_init(kdb_index *index, kdb_arena *arena, size_t count) {
    size_t slots = 16;
    while (slots < count * 2)
        slots *= 2;
    index->slots = kdb_arena_array(arena, slots, sizeof *index->slots);
    index->mask = slots - 1;
    index->count = 0;
    memset(index->begins, 0, sizeof index->begins);
    return index->slots != NULL;
}

/* The slot that holds `key`, or the free one where it belongs. */
static kdb_index_slot *slot_of(const kdb_index *index, kdbib_str key, uint32_t hash) {
    size_t at = hash & index->mask;
    while (index->slots[at].key.data &&
           (index->slots[at].hash != hash || !kdbib_str_equal(index->slots[at].key, key)))
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

static bool grow(kdb_index *index, kdb_arena *arena) {
    kdb_index bigger;
    if (!kdb_index_init(&bigger, arena, index->mask + 1))
        return false;
    for (size_t i = 0; i <= index->mask; i++)
        if (index->slots[i].key.data)
            *slot_of(&bigger, index->slots[i].key, index->slots[i].hash) = index->slots[i];
    index->slots = bigger.slots;
    index->mask = bigger.mask;
    return true;
}

bool kdb_index_add(kdb_index *index, kdb_arena *arena, kdbib_str key, uint32_t value) {
    char buffer[KDB_KEY_SIZE];
    key = kdb_word_key(key, buffer);
    if (!key.size)
        return true;
    if (index->count * 2 > index->mask && !grow(index, arena))
        return false;
    uint32_t hash = (uint32_t)kdb_hash(key);
    kdb_index_slot *slot = slot_of(index, key, hash);
    if (slot->key.data)
        return true;
    *slot = (kdb_index_slot){kdb_arena_copy(arena, key), hash, value};
    index->count++;
    unsigned bit = beginning(key);
    index->begins[bit / 64] |= (uint64_t)1 << bit % 64;
    return !kdb_arena_failed(arena);
}

static uint32_t find_key(const kdb_index *index, kdbib_str key) {
    if (!key.size || !index->slots)
        return KDB_NOT_FOUND;
    const kdb_index_slot *slot = slot_of(index, key, (uint32_t)kdb_hash(key));
    return slot->key.data ? slot->value : KDB_NOT_FOUND;
}

uint32_t kdb_index_find_key(const kdb_index *index, kdbib_str key) {
    return may_hold(index, key) ? find_key(index, key) : KDB_NOT_FOUND;
}

uint32_t kdb_index_find(const kdb_index *index, kdbib_str text) {
    char buffer[KDB_KEY_SIZE];
    return may_hold(index, text) ? find_key(index, kdb_word_key(text, buffer)) : KDB_NOT_FOUND;
}

/* Joins bits to the value of a word, which need not be there yet. */
static bool join_value(kdb_index *index, kdb_arena *arena, kdbib_str text, uint32_t bits) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(text, buffer);
    kdb_index_slot *slot = slot_of(index, key, (uint32_t)kdb_hash(key));
    if (!slot->key.data)
        return kdb_index_add(index, arena, text, bits);
    slot->value |= bits;
    return true;
}

/* ---- the tables ---- */

static bool read_table(kdb_arena *arena, kdbib_str name, kdb_table *table, kdb_index *index) {
    return kdb_table_read(arena, kdb_embedded(name), table) &&
           kdb_index_init(index, arena, table->rows);
}

/* Adds every one of `words`, which are separated by semicolons. */
static bool add_words(kdb_index *index, kdb_arena *arena, kdbib_str words, uint32_t value) {
    size_t from = 0;
    while (from <= words.size) {
        size_t to = kdb_find_char(words, ';', from);
        to = to == SIZE_MAX ? words.size : to;
        if (!kdb_index_add(index, arena, kdb_slice(words, from, to), value))
            return false;
        from = to + 1;
    }
    return true;
}

static kdb_venue_kind kind_of(kdbib_str word) {
    static const struct {
        const char *word;
        kdb_venue_kind kind;
    } kinds[] = {{"conference", KDB_VENUE_CONFERENCE},
                 {"workshop", KDB_VENUE_WORKSHOP},
                 {"journal", KDB_VENUE_JOURNAL},
                 {"preprint", KDB_VENUE_PREPRINT},
                 {"book", KDB_VENUE_BOOK}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kdbib_str_equal(word, kdbib_str_of(kinds[i].word)))
            return kinds[i].kind;
    return KDB_VENUE_UNKNOWN;
}

static bool load_venues(kdb_fields *fields, kdb_arena *arena) {
    kdb_table table;
    if (!kdb_table_read(arena, kdb_embedded(KDBIB_STR("venues.csv")), &table) ||
        !kdb_index_init(&fields->venue_index, arena, table.rows * 2)) /* most have two names */
        return false;
    fields->venues = kdb_arena_array(arena, table.rows, sizeof *fields->venues);
    if (!fields->venues)
        return false;
    size_t abbreviations = kdb_table_column(&table, KDBIB_STR("abbreviations"));
    size_t full_name = kdb_table_column(&table, KDBIB_STR("name"));
    size_t kind = kdb_table_column(&table, KDBIB_STR("kind"));
    size_t publisher = kdb_table_column(&table, KDBIB_STR("publisher"));
    for (size_t i = 0; i < table.rows; i++) {
        kdbib_str words = kdb_table_cell(&table, i, abbreviations);
        size_t end = kdb_find_char(words, ';', 0);
        kdb_known_venue *venue = &fields->venues[i];
        venue->full_name = kdb_table_cell(&table, i, full_name);
        venue->name = words.size ? kdb_arena_copy(arena, kdb_trim(kdb_slice(words, 0, end)))
                                 : venue->full_name;
        venue->publisher = kdb_table_cell(&table, i, publisher);
        venue->kind = kind_of(kdb_table_cell(&table, i, kind));
        if (!add_words(&fields->venue_index, arena, words, (uint32_t)i) ||
            !kdb_index_add(&fields->venue_index, arena, venue->full_name, (uint32_t)i))
            return false;
    }
    return true;
}

static kdb_link_word link_word(kdbib_str role) {
    kdb_link_word word = {.role = KDBIB_ROLE_COUNT};
    for (int i = 0; i < KDBIB_ROLE_COUNT; i++)
        if (kdbib_str_equal(role, kdbib_str_of(kdbib_role_name((kdbib_role)i))))
            word.role = (uint8_t)i;
    if (kdbib_str_equal(role, KDBIB_STR("preprint"))) {
        word.role = KDBIB_LINK_PAPER;
        word.preprint = true;
    } else if (kdbib_str_equal(role, KDBIB_STR("search"))) {
        word.role = KDBIB_LINK_OTHER;
        word.search = true;
    } else if (word.role == KDBIB_ROLE_COUNT) {
        word.generic = kdbib_str_equal(role, KDBIB_STR("generic"));
    }
    return word;
}

/* link-labels.csv and link-hosts.csv: a word (or host) and its role. */
static bool load_links(kdb_arena *arena, kdbib_str file, kdbib_str column, kdb_index *index,
                       kdb_link_word **words) {
    kdb_table table;
    if (!read_table(arena, file, &table, index))
        return false;
    *words = kdb_arena_array(arena, table.rows, sizeof **words);
    if (!*words)
        return false;
    size_t word = kdb_table_column(&table, column);
    size_t role = kdb_table_column(&table, KDBIB_STR("role"));
    for (size_t i = 0; i < table.rows; i++) {
        (*words)[i] = link_word(kdb_table_cell(&table, i, role));
        if (!kdb_index_add(index, arena, kdb_table_cell(&table, i, word), (uint32_t)i))
            return false;
    }
    return true;
}

/* A table of words and their kinds, each kind a number. `joined`: the kinds are bits, and those of
 * several rows of one word are joined. */
typedef struct word_kind {
    const char *kind;
    uint32_t value;
} word_kind;

static bool load_words(kdb_arena *arena, kdbib_str file, const char *column_name, kdb_index *index,
                       const word_kind *kinds, size_t count, bool joined) {
    kdb_table table;
    if (!read_table(arena, file, &table, index))
        return false;
    size_t word = kdb_table_column(&table, KDBIB_STR("word"));
    size_t column = kdb_table_column(&table, kdbib_str_of(column_name));
    for (size_t i = 0; i < table.rows; i++) {
        kdbib_str kind = kdb_table_cell(&table, i, column);
        for (size_t k = 0; k < count; k++)
            if (kdbib_str_equal(kind, kdbib_str_of(kinds[k].kind))) {
                kdbib_str cell = kdb_table_cell(&table, i, word);
                if (!(joined ? join_value(index, arena, cell, kinds[k].value)
                             : kdb_index_add(index, arena, cell, kinds[k].value)))
                    return false;
            }
    }
    return true;
}

/* Of every remark of title_words the first and the last word. */
static bool load_remark_ends(kdb_fields *fields, kdb_arena *arena) {
    kdb_index *ends = &fields->remark_ends;
    if (!kdb_index_init(ends, arena, 64))
        return false;
    for (size_t i = 0; i <= fields->title_words.mask; i++) {
        kdbib_str key = fields->title_words.slots[i].key;
        if (!key.data || !(fields->title_words.slots[i].value & KDB_WORD_REMARK))
            continue;
        size_t last = key.size;
        while (last && key.data[last - 1] != ' ')
            last--;
        if (!join_value(ends, arena, kdb_slice(key, 0, kdb_find_char(key, ' ', 0)),
                        KDB_REMARK_BEGINS) ||
            !join_value(ends, arena, kdb_slice(key, last, key.size), KDB_REMARK_ENDS))
            return false;
    }
    return true;
}

static bool load(kdb_fields *fields, kdb_arena *arena) {
    static const word_kind name_kinds[] = {{"particle", KDB_WORD_PARTICLE},
                                           {"suffix", KDB_WORD_SUFFIX},
                                           {"body", KDB_WORD_BODY},
                                           {"others", KDB_WORD_OTHERS},
                                           {"surname", KDB_WORD_SURNAME},
                                           {"honorific", KDB_WORD_HONORIFIC},
                                           {"company", KDB_WORD_COMPANY},
                                           {"joiner", KDB_WORD_JOINER},
                                           {"prefix", KDB_WORD_PARTICLE | KDB_WORD_PREFIX}};
    static const word_kind title_kinds[] = {
        {"function", KDB_WORD_FUNCTION},   {"topic", KDB_WORD_TOPIC},
        {"remark", KDB_WORD_REMARK},       {"venue", KDB_WORD_VENUE},
        {"publisher", KDB_WORD_PUBLISHER}, {"list", KDB_WORD_LIST}};
    static const word_kind field_kinds[] = {
        {"title", KDB_FIELD_LABEL_TITLE},       {"authors", KDB_FIELD_LABEL_AUTHORS},
        {"venue", KDB_FIELD_LABEL_VENUE},       {"date", KDB_FIELD_LABEL_DATE},
        {"name", KDB_FIELD_LABEL_NAME},         {"text", KDB_FIELD_LABEL_TEXT},
        {"citation", KDB_FIELD_LABEL_CITATION}, {"affiliation", KDB_FIELD_LABEL_AFFILIATION},
        {"number", KDB_FIELD_LABEL_NUMBER}};
    static const word_kind months[] = {{"1", 1}, {"2", 2},   {"3", 3},   {"4", 4},
                                       {"5", 5}, {"6", 6},   {"7", 7},   {"8", 8},
                                       {"9", 9}, {"10", 10}, {"11", 11}, {"12", 12}};
#define COUNT(array) (sizeof(array) / sizeof *(array))
    return load_venues(fields, arena) &&
           load_links(arena, KDBIB_STR("link-labels.csv"), KDBIB_STR("word"), &fields->label_index,
                      &fields->labels) &&
           load_links(arena, KDBIB_STR("link-hosts.csv"), KDBIB_STR("host"), &fields->host_index,
                      &fields->hosts) &&
           load_words(arena, KDBIB_STR("name-words.csv"), "kind", &fields->name_words, name_kinds,
                      COUNT(name_kinds), true) &&
           load_words(arena, KDBIB_STR("title-words.csv"), "kind", &fields->title_words,
                      title_kinds, COUNT(title_kinds), true) &&
           load_remark_ends(fields, arena) &&
           load_words(arena, KDBIB_STR("field-labels.csv"), "kind", &fields->field_labels,
                      field_kinds, COUNT(field_kinds), false) &&
           load_words(arena, KDBIB_STR("months.csv"), "month", &fields->months, months,
                      COUNT(months), false);
}

const kdb_fields *kdb_fields_of(kdbib *context) {
    if (!context->fields) {
        kdb_fields *fields = kdb_arena_array(&context->arena, 1, sizeof *fields);
        if (!fields || !load(fields, &context->arena))
            return NULL;
        context->fields = fields;
    }
    return context->fields;
}
