/* What decides about the network: addresses, robots.txt, titles with a registry's markup. */
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/buffer.h"
#include "lookup/robots.h"
#include "services/address.h"
#include "services/facts.h"
#include "services/markup.h"
#include "services/pubmed.h"

static bool is_public(const char *text) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return kdb_address_is_public((const struct sockaddr *)&v4);
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return kdb_address_is_public((const struct sockaddr *)&v6);
}

static void test_addresses(void **state) {
    (void)state;
    static const char *const inside[] = {
        "127.0.0.1",         "10.1.2.3",        "172.16.0.1",  "172.31.255.255",
        "192.168.1.1",       "169.254.1.1",     "0.0.0.0",     "100.64.0.1",
        "224.0.0.1",         "255.255.255.255", "::1",         "::",
        "fe80::1",           "fc00::1",         "ff02::1",     "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1", "2002:7f00:1::",   "2001:db8::1",
    };
    static const char *const outside[] = {"8.8.8.8", "172.32.0.1", "104.16.0.1", "2606:4700::1",
                                          "::ffff:8.8.8.8"};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_false(is_public(inside[i]));
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        assert_true(is_public(outside[i]));
}

static void test_hosts(void **state) {
    (void)state;
    static const char *const inside[] = {"localhost", "LOCALHOST.", "a.localhost",
                                         "printer",   "127.1",      "2130706433",
                                         "0x7f.1",    "[::1]",      ""};
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        assert_false(kdb_host_may_be_public(kdbib_str_of(inside[i])));
    assert_true(kdb_host_may_be_public(KDBIB_STR("api.crossref.org")));
    assert_true(kdb_host_may_be_public(KDBIB_STR("8.8.8.8")));
}

static void test_robots(void **state) {
    (void)state;
    kdbib_str file = KDBIB_STR("# hello\nUser-agent: *\nDisallow: /private\nAllow: /private/open\n"
                               "Disallow: /*.pdf$\n\nUser-agent: badbot\nUser-agent: kdbib\n"
                               "Disallow: /only-us/\n");
    assert_false(kdb_robots_allow(file, KDBIB_STR("/only-us/a")));
    assert_true(kdb_robots_allow(file, KDBIB_STR("/private/a"))); /* our own group counts alone */
    kdbib_str all = KDBIB_STR("User-Agent: *\r\nDisallow: /private\r\nAllow: /private/open\r\n"
                              "Disallow: /*.pdf$\r\n");
    assert_false(kdb_robots_allow(all, KDBIB_STR("/private/a")));
    assert_true(kdb_robots_allow(all, KDBIB_STR("/private/open/a")));
    assert_false(kdb_robots_allow(all, KDBIB_STR("/papers/a.pdf")));
    assert_true(kdb_robots_allow(all, KDBIB_STR("/papers/a.pdf?x")));
    assert_true(kdb_robots_allow(KDBIB_STR(""), KDBIB_STR("/")));
    assert_false(kdb_robots_allow(KDBIB_STR("User-agent: *\nDisallow: /"), KDBIB_STR("/x")));
    assert_true(kdb_robots_allow(KDBIB_STR("User-agent: *\nDisallow:"), KDBIB_STR("/x")));
}

static void assert_cleaned(const char *from, const char *to) {
    kdb_buffer clean = {0};
    kdb_markup_clean(kdbib_str_of(from), &clean);
    assert_str_is(kdb_buffer_str(&clean), to);
    kdb_buffer_free(&clean);
}

static void test_markup(void **state) {
    (void)state;
    assert_cleaned("A <jats:italic>B</jats:italic>  C\n", "A <i>B</i> C");
    assert_cleaned("kinase (\n   <i>X1</i>\n  )", "kinase (<i>X1</i>)");
    assert_cleaned(
        "in the<mml:math><mml:mi>N</mml:mi><mml:mo>=</mml:mo><mml:mn>8</mml:mn></mml:math>"
        "nuclei",
        "in the N=8 nuclei");
    assert_cleaned("MgB<mml:math><mml:msub><mml:mrow/><mml:mn>2</mml:mn></mml:msub></mml:math>",
                   "MgB2");
    assert_cleaned("&lt;scp&gt;HP&lt;/scp&gt; &amp;amp; a &lt; b", "<sc>HP</sc> &amp; a &lt; b");
    assert_cleaned("Main&lt;subtitle&gt;Sub&lt;/subtitle&gt;", "Main: Sub");
    assert_cleaned("p < 0.05 and a<b", "p < 0.05 and a<b");
    assert_cleaned("<unknown>kept</unknown> <", "kept <");
}

static void test_values(void **state) {
    (void)state;
    kdb_arena arena = {0};
    assert_str_is(kdb_expand_pages(&arena, KDBIB_STR("1023-9")), "1023-1029");
    assert_str_is(kdb_expand_pages(&arena, KDBIB_STR("e12-5")), "e12-e15");
    assert_str_is(kdb_clean_doi(&arena, KDBIB_STR("https://doi.org/10.1000/ABC")), "10.1000/abc");
    assert_int_equal(kdb_clean_doi(&arena, KDBIB_STR("10.1000")).size, 0);
    assert_str_is(kdb_arxiv_id(KDBIB_STR("http://arxiv.org/abs/2004.03042v2")), "2004.03042");
    assert_str_is(kdb_arxiv_id(KDBIB_STR("10.48550/arXiv.cond-mat/9909339")), "cond-mat/9909339");
    assert_str_is(kdb_pubmed_title(KDBIB_STR("[A translated title.]")), "A translated title");
    assert_int_equal(kdb_parse_date(KDBIB_STR("2021-13-40")).month, 0);
    assert_int_equal(kdb_pubmed_month(KDBIB_STR("Sep")), 9);
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_hosts),
        cmocka_unit_test(test_robots),    cmocka_unit_test(test_markup),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
