/* words OUT.c: fills the indexes of the word tables in data/, and writes a C file that holds them
 * as constants for kdb_word_tables(). Runs at build time, so that no start of kdbib has to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "fields/tables.h"
#include "fields/word_index.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Of the arrays beside the indexes. */
typedef struct array_counts {
    size_t venues, labels, hosts;
} array_counts;

/* ---- the tables ---- */

static bool read_table(kdb_arena *arena, kdbib_str name, kdb_table *table, kdb_word_index *index) {
    return kdb_table_read(arena, kdb_embedded(name), table) &&
           kdb_word_index_init(index, arena, table->rows);
}

/* Adds every one of `words`, which are separated by semicolons. */
static bool add_words(kdb_word_index *index, kdb_arena *arena, kdbib_str words, uint32_t value) {
    size_t from = 0;
    while (from <= words.size) {
        size_t to = kdb_find_char(words, ';', from);
        to = to == SIZE_MAX ? words.size : to;
        if (!kdb_word_index_add(index, arena, kdb_slice(words, from, to), value))
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

static bool load_venues(kdb_fields *fields, array_counts *counts, kdb_arena *arena) {
    kdb_table table;
    if (!kdb_table_read(arena, kdb_embedded(KDBIB_STR("venues.csv")), &table) ||
        !kdb_word_index_init(&fields->venue_index, arena, table.rows * 2)) /* most have two names */
        return false;
    kdb_known_venue *venues = kdb_arena_array(arena, table.rows, sizeof *venues);
    if (!venues)
        return false;
    fields->venues = venues;
    counts->venues = table.rows;
    size_t abbreviations = kdb_table_column(&table, KDBIB_STR("abbreviations"));
    size_t full_name = kdb_table_column(&table, KDBIB_STR("name"));
    size_t kind = kdb_table_column(&table, KDBIB_STR("kind"));
    size_t publisher = kdb_table_column(&table, KDBIB_STR("publisher"));
    for (size_t i = 0; i < table.rows; i++) {
        kdbib_str words = kdb_table_cell(&table, i, abbreviations);
        size_t end = kdb_find_char(words, ';', 0);
        kdb_known_venue *venue = &venues[i];
        venue->full_name = kdb_table_cell(&table, i, full_name);
        venue->name = words.size ? kdb_arena_copy(arena, kdb_trim(kdb_slice(words, 0, end)))
                                 : venue->full_name;
        venue->publisher = kdb_table_cell(&table, i, publisher);
        venue->kind = kind_of(kdb_table_cell(&table, i, kind));
        if (!add_words(&fields->venue_index, arena, words, (uint32_t)i) ||
            !kdb_word_index_add(&fields->venue_index, arena, venue->full_name, (uint32_t)i))
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
static bool load_links(kdb_arena *arena, kdbib_str file, kdbib_str column, kdb_word_index *index,
                       const kdb_link_word **words, size_t *count) {
    kdb_table table;
    if (!read_table(arena, file, &table, index))
        return false;
    kdb_link_word *all = kdb_arena_array(arena, table.rows, sizeof *all);
    if (!all)
        return false;
    *words = all;
    *count = table.rows;
    size_t word = kdb_table_column(&table, column);
    size_t role = kdb_table_column(&table, KDBIB_STR("role"));
    for (size_t i = 0; i < table.rows; i++) {
        all[i] = link_word(kdb_table_cell(&table, i, role));
        if (!kdb_word_index_add(index, arena, kdb_table_cell(&table, i, word), (uint32_t)i))
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

static bool load_words(kdb_arena *arena, kdbib_str file, const char *column_name,
                       kdb_word_index *index, const word_kind *kinds, size_t count, bool joined) {
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
                if (!(joined ? kdb_word_index_join(index, arena, cell, kinds[k].value)
                             : kdb_word_index_add(index, arena, cell, kinds[k].value)))
                    return false;
            }
    }
    return true;
}

/* Of every remark of title_words the first and the last word. */
static bool load_remark_ends(kdb_fields *fields, kdb_arena *arena) {
    kdb_word_index *ends = &fields->remark_ends;
    if (!kdb_word_index_init(ends, arena, 64))
        return false;
    for (size_t i = 0; i <= fields->title_words.mask; i++) {
        const kdb_word_index_slot *slot = &fields->title_words.slots[i];
        kdbib_str key = {fields->title_words.text + slot->at, slot->size};
        if (!key.size || !(slot->value & KDB_WORD_REMARK))
            continue;
        size_t last = key.size;
        while (last && key.data[last - 1] != ' ')
            last--;
        if (!kdb_word_index_join(ends, arena, kdb_slice(key, 0, kdb_find_char(key, ' ', 0)),
                                 KDB_REMARK_BEGINS) ||
            !kdb_word_index_join(ends, arena, kdb_slice(key, last, key.size), KDB_REMARK_ENDS))
            return false;
    }
    return true;
}

static bool join_all(kdb_word_index *words, kdb_arena *arena, const kdb_word_index *more,
                     unsigned shift) {
    for (size_t i = 0; i <= more->mask; i++) {
        const kdb_word_index_slot *slot = &more->slots[i];
        kdbib_str key = {more->text + slot->at, slot->size};
        if (!kdb_word_index_join(words, arena, key, slot->value << shift))
            return false;
    }
    return true;
}

/* The first word of each key of `of`. */
static bool join_first_words(kdb_word_index *words, kdb_arena *arena, const kdb_word_index *of,
                             unsigned place) {
    for (size_t i = 0; i <= of->mask; i++) {
        const kdb_word_index_slot *slot = &of->slots[i];
        kdbib_str key = {of->text + slot->at, slot->size};
        kdbib_str first = kdb_slice(key, 0, kdb_find_char(key, ' ', 0));
        if (!kdb_word_index_join(words, arena, first, place << KDB_PLACES_SHIFT))
            return false;
    }
    return true;
}

/* What the tables say of a word, in one. */
static bool load_all_words(kdb_fields *fields, kdb_arena *arena) {
    return kdb_word_index_init(&fields->words, arena, fields->name_words.count) &&
           join_all(&fields->words, arena, &fields->name_words, 0) &&
           join_all(&fields->words, arena, &fields->title_words, KDB_TITLE_KINDS_SHIFT) &&
           join_all(&fields->words, arena, &fields->remark_ends, KDB_PLACES_SHIFT) &&
           join_first_words(&fields->words, arena, &fields->label_index, KDB_LABEL_BEGINS) &&
           join_first_words(&fields->words, arena, &fields->venue_index, KDB_VENUE_BEGINS);
}

static bool load(kdb_fields *fields, array_counts *counts, kdb_arena *arena) {
    static const word_kind name_kinds[] = {
        {"particle", KDB_WORD_PARTICLE}, {"suffix", KDB_WORD_SUFFIX},
        {"body", KDB_WORD_BODY},         {"others", KDB_WORD_OTHERS},
        {"surname", KDB_WORD_SURNAME},   {"honorific", KDB_WORD_HONORIFIC},
        {"company", KDB_WORD_COMPANY},   {"joiner", KDB_WORD_JOINER},
        {"apart", KDB_WORD_APART},   {"prefix", KDB_WORD_PARTICLE | KDB_WORD_PREFIX}};
    static const word_kind title_kinds[] = {{"function", KDB_WORD_FUNCTION},
                                            {"topic", KDB_WORD_TOPIC},
                                            {"remark", KDB_WORD_REMARK},
                                            {"venue", KDB_WORD_VENUE},
                                            {"publisher", KDB_WORD_PUBLISHER},
                                            {"list", KDB_WORD_LIST},
                                            {"span", KDB_WORD_SPAN}};
    static const word_kind field_kinds[] = {
        {"title", KDB_FIELD_LABEL_TITLE},       {"authors", KDB_FIELD_LABEL_AUTHORS},
        {"venue", KDB_FIELD_LABEL_VENUE},       {"date", KDB_FIELD_LABEL_DATE},
        {"name", KDB_FIELD_LABEL_NAME},         {"text", KDB_FIELD_LABEL_TEXT},
        {"citation", KDB_FIELD_LABEL_CITATION}, {"affiliation", KDB_FIELD_LABEL_AFFILIATION},
        {"number", KDB_FIELD_LABEL_NUMBER}};
    static const word_kind months[] = {{"1", 1}, {"2", 2},   {"3", 3},   {"4", 4},
                                       {"5", 5}, {"6", 6},   {"7", 7},   {"8", 8},
                                       {"9", 9}, {"10", 10}, {"11", 11}, {"12", 12}};
    return load_venues(fields, counts, arena) &&
           load_links(arena, KDBIB_STR("link-labels.csv"), KDBIB_STR("word"), &fields->label_index,
                      &fields->labels, &counts->labels) &&
           load_links(arena, KDBIB_STR("link-hosts.csv"), KDBIB_STR("host"), &fields->host_index,
                      &fields->hosts, &counts->hosts) &&
           load_words(arena, KDBIB_STR("name-words.csv"), "kind", &fields->name_words, name_kinds,
                      COUNT(name_kinds), true) &&
           load_words(arena, KDBIB_STR("title-words.csv"), "kind", &fields->title_words,
                      title_kinds, COUNT(title_kinds), true) &&
           load_remark_ends(fields, arena) && load_all_words(fields, arena) &&
           load_words(arena, KDBIB_STR("field-labels.csv"), "kind", &fields->field_labels,
                      field_kinds, COUNT(field_kinds), false) &&
           load_words(arena, KDBIB_STR("months.csv"), "month", &fields->months, months,
                      COUNT(months), false);
}

/* ---- writing ---- */

static void write_text(FILE *out, kdbib_str text) {
    fputs("{\"", out);
    for (size_t i = 0; i < text.size; i++)
        if (kdb_is_alnum(text.data[i]) || text.data[i] == ' ')
            fputc(text.data[i], out);
        else
            fprintf(out, "\\%03o", (unsigned char)text.data[i]);
    fprintf(out, "\", %zu}", text.size);
}

static void write_venues(FILE *out, const kdb_fields *fields, size_t count) {
    fputs("static const kdb_known_venue venues[] = {\n", out);
    for (size_t i = 0; i < count; i++) {
        const kdb_known_venue *venue = &fields->venues[i];
        fputc('{', out);
        write_text(out, venue->name);
        fputc(',', out);
        write_text(out, venue->full_name);
        fputc(',', out);
        write_text(out, venue->publisher);
        fprintf(out, ",%d},\n", (int)venue->kind);
    }
    fputs("};\n", out);
}

static void write_links(FILE *out, const char *name, const kdb_link_word *words, size_t count) {
    fprintf(out, "static const kdb_link_word %s[] = {\n", name);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "{%d,%d,%d,%d},\n", words[i].role, words[i].generic, words[i].preprint,
                words[i].search);
    fputs("};\n", out);
}

static void write_slots(FILE *out, const char *name, const kdb_word_index *index) {
    fprintf(out, "static const unsigned char %s_text[] = {", name);
    for (size_t i = 0; i < index->text_size; i++)
        fprintf(out, "%s%d,", i % 24 ? "" : "\n", (unsigned char)index->text[i]);
    fprintf(out, "};\nstatic const kdb_word_index_slot %s_slots[] = {\n", name);
    for (size_t i = 0; i <= index->mask; i++) {
        const kdb_word_index_slot *slot = &index->slots[i];
        fprintf(out, "{%u,%u,%uu,%uu},\n", (unsigned)slot->at, (unsigned)slot->size,
                (unsigned)slot->hash, (unsigned)slot->value);
    }
    fputs("};\n", out);
}

static void write_bits(FILE *out, const uint64_t *bits, size_t count) {
    fputc('{', out);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%lluu,", (unsigned long long)bits[i]);
    fputs("},", out);
}

static void write_index(FILE *out, const char *name, const kdb_word_index *index) {
    fprintf(out, ".%s = {%s_slots, (const char *)%s_text, %zu, %zu, %zu, %zu, ", name, name, name,
            index->mask, index->count, index->text_size, index->text_size);
    write_bits(out, index->begins, COUNT(index->begins));
    write_bits(out, index->outlines, COUNT(index->outlines));
    fputs("},\n", out);
}

int main(int argc, char **argv) {
    kdb_fields fields = {0};
    kdb_arena arena = {0};
    array_counts counts = {0};
    FILE *out = argc == 2 ? fopen(argv[1], "wb") : NULL;
    if (!out || !load(&fields, &counts, &arena)) {
        perror(argc == 2 ? argv[1] : "words OUT.c");
        return 1;
    }
    const struct {
        const char *name;
        const kdb_word_index *index;
    } indexes[] = {
        {"venue_index", &fields.venue_index},
        {"label_index", &fields.label_index},
        {"host_index", &fields.host_index},
        {"name_words", &fields.name_words},
        {"title_words", &fields.title_words},
        {"remark_ends", &fields.remark_ends},
        {"words", &fields.words},
        {"months", &fields.months},
        {"field_labels", &fields.field_labels},
    };
    fputs("#include \"fields/tables.h\"\n", out);
    write_venues(out, &fields, counts.venues);
    write_links(out, "labels", fields.labels, counts.labels);
    write_links(out, "hosts", fields.hosts, counts.hosts);
    for (size_t i = 0; i < COUNT(indexes); i++)
        write_slots(out, indexes[i].name, indexes[i].index);
    fputs("static const kdb_fields fields = {.venues = venues, .labels = labels, .hosts = hosts,\n",
          out);
    for (size_t i = 0; i < COUNT(indexes); i++)
        write_index(out, indexes[i].name, indexes[i].index);
    fputs("};\nconst kdb_fields *kdb_word_tables(void) {\n    return &fields;\n}\n", out);
    kdb_arena_free(&arena);
    return fclose(out) == 0 ? 0 : 1;
}
