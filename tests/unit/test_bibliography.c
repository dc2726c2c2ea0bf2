/* Bibliographies that are put together, and which of their records are still to be looked at. */
#include "record/bibliography.h"

#include <stdio.h>
#include <stdlib.h>

#include "library/prepare.h"
#include "unit.h"

static kdbib_record *add(kdbib_bibliography *list, const char *file, unsigned number) {
    char title[32];
    kdbib_record *record = kdbib_bibliography_add(list, file, number);
    assert_non_null(record);
    snprintf(title, sizeof title, "Title %u", number);
    assert_true(kdbib_record_set_text(record, KDBIB_TITLE, kdbib_str_of(title), KDBIB_BASIS_LIST));
    assert_true(kdbib_record_add_link(record, KDBIB_LINK_PAPER, KDBIB_STR("https://a.org/paper")));
    return record;
}

static void add_settled(kdbib_bibliography *list, const char *file, unsigned number) {
    add(list, file, number)->settled = true;
    kdb_bibliography_settled_last(list);
}

static bool is_open(const kdbib_bibliography *list, size_t index) {
    for (size_t i = 0; i < list->open_count; i++)
        if (index >= list->open[i].from && index < list->open[i].to)
            return true;
    return false;
}

static void test_settled(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = kdbib_bibliography_new(context);
    for (unsigned i = 0; i < 300; i++)
        if (i % 3 == 1 || (i > 100 && i < 120))
            add(list, "a.md", i);
        else
            add_settled(list, "a.md", i);
    for (unsigned i = 0; i < 300; i++)
        assert_int_equal(is_open(list, i), i % 3 == 1 || (i > 100 && i < 120));
    kdb_bibliography_reopen(list);
    assert_int_equal(list->open_count, 1);
    add(list, "a.md", 300);
    assert_int_equal(list->open_count, 1);
    for (unsigned i = 0; i <= 300; i++)
        assert_true(is_open(list, i));
    kdbib_bibliography_drop_last(list);
    add_settled(list, "a.md", 300);
    assert_false(is_open(list, 300));
    kdbib_bibliography_free(list);
    kdbib_free(context);
}

/* What is no paper goes wherever it stands, the order stays, and only what is open is asked. */
static void test_prepare(void **state) {
    (void)state;
    for (unsigned all = 0; all < 2; all++) {
        kdbib *context = kdbib_new();
        kdbib_bibliography *list = kdbib_bibliography_new(context);
        for (unsigned i = 0; i < 200; i++)
            if (i % 10 < 3)
                kdbib_record_set_not_paper(add(list, "a.md", i), i % 10 < 2);
            else
                add_settled(list, "a.md", i);
        assert_true(kdb_prepare(list, all, kdb_kinds_of(context)));
        assert_int_equal(kdbib_bibliography_count(list), all ? 200 : 160);
        for (size_t i = 0, line = 0; i < kdbib_bibliography_count(list); i++, line++) {
            while (!all && line % 10 < 2)
                line++;
            const kdbib_record *record = kdbib_bibliography_record(list, i);
            assert_int_equal(kdbib_record_source(record).line, line);
            assert_int_equal(kdb_record_has(record, KDBIB_CANONICAL_URL), line % 10 < 3);
        }
        kdbib_bibliography_free(list);
        kdbib_free(context);
    }
}

static void test_join(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = kdbib_bibliography_new(context);
    bool settled[2000] = {false};
    unsigned count = 0;
    for (unsigned part = 0; part < 40; part++) {
        char file[16];
        snprintf(file, sizeof file, "%u.md", part);
        kdbib_bibliography *other = kdbib_bibliography_new(context);
        other->arena.step = 1024;
        for (unsigned i = 0; i < part * 7 % 60; i++, count++)
            if ((settled[count] = count % 5))
                add_settled(other, file, count);
            else
                add(other, file, count);
        assert_true(kdb_bibliography_join(list, other));
        add(list, part % 2 ? file : "own.md", count++); /* the next comes behind it */
    }
    assert_int_equal(kdbib_bibliography_count(list), count);
    for (unsigned i = 0; i < count; i++) {
        kdbib_record *record = kdbib_bibliography_record(list, i);
        char title[32];
        snprintf(title, sizeof title, "Title %u", i);
        assert_str_is(kdbib_record_text(record, KDBIB_TITLE), title);
        assert_int_equal(is_open(list, i), !settled[i]);
        /* it grows in the arena of all */
        assert_ptr_equal(record->origin->arena, &list->arena);
        assert_true(
            kdbib_record_set_text(record, KDBIB_DOI, KDBIB_STR("10.1/x"), KDBIB_BASIS_LIST));
        assert_str_is(kdbib_record_text(record, KDBIB_DOI), "10.1/x");
    }
    kdbib_bibliography_free(list);
    kdbib_free(context);
}

/* Texts of both stay, and the first goes on in its own block. */
static void test_arenas(void **state) {
    (void)state;
    kdb_arena one = {0}, other = {.step = 256}, empty = {0};
    kdbib_str first = kdb_arena_copy(&one, KDBIB_STR("first"));
    kdbib_str texts[100];
    for (int i = 0; i < 100; i++)
        texts[i] = kdb_arena_format(&other, "text number %d, of some length", i);
    const char *at = one.at;
    const size_t total = one.total + other.total;
    kdb_arena_join(&one, &other);
    kdb_arena_join(&one, &empty);
    assert_ptr_equal(one.at, at);
    assert_int_equal(one.total, total);
    assert_null(other.blocks);
    kdb_arena_copy(&one, KDBIB_STR("behind"));
    assert_str_is(first, "first");
    assert_str_is(texts[0], "text number 0, of some length");
    assert_str_is(texts[99], "text number 99, of some length");
    kdb_arena_join(&empty, &one); /* all of it */
    assert_str_is(kdb_arena_copy(&empty, KDBIB_STR("more")), "more");
    kdb_arena_free(&empty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settled),
        cmocka_unit_test(test_prepare),
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_arenas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
