/* Duplicates. */
#include "listed.h"

#include "record/likeness.h"
#include "record/unite.h"

static kdbib_record *add(fixture *f, const char *title, const char *url, const char *doi) {
    kdbib_record *r = kdbib_bibliography_add(f->list, "a.md", ++f->line);
    kdbib_record_set_text(r, KDBIB_TITLE, kdbib_str_of(title), KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_CANONICAL_URL, kdbib_str_of(url), KDBIB_BASIS_COMPUTED);
    kdbib_record_add_link(r, KDBIB_LINK_PAPER, kdbib_str_of(url));
    kdbib_record_set_text(r, KDBIB_DOI, kdbib_str_of(doi), KDBIB_BASIS_LITERAL);
    return r;
}

static kdbib_record *by(kdbib_record *r, const char *family, int year) {
    kdbib_name name = {.family = kdbib_str_of(family)};
    kdbib_record_add_name(r, KDBIB_AUTHORS, &name, KDBIB_BASIS_LIST);
    kdbib_record_set_issued(r, (kdbib_date){(int16_t)year, 0, 0}, KDBIB_BASIS_LIST);
    return r;
}

static size_t united(fixture *f) {
    assert_true(kdb_unite_duplicates(f->list, false));
    return kdbib_bibliography_count(f->list);
}

#define record(f, i) kdbib_bibliography_record((f)->list, i)

static void test_same_doi(void **state) {
    fixture *f = *state;
    const kdbib_section *one = kdbib_bibliography_add_section(f->list, NULL, 2, KDBIB_STR("One"));
    const kdbib_section *two = kdbib_bibliography_add_section(f->list, NULL, 2, KDBIB_STR("Two"));
    kdbib_record *a = add(f, "Green apples in winter", "https://a.org/1", "10.1234/X");
    kdbib_record *b = add(f, "Green apples", "https://b.org/1", "10.1234/x");
    kdbib_record_add_section(a, one);
    kdbib_record_add_section(b, two);
    kdbib_record_add_section(b, one);
    kdbib_record_add_link(b, KDBIB_LINK_CODE, KDBIB_STR("https://code"));
    kdbib_record_set_text(a, KDBIB_VOLUME, KDBIB_STR("1"), KDBIB_BASIS_LIST);
    kdbib_record_set_text(b, KDBIB_VOLUME, KDBIB_STR("2"), KDBIB_BASIS_LIST);
    kdbib_record_set_text(b, KDBIB_ISSUE, KDBIB_STR("3"), KDBIB_BASIS_LIST);
    assert_int_equal(united(f), 1);
    assert_string_equal(f->reports, "duplicate:2 ");
    kdbib_record *r = record(f, 0);
    assert_int_equal(kdbib_record_source(r).line, 1);
    assert_str_is(kdbib_record_text(r, KDBIB_TITLE), "Green apples in winter");
    assert_str_is(kdbib_record_text(r, KDBIB_VOLUME), "1");
    assert_str_is(kdbib_record_text(r, KDBIB_ISSUE), "3");
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_PAPER), "https://a.org/1");
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_OTHER), "https://b.org/1");
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_CODE), "https://code");
    const kdbib_section *section;
    kdbib_cursor c = {0};
    assert_true(kdbib_record_next_section(r, &c, &section) && section == one);
    assert_true(kdbib_record_next_section(r, &c, &section) && section == two);
    assert_false(kdbib_record_next_section(r, &c, &section));
}

static void test_shared_links_of_different_papers(void **state) {
    fixture *f = *state;
    add(f, "Green apples in winter", "https://a.org/proceedings", "");
    add(f, "Red pears under snow", "https://a.org/proceedings", "");
    add(f, "Blue plums at sea", "https://a.org/3", "10.1234/x");
    add(f, "Counting sheep", "https://a.org/4", "10.1234/x");
    assert_int_equal(united(f), 4);
    assert_string_equal(f->reports, "same-url:2 same-doi:4 ");
}

static void test_same_title(void **state) {
    fixture *f = *state;
    const char *title = "A long title that stands for one paper only";
    add(f, title, "https://a.org/1", "10.1234/a");
    add(f, "A long title — that stands for ONE paper only!", "https://a.org/2", "");
    add(f, title, "https://a.org/3", "10.1234/b"); /* another DOI: another paper */
    assert_int_equal(united(f), 2);
    assert_str_is(kdbib_record_text(record(f, 1), KDBIB_DOI), "10.1234/b");
}

static void test_generic_titles(void **state) {
    fixture *f = *state;
    by(add(f, "Deep Learning", "https://a.org/1", ""), "LeCun", 2015);
    by(add(f, "Deep Learning", "https://a.org/2", ""), "Goodfellow", 2015);
    by(add(f, "Deep Learning", "https://a.org/3", ""), "LeCun", 2018);
    by(add(f, "Deep learning", "https://a.org/4", ""), "Lecun", 2015); /* the first again */
    add(f, "Introduction", "https://a.org/5", "");
    add(f, "Introduction", "https://a.org/6", "");
    assert_int_equal(united(f), 5);
    assert_string_equal(f->reports, "duplicate:4 ");
}

