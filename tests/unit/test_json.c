/* JSON: what is read, what is refused, and what is read out of it. */
#include <stdlib.h>

#include "unit.h"

#include "base/buffer.h"
#include "from/json.h"

static void show_all(kdb_buffer *shown, const kdb_json *first);

static void show(kdb_buffer *shown, const kdb_json *value) {
    static const char *const signs[] = {"null", "false", "true", "", "\"", "[", "{"};
    static const char *const ends[] = {"", "", "", "", "\"", "]", "}"};
    if (value->name.data) {
        kdb_buffer_add_str(shown, value->name);
        kdb_buffer_add_char(shown, ':');
    }
    kdb_buffer_add_str(shown, kdbib_str_of(signs[value->kind]));
    if (value->kind >= KDB_JSON_ARRAY)
        show_all(shown, value->first);
    else
        kdb_buffer_add_str(shown, value->text);
    kdb_buffer_add_str(shown, kdbib_str_of(ends[value->kind]));
}

static void show_all(kdb_buffer *shown, const kdb_json *first) {
    for (const kdb_json *value = first; value; value = value->next) {
        if (value != first)
            kdb_buffer_add_char(shown, ',');
        show(shown, value);
    }
}

/* `expected` NULL: it is refused. The text is in memory that ends where it ends. */
static void check_str(kdbib_str text, const char *expected) {
    kdb_arena arena = {0};
    kdb_json_mistake mistake = {{0}, SIZE_MAX};
    char *copy = malloc(text.size + !text.size);
    assert_non_null(copy);
    memcpy(copy, text.data, text.size);
    const kdb_json *value = kdb_json_read(&arena, (kdbib_str){copy, text.size}, NULL, &mistake);
    assert_false(kdb_arena_failed(&arena));
    if (!expected) {
        if (value)
            fail_msg("%.*s is read", (int)text.size, text.data);
        assert_true(mistake.message.size > 0);
        assert_true(mistake.at <= text.size);
    } else {
        kdb_buffer shown = {0};
        if (!value)
            fail_msg("%.*s: %s", (int)text.size, text.data, mistake.message.data);
        show(&shown, value);
        assert_string_equal(kdb_buffer_str(&shown).data, expected);
        kdb_buffer_free(&shown);
    }
    kdb_arena_free(&arena);
    free(copy);
}

static void check(const char *text, const char *expected) {
    check_str(kdbib_str_of(text), expected);
}

static void test_values(void **state) {
    (void)state;
    check("{}", "{}");
    check(" [ ] ", "[]");
    check("{\"a\": \"x\", \"b\": [1, -2.5e3, true, false, null, {\"c\": {}}], \"a\": 0}",
          "{a:\"x\",b:[1,-2.5e3,true,false,null,{c:{}}],a:0}");
    check("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDe00\", \"\u00e9\"]",
          "[\"\"\\/\b\f\n\r\t\u00e9\U0001F600\",\"\u00e9\"]");
    check("{\"\\u0061b\": \"\\\\ud800\"}", "{ab:\"\\ud800\"}");
    check("[\"up to a\\u0000 NUL\"]", "[\"up to a\"]");
    check("[123456789012345678901234567890, -0, 0.5, 1E-400]",
          "[123456789012345678901234567890,-0,0.5,1E-400]");
}

