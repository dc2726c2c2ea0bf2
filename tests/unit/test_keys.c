/* Citation keys. */
#include <ctype.h>
#include <stdio.h>

#include "unit.h"

#include "record/key_words.h"
#include "record/keys.h"

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

static kdbib_record *add(kdbib_bibliography *list, const char *family, int year, const char *title,
                         const char *url) {
    kdbib_record *r = kdbib_bibliography_add(list, "a.md", 1);
    kdbib_name name = {.family = kdbib_str_of(family)};
    kdbib_record_add_name(r, KDBIB_AUTHORS, &name, KDBIB_BASIS_LIST);
    kdbib_record_set_issued(r, (kdbib_date){(int16_t)year, 0, 0}, KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_TITLE, kdbib_str_of(title), KDBIB_BASIS_LIST);
    kdbib_record_set_text(r, KDBIB_CANONICAL_URL, kdbib_str_of(url), KDBIB_BASIS_COMPUTED);
    return r;
}

#define assert_key(record, key) assert_str_is(kdbib_record_text(record, KDBIB_KEY), key)

static void test_what_a_key_says(void **state) {
    const struct {
        const char *family, *title, *key;
        int year;
    } cases[] = {
        {"Yu", "Uncertainty-Aware Self-ensembling Model", "yu2019uncertainty", 2019},
        {"Müller", "On the α-synuclein of mice", "muller2020alpha", 2020},
        {"Ødegård-Weiß", "Für eine Æra", "odegardweiss2021aera", 2021},
        {"van der Maaten", "Visualizing Data using t-SNE", "maaten2008visualizing", 2008},
        {"hooks", "Teaching", "hooks1994teaching", 1994},
        {"Ronneberger", "U-Net: Convolutional Networks", "ronneberger2015unet", 2015},
        {"Li", "3D D²-Net", "li20203d", 2020},
        {"Li", "A", "li2020", 2020},
        {"Li", "L’apprentissage profond", "liapprentissage", 0},
        {"王", "深度学习 with Graphs", "graphs2020", 2020},
        {"Иванов", "Теория", "ivanov2020teoriya", 2020},
        {"", "Segment Anything in the Medical Images of Today", "segmentanythingmedical2024", 2024},
        {"", "2D to 3D", "n2d3d", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_bibliography *list = kdbib_bibliography_new(kdbib_bibliography_context(*state));
        kdbib_record *r = add(list, cases[i].family, cases[i].year, cases[i].title, "");
        assert_true(kdb_assign_keys(list, NULL));
        assert_key(r, cases[i].key);
        kdbib_bibliography_free(list);
    }
}

static void test_no_title(void **state) {
    kdbib_record *a = add(*state, "", 0, "", "https://a.org/papers/Deep_Graphs.pdf");
    kdbib_record *b = add(*state, "", 0, "深度学习", "");
    kdbib_record *c = kdbib_bibliography_add(*state, "a.md", 1);
    assert_true(kdb_assign_keys(*state, NULL));
    assert_key(a, "deepgraphspdf");
    assert_int_not_equal(kdbib_record_text(b, KDBIB_KEY).size, 0);
    assert_int_not_equal(kdbib_record_text(c, KDBIB_KEY).size, 0);
    assert_true(islower(kdbib_record_text(b, KDBIB_KEY).data[0]) ||
                kdbib_record_text(b, KDBIB_KEY).data[0] == 'n');
}

/* The keys of four papers, two of which collide, in the order given. */
static void keys_in_order(void *state, const int order[4], char keys[4][64]) {
    kdbib_bibliography *list = kdbib_bibliography_new(kdbib_bibliography_context(state));
    kdbib_record *r[4];
    for (int i = 0; i < 4; i++) {
        static const char *const titles[] = {"Deep graphs of trees", "Deep forests", "Deep graphs",
                                             "Other things"};
        char url[32];
        snprintf(url, sizeof url, "https://a.org/%d", order[i]);
        r[order[i]] = add(list, "Li", 2020, titles[order[i]], url);
    }
    assert_true(kdb_assign_keys(list, NULL));
    for (int i = 0; i < 4; i++)
        snprintf(keys[i], 64, "%s", kdbib_record_text(r[i], KDBIB_KEY).data);
    kdbib_bibliography_free(list);
}

static void test_order_does_not_matter(void **state) {
    char a[4][64], b[4][64];
    keys_in_order(*state, (const int[]){0, 1, 2, 3}, a);
    keys_in_order(*state, (const int[]){3, 2, 1, 0}, b);
    for (int i = 0; i < 4; i++)
        assert_string_equal(a[i], b[i]);
    assert_string_equal(a[0], "li2020deepgraphstrees");
    assert_string_equal(a[1], "li2020deepforests");
    assert_string_equal(a[3], "li2020other");
    assert_true(strlen(a[2]) == strlen("li2020deepxxxxxx")); /* no third word: a hash */
}

static void test_the_lock_is_never_renamed(void **state) {
    kdb_lock *lock = kdb_lock_read(kdbib_bibliography_context(*state), "l.csv",
                                   KDBIB_STR("url,key\nhttps://a.org/1,li2020deep\n"
                                             "https://a.org/gone,Li2020Other\n"));
    kdbib_record *newcomer = add(*state, "Li", 2020, "Deep graphs", "https://a.org/2");
    kdbib_record *pinned = add(*state, "Li", 2020, "Deep forests", "https://a.org/1");
    kdbib_record *other = add(*state, "Li", 2020, "Other things", "https://a.org/3");
    assert_true(kdb_lock_apply(lock, *state));
    assert_true(kdb_assign_keys(*state, lock));
    assert_key(pinned, "li2020deep");
    assert_key(newcomer, "li2020deepgraphs");
    assert_key(other, "li2020otherthings");
    kdb_lock_free(lock);
}

static void test_many_equal_titles(void **state) {
    enum { MANY = 20000 };
    kdb_index seen = {0};
    for (int i = 0; i < MANY; i++) {
        char url[32];
        snprintf(url, sizeof url, "https://a.org/%d", i / 2); /* pairs that nothing tells apart */
        add(*state, "Li", 2020, "Deep learning", url);
    }
    assert_true(kdb_assign_keys(*state, NULL));
    for (size_t i = 0; i < MANY; i++) {
        kdbib_str key = kdbib_record_text(kdbib_bibliography_record(*state, i), KDBIB_KEY);
        uint32_t *number = kdb_index_put(&seen, key);
        assert_non_null(number);
        assert_int_equal(*number, KDB_INDEX_NONE);
        *number = 1;
    }
    kdb_index_free(&seen);
}

/* A wish that the other gives up, for he has more words, is there for who has not. */
static void test_given_up(void **state) {
    for (int longer_first = 0; longer_first < 2; longer_first++) {
        kdbib_bibliography *list = kdbib_bibliography_new(kdbib_bibliography_context(*state));
        kdbib_record *longer = longer_first ? add(list, "Lee", 2020, "Deep Graphs", "u:1") : NULL;
        kdbib_record *shorter = add(list, "Lee", 2020, "Deep", "u:2");
        if (!longer)
            longer = add(list, "Lee", 2020, "Deep Graphs", "u:1");
        assert_true(kdb_assign_keys(list, NULL));
        assert_key(shorter, "lee2020deep");
        assert_key(longer, "lee2020deepgraphs");
        kdbib_bibliography_free(list);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_what_a_key_says),
        TEST(test_given_up),
        TEST(test_no_title),
        TEST(test_order_does_not_matter),
        TEST(test_the_lock_is_never_renamed),
        TEST(test_many_equal_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
