/* Sections: what the words of headings say, headings and bullets that are headings as steps. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "fields/word_index.h"
#include "readme/reader.h"

/* In the index, beside the meaning: the words must be the whole heading. */
#define WHOLE 64u

static void note_byte(kdb_section_words *words, char byte, unsigned char place) {
    words->citing_bytes[(unsigned char)byte] |= place;
    words->citing_bytes[(unsigned char)kdb_to_lower(byte)] |= place;
    if (kdb_is_lower(byte))
        words->citing_bytes[byte - 'a' + 'A'] |= place;
}

bool kdb_section_words_read(kdb_section_words *all) {
    static const struct {
        const char *word;
        kdb_section_about about;
    } meanings[] = {{"nothing", KDB_ABOUT_NOTHING},
                    {"paper", KDB_ABOUT_PAPERS},
                    {"software", KDB_ABOUT_SOFTWARE},
                    {"dataset", KDB_ABOUT_DATASETS},
                    {"webpage", KDB_ABOUT_WEB_PAGES}};
    kdb_table table;
    if (!kdb_table_read(&all->arena, kdb_embedded(KDBIB_STR("section-words.csv")), &table) ||
        !kdb_word_index_init(&all->about, &all->arena, table.rows))
        return false;
    size_t words = kdb_table_column(&table, KDBIB_STR("words")),
           about = kdb_table_column(&table, KDBIB_STR("about")),
           match = kdb_table_column(&table, KDBIB_STR("match"));
    for (size_t row = 0; row < table.rows; row++)
        for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
            if (kdbib_str_equal(kdb_table_cell(&table, row, about),
                                kdbib_str_of(meanings[i].word)) &&
                !kdb_word_index_add(
                    &all->about, &all->arena, kdb_table_cell(&table, row, words),
                    meanings[i].about |
                        (kdbib_str_equal(kdb_table_cell(&table, row, match), KDBIB_STR("whole"))
                             ? WHOLE
                             : 0u)))
                return false;
    kdb_table citing;
    if (!kdb_table_read(&all->arena, kdb_embedded(KDBIB_STR("citing-words.csv")), &citing))
        return false;
    kdbib_str *list = kdb_arena_array(&all->arena, citing.rows + 1, sizeof *list);
    if (!list)
        return false;
    size_t column = kdb_table_column(&citing, KDBIB_STR("words"));
    for (size_t row = 0; row < citing.rows; row++) {
        kdbib_str text = kdb_table_cell(&citing, row, column);
        if (text.size < 2)
            continue;
        list[all->citing_count++] = text;
        note_byte(all, text.data[0], KDB_CITING_FIRST);
        note_byte(all, text.data[1], KDB_CITING_SECOND);
    }
    all->citing = list;
    return true;
}

bool kdb_asks_to_cite(kdb_reader *reader, const kdb_block *block) {
    if (!block || block->kind != KDB_BLOCK_PARAGRAPH)
        return false;
    const kdb_section_words *words = reader->words;
    kdbib_str text = kdb_slice(kdb_block_text(reader, block), 0, 400);
    for (size_t at = 0; at + 1 < text.size; at++) {
        if (!(words->citing_bytes[(unsigned char)text.data[at]] & KDB_CITING_FIRST) ||
            !(words->citing_bytes[(unsigned char)text.data[at + 1]] & KDB_CITING_SECOND) ||
            (at && kdb_is_alpha(text.data[at - 1]) && kdb_is_alpha(text.data[at])))
            continue;
        for (size_t i = 0; i < words->citing_count; i++)
            if (kdb_starts_with_nocase(kdb_slice(text, at, text.size), words->citing[i]))
                return true;
    }
    return false;
}

static bool begins_character(char c) {
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* Words of a heading that say what is below it must end it: "Tools for Soup", "Soup tutorials 2"
 * against "Dataset distillation", which is a topic. `rest`: the words behind them. */
static bool is_topic(const kdb_reader *reader, kdbib_str words, kdbib_str rest) {
    rest = kdb_trim(rest);
    if (rest.size == 0 || (unsigned char)words.data[0] >= 0x80 || words.data[words.size - 1] == 's')
        return false;
    size_t end = kdb_find_char(rest, ' ', 0);
    kdbib_str next = kdb_slice(rest, 0, end);
    uint32_t kinds = kdb_word_index_find_key(&reader->fields->title_words, next);
    return !kdb_is_digit(next.data[0]) &&
           !(kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_FUNCTION)) &&
           kdb_word_index_find_key(&reader->words->about, rest) == KDB_NOT_FOUND;
}

