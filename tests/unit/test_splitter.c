/* Pieces of a text: nothing lost, lines right, tables and definitions go on. */
#include "unit.h"

#include "base/strings.h"
#include "markdown/splitter.h"
#include "text/mojibake.h"

static void test_pieces_cover_long_table(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    kdb_buffer text = {0};
    kdb_buffer_add_str(&text, KDBIB_STR("# Head\n\n|A|B|\n|-|-|\n"));
    for (int i = 0; i < 20000; i++)
        kdb_buffer_add_str(&text, KDBIB_STR("|cell of a row|another|\n"));
    kdb_references references;
    assert_true(kdb_references_collect(&references, kdb_buffer_str(&text)));
    kdb_splitter splitter;
    kdb_splitter_init(&splitter, context, "t.md", kdb_buffer_str(&text), &references);
    kdb_piece piece;
    uint32_t pieces = 0, expected = 1;
    while (kdb_splitter_next(&splitter, &piece)) {
        uint32_t lines = 0;
        for (size_t i = 0; i < piece.text.size; i++)
            lines += piece.text.data[i] == '\n';
        assert_int_equal(piece.line, expected);
        if (pieces++) {
            assert_int_equal(piece.prefix_lines, 2);
            assert_true(kdb_starts_with(piece.text, KDBIB_STR("|A|B|\n|-|-|\n")));
        }
        expected += lines - piece.prefix_lines;
    }
    assert_true(pieces > 3);
    assert_int_equal(expected, 20005);
    kdb_splitter_free(&splitter);
    kdb_references_free(&references);
    kdb_buffer_free(&text);
    kdbib_free(context);
}

static void test_definitions_come_first(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    kdbib_str text =
        KDBIB_STR("[One][a] and [two].\n\n[a]: http://x.org/1\n[two]: http://x.org/2\n");
    kdb_references references;
    assert_true(kdb_references_collect(&references, text));
    assert_int_equal(references.count, 2);
    kdb_splitter splitter;
    kdb_splitter_init(&splitter, context, "t.md", text, &references);
    kdb_piece piece;
    assert_true(kdb_splitter_next(&splitter, &piece));
    assert_int_equal(piece.prefix_lines, 4);
    assert_true(kdb_starts_with(piece.text, KDBIB_STR("[a]: http://x.org/1\n\n[two]")));
    assert_false(kdb_splitter_next(&splitter, &piece));
    kdb_splitter_free(&splitter);
    kdb_references_free(&references);
    kdbib_free(context);
}

static void test_mojibake(void **state) {
    (void)state;
    uint32_t meant = 0;
    assert_int_equal(kdb_mojibake(KDBIB_STR("â€™s"), &meant), strlen("â€™"));
    assert_int_equal(meant, 0x2019);
    assert_int_equal(kdb_mojibake(KDBIB_STR("Ã©t"), &meant), strlen("Ã©"));
    assert_int_equal(meant, 0xE9);
    assert_int_equal(kdb_mojibake(KDBIB_STR("Âge"), &meant), 0);
    assert_int_equal(kdb_mojibake(KDBIB_STR("âme"), &meant), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_cover_long_table),
        cmocka_unit_test(test_definitions_come_first),
        cmocka_unit_test(test_mojibake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
