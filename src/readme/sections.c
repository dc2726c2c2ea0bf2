/* Sections: headings, and bullets that are headings. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "readme/reader.h"

/* In the index, beside the meaning: the words must be the whole heading. */
#define WHOLE 64u

bool kdb_section_words_read(kdb_reader *reader) {
    static const struct {
        const char *word;
        kdb_section_about about;
    } meanings[] = {{"nothing", KDB_ABOUT_NOTHING},
                    {"paper", KDB_ABOUT_PAPERS},
                    {"software", KDB_ABOUT_SOFTWARE},
                    {"dataset", KDB_ABOUT_DATASETS},
                    {"webpage", KDB_ABOUT_WEB_PAGES}};
    kdb_table table;
    if (!kdb_table_read(&reader->words, kdb_embedded(KDBIB_STR("section-words.csv")), &table) ||
        !kdb_index_init(&reader->section_words, &reader->words, table.rows))
        return false;
    size_t words = kdb_table_column(&table, KDBIB_STR("words")),
           about = kdb_table_column(&table, KDBIB_STR("about")),
           match = kdb_table_column(&table, KDBIB_STR("match"));
    for (size_t row = 0; row < table.rows; row++)
        for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
            if (kdbib_str_equal(kdb_table_cell(&table, row, about),
                                kdbib_str_of(meanings[i].word)) &&
                !kdb_index_add(
                    &reader->section_words, &reader->words, kdb_table_cell(&table, row, words),
                    meanings[i].about |
                        (kdbib_str_equal(kdb_table_cell(&table, row, match), KDBIB_STR("whole"))
                             ? WHOLE
                             : 0u)))
                return false;
    kdb_table citing;
    if (!kdb_table_read(&reader->words, kdb_embedded(KDBIB_STR("citing-words.csv")), &citing))
        return false;
    kdbib_str *list = kdb_arena_array(&reader->words, citing.rows + 1, sizeof *list);
    if (!list)
        return false;
    for (size_t row = 0; row < citing.rows; row++)
        list[row] = kdb_table_cell(&citing, row, kdb_table_column(&citing, KDBIB_STR("words")));
    reader->citing_words = list;
    reader->citing_word_count = citing.rows;
    return true;
}

bool kdb_asks_to_cite(kdb_reader *reader, const kdb_block *block) {
    if (!block || block->kind != KDB_BLOCK_PARAGRAPH)
        return false;
    kdbib_str text = kdb_block_text(reader, block);
    text = kdb_slice(text, 0, 400);
    for (size_t at = 0; at < text.size; at++) {
        if (at && kdb_is_alpha(text.data[at - 1]) && kdb_is_alpha(text.data[at]))
            continue;
        for (size_t i = 0; i < reader->citing_word_count; i++)
            if (reader->citing_words[i].size &&
                kdb_to_lower(text.data[at]) == kdb_to_lower(reader->citing_words[i].data[0]) &&
                kdb_starts_with_nocase(kdb_slice(text, at, text.size), reader->citing_words[i]))
                return true;
    }
    return false;
}

static bool begins_character(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* The whole heading, or words in it. "Nothing" must be all of it: "Contents of memory" is a topic.
 */
static kdb_section_about about_of(const kdb_reader *reader, kdbib_str title) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(title, buffer);
    while (key.size && (kdb_is_digit(key.data[0]) || key.data[0] == ' '))
        key = kdb_slice(key, 1, key.size);
    uint32_t whole = kdb_index_find_key(&reader->section_words, key), found = KDB_NOT_FOUND;
    if (whole != KDB_NOT_FOUND)
        return (kdb_section_about)(whole & ~WHOLE);
    for (size_t from = 0; from < key.size; from++) {
        bool ascii = (unsigned char)key.data[from] < 0x80;
        if (!begins_character(key.data[from]) || (ascii && from && key.data[from - 1] != ' ' &&
                                                  (unsigned char)key.data[from - 1] < 0x80))
            continue;
        for (size_t to = from + 2; to <= key.size && to - from < 32; to++) {
            if (to < key.size &&
                (!begins_character(key.data[to]) ||
                 ((unsigned char)key.data[to] < 0x80 && key.data[to] != ' ' && ascii)))
                continue;
            uint32_t value = kdb_index_find_key(&reader->section_words, kdb_slice(key, from, to));
            if (value == KDB_NOT_FOUND || (value & WHOLE))
                continue;
            if (value == KDB_ABOUT_PAPERS)
                return KDB_ABOUT_PAPERS;
            found = value;
        }
    }
    return found == KDB_NOT_FOUND ? KDB_ABOUT_UNKNOWN : (kdb_section_about)found;
}

void kdb_section_close(kdb_reader *reader, unsigned level) {
    while (reader->section_count && reader->sections[reader->section_count - 1].level >= level) {
        const kdb_open_section *open = &reader->sections[--reader->section_count];
        /* most of them are, or none is anything else */
        bool most = open->papers * 2 >= open->entries;
        bool alike = open->papers * 4 >= open->entries &&
                     (open->papers + open->doubtful_count) * 10 >= open->entries * 9;
        if (open->entries < 4 || (!most && !alike))
            continue;
        for (uint32_t i = 0; i < open->doubtful_count; i++) {
            kdbib_record_set_not_paper(open->doubtful[i], false);
            kdbib_record_set_type(open->doubtful[i], KDBIB_TYPE_DOCUMENT, KDBIB_BASIS_LIST);
            reader->papers++;
        }
    }
}

void kdb_section_doubt(kdb_reader *reader, kdbib_record *record) {
    if (reader->section_count == 0)
        return;
    kdb_open_section *open = &reader->sections[reader->section_count - 1];
    if (open->doubtful_count == open->doubtful_capacity) {
        uint32_t capacity = open->doubtful_capacity ? open->doubtful_capacity * 2 : 16;
        kdbib_record **more = kdb_arena_array(&reader->words, capacity, sizeof *more);
        if (!more) {
            reader->failed = true;
            return;
        }
        if (open->doubtful_count)
            memcpy(more, open->doubtful, open->doubtful_count * sizeof *more);
        open->doubtful = more;
        open->doubtful_capacity = capacity;
    }
    open->doubtful[open->doubtful_count++] = record;
}

void kdb_section_open(kdb_reader *reader, unsigned level, kdbib_str title) {
    kdb_section_close(reader, level);
    title = kdb_trim(kdb_without_emoji(reader->arena, title));
    if (title.size == 0 || reader->section_count == KDB_DEEPEST_SECTION)
        return;
    const kdb_open_section *parent = kdb_section_now(reader);
    kdbib_section *section = kdbib_bibliography_add_section(
        reader->bibliography, parent ? parent->section : NULL, level, title);
    if (!section) {
        reader->failed = true;
        return;
    }
    if (level == 1) {
        if (reader->level_1_headings++ == 0 && reader->entries == 0 && !parent)
            reader->document_title = section;
    }
    kdb_open_section *open = &reader->sections[reader->section_count++];
    *open = (kdb_open_section){.section = section, .level = level};
    open->about = level == 1 ? KDB_ABOUT_UNKNOWN : about_of(reader, title);
    open->venue_score = kdb_score_venue(reader, title, &open->venue);
}

const kdb_open_section *kdb_section_now(const kdb_reader *reader) {
    return reader->section_count ? &reader->sections[reader->section_count - 1] : NULL;
}

bool kdb_section_is_nothing(const kdb_reader *reader) {
    const kdb_open_section *now = kdb_section_now(reader);
    return now && now->about == KDB_ABOUT_NOTHING;
}
