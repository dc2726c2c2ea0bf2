/* Canonical URLs: tests/data/canonical-urls.tsv case by case, and that they are their own. */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "base/strings.h"
#include "url/canonical.h"
#include "url/canonical_inside.h"

static void test_cases(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    FILE *in = fopen(SOURCE_DIR "/tests/data/canonical-urls.tsv", "rb");
    assert_non_null(in);
    char line[8192];
    int count = 0, wrong = 0;
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        char *tab = strchr(line, '\t');
        if (!tab || line[0] == '#')
            continue;
        kdb_arena arena = {0};
        kdbib_str given = {line, (size_t)(tab - line)}, wanted = kdbib_str_of(tab + 1);
        kdbib_str got = kdb_canonical_url(context, &arena, given);
        if (!kdbib_str_equal(got, wanted)) {
            wrong++;
            print_error("%.*s\n  want %s\n  got  %.*s\n", (int)given.size, given.data, wanted.data,
                        (int)got.size, got.data ? got.data : "");
        }
        kdbib_str again = kdb_canonical_url(context, &arena, got);
        if (!kdbib_str_equal(got, again)) {
            wrong++;
            print_error("%.*s\n  once  %.*s\n  twice %.*s\n", (int)given.size, given.data,
                        (int)got.size, got.data, (int)again.size, again.data);
        }
        count++;
        kdb_arena_free(&arena);
    }
    fclose(in);
    assert_int_equal(wrong, 0);
    assert_true(count > 60);
    kdbib_free(context);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Pieces that meet in odd ways; whatever comes out must come out again. */
static void test_idempotent_on_rubble(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "http://",
        "https://",
        "www.",
        "arxiv.org",
        "/",
        "//",
        "?",
        "&",
        "#",
        "%2F",
        "%25",
        "%",
        "41",
        ";",
        "&amp;",
        "&#37;",
        "utm_x=1",
        "url=",
        "/login",
        ")",
        "(",
        ".",
        "](",
        "id=",
        "10.1000/",
        "%28",
        "%00",
        "\\",
        " ",
        "\xC3",
        "\xE3\x80\x82",
        "web.archive.org/web/2020/",
        "%26amp;",
        "lt;",
        "a",
        "http%3A%2F%2F",
        "jsessionid=",
        "*",
        "]",
        "0-www-jstor-org.lib.x.edu",
    };
    kdbib *context = kdbib_new();
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[1024] = "https://a.org/";
        size_t size = strlen(text);
        for (unsigned n = next_random(&seed) % 12; n > 0; n--) {
            const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        kdb_arena arena = {0};
        kdbib_str once = kdb_canonical_url(context, &arena, (kdbib_str){text, size});
        kdbib_str twice = kdb_canonical_url(context, &arena, once);
        if (!kdbib_str_equal(once, twice)) {
            print_error("%.*s\n  once  %.*s\n  twice %.*s\n", (int)size, text, (int)once.size,
                        once.data ? once.data : "", (int)twice.size, twice.data ? twice.data : "");
            fail();
        }
        kdb_arena_free(&arena);
    }
    kdbib_free(context);
}

static void test_random_bytes(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    uint32_t seed = 11;
    for (int round = 0; round < 5000; round++) {
        char text[300];
        size_t size = next_random(&seed) % sizeof text;
        for (size_t i = 0; i < size; i++)
            text[i] = (char)next_random(&seed);
        if (round % 2 && size > 10)
            memcpy(text, "http://a.b", 10);
        kdb_arena arena = {0};
        kdbib_str once = kdb_canonical_url(context, &arena, (kdbib_str){text, size});
        for (size_t i = 0; i < once.size; i++)
            assert_in_range(once.data[i], '!', '~');
        kdb_arena_free(&arena);
    }
    kdbib_free(context);
}

#define ONE_OF(seed, words) words[next_random(seed) % (sizeof(words) / sizeof *(words))]

/* What a glance makes of a URL is what reading in full does, of many that are nearly plain. */
static void test_glance(void **state) {
    (void)state;
    static const char *const schemes[] = {"https://",  "http://",         "https://",
                                          "HTTP://",   "ftp://",          "https:/",
                                          "https:///", "http://https://", " https://"};
    static const char *const hosts[] = {"arxiv.org",
                                        "www.nature.com",
                                        "www.www.org",
                                        "www.org",
                                        "localhost",
                                        "x..org",
                                        ".org",
                                        "doi.org.",
                                        "ieeexplore.ieee.org",
                                        "ieeexplore-ieee-org.proxy.example.edu",
                                        "0-doi.org.lib.x.edu",
                                        "openaccess.thecvf.com",
                                        "web.archive.org",
                                        "http.org",
                                        "ftp.x.org",
                                        "x_y.org",
                                        "X.org",
                                        "doi.org.ezproxy.x.edu",
                                        "x.org:80",
                                        "me@x.org",
                                        "-x.org",
                                        "httpx.com"};
    static const char *const parts[] = {"/",
                                        "/",
                                        "/abs",
                                        "/2101.00001",
                                        ".html",
                                        ".htm",
                                        ".pdf",
                                        "/a_b",
                                        "-",
                                        ".",
                                        ",",
                                        ")",
                                        "(x)",
                                        "*",
                                        "~me",
                                        "%20",
                                        "%2F",
                                        "?id=1",
                                        "&amp;",
                                        ";",
                                        ":",
                                        "#a",
                                        "//",
                                        "\\",
                                        " ",
                                        "]",
                                        "\xC3\xA9",
                                        "/10.1000/x",
                                        "=",
                                        "+",
                                        "'",
                                        "!",
                                        "@",
                                        "$",
                                        "|",
                                        "\"",
                                        "http://x.org/"};
    kdbib *context = kdbib_new();
    const kdb_url_tables *tables = kdb_url_tables_of(context);
    kdb_arena arena = {0};
    uint32_t seed = 1;
    size_t plain = 0;
    for (int round = 0; round < 200000; round++) {
        char text[400];
        snprintf(text, sizeof text, "%s%s%s%s%s%s", ONE_OF(&seed, schemes), ONE_OF(&seed, hosts),
                 "/", ONE_OF(&seed, parts), ONE_OF(&seed, parts), ONE_OF(&seed, parts));
        kdb_url glanced, read;
        if (!kdb_url_glance(tables, &arena, kdbib_str_of(text), &glanced))
            continue;
        plain++;
        assert_true(kdb_url_read_in_full(tables, &arena, kdbib_str_of(text), &read));
        assert_str_is(kdb_url_text(&arena, &glanced), kdb_url_text(&arena, &read).data);
        assert_str_is(glanced.host, kdb_arena_copy(&arena, read.host).data);
        assert_str_is(glanced.path, kdb_arena_copy(&arena, read.path).data);
        assert_str_is(kdb_arena_copy(&arena, glanced.query),
                      kdb_arena_copy(&arena, read.query).data);
        assert_int_equal(glanced.fragment.size + read.fragment.size, 0);
        kdb_arena_reset(&arena);
    }
    assert_in_range(plain, 2000, 150000);
    kdb_arena_free(&arena);
    kdbib_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_idempotent_on_rubble),
        cmocka_unit_test(test_random_bytes),
        cmocka_unit_test(test_glance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
