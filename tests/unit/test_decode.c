/* The bytes of a file as clean text: what is repaired, and that once is enough. */
#include "unit.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "kdbib/kdbib.h"
#include "text/decode.h"

static kdbib *context;

static int set_up(void **state) {
    (void)state;
    context = kdbib_new();
    return context ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    kdbib_free(context);
    return 0;
}

static kdbib_str decode(kdbib_str bytes, kdb_buffer *storage) {
    kdbib_str text;
    kdb_buffer_clear(storage);
    assert_true(kdb_decode(context, "list.md", bytes, storage, &text));
    return text;
}

typedef struct repair {
    const char *bytes, *text;
} repair;

static void check_all(const repair *cases, size_t count) {
    kdb_buffer storage = {0};
    for (size_t i = 0; i < count; i++)
        assert_str_is(decode(kdbib_str_of(cases[i].bytes), &storage), cases[i].text);
    kdb_buffer_free(&storage);
}

static void test_repairs(void **state) {
    (void)state;
    static const repair cases[] = {
        {"plain", "plain"},
        {"caf\xC3\xA9", "café"},
        {"a\r\nb\rc", "a\nb\nc"},
        {"Alzheimerâ€™s", "Alzheimer’s"},
        {"MÃ¼ller", "Müller"},
        {"e\xCC\x81", "é"},
        {"co\xC2\xADop\xE2\x80\x8B", "coop"},
        {"\x1B[1mbold", "[1mbold"},
        {"ﬁne", "fine"},
        {"a\xC2\xA0z", "a z"},
        {"bro\xFFken", "bro\xEF\xBF\xBDken"},
        {"👩\xE2\x80\x8D🔬", "👩\xE2\x80\x8D🔬"},
    };
    check_all(cases, sizeof cases / sizeof *cases);
}

/* What a repair uncovers is repaired in the same reading. */
static void test_uncovered(void **state) {
    (void)state;
    static const repair cases[] = {
        {"â\x1D€“", "–"},         /* mojibake around a control */
        {"â\xE2\x80\x8B€“", "–"}, /* … a zero-width space */
        {"a\xCC\x82€“", "–"},     /* … of a letter not yet composed */
        {"Ã¢â‚¬â„¢", "’"},        /* twice */
        {"é\xE2\x80\x8D\xE2\x80\x8D\xE2\x80\x8D"
         "a",
         "éa"}, /* a joiner that loses its neighbour */
        {"é\xE2\x80\x8D\xE2\x80\x8B"
         "a",
         "éa"},
        {"x\xCC\x83\xCD\xBE", "x\xCC\x83;"}, /* U+037E is written `;` also where a mark stays */
    };
    check_all(cases, sizeof cases / sizeof *cases);
}

static void test_exact(void **state) {
    (void)state;
    static const repair cases[] = {
        {"\xEF\xBB\xBF"
         "a\r\nb",
         "a\nb"},
        {"â€™ ﬁ\xC2\xA0\xC2\xAD\x7F", "â€™ ﬁ\xC2\xA0\xC2\xAD\x7F"},
        {"e\xCC\x81", "e\xCC\x81"},
        {"bro\xFFken", "bro\xEF\xBF\xBDken"},
    };
    kdb_buffer storage = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_str text;
        kdb_buffer_clear(&storage);
        assert_true(
            kdb_decode_exact(context, "a.jsonl", kdbib_str_of(cases[i].bytes), &storage, &text));
        assert_str_is(text, cases[i].text);
    }
    kdb_buffer_free(&storage);
}

/* Every character, alone, behind a letter and behind a letter with a mark. */
static void test_nfc(void **state) {
    (void)state;
    kdb_buffer bytes = {0}, storage = {0};
    for (uint32_t c = 0x300; c < 0x110000; c++) {
        static const char *const before[] = {"", "a", "a\xCC\x96", "\xE1\x84\x80", "\xEA\xB0\x80"};
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            kdb_buffer_clear(&bytes);
            kdb_buffer_add_str(&bytes, kdbib_str_of(before[i]));
            kdb_buffer_add_code_point(&bytes, c);
            kdb_buffer_add_char(&bytes, '\0');
            kdbib_str text = decode(kdbib_str_of(bytes.data), &storage);
            utf8proc_uint8_t *composed = NULL;
            utf8proc_ssize_t size =
                utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size,
                             &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
            if (size < 0 || !kdbib_str_equal(text, (kdbib_str){(char *)composed, (size_t)size}))
                fail_msg("U+%04X behind “%s” is not in NFC", c, before[i]);
            free(composed);
        }
    }
    kdb_buffer_free(&bytes);
    kdb_buffer_free(&storage);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repairs),
        cmocka_unit_test(test_uncovered),
        cmocka_unit_test(test_exact),
        cmocka_unit_test(test_nfc),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
