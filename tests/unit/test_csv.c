/* The CSV reader: lines, broken rows, tables. */
#include <stdio.h>

#include "unit.h"

#include "base/csv.h"

typedef struct seen {
    char text[512];
} seen;

static bool note_row(void *user, const kdbib_str *cells, size_t count, uint32_t line, bool broken) {
    seen *s = user;
    size_t at = strlen(s->text);
    at += (size_t)snprintf(s->text + at, sizeof s->text - at, "%u%s", line, broken ? "!" : ":");
    for (size_t i = 0; i < count; i++)
        at += (size_t)snprintf(s->text + at, sizeof s->text - at, "<%s>", cells[i].data);
    snprintf(s->text + at, sizeof s->text - at, " ");
    return true;
}

static void check(const char *csv, const char *expected) {
    seen s = {""};
    assert_true(kdb_csv_read(kdbib_str_of(csv), note_row, &s));
    assert_string_equal(s.text, expected);
}

static void test_rows(void **state) {
    (void)state;
    check("a,b\nc,\"d,\"\"e\"\"\"\n", "1:<a><b> 2:<c><d,\"e\"> ");
    check("\xEF\xBB\xBF"
          "a\r\n\r\nb\r\n",
          "1:<a> 3:<b> ");
    check("a,\"x\ny\"\nb", "1:<a><x\ny> 3:<b> ");
    check("", "");
    check("a \rb,\tc\r\n d ,e", "1:<a> 1:<b><c> 2:<d><e> ");
    check("a,b\r\r\nc,\n,d", "1:<a><b> 2:<c><> 3:<><d> ");
}

static void test_broken_rows_spoil_no_other(void **state) {
    (void)state;
    check("a,b\"c\nd,e\n", "1! 2:<d><e> ");
    check("a,\"open\nb,c\nd,e\n", "1! 2:<b><c> 3:<d><e> ");
}

/* Lines without quotes are taken apart without libcsv; one empty cell in quotes at their end has it
 * read them. */
static void test_lines_without_quotes(void **state) {
    static const char signs[] = "ab, \t;";
    (void)state;
    for (unsigned number = 0; number < 6 * 6 * 6 * 6 * 6 * 6; number++) {
        char plain[16] = "", quoted[16];
        for (unsigned left = number, i = 0; left; left /= 6)
            plain[i++] = signs[left % 6];
        if (strspn(plain, " \t") == strlen(plain))
            continue; /* a blank line is no row */
        for (int delimiter = 0; delimiter < 2; delimiter++) {
            char d = ",;"[delimiter];
            seen one = {""}, other = {""};
            snprintf(quoted, sizeof quoted, "%s%c\"\"\n", plain, d);
            assert_true(kdb_csv_read_delimited(kdbib_str_of(plain), d, note_row, &one));
            assert_true(kdb_csv_read_delimited(kdbib_str_of(quoted), d, note_row, &other));
            snprintf(one.text + strlen(one.text) - 1, 5, "<> ");
            assert_string_equal(one.text, other.text);
        }
    }
}

static void test_table(void **state) {
    (void)state;
    kdb_arena arena = {0};
    kdb_table table;
    assert_true(kdb_table_read(&arena, KDBIB_STR("x,y\n1,2\n3\n"), &table));
    assert_int_equal(table.rows, 2);
    size_t y = kdb_table_column(&table, KDBIB_STR("y"));
    assert_str_is(kdb_table_cell(&table, 0, y), "2");
    assert_int_equal(kdb_table_cell(&table, 1, y).size, 0);
    assert_int_equal(kdb_table_column(&table, KDBIB_STR("z")), SIZE_MAX);
    assert_int_equal(table.lines[1], 3);
    kdb_arena_free(&arena);
}

/* The same rows, in the same order. */
static void check_rows(const kdb_table *a, const kdb_table *b, kdbib_str key) {
    kdb_table_walk in_a = {0}, in_b = {0};
    size_t row;
    do {
        row = kdb_table_find(a, key, &in_a);
        assert_int_equal(row, kdb_table_find(b, key, &in_b));
    } while (row != SIZE_MAX);
}

/* Every key of an embedded table leads to the rows that a walk through the same table finds. */
static void test_finding(void **state) {
    (void)state;
    static const char *const names[] = {"doi-rules.csv", "url-facts.csv", "acl-volumes.csv",
                                        "proper-words.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        kdb_arena arena = {0};
        kdb_table embedded, read;
        const kdbib_str csv = kdb_embedded(kdbib_str_of(names[i]));
        assert_true(kdb_table_read(&arena, csv, &embedded));
        assert_true(kdb_table_read(&arena, kdb_arena_copy(&arena, csv), &read));
        assert_true(embedded.packed && !read.packed);
        for (size_t row = 0; row < read.rows; row++) {
            kdbib_str key;
            for (size_t at = 0; kdb_table_key(&read, row, 0, &at, &key);) {
                assert_true(kdb_table_row(&read, key) <= row);
                check_rows(&embedded, &read, key);
            }
        }
        check_rows(&embedded, &read, KDBIB_STR("no such key"));
        check_rows(&embedded, &read, KDBIB_STR(""));
        kdb_arena_free(&arena);
    }
}

/* In a column `host` each name is a key, in any case, and "www." is no part of it. */
static void test_names_of_hosts(void **state) {
    (void)state;
    kdb_arena arena = {0};
    kdb_table table;
    assert_true(kdb_table_read(&arena, KDBIB_STR("host,x\nA.org www.b.org,1\nb.org  c.org,2\n,3\n"),
                               &table));
    assert_int_equal(kdb_table_row(&table, KDBIB_STR("a.ORG")), 0);
    assert_int_equal(kdb_table_row(&table, KDBIB_STR("c.org")), 1);
    assert_int_equal(kdb_table_row(&table, KDBIB_STR("A.org www.b.org")), SIZE_MAX);
    kdb_table_walk walk = {0};
    assert_int_equal(kdb_table_find(&table, KDBIB_STR("b.org"), &walk), 0);
    assert_int_equal(kdb_table_find(&table, KDBIB_STR("b.org"), &walk), 1);
    assert_int_equal(kdb_table_find(&table, KDBIB_STR("b.org"), &walk), SIZE_MAX);
    walk = (kdb_table_walk){.column = 1};
    assert_int_equal(kdb_table_find(&table, KDBIB_STR("3"), &walk), 2);
    assert_int_equal(kdb_table_find(&table, KDBIB_STR("3"), &walk), SIZE_MAX);
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_broken_rows_spoil_no_other),
        cmocka_unit_test(test_lines_without_quotes),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_names_of_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
