/* Addresses as lists have them: what is questionable about one is seen wherever it stands. A blank
 * in front takes an address the long way, on which each step looks at it. */
#include "unit.h"

#include <stdio.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "readme/reader.h"

static void test_clean_as_the_long_way_does(void **state) {
    static const char *const begins[] = {"https://", "http://",  "HTTP://",    "ftp://",  "doi:",
                                         "www.",     "<http://", "(https://",  "mailto:", "#",
                                         "a.md",     "/abs/",    "javascript:"},
                             *const middles[] = {"soup.org",
                                                 "soup.org/a(b)c",
                                                 "x/https://y",
                                                 "a b",
                                                 "a\"b",
                                                 "a<b>",
                                                 "a\\_b",
                                                 "a^b|c`d{e}",
                                                 "x](http://y.org/z",
                                                 "[a]",
                                                 "a:b",
                                                 "ü/漢",
                                                 "a\tb",
                                                 "a~b#c?d=e&f",
                                                 ""},
                             *const ends[] = {"",  "/", ",",  ";", ")",  "]",
                                              ">", "'", "\"", ".", "))", "],"};
    char text[128];
    kdb_arena arena = {0};
    size_t same = 0;
    (void)state;
    for (size_t b = 0; b < sizeof begins / sizeof *begins; b++)
        for (size_t m = 0; m < sizeof middles / sizeof *middles; m++)
            for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
                snprintf(text, sizeof text, " %s%s%s", begins[b], middles[m], ends[e]);
                kdbib_str whole = kdbib_str_of(text), url = kdb_slice(whole, 1, whole.size);
                kdbib_str quick = kdb_clean_url(&arena, url), full = kdb_clean_url(&arena, whole);
                if (!quick.data != !full.data || !kdbib_str_equal(quick, full))
                    fail_msg("“%s”: “%.*s”, “%.*s”", url.data, KDB_SHOW(quick), KDB_SHOW(full));
                same += quick.data == url.data && quick.size == url.size;
            }
    assert_true(same > 20); /* those that are clean */
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_clean_as_the_long_way_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
