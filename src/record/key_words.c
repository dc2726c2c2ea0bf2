/* Transliteration and stop words. */
#include "record/key_words.h"

#include <utf8proc.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"

/* No word of a key is longer. */
#define LONGEST_WORD 30

/* ---- letters ---- */

/* Appends the ASCII of one code point; false when it parts words. */
static bool add_letter(const kdb_key_tables *tables, utf8proc_int32_t c, kdb_buffer *word) {
    utf8proc_int32_t parts[32];
    int last_class = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        c, parts, 32, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
        &last_class);
    bool parting = false;
    for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t size = utf8proc_encode_char(parts[i], bytes);
        kdbib_str letter = {(const char *)bytes, size > 0 ? (size_t)size : 0};
        if (parts[i] < 0x80 && kdb_is_alnum((char)parts[i])) {
            kdb_buffer_add_char(word, (char)parts[i]);
            continue;
        }
        uint32_t known = kdb_index_get(&tables->letters, letter);
        utf8proc_category_t category = utf8proc_category(parts[i]);
        if (known != KDB_INDEX_NONE)
            kdb_buffer_add_str(word, tables->ascii[known]);
        else if (category > UTF8PROC_CATEGORY_NO || category == UTF8PROC_CATEGORY_CN)
            parting = true; /* anything but a letter, a mark, a number */
    }
    return !parting;
}

/* Reads the next code point of `text` at `*at` into `word`; false when it parts words. */
static bool next_letter(const kdb_key_tables *tables, kdbib_str text, size_t *at,
                        kdb_buffer *word) {
    char c = text.data[*at];
    if ((unsigned char)c < 0x80) {
        ++*at;
        if (kdb_is_alnum(c))
            kdb_buffer_add_char(word, kdb_to_lower(c));
        return kdb_is_alnum(c);
    }
    utf8proc_int32_t point;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + *at,
                                             (utf8proc_ssize_t)(text.size - *at), &point);
    *at += size > 0 ? (size_t)size : 1;
    return size > 0 && add_letter(tables, point, word);
}

/* Most letters are ASCII: as many of them as stand in a row. */
static size_t take_letters(kdbib_str text, size_t at, kdb_buffer *word) {
    size_t end = at;
    while (end < text.size && kdb_is_alnum(text.data[end]))
        end++;
    if (end > at && kdb_buffer_reserve(word, end - at)) {
        for (; at < end; at++)
            word->data[word->size++] = kdb_to_lower(text.data[at]);
        word->data[word->size] = '\0';
    }
    return end;
}

void kdb_key_squeeze(const kdb_key_tables *tables, kdbib_str text, size_t most, kdb_buffer *key) {
    size_t from = key->size;
    for (size_t at = 0; at < text.size && key->size - from < most && !key->failed;) {
        at = take_letters(kdb_slice(text, 0, at + most), at, key);
        if (at < text.size && key->size - from < most)
            next_letter(tables, text, &at, key);
    }
    if (key->size - from > most) {
        key->size = from + most;
        key->data[key->size] = '\0';
    }
}

/* ---- words ---- */

void kdb_key_words_free(kdb_key_words *words) {
    kdb_buffer_free(&words->word);
}

kdbib_str kdb_key_word(const kdb_key_words *words, size_t i) {
    size_t from = i ? words->ends[i - 1] : 0;
    return (kdbib_str){words->text + from, words->ends[i] - from};
}

static void add_word(const kdb_key_tables *tables, kdbib_str word, kdb_key_words *words) {
    size_t at = words->count ? words->ends[words->count - 1] : 0;
    word = kdb_slice(word, 0, LONGEST_WORD);
    if (!word.size || kdb_index_get(&tables->stop_words, word) != KDB_INDEX_NONE ||
        at + word.size > sizeof words->text)
        return;
    memcpy(words->text + at, word.data, word.size);
    words->ends[words->count++] = at + word.size;
}

bool kdb_key_words_of(const kdb_key_tables *tables, kdbib_str text, size_t most,
                      kdb_key_words *words) {
    kdb_buffer *word = &words->word;
    kdb_buffer_clear(word);
    words->count = 0;
    for (size_t at = 0; at < text.size && words->count < most && !word->failed;) {
        at = take_letters(text, at, word);
        if (at == text.size)
            break;
        size_t before = at;
        if (next_letter(tables, text, &at, word))
            continue;
        if (word->size == 1 && text.data[before] == '-')
            continue;
        add_word(tables, kdb_buffer_str(word), words);
        kdb_buffer_clear(word);
    }
    if (words->count < most)
        add_word(tables, kdb_buffer_str(word), words);
    return !word->failed;
}

/* ---- tables ---- */

static bool read_letters(kdb_key_tables *tables) {
    kdb_table table;
    if (!kdb_table_read(&tables->arena, kdb_embedded(KDBIB_STR("transliteration.csv")), &table))
        return false;
    size_t letter = kdb_table_column(&table, KDBIB_STR("letter")),
           ascii = kdb_table_column(&table, KDBIB_STR("ascii"));
    tables->ascii = kdb_arena_array(&tables->arena, table.rows + 1, sizeof *tables->ascii);
    for (size_t i = 0; tables->ascii && i < table.rows; i++) {
        tables->ascii[i] = kdb_table_cell(&table, i, ascii);
        uint32_t *number = kdb_index_put(&tables->letters, kdb_table_cell(&table, i, letter));
        if (!number)
            return false;
        *number = (uint32_t)i;
    }
    return tables->ascii != NULL;
}

static bool read_stop_words(kdb_key_tables *tables) {
    kdb_table table;
    if (!kdb_table_read(&tables->arena, kdb_embedded(KDBIB_STR("stop-words.csv")), &table))
        return false;
    size_t column = kdb_table_column(&table, KDBIB_STR("word"));
    kdb_buffer word = {0};
    bool fine = kdb_index_reserve(&tables->stop_words, table.rows);
    for (size_t i = 0; fine && i < table.rows; i++) {
        kdb_buffer_clear(&word);
        kdb_key_squeeze(tables, kdb_table_cell(&table, i, column), LONGEST_WORD, &word);
        uint32_t *number = kdb_index_put(&tables->stop_words,
                                         kdb_arena_copy(&tables->arena, kdb_buffer_str(&word)));
        fine = number && !word.failed;
        if (fine)
            *number = (uint32_t)i;
    }
    kdb_buffer_free(&word);
    return fine;
}

bool kdb_key_tables_read(kdb_key_tables *tables) {
    *tables = (kdb_key_tables){0};
    return read_letters(tables) && read_stop_words(tables) && !kdb_arena_failed(&tables->arena);
}

void kdb_key_tables_free(kdb_key_tables *tables) {
    kdb_index_free(&tables->letters);
    kdb_index_free(&tables->stop_words);
    kdb_arena_free(&tables->arena);
}
