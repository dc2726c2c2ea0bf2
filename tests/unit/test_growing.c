/* Arrays that grow, from malloc() and in an arena. */
#include "unit.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/array.h"

#define MANY ((size_t)1000)

static void test_from_malloc(void **state) {
    (void)state;
    uint32_t *array = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        array = kdb_array_grow(array, i, &capacity, sizeof *array);
        assert_non_null(array);
        assert_true(i < capacity);
        array[i] = i;
    }
    for (uint32_t i = 0; i < MANY; i++)
        assert_int_equal(array[i], i);
    free(array);
}

static void test_in_an_arena(void **state) {
    (void)state;
    kdb_arena arena = {0};
    uint32_t *array = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        array = kdb_arena_grow(&arena, array, i, &capacity, sizeof *array);
        assert_non_null(array);
        assert_true(i < capacity);
        assert_true(i || !array[capacity - 1]); /* what is new is zeroed */
        array[i] = i;
    }
    for (uint32_t i = 0; i < MANY; i++)
        assert_int_equal(array[i], i);
    kdb_arena_free(&arena);
}

/* Neither a number of elements nor one of bytes goes round. */
static void test_overflow(void **state) {
    (void)state;
    char some[1] = {0};
    size_t capacity = SIZE_MAX / 2 + 1;
    assert_null(kdb_array_grow(some, capacity, &capacity, 1));
    assert_int_equal(capacity, SIZE_MAX / 2 + 1);
    capacity = SIZE_MAX / 16;
    assert_null(kdb_array_grow(some, capacity, &capacity, 16));
    assert_int_equal(capacity, SIZE_MAX / 16);
    kdb_arena arena = {0};
    assert_null(kdb_arena_grow(&arena, some, capacity, &capacity, 16));
    assert_int_equal(capacity, SIZE_MAX / 16);
    assert_true(kdb_arena_failed(&arena));
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_malloc),
        cmocka_unit_test(test_in_an_arena),
        cmocka_unit_test(test_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
