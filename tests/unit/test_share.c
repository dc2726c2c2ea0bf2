/* Work that is shared out among threads, and what comes of it. */
#include "base/share.h"

#include <stdlib.h>

#include "unit.h"

#define MOST 5000

typedef struct hall {
    size_t step, taken;
    size_t fail_work, fail_take; /* the thing at which they do, or MOST */
    unsigned seen[MOST];
} hall;

typedef struct sums {
    unsigned *squares; /* freed by free_sums() */
    size_t count;
} sums;

static bool work(void *user, void *result, size_t from, size_t to, unsigned worker) {
    const hall *h = user;
    sums *s = result;
    (void)worker;
    if (!s->squares)
        s->squares = calloc(h->step, sizeof *s->squares);
    if (!s->squares || (h->fail_work >= from && h->fail_work < to))
        return false;
    for (size_t i = from; i < to; i++)
        s->squares[i - from] = (unsigned)(i * i);
    s->count = to - from;
    return true;
}

static bool take(void *user, void *result, size_t from, size_t to) {
    hall *h = user;
    const sums *s = result;
    assert_int_equal(from, h->taken);
    assert_int_equal(s->count, to - from);
    for (size_t i = from; i < to; i++) {
        assert_int_equal(s->squares[i - from], (unsigned)(i * i));
        h->seen[i]++;
    }
    h->taken = to;
    return !(h->fail_take >= from && h->fail_take < to);
}

static void free_sums(void *result) {
    sums *s = result;
    free(s->squares);
}

static bool share_out(hall *h, size_t count, size_t step, unsigned threads) {
    const kdb_share share = {.count = count,
                             .step = step,
                             .size = sizeof(sums),
                             .work = work,
                             .take = take,
                             .free_result = free_sums,
                             .user = h};
    h->step = step;
    return kdb_share_out(&share, threads);
}

static void test_all_in_order(void **state) {
    (void)state;
    static const size_t counts[] = {0, 1, 6, 7, 8, MOST};
    for (unsigned threads = 0; threads < 5; threads++)
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            hall *h = calloc(1, sizeof *h);
            assert_non_null(h);
            h->fail_work = h->fail_take = MOST;
            assert_true(share_out(h, counts[i], 7, threads));
            assert_int_equal(h->taken, counts[i]);
            for (size_t j = 0; j < MOST; j++)
                assert_int_equal(h->seen[j], j < counts[i]);
            free(h);
        }
}

/* What comes behind a failure is not taken. */
static void test_failures(void **state) {
    (void)state;
    for (unsigned threads = 1; threads < 4; threads++) {
        hall *h = calloc(1, sizeof *h);
        assert_non_null(h);
        h->fail_work = 1000;
        h->fail_take = MOST;
        assert_false(share_out(h, MOST, 10, threads));
        assert_int_equal(h->taken, 1000);
        h->taken = 0;
        h->fail_work = MOST;
        h->fail_take = 1000;
        assert_false(share_out(h, MOST, 10, threads));
        assert_int_equal(h->taken, 1010);
        free(h);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_in_order),
        cmocka_unit_test(test_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