static kdbib_record *united_with_preprint(fixture *f, bool preprint_first, bool prefer) {
    const char *title = "A long title that stands for one paper only";
    kdbib_record *p = NULL;
    for (int i = 0; i < 2; i++)
        if ((i == 0) == preprint_first) {
            p = add(f, title, "https://arxiv.org/abs/2001.00001", "10.48550/arXiv.2001.00001");
            kdbib_record_set_type(p, KDBIB_TYPE_ARTICLE, KDBIB_BASIS_COMPUTED);
            kdbib_record_set_text(p, KDBIB_PUBLISHER, KDBIB_STR("arXiv"), KDBIB_BASIS_COMPUTED);
            kdbib_record_set_issued(p, (kdbib_date){2020, 1, 0}, KDBIB_BASIS_COMPUTED);
        } else {
            kdbib_record *r = add(f, title, "https://a.org/1", "10.1234/a");
            kdbib_record_set_type(r, KDBIB_TYPE_ARTICLE_JOURNAL, KDBIB_BASIS_COMPUTED);
            kdbib_record_set_text(r, KDBIB_VOLUME, KDBIB_STR("7"), KDBIB_BASIS_COMPUTED);
        }
    assert_true(kdb_unite_duplicates(f->list, prefer));
    assert_int_equal(kdbib_bibliography_count(f->list), 1);
    assert_int_equal(kdbib_record_source(record(f, 0)).line, 1);
    return record(f, 0);
}

static void check_published(kdbib_record *r) {
    assert_str_is(kdbib_record_text(r, KDBIB_DOI), "10.1234/a");
    assert_str_is(kdbib_record_text(r, KDBIB_ARXIV), "2001.00001");
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_PAPER), "https://a.org/1");
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_OTHER), "https://arxiv.org/abs/2001.00001");
    assert_int_equal(kdbib_record_text(r, KDBIB_PUBLISHER).size, 0);
    assert_int_equal(kdbib_record_issued(r).year, 0); /* that of the preprint says nothing */
    assert_int_equal(kdbib_record_type(r), KDBIB_TYPE_ARTICLE_JOURNAL);
}

static void test_preprint_first(void **state) {
    check_published(united_with_preprint(*state, true, false));
}

static void test_preprint_second(void **state) {
    check_published(united_with_preprint(*state, false, false));
}

static void test_prefer_preprint(void **state) {
    kdbib_record *r = united_with_preprint(*state, false, true);
    assert_str_is(kdbib_record_text(r, KDBIB_DOI), "10.48550/arXiv.2001.00001");
    assert_int_equal(kdbib_record_type(r), KDBIB_TYPE_ARTICLE);
    assert_int_equal(kdbib_record_text(r, KDBIB_VOLUME).size, 0);
}

static void test_same_arxiv_id(void **state) {
    fixture *f = *state;
    for (int i = 0; i < 4; i++) {
        static const char *const titles[] = {"Green apples in winter", "Counting sheep",
                                             "On green apples in winter", "Green apples in winter"};
        kdbib_record *r = add(f, titles[i], "", i == 0 ? "10.1234/a" : "");
        kdbib_record_set_text(r, KDBIB_ARXIV, i == 3 ? KDBIB_STR("2001.2") : KDBIB_STR("2001.1"),
                              KDBIB_BASIS_LIST);
    }
    assert_int_equal(united(f), 3); /* another id, another paper */
    assert_string_equal(f->reports, "same-doi:2 duplicate:3 ");
    assert_str_is(kdbib_record_text(record(f, 0), KDBIB_DOI), "10.1234/a");
}

static void test_chains(void **state) {
    fixture *f = *state;
    add(f, "Green apples in winter", "https://a.org/1", "10.1234/x");
    add(f, "Green apples in winter time", "https://b.org/2", "");
    /* this one shows that the two are one */
    add(f, "Green apples in winter", "https://b.org/2", "10.1234/x");
    assert_int_equal(united(f), 1);
}

static void test_pinned_key_survives(void **state) {
    fixture *f = *state;
    add(f, "Green apples in winter and spring", "https://a.org/1", "");
    kdbib_record *b = add(f, "Green apples in winter and spring", "https://a.org/2", "");
    kdbib_record_set_text(b, KDBIB_KEY, KDBIB_STR("old"), KDBIB_BASIS_LOCK);
    assert_int_equal(united(f), 1);
    assert_str_is(kdbib_record_text(record(f, 0), KDBIB_KEY), "old");
}

static void test_many(void **state) {
    fixture *f = *state;
    for (int i = 0; i < 30000; i++) {
        char url[32], family[16];
        snprintf(url, sizeof url, "https://a.org/%d", i);
        snprintf(family, sizeof family, "F%d", i / 2);
        by(add(f, "Deep learning", url, ""), family, 2020);
    }
    assert_int_equal(united(f), 15000);
}

static void test_likeness(void **state) {
    (void)state;
    kdbib_str full = KDBIB_STR("adinet attribute driven incremental network for images");
    assert_true(kdb_titles_agree(full, KDBIB_STR("adinet")));
    assert_true(kdb_titles_agree(full, KDBIB_STR("adinet attribute driven incremental network")));
    assert_false(kdb_titles_agree(full, KDBIB_STR("another network for images")));
    assert_true(kdb_titles_agree(full, KDBIB_STR("")));
    assert_true(kdb_titles_differ(full, KDBIB_STR("segment anything in medicine")));
    assert_false(kdb_titles_differ(full, KDBIB_STR("attribute driven networks")));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_same_doi),
        TEST(test_shared_links_of_different_papers),
        TEST(test_same_title),
        TEST(test_generic_titles),
        TEST(test_preprint_first),
        TEST(test_preprint_second),
        TEST(test_prefer_preprint),
        TEST(test_same_arxiv_id),
        TEST(test_chains),
        TEST(test_pinned_key_survives),
        TEST(test_many),
        TEST(test_likeness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