static void test_refused(void **state) {
    (void)state;
    static const char *const refused[] = {
        "",
        " ",
        "17",
        "\"a\"",
        "null",
        "nul",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[-]",
        "[1e]",
        "[0x10]",
        "[1e400]",
        "[-1e999]",
        "[NaN]",
        "[truex]",
        "{} {}",
        "{}x",
        "{}1",
        "{}-0",
        "{}\"a",
        "{}t",
        "[\"a]",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"\\u12g4\"]",
        "[\"a\tb\"]",
        "[\"a\nb\"]",
        "[1,\v2]",
        "[1,\f2]",
        "[\"\\ud800\"]",
        "[\"\\ud800x\"]",
        "[\"\\ud800\\n\"]",
        "[\"\\ud800\\u0041\"]",
        "[\"\\udc00\"]",
        "[\"\\udc00\\ud800\"]",
        "[\"\\ud83d\\ude00\\ude00\"]",
        "{\"\\ud800\": 1}",
        "{\"a\\u0000\": 1}",
        "[/* a */1]",
        "['a']",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        check(refused[i], NULL);
    check_str((kdbib_str){"[\"a\0b\"]", 7}, NULL);
    check_str((kdbib_str){"{}\0", 3}, NULL);
}

static void check_depth(size_t depth, const char *inside, bool fine) {
    kdb_buffer text = {0};
    for (size_t i = 0; i < depth; i++)
        kdb_buffer_add_char(&text, '[');
    kdb_buffer_add_str(&text, kdbib_str_of(inside));
    for (size_t i = 0; i < depth; i++)
        kdb_buffer_add_char(&text, ']');
    check_str(kdb_buffer_str(&text), fine ? kdb_buffer_str(&text).data : NULL);
    kdb_buffer_free(&text);
}

static void test_depth(void **state) {
    (void)state;
    check_depth(2048, "", true);
    check_depth(2049, "", false);
    check_depth(2047, "1", true);
    check_depth(2048, "1", false);
    check_depth(100000, "", false);
}

/* One value of a longer text. */
static void test_beginning(void **state) {
    (void)state;
    kdb_arena arena = {0};
    kdb_json_mistake mistake;
    size_t size = 0;
    const kdb_json *value =
        kdb_json_read(&arena, KDBIB_STR("{\"a\": \"\\n\"} , \v ]"), &size, &mistake);
    assert_non_null(value);
    assert_int_equal(size, 11);
    assert_null(kdb_json_read(&arena, KDBIB_STR("{\"a\":\n\"b\" 1}"), &size, &mistake));
    assert_int_equal(mistake.at, 10);
    assert_null(kdb_json_read(&arena, KDBIB_STR("{\"a\":\n"), &size, &mistake));
    assert_int_equal(mistake.at, 6);
    assert_null(kdb_json_read(&arena, KDBIB_STR("{\v\"a\" 1}"), &size, &mistake));
    assert_int_equal(mistake.at, 1);
    kdb_arena_free(&arena);
}

static void test_members(void **state) {
    (void)state;
    enum { COUNT = 4 };
    const kdbib_str names[COUNT] = {KDBIB_STR("a"), KDBIB_STR("b"), KDBIB_STR("c"), KDBIB_STR("")};
    const kdb_json *members[COUNT];
    kdb_arena arena = {0};
    kdb_json_mistake mistake;
    const kdb_json *object = kdb_json_read(
        &arena,
        KDBIB_STR("{\"c\":7,\"a\":1,\"x\":2,\"\":[[\"deep\"]],\"a\":[\"first\",\"second\"],"
                  "\"n\":0.1,\"big\":12345678901234567890,\"year\":\" 2020.9\",\"no\":\"x\"}"),
        NULL, &mistake);
    kdb_json_get_all(object, names, COUNT, members);
    assert_str_is(kdb_json_text_of(&arena, members[0]), "first");
    assert_null(members[1]);
    assert_str_is(kdb_json_text_of(&arena, members[2]), "7");
    assert_int_equal(kdb_json_text_of(&arena, members[3]).size, 0);
    for (size_t i = 0; i < COUNT; i++)
        assert_ptr_equal(kdb_json_get(object, names[i].data), members[i]);
    assert_str_is(kdb_json_get_text(&arena, object, "n"), "0.1");
    assert_str_is(kdb_json_get_text(&arena, object, "big"), "1.23456789012346e+19");
    assert_int_equal(kdb_json_number_of(&arena, kdb_json_get(object, "year")), 2020);
    assert_int_equal(kdb_json_number_of(&arena, kdb_json_get(object, "big")), 0);
    assert_int_equal(kdb_json_number_of(&arena, kdb_json_get(object, "no")), 0);
    assert_int_equal(kdb_json_number_of(&arena, members[2]), 7);
    assert_int_equal(kdb_json_number_of(&arena, object), 0);
    kdb_json_get_all(members[2], names, COUNT, members);
    assert_null(members[0]);
    assert_null(kdb_json_get(NULL, "a"));
    assert_null(kdb_json_first(object));
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_depth),   cmocka_unit_test(test_beginning),
        cmocka_unit_test(test_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
