/* Small operations on strings whose quick ways see several bytes at a time. */
#include "unit.h"

#include "base/strings.h"

#define LONGEST 24

static void test_hash_in_any_case(void **state) {
    char text[LONGEST], lower[LONGEST];
    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t size = 1; size <= LONGEST; size++)
            for (size_t at = 0; at < size; at++) {
                memset(text, 'k', size);
                memset(lower, 'k', size);
                text[at] = (char)c;
                lower[at] = kdb_to_lower((char)c);
                const uint64_t hash = kdb_hash_nocase((kdbib_str){text, size});
                assert_true(hash == kdb_hash_nocase((kdbib_str){lower, size}));
                memset(text, 'K', at);
                assert_true(hash == kdb_hash_nocase((kdbib_str){text, size}));
                if (lower[at] == 'k')
                    continue;
                memset(lower, 'k', size);
                assert_true(hash != kdb_hash_nocase((kdbib_str){lower, size}));
            }
}

static void test_runs_of_printable_characters(void **state) {
    char text[LONGEST];
    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < LONGEST; at++) {
            const bool printable = c >= ' ' && c <= '~';
            memset(text, 'a', sizeof text);
            text[at] = (char)c;
            const size_t run = kdb_printable_run((kdbib_str){text, sizeof text}, 0);
            assert_int_equal(run, printable ? LONGEST : at / 8 * 8);
        }
}

static size_t find_slowly(kdbib_str text, kdbib_str needle, size_t from) {
    for (size_t at = from; at + needle.size <= text.size; at++)
        if (memcmp(text.data + at, needle.data, needle.size) == 0)
            return at;
    return SIZE_MAX;
}

static void test_finding(void **state) {
    static const char text[] = "ax aaxb axax axaxb arxiv.org/ arxiv.org/abs xxa ";
    const kdbib_str all = kdbib_str_of(text);
    (void)state;
    for (size_t begin = 0; begin < all.size; begin++)
        for (size_t size = 1; begin + size <= all.size; size++)
            for (size_t from = 0; from <= all.size; from++) {
                char needle[sizeof text];
                memcpy(needle, text + begin, size);
                kdbib_str wanted = {needle, size};
                assert_int_equal(kdb_find(all, wanted, from), find_slowly(all, wanted, from));
                needle[size - 1] = 'q';
                assert_int_equal(kdb_find(all, wanted, from), SIZE_MAX);
            }
}

static void test_trimming(void **state) {
    (void)state;
    assert_str_is(kdb_trim(KDBIB_STR(" \t\n a b \r")), "a b");
    assert_str_is(kdb_trim(KDBIB_STR("\x01 a \x7F")), "\x01 a \x7F");
    assert_str_is(kdb_trim(KDBIB_STR("\xC2\xA0 ")), "\xC2\xA0");
    assert_str_is(kdb_trim(KDBIB_STR(" \v ")), "");
    assert_str_is(kdb_trim(KDBIB_STR("")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash_in_any_case),
        cmocka_unit_test(test_runs_of_printable_characters),
        cmocka_unit_test(test_finding),
        cmocka_unit_test(test_trimming),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
