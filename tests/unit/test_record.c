/* The record model. */
#include "unit.h"

#include "kdbib/kdbib.h"
#include "record/record.h"
#include "record/texts.h"

static int setup(void **state) {
    kdbib *context = kdbib_new();
    *state = kdbib_bibliography_new(context);
    return 0;
}

static int teardown(void **state) {
    kdbib *context = kdbib_bibliography_context(*state);
    kdbib_bibliography_free(*state);
    kdbib_free(context);
    return 0;
}

static void test_texts(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 7);
    assert_int_equal(kdbib_record_text(r, KDBIB_DOI).size, 0);
    assert_int_equal(kdbib_record_basis(r, KDBIB_DOI), KDBIB_BASIS_NONE);
    assert_true(kdbib_record_set_text(r, KDBIB_DOI, KDBIB_STR("10.1/x"), KDBIB_BASIS_LITERAL));
    assert_true(kdbib_record_set_text(r, KDBIB_DOI, KDBIB_STR("10.1/y"), KDBIB_BASIS_LOCK));
    assert_str_is(kdbib_record_text(r, KDBIB_DOI), "10.1/y");
    assert_int_equal(kdbib_record_basis(r, KDBIB_DOI), KDBIB_BASIS_LOCK);
    assert_true(kdbib_record_set_text(r, KDBIB_DOI, KDBIB_STR(""), KDBIB_BASIS_LOCK));
    assert_int_equal(kdbib_record_text(r, KDBIB_DOI).size, 0);
    assert_int_equal(kdbib_record_source(r).line, 7);
    assert_string_equal(kdbib_record_source(r).file, "a.md");
}

static void test_title_runs_are_joined(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    const kdbib_run runs[] = {{KDBIB_STR(""), KDBIB_BOLD}, {KDBIB_STR("D"), 0},
                              {KDBIB_STR("2"), KDBIB_SUP}, {KDBIB_STR(""), KDBIB_ITALIC},
                              {KDBIB_STR("3"), KDBIB_SUP}, {KDBIB_STR("-Net"), 0}};
    assert_true(kdbib_record_set_title(r, runs, 6, KDBIB_BASIS_LIST));
    assert_str_is(kdbib_record_text(r, KDBIB_TITLE), "D23-Net");
    kdbib_cursor cursor = {0};
    kdbib_run run;
    assert_true(kdbib_record_next_run(r, &cursor, &run));
    assert_str_is(run.text, "D");
    assert_true(kdbib_record_next_run(r, &cursor, &run));
    assert_str_is(run.text, "23");
    assert_int_equal(run.style, KDBIB_SUP);
    assert_true(kdbib_record_next_run(r, &cursor, &run));
    assert_false(kdbib_record_next_run(r, &cursor, &run));
    assert_false(kdbib_record_next_run(r, &cursor, &run));
    assert_true(kdbib_record_set_text(r, KDBIB_TITLE, KDBIB_STR("X"), KDBIB_BASIS_LIST));
    assert_str_is(kdbib_record_text(r, KDBIB_TITLE), "X");
}

static void test_names_and_links(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    kdbib_name name = {.family = KDBIB_STR("Maaten"), .particle = KDBIB_STR("van der")};
    assert_true(kdbib_record_add_name(r, KDBIB_AUTHORS, &name, KDBIB_BASIS_LIST));
    assert_true(kdbib_record_add_name(r, KDBIB_AUTHORS, &(kdbib_name){0}, KDBIB_BASIS_LIST));
    kdbib_cursor cursor = {0};
    kdbib_name got;
    assert_true(kdbib_record_next_name(r, KDBIB_AUTHORS, &cursor, &got));
    assert_str_is(got.family, "Maaten");
    assert_str_is(got.particle, "van der");
    assert_int_equal(got.given.size, 0);
    assert_false(kdbib_record_next_name(r, KDBIB_AUTHORS, &cursor, &got));

    assert_true(kdbib_record_add_link(r, KDBIB_LINK_CODE, KDBIB_STR("https://a")));
    assert_true(kdbib_record_add_link(r, KDBIB_LINK_CODE, KDBIB_STR("https://a")));
    assert_true(kdbib_record_add_link(r, KDBIB_LINK_PAPER, KDBIB_STR("https://p")));
    assert_true(kdbib_record_add_link(r, KDBIB_LINK_PAPER, KDBIB_STR("https://q")));
    assert_str_is(kdbib_record_link(r, KDBIB_LINK_PAPER), "https://q");
    kdbib_str url;
    size_t links = 0;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(r, KDBIB_ROLE_COUNT, &c, &url, NULL);)
        links++;
    assert_int_equal(links, 2);
}

