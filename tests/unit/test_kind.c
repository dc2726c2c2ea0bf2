/* Types from venues and identifiers. */
#include "unit.h"

#include "record/kind.h"

static int setup(void **state) {
    *state = kdbib_bibliography_new(kdbib_new());
    return 0;
}

static int teardown(void **state) {
    kdbib *context = kdbib_bibliography_context(*state);
    kdbib_bibliography_free(*state);
    kdbib_free(context);
    return 0;
}

static kdbib_record *decided(kdbib_bibliography *list, const char *venue, const char *doi,
                             kdbib_type before) {
    kdbib_record *r = kdbib_bibliography_add(list, "a.md", 1);
    kdbib_record_set_text(r, KDBIB_VENUE, kdbib_str_of(venue), KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_DOI, kdbib_str_of(doi), KDBIB_BASIS_LITERAL);
    kdbib_record_set_type(r, before, KDBIB_BASIS_COMPUTED);
    assert_true(kdb_decide_kinds(list));
    return r;
}

static void test_types(void **state) {
    const struct {
        const char *venue, *doi;
        kdbib_type before, after;
    } cases[] = {
        {"CVPR", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_PAPER_CONFERENCE},
        {"CVPR", "10.48550/arXiv.2001.1", KDBIB_TYPE_ARTICLE, KDBIB_TYPE_PAPER_CONFERENCE},
        {"CVPR", "10.1234/x", KDBIB_TYPE_ARTICLE_JOURNAL, KDBIB_TYPE_ARTICLE_JOURNAL},
        {"Medical Image Analysis", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_ARTICLE_JOURNAL},
        {"Journal of Unheard-of Things", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_ARTICLE_JOURNAL},
        {"Workshop on Things", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_PAPER_CONFERENCE},
        {"Ph.D. thesis, MIT", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_THESIS},
        {"arXiv", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_ARTICLE},
        {"arXiv", "10.1234/x", KDBIB_TYPE_CHAPTER, KDBIB_TYPE_CHAPTER},
        {"", "10.48550/arXiv.2001.1", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_ARTICLE},
        {"", "10.1101/2020.01.01.123456", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_ARTICLE},
        {"", "10.1101/gr.123", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_DOCUMENT},
        {"", "10.1234/x", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_DOCUMENT},
        {"Something Nobody Knows", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_DOCUMENT},
        {"", "", KDBIB_TYPE_DOCUMENT, KDBIB_TYPE_DOCUMENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_record *r = decided(*state, cases[i].venue, cases[i].doi, cases[i].before);
        assert_string_equal(kdbib_type_name(kdbib_record_type(r)), kdbib_type_name(cases[i].after));
    }
}

static void test_titles(void **state) {
    kdbib_record *r = decided(*state, "CVPR", "", KDBIB_TYPE_DOCUMENT);
    assert_str_is(kdbib_record_text(r, KDBIB_EVENT_TITLE),
                  "IEEE/CVF Conference on Computer Vision and Pattern Recognition");
    assert_int_equal(kdbib_record_text(r, KDBIB_CONTAINER_TITLE).size, 0);
    r = decided(*state, "Journal of Unheard-of Things", "", KDBIB_TYPE_DOCUMENT);
    assert_str_is(kdbib_record_text(r, KDBIB_CONTAINER_TITLE), "Journal of Unheard-of Things");
    r = decided(*state, "Master's thesis", "", KDBIB_TYPE_DOCUMENT);
    assert_str_is(kdbib_record_text(r, KDBIB_GENRE), "Master’s thesis");
    r = decided(*state, "", "10.1101/2020.01.01.123456", KDBIB_TYPE_DOCUMENT);
    assert_str_is(kdbib_record_text(r, KDBIB_ARCHIVE), ""); /* or medRxiv */
    r = decided(*state, "", "10.2139/ssrn.1234", KDBIB_TYPE_DOCUMENT);
    assert_str_is(kdbib_record_text(r, KDBIB_ARCHIVE), "SSRN");
}

static void test_the_preprint_s_year_is_not_the_paper_s(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    kdbib_record_set_text(r, KDBIB_VENUE, KDBIB_STR("CVPR"), KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_ARXIV, KDBIB_STR("2011.00001"), KDBIB_BASIS_LITERAL);
    kdbib_record_set_text(r, KDBIB_PUBLISHER, KDBIB_STR("arXiv"), KDBIB_BASIS_COMPUTED);
    kdbib_record_set_type(r, KDBIB_TYPE_ARTICLE, KDBIB_BASIS_COMPUTED);
    kdbib_record_set_issued(r, (kdbib_date){2020, 11, 0}, KDBIB_BASIS_COMPUTED);
    assert_true(kdb_decide_kinds(*state));
    assert_int_equal(kdbib_record_issued(r).year, 0);
    assert_int_equal(kdbib_record_text(r, KDBIB_PUBLISHER).size, 0);
    assert_str_is(kdbib_record_text(r, KDBIB_ARXIV), "2011.00001");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_types),
        TEST(test_titles),
        TEST(test_the_preprint_s_year_is_not_the_paper_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
