/* Numbers found by the hashes of texts that stand elsewhere. */
#include "base/numbers.h"

#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

enum { COUNT = 20000 };

typedef struct texts {
    char at[COUNT][12];
} texts;

static bool is_text_of(void *user, uint32_t number, kdbib_str text) {
    const texts *t = user;
    return kdbib_str_equal(kdbib_str_of(t->at[number]), text);
}

/* `spread` of a number is its hash: whatever hashes are, what was put is found. */
static void check(uint64_t (*spread)(uint32_t number), uint32_t count) {
    texts *t = calloc(1, sizeof *t);
    assert_non_null(t);
    kdb_numbers numbers = {.is = is_text_of, .user = t};
    for (uint32_t i = 0; i < count; i++) {
        snprintf(t->at[i], sizeof t->at[i], "t%u", i);
        kdbib_str text = kdbib_str_of(t->at[i]);
        kdb_numbers_fetch(&numbers, spread(i));
        assert_int_equal(kdb_numbers_get(&numbers, spread(i), text), KDB_INDEX_NONE);
        uint32_t *place = kdb_numbers_put(&numbers, spread(i), text);
        assert_non_null(place);
        assert_int_equal(*place, KDB_INDEX_NONE);
        *place = i;
    }
    assert_int_equal(numbers.count, count);
    for (uint32_t i = 0; i < count; i++) {
        kdbib_str text = kdbib_str_of(t->at[i]);
        assert_int_equal(kdb_numbers_get(&numbers, spread(i), text), i);
        assert_int_equal(*kdb_numbers_put(&numbers, spread(i), text), i);
    }
    assert_int_equal(numbers.count, count);
    kdb_numbers_free(&numbers);
    assert_int_equal(kdb_numbers_get(&numbers, 0, KDBIB_STR("t0")), KDB_INDEX_NONE);
    free(t);
}

static uint64_t spread_well(uint32_t number) {
    return number * UINT64_C(0x9E3779B97F4A7C15);
}
static uint64_t spread_at_the_end(uint32_t number) {
    return UINT32_MAX - number % 3;
}
static uint64_t spread_nowhere(uint32_t number) {
    (void)number;
    return 7;
}

static void test_usual(void **state) {
    (void)state;
    check(spread_well, COUNT);
}

/* The last slots are full: the search goes on at the first ones. */
static void test_around_the_end(void **state) {
    (void)state;
    check(spread_at_the_end, 500);
}

static void test_one_hash(void **state) {
    (void)state;
    check(spread_nowhere, 500);
}

/* A large table has little more room than it needs. */
static void test_room(void **state) {
    (void)state;
    texts *t = calloc(1, sizeof *t);
    assert_non_null(t);
    kdb_numbers numbers = {.is = is_text_of, .user = t};
    for (uint32_t i = 0; i < COUNT; i++) {
        snprintf(t->at[i], sizeof t->at[i], "t%u", i);
        uint32_t *place = kdb_numbers_put(&numbers, spread_well(i), kdbib_str_of(t->at[i]));
        assert_non_null(place);
        *place = i;
        assert_true(numbers.count <= numbers.capacity / 4 * 3);
        assert_true(numbers.capacity <= 64 || numbers.capacity <= numbers.count * 2 + 1);
    }
    kdb_numbers_free(&numbers);
    free(t);
}

/* It grows to what is expected at once, and past it where that was wrong. */
static void test_expected(void **state) {
    (void)state;
    texts *t = calloc(1, sizeof *t);
    assert_non_null(t);
    kdb_numbers numbers = {.is = is_text_of, .user = t};
    size_t grown = 0, capacity = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        if (i == 1000)
            kdb_numbers_expect(&numbers, COUNT / 2);
        snprintf(t->at[i], sizeof t->at[i], "t%u", i);
        uint32_t *place = kdb_numbers_put(&numbers, spread_well(i), kdbib_str_of(t->at[i]));
        assert_non_null(place);
        *place = i;
        grown += i >= 1000 && numbers.capacity != capacity;
        capacity = numbers.capacity;
        if (i == COUNT / 2 - 1) {
            assert_int_equal(grown, 1);
            assert_true(capacity < COUNT / 2 * 3 / 2);
        }
    }
    assert_int_equal(numbers.count, COUNT);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(kdb_numbers_get(&numbers, spread_well(i), kdbib_str_of(t->at[i])), i);
    kdb_numbers_free(&numbers);
    free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual),    cmocka_unit_test(test_around_the_end),
        cmocka_unit_test(test_one_hash), cmocka_unit_test(test_room),
        cmocka_unit_test(test_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