static void test_dates(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    kdbib_record_set_issued(r, (kdbib_date){2020, 0, 5}, KDBIB_BASIS_LIST);
    assert_int_equal(kdbib_record_issued(r).day, 0);
    kdbib_record_set_issued(r, (kdbib_date){0, 3, 0}, KDBIB_BASIS_LIST);
    assert_int_equal(kdbib_record_issued(r).month, 0);
    assert_int_equal(kdbib_record_basis(r, KDBIB_ISSUED), KDBIB_BASIS_NONE);
}

static void test_names_of_things_round_trip(void **state) {
    (void)state;
    for (int i = 0; i < KDBIB_FIELD_COUNT; i++) {
        kdbib_field field;
        assert_true(kdbib_field_from_name(kdbib_str_of(kdbib_field_name((kdbib_field)i)), &field));
        assert_int_equal(field, i);
    }
    for (int i = 0; i < KDBIB_TYPE_COUNT; i++) {
        kdbib_type type;
        assert_true(kdbib_type_from_name(kdbib_str_of(kdbib_type_name((kdbib_type)i)), &type));
        assert_int_equal(type, i);
    }
}

/* Records grow in turn, so that their parts lie apart; a text of 64 KiB and more is kept whole. */
static void test_records_that_grow_in_turn(void **state) {
    enum { RECORDS = 3, SIZES = 4 };
    static const size_t sizes[SIZES] = {1, 65534, 65535, 70000};
    static const kdbib_field fields[SIZES] = {KDBIB_NOTE, KDBIB_ABSTRACT, KDBIB_VENUE, KDBIB_DOI};
    static char letters[70001];
    memset(letters, 'x', sizeof letters - 1);
    kdbib_record *records[RECORDS];
    for (size_t i = 0; i < RECORDS; i++)
        records[i] = kdbib_bibliography_add(*state, "a.md", 1);
    for (size_t f = 0; f < SIZES; f++)
        for (size_t i = 0; i < RECORDS; i++) {
            letters[0] = (char)('0' + i);
            assert_true(kdbib_record_set_text(records[i], fields[f], (kdbib_str){letters, sizes[f]},
                                              KDBIB_BASIS_MANUAL));
        }
    for (size_t f = 0; f < SIZES; f++)
        for (size_t i = 0; i < RECORDS; i++) {
            kdbib_str text = kdbib_record_text(records[i], fields[f]);
            assert_int_equal(text.size, sizes[f]);
            assert_int_equal(text.data[0], '0' + i);
            assert_int_equal(text.data[text.size], '\0');
            assert_int_equal(kdbib_record_basis(records[i], fields[f]), KDBIB_BASIS_MANUAL);
        }
}

/* What the paper link ends with stays when that link goes. */
/* Each record has room for its key, which is used by that or by what else comes, and by no more. */
static void test_room_for_keys(void **state) {
    enum { COUNT = 90 };
    kdbib_record *records[COUNT];
    char text[COUNT + 1];
    memset(text, 'k', sizeof text);
    for (size_t i = 0; i < COUNT; i++) {
        records[i] = kdbib_bibliography_add(*state, "a.md", (uint32_t)i);
        assert_true(
            kdbib_record_set_text(records[i], KDBIB_DOI, KDBIB_STR("10.1/x"), KDBIB_BASIS_LITERAL));
        kdb_record_keep_room(records[i]);
    }
    for (size_t i = 0; i < COUNT; i++) {
        kdbib_str key = {text, i + 1};
        assert_true(kdbib_record_set_text(records[i], KDBIB_KEY, key, KDBIB_BASIS_COMPUTED));
        assert_true(
            kdbib_record_set_text(records[i], KDBIB_NOTE, KDBIB_STR("n"), KDBIB_BASIS_LIST));
    }
    for (size_t i = 0; i < COUNT; i++) {
        kdbib_str key = kdbib_record_text(records[i], KDBIB_KEY);
        assert_int_equal(key.size, i + 1);
        assert_memory_equal(key.data, text, key.size);
        assert_int_equal(key.data[key.size], '\0');
        assert_str_is(kdbib_record_text(records[i], KDBIB_DOI), "10.1/x");
        assert_str_is(kdbib_record_text(records[i], KDBIB_NOTE), "n");
#ifndef KDB_ARENA_EXACT
        if (i < 30) /* a usual key stands with the rest */
            assert_true(key.data > (const char *)records[i] &&
                        key.data < (const char *)records[i + 1]);
#endif
    }
}

