/* Long jsonl is read in windows, by several threads: nothing tells where one ended. */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "base/buffer.h"
#include "kdbib/kdbib.h"

enum { LINES = 3000, LONG_LINE = 1500, LONG_SIZE = 700000 };

static const char *ending_of(unsigned line) {
    return line % 3 ? "\n" : " \n";
}

static bool is_blank(unsigned line) {
    return line % 11 == 10;
}
static bool is_broken(unsigned line) {
    return line % 7 == 6 && !is_blank(line);
}

/* Lines of some 400 bytes, one much longer than a window; broken ones, blank ones, records that say
 * where they come from, and records that were united from two, the second of which stood behind
 * the next record. */
static void add_line(kdb_buffer *text, unsigned line) {
    char start[256];
    if (is_blank(line)) {
        kdb_buffer_add_str(text, KDBIB_STR("\n"));
        return;
    }
    snprintf(start, sizeof start,
             "{\"title\":\"Stones %u of the sea\"%s,\"section_paths\":[[\"S%u\",\"T\"]],", line,
             line % 5 ? "" : ",\"source\":{\"file\":\"other.md\",\"line\":77}", line / 100);
    kdb_buffer_add_str(text, kdbib_str_of(start));
    if (line % 13 == 12)
        kdb_buffer_add_str(text, KDBIB_STR("\"parts\":[{\"title\":\"One\"},{\"title\":\"Two\","
                                           "\"distance\":2}],"));
    kdb_buffer_add_str(text, KDBIB_STR("\"abstract\":\""));
    for (size_t i = 0; i < (line == LONG_LINE ? LONG_SIZE : 300); i++)
        kdb_buffer_add_char(text, (char)('a' + (line + i) % 26));
    kdb_buffer_add_str(text, is_broken(line) ? KDBIB_STR("\"") : KDBIB_STR("\"}"));
    kdb_buffer_add_str(text, kdbib_str_of(ending_of(line)));
}

static void note(void *user, const kdbib_diagnostic *d) {
    char told[64];
    snprintf(told, sizeof told, "%s %u\n", d->name, d->line);
    kdb_buffer_add_str(user, kdbib_str_of(told));
}

static void add_path(kdb_buffer *said, const kdbib_section *section) {
    if (section->parent)
        add_path(said, section->parent);
    kdb_buffer_add_char(said, '/');
    kdb_buffer_add_str(said, section->title);
}

static void add_record(kdb_buffer *said, const kdbib_record *record) {
    char place[64];
    kdbib_source source = kdbib_record_source(record);
    const kdbib_section *section;
    snprintf(place, sizeof place, "%s:%u %zu ", source.file, source.line,
             kdbib_record_text(record, KDBIB_ABSTRACT).size);
    kdb_buffer_add_str(said, kdbib_str_of(place));
    kdb_buffer_add_str(said, kdbib_record_text(record, KDBIB_TITLE));
    for (kdbib_cursor c = {0}; kdbib_record_next_section(record, &c, &section);)
        add_path(said, section);
    kdb_buffer_add_char(said, '\n');
}

/* Everything that is read and told. */
static void read_all(kdbib_str text, unsigned threads, kdb_buffer *said) {
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = kdbib_bibliography_new(context);
    assert_non_null(list);
    kdbib_set_threads(context, threads);
    kdbib_set_diagnostic_handler(context, note, said);
    assert_true(kdbib_read(list, "jsonl", "in.jsonl", text));
    for (size_t i = 0; i < kdbib_bibliography_count(list); i++)
        add_record(said, kdbib_bibliography_record(list, i));
    kdbib_bibliography_free(list);
    kdbib_free(context);
    assert_false(said->failed);
}

/* The same, said by what the lines were made from. */
static void expect_all(kdb_buffer *said) {
    char line[256], waiting[256] = "";
    int wait = 0;
    for (unsigned i = 1; i <= LINES; i++)
        if (is_broken(i)) {
            snprintf(line, sizeof line, "bad-json %u\n", i);
            kdb_buffer_add_str(said, kdbib_str_of(line));
        }
    for (unsigned i = 1; i <= LINES; i++) {
        if (is_blank(i) || is_broken(i))
            continue;
        if (i % 13 == 12) {
            snprintf(line, sizeof line, "in.jsonl:%u 0 One\n", i);
            snprintf(waiting, sizeof waiting, "in.jsonl:%u 0 Two\n", i);
        } else {
            snprintf(line, sizeof line, "%s:%u %d Stones %u of the sea/S%u/T\n",
                     i % 5 ? "in.jsonl" : "other.md", i % 5 ? i : 77,
                     i == LONG_LINE ? LONG_SIZE : 300, i, i / 100);
        }
        /* of records of one position the one that came first */
        if (wait && --wait == 0)
            kdb_buffer_add_str(said, kdbib_str_of(waiting));
        kdb_buffer_add_str(said, kdbib_str_of(line));
        if (i % 13 == 12)
            wait = 2;
    }
}

static void test_windows(void **state) {
    (void)state;
    kdb_buffer text = {0}, expected = {0};
    for (unsigned i = 1; i <= LINES; i++)
        add_line(&text, i);
    expect_all(&expected);
    for (unsigned threads = 1; threads <= 9; threads += 2) {
        kdb_buffer said = {0};
        read_all(kdb_buffer_str(&text), threads, &said);
        assert_string_equal(said.data, expected.data);
        kdb_buffer_free(&said);
    }
    kdb_buffer_free(&text);
    kdb_buffer_free(&expected);
}

/* The last line need not end. */
static void test_small(void **state) {
    (void)state;
    static const char *const texts[][2] = {
        {"", ""},
        {"\n\n \n", ""},
        {"{\"title\":\"A\"}", "in.jsonl:1 0 A\n"},
        {"\n{\"title\":\"A\"}\r\n[]\n{\"title\":\"B\"}",
         "bad-json 3\nin.jsonl:2 0 A\nin.jsonl:4 0 B\n"},
        {"\xEF\xBB\xBF{\"title\":\"\xC3\xA9\"}\n17", "bad-json 2\nin.jsonl:1 0 \xC3\xA9\n"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        kdb_buffer said = {0};
        read_all(kdbib_str_of(texts[i][0]), 2, &said);
        assert_str_is(kdb_buffer_str(&said), texts[i][1]);
        kdb_buffer_free(&said);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