/* "System and Tutorial": one half of the heading says nothing. */
static bool is_half(const kdb_reader *reader, kdbib_str key,
                    kdb_section_about (*of)(const kdb_reader *, kdbib_str)) {
    size_t at = kdb_find(key, KDBIB_STR(" and "), 0);
    if (at == SIZE_MAX)
        return false;
    return of(reader, kdb_slice(key, 0, at)) == KDB_ABOUT_UNKNOWN ||
           of(reader, kdb_slice(key, at + 5, key.size)) == KDB_ABOUT_UNKNOWN;
}

/* The whole heading, or words in it. "Nothing" must be all of it: "Contents of memory" is a topic.
 */
static kdb_section_about about_of(const kdb_reader *reader, kdbib_str title) {
    char buffer[KDB_KEY_SIZE];
    kdbib_str key = kdb_word_key(title, buffer);
    while (key.size && (kdb_is_digit(key.data[0]) || key.data[0] == ' '))
        key = kdb_slice(key, 1, key.size);
    uint32_t whole = kdb_word_index_find_key(&reader->words->about, key), found = KDB_NOT_FOUND;
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
            uint32_t value =
                kdb_word_index_find_key(&reader->words->about, kdb_slice(key, from, to));
            if (value == KDB_NOT_FOUND || (value & WHOLE))
                continue;
            if (value == KDB_ABOUT_PAPERS)
                return KDB_ABOUT_PAPERS;
            if (!is_topic(reader, kdb_slice(key, from, to), kdb_slice(key, to, key.size)))
                found = value;
        }
    }
    if (found == KDB_NOT_FOUND || is_half(reader, key, about_of))
        return KDB_ABOUT_UNKNOWN;
    return (kdb_section_about)found;
}

bool kdb_heading_is_about(const kdb_reader *reader, kdbib_str title) {
    return about_of(reader, title) != KDB_ABOUT_UNKNOWN;
}

/* A section of the pieces before goes on when those of this piece are closed. */
static void close(kdb_reader *reader, unsigned level) {
    while (reader->section_count && reader->sections[reader->section_count - 1]->level >= level)
        reader->section_count--;
    if (level < reader->lowest_level)
        reader->lowest_level = level;
}

void kdb_section_close(kdb_reader *reader, unsigned level) {
    kdb_step *step = kdb_step_add(&reader->steps, reader->arena, KDB_STEP_CLOSE);
    if (step)
        step->level = level;
    close(reader, level);
}

/* "Before 2021", "Since 2018": no year of what is below. */
static bool says_a_span(const kdb_reader *reader, kdbib_str title) {
    size_t end = 0;
    while (end < title.size && kdb_is_alpha(title.data[end]))
        end++;
    uint32_t kinds =
        end ? kdb_word_index_find(&reader->fields->title_words, kdb_slice(title, 0, end))
            : KDB_NOT_FOUND;
    return kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_SPAN);
}

/* "CVPR 2021 papers", "ICRA2020-paper-list": where and when they appeared. */
static void take_venue_in_front(kdb_reader *reader, kdb_heading *heading) {
    size_t end = 0;
    while (end < heading->title.size && !kdb_is_digit(heading->title.data[end]))
        end++;
    kdb_venue venue;
    unsigned score = end && end + 4 < heading->title.size
                         ? kdb_score_venue(reader, kdb_slice(heading->title, 0, end + 4), &venue)
                         : 0;
    if (score >= 90 && venue.known && venue.date.year) {
        heading->venue = venue;
        heading->venue_score = score;
    }
}

void kdb_section_open(kdb_reader *reader, unsigned level, kdbib_str title) {
    title = kdb_trim(kdb_without_emoji(reader->arena, title));
    if (title.size == 0 || reader->section_count == KDB_DEEPEST_SECTION) {
        kdb_section_close(reader, level);
        return;
    }
    close(reader, level);
    kdb_step *step = kdb_step_add(&reader->steps, reader->arena, KDB_STEP_OPEN);
    kdb_heading *heading = kdb_arena_array(reader->arena, 1, sizeof *heading);
    if (!step || !heading) {
        reader->failed = true;
        return;
    }
    heading->title = title;
    heading->level = level;
    heading->about = about_of(reader, title);
    heading->venue_score = kdb_score_venue(reader, title, &heading->venue);
    if (heading->venue_score < 90 && heading->about == KDB_ABOUT_PAPERS)
        take_venue_in_front(reader, heading);
    if (says_a_span(reader, title)) {
        heading->venue = (kdb_venue){0};
        heading->venue_score = 0;
    }
    step->heading = heading;
    reader->sections[reader->section_count++] = heading;
}

bool kdb_section_is_nothing(kdb_reader *reader) {
    if (reader->section_count)
        return reader->sections[reader->section_count - 1]->about == KDB_ABOUT_NOTHING;
    kdb_levels bit = (kdb_levels)1 << reader->lowest_level;
    reader->asked |= bit;
    return (reader->nothing & bit) != 0;
}