static void test_text_outlives_its_link(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    kdbib_str url = KDBIB_STR("https://doi.org/10.1109/TMI.2020.1234567");
    kdbib_str doi = KDBIB_STR("10.1109/TMI.2020.1234567");
    assert_true(kdbib_record_add_link(r, KDBIB_LINK_PAPER, url));
    assert_true(kdbib_record_set_text(r, KDBIB_CANONICAL_URL, url, KDBIB_BASIS_COMPUTED));
    assert_true(kdbib_record_set_text(r, KDBIB_DOI, doi, KDBIB_BASIS_LITERAL));
    kdbib_record_clear_links(r, KDBIB_LINK_PAPER);
    assert_int_equal(kdbib_record_link(r, KDBIB_LINK_PAPER).size, 0);
    assert_str_is(kdbib_record_text(r, KDBIB_CANONICAL_URL), url.data);
    assert_str_is(kdbib_record_text(r, KDBIB_DOI), doi.data);
    assert_int_equal(kdbib_record_basis(r, KDBIB_DOI), KDBIB_BASIS_LITERAL);
}

/* All texts and bases found in one walk are those that are asked for one by one. */
static void test_all_at_once(void **state) {
    kdbib_record *r = kdbib_bibliography_add(*state, "a.md", 1);
    kdbib_str texts[KDBIB_FIELD_COUNT];
    kdbib_basis bases[KDBIB_FIELD_COUNT];
    for (int step = 0; step < 4; step++) {
        const kdbib_run runs[] = {{KDBIB_STR("D"), 0}, {KDBIB_STR("2"), KDBIB_SUP}};
        if (step == 1)
            assert_true(kdbib_record_set_title(r, runs, 1, KDBIB_BASIS_LIST));
        if (step == 2)
            assert_true(kdbib_record_set_title(r, runs, 2, KDBIB_BASIS_LOCK));
        for (int field = KDBIB_KEY; field < KDBIB_FIELD_COUNT; field += step + 1)
            assert_true(kdbib_record_set_text(r, (kdbib_field)field,
                                              kdbib_str_of(step % 2 ? "text" : ""),
                                              (kdbib_basis)(1 + (field + step) % 7)));
        const uint64_t there = kdb_record_texts(r, texts);
        kdb_record_bases(r, bases);
        for (int field = 0; field < KDBIB_FIELD_COUNT; field++) {
            const kdbib_str text = kdbib_record_text(r, (kdbib_field)field);
            assert_true(kdbib_str_equal(texts[field], text));
            assert_int_equal(there >> field & 1, text.size > 0);
            assert_int_equal(bases[field], kdbib_record_basis(r, (kdbib_field)field));
        }
    }
}

static bool has_doi(void *user, const kdbib_record *record) {
    ++*(int *)user;
    return kdbib_record_text(record, KDBIB_DOI).size > 0;
}

static void test_filter(void **state) {
    int asked = 0;
    for (uint32_t line = 1; line <= 5; line++) {
        kdbib_record *r = kdbib_bibliography_add(*state, "a.md", line);
        if (line % 2 == 0)
            assert_true(kdbib_record_set_text(r, KDBIB_DOI, KDBIB_STR("10.1/x"), KDBIB_BASIS_LIST));
    }
    kdbib_bibliography_filter(*state, has_doi, &asked);
    assert_int_equal(asked, 5);
    assert_int_equal(kdbib_bibliography_count(*state), 2);
    assert_int_equal(kdbib_record_source(kdbib_bibliography_record(*state, 1)).line, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_texts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_title_runs_are_joined, setup, teardown),
        cmocka_unit_test_setup_teardown(test_names_and_links, setup, teardown),
        cmocka_unit_test_setup_teardown(test_records_that_grow_in_turn, setup, teardown),
        cmocka_unit_test_setup_teardown(test_room_for_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_text_outlives_its_link, setup, teardown),
        cmocka_unit_test_setup_teardown(test_dates, setup, teardown),
        cmocka_unit_test_setup_teardown(test_all_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_filter, setup, teardown),
        cmocka_unit_test(test_names_of_things_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
