/* Threads that do jobs side by side and give them back in order. */
#include "base/team.h"

#include <sched.h>

#include "base/thread.h"

#include "unit.h"

typedef struct job {
    unsigned number, done, worker;
    unsigned long sum;
} job;

/* Long ones among short ones, so that they do not end in the order in which they began. */
static void work(void *user, unsigned worker) {
    job *j = user;
    j->worker = worker;
    unsigned long rounds = j->number % 7 == 0 ? 200000 : 100;
    for (unsigned long i = 0; i < rounds; i++)
        j->sum += i ^ j->number;
    j->done++;
}

static void give_and_take(unsigned threads, unsigned count) {
    enum { MOST = 500 };
    static job jobs[MOST];
    memset(jobs, 0, sizeof jobs);
    kdb_team *team = kdb_team_new(threads, work);
    assert_non_null(team);
    assert_null(kdb_team_take(team));
    unsigned taken = 0;
    for (unsigned i = 0; i < count; i++) {
        while (kdb_team_is_full(team)) {
            const job *back = kdb_team_take(team);
            assert_int_equal(back->number, taken++);
            assert_int_equal(back->done, 1);
            assert_true(back->worker < threads || back->worker == 0);
        }
        jobs[i].number = i;
        kdb_team_give(team, &jobs[i]);
    }
    for (const job *back; (back = kdb_team_take(team)) != NULL;) {
        assert_int_equal(back->number, taken++);
        assert_int_equal(back->done, 1);
    }
    assert_int_equal(taken, count);
    kdb_team_free(team);
}

static void test_order(void **state) {
    (void)state;
    static const unsigned threads[] = {0, 1, 2, 3, 8, 1000};
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        give_and_take(threads[i], 0);
        give_and_take(threads[i], 1);
        give_and_take(threads[i], 500);
    }
}

/* What was never taken back is no leak and no crash. */
static void test_given_up(void **state) {
    (void)state;
    job jobs[3] = {{.number = 0}, {.number = 1}, {.number = 2}};
    kdb_team *team = kdb_team_new(3, work);
    assert_non_null(team);
    for (size_t i = 0; i < 3; i++)
        kdb_team_give(team, &jobs[i]);
    kdb_team_free(team);
    for (size_t i = 0; i < 3; i++)
        assert_true(jobs[i].done <= 1);
    kdb_team_free(NULL);
}

#ifdef __GLIBC__
static void look_where(void *user) {
    (void)sched_getaffinity(0, sizeof(cpu_set_t), user);
}

/* A thread may run wherever its maker may, though it begins elsewhere; of one processor, on that.
 */
static void test_processors(void **state) {
    (void)state;
    cpu_set_t all, one, seen;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    CPU_ZERO(&one);
    CPU_SET((unsigned)sched_getcpu(), &one);
    const cpu_set_t *sets[] = {&all, &one};
    for (int i = 0; i < 2; i++) {
        kdb_thread thread;
        CPU_ZERO(&seen);
        assert_int_equal(sched_setaffinity(0, sizeof all, sets[i]), 0);
        assert_true(kdb_thread_start(&thread, look_where, &seen));
        kdb_thread_join(&thread);
        assert_true(CPU_EQUAL(&seen, sets[i]));
    }
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_given_up),
#ifdef __GLIBC__
        cmocka_unit_test(test_processors),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
