/* Things that threads take and give back. */
#include "base/pool.h"

#include <stdlib.h>

#include "base/team.h"
#include "unit.h"

typedef struct thing {
    unsigned users, used;
    char *held;
} thing;

static int emptied;

static void empty(void *user) {
    thing *t = user;
    free(t->held);
    emptied++;
}

static void test_last_first(void **state) {
    (void)state;
    kdb_pool *pool = kdb_pool_new(sizeof(thing), empty);
    thing *one = kdb_pool_take(pool), *two = kdb_pool_take(pool);
    assert_non_null(one);
    assert_non_null(two);
    assert_ptr_not_equal(one, two);
    assert_int_equal(one->used, 0);
    one->used = 1;
    two->used = 2;
    kdb_pool_give(pool, one);
    kdb_pool_give(pool, two);
    kdb_pool_give(pool, NULL);
    assert_ptr_equal(kdb_pool_take(pool), two);
    assert_int_equal(two->used, 2); /* as it was */
    assert_ptr_equal(kdb_pool_take(pool), one);
    kdb_pool_give(pool, one);
    kdb_pool_give(pool, two);
    emptied = 0;
    kdb_pool_free(pool);
    assert_int_equal(emptied, 2);
    kdb_pool_free(NULL);
}

static void use(void *user, unsigned worker) {
    kdb_pool *pool = user;
    (void)worker;
    for (int i = 0; i < 1000; i++) {
        thing *mine = kdb_pool_take(pool);
        mine->users++;
        mine->used += mine->users; /* one more for each user at the same time */
        if (!mine->held)
            mine->held = malloc(10);
        mine->users--;
        kdb_pool_give(pool, mine);
    }
}

/* What one thread has, no other has. */
static void test_threads(void **state) {
    (void)state;
    enum { JOBS = 16, THREADS = 4 };
    kdb_pool *pool = kdb_pool_new(sizeof(thing), empty);
    kdb_team *team = kdb_team_new(THREADS, use);
    for (int i = 0; i < JOBS; i++)
        kdb_team_give(team, pool);
    while (kdb_team_take(team)) {
    }
    kdb_team_free(team);
    thing *things[THREADS + 1];
    unsigned used = 0;
    for (int i = 0; i <= THREADS; i++) {
        things[i] = kdb_pool_take(pool);
        used += things[i]->used;
    }
    assert_int_equal(used, JOBS * 1000);
    for (int i = 0; i <= THREADS; i++)
        kdb_pool_give(pool, things[i]);
    emptied = 0;
    kdb_pool_free(pool);
    assert_int_equal(emptied, THREADS + 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_first),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
