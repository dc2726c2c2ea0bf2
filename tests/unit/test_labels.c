/* The role of links by label and host. */
#include "field_tables.h"

#include <stdio.h>

#include "fields/labels.h"

static void test_roles(void **state) {
    (void)state;
    static const struct {
        const char *label, *url;
        kdbib_role role;
    } cases[] = {
        {"Paper", "https://example.org/x", KDBIB_LINK_PAPER},
        {"[code]", "https://example.org/x", KDBIB_LINK_CODE},
        {"PyTorch(Author)", "https://github.com/a/b", KDBIB_LINK_CODE},
        {"📄 Paper", "https://arxiv.org/pdf/2101.00001", KDBIB_LINK_PAPER},
        {"论文", "https://example.org/x", KDBIB_LINK_PAPER},
        {":thumbsup:中文博客", "https://example.org/x", KDBIB_LINK_BLOG},
        {"Link", "https://github.com/a/b", KDBIB_LINK_CODE},
        {"here", "https://www.youtube.com/watch?v=1", KDBIB_LINK_VIDEO},
        {"A Theory of Nothing at All", "https://someone.github.io/nothing", KDBIB_LINK_PROJECT},
        {"A Theory of Nothing at All", "https://unknown.example/nothing", KDBIB_LINK_PAPER},
        {"A Theory of Nothing at All", "papers/nothing.pdf", KDBIB_LINK_PDF},
        {"scholar", "https://scholar.google.com/scholar?q=x", KDBIB_LINK_OTHER},
        {"Project Page", "https://github.com/a/b", KDBIB_LINK_PROJECT},
        {"Official Code", "https://example.org", KDBIB_LINK_CODE},
        {"slides", "https://example.org/talk.pdf", KDBIB_LINK_SLIDES},
        {"논문", "https://example.org", KDBIB_LINK_PAPER},
        {"Quelltext", "https://example.org", KDBIB_LINK_CODE},
        {"", "https://huggingface.co/datasets/a/b", KDBIB_LINK_DATASET},
        {"Code 2", "https://example.org", KDBIB_LINK_CODE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_role role = kdb_link_role(&arena, fields, kdbib_str_of(cases[i].label),
                                        kdb_link_host(fields, kdbib_str_of(cases[i].url)), NULL);
        if (role != cases[i].role)
            print_error("%s %s\n", cases[i].label, cases[i].url);
        assert_int_equal(role, cases[i].role);
    }
}

static void test_labels_are_no_titles(void **state) {
    (void)state;
    static const char *const labels[] = {"Paper",      "[code]", "Link",
                                         "PDF | Code", "arXiv",  "CVPR 2020"};
    static const char *const titles[] = {"Paper Folding for Robots", "Code Llama", "Data Shapley",
                                         "Video Swin Transformer"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        assert_true(kdb_is_label(&arena, fields, kdbib_str_of(labels[i])));
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        assert_false(kdb_is_label(&arena, fields, kdbib_str_of(titles[i])));
}

/* What begins like no label is none: as it is when a bracket in front has it read in full. */
static void test_glance(void **state) {
    (void)state;
    static const char *const words[] = {"code",   "Paper",   "pdf2",    "Coming", "soon",
                                        "C++",    "data",    "Papers",  "with",   "arXiv",
                                        "v2",     "CVPR",    "link",    "Soup",   "2020",
                                        "código", "PyTorch", "Hugging", "Face"},
                             *const joints[] = {" ",  "-", "+", ":star:", "\xF0\x9F\x93\x84",
                                                ": ", ", "};
    enum { WORDS = sizeof words / sizeof *words, JOINTS = sizeof joints / sizeof *joints };
    size_t none = 0;
    uint64_t random = 1;
    for (size_t i = 0; i < 20000; i++) {
        char text[120] = "[";
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t count = 1 + (random >> 60) % 3;
        for (size_t k = 0; k < count; k++) {
            size_t size = strlen(text);
            random = random * 6364136223846793005u + 1442695040888963407u;
            snprintf(text + size, sizeof text - size, "%s%s", words[(random >> 33) % WORDS],
                     k + 1 < count ? joints[(random >> 50) % JOINTS] : "");
        }
        kdb_label quick, full;
        kdb_label_parse(&arena, fields, kdbib_str_of(text + 1), &quick);
        kdb_label_parse(&arena, fields, kdbib_str_of(text), &full);
        none += !kdb_may_be_label(fields, kdbib_str_of(text + 1));
        if (quick.is_label != full.is_label || quick.role != full.role ||
            quick.score != full.score || quick.generic != full.generic)
            fail_msg("“%s” is %s label", text + 1, full.is_label ? "a" : "no");
        kdb_arena_reset(&arena);
    }
    assert_true(none > 1000);
}

static void test_headers(void **state) {
    (void)state;
    kdbib_role role;
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("Paper Title"), NULL),
                     KDB_FIELD_LABEL_TITLE);
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("Title & Authors"), NULL),
                     KDB_FIELD_LABEL_TITLE_AUTHORS);
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("📅 Date"), NULL), KDB_FIELD_LABEL_DATE);
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("会议"), NULL), KDB_FIELD_LABEL_VENUE);
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("Code Link"), &role),
                     KDB_FIELD_LABEL_LINK);
    assert_int_equal(role, KDBIB_LINK_CODE);
    assert_int_equal(kdb_field_label_of(fields, KDBIB_STR("Zebra"), NULL), KDB_FIELD_LABEL_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_labels_are_no_titles),
        cmocka_unit_test(test_glance),
        cmocka_unit_test(test_headers),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
