/* Bytes come out in their order, whichever way they took. */
#include "base/output.h"

#include <errno.h>
#include <stdlib.h>

#include "unit.h"

typedef struct sink {
    kdb_buffer bytes;
    size_t writes;
    size_t fails; /* at which write; 0: none */
} sink;

static int write_to(void *user, const void *data, size_t size) {
    sink *s = user;
    if (++s->writes == s->fails)
        return ENOSPC;
    kdb_buffer_add(&s->bytes, data, size);
    return 0;
}

static kdbib_str many(char c, size_t size) {
    static char memory[200000];
    memset(memory, c, size);
    return (kdbib_str){memory, size};
}

static void write_all(kdbib_output *out) {
    kdbib_output_str(out, KDBIB_STR("a"));
    kdb_output_pass(out, many('b', 100));
    kdb_output_pass(out, many('c', 40000));
    kdbib_output_char(out, 'd');
    kdb_output_pass(out, many('e', 150000));
    kdb_output_pass(out, KDBIB_STR(""));
    kdbib_output_str(out, many('f', 70000));
}

static void check(kdbib_str bytes) {
    static const size_t sizes[] = {1, 100, 40000, 1, 150000, 70000};
    size_t at = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_true(at < bytes.size && bytes.data[at++] == (char)('a' + (int)i));
    assert_int_equal(at, bytes.size);
}

static void test_order(void **state) {
    (void)state;
    sink s = {0};
    kdbib_output *out = kdbib_output_new(write_to, &s);
    write_all(out);
    assert_int_equal(kdbib_output_close(out), 0);
    check(kdb_buffer_str(&s.bytes));
    kdb_buffer_free(&s.bytes);
    out = kdbib_output_new_memory();
    write_all(out);
    check(kdbib_output_memory(out));
    assert_int_equal(kdbib_output_close(out), 0);
}

/* An error stays, and nothing is written behind it. */
static void test_error(void **state) {
    (void)state;
    for (size_t fails = 1; fails <= 5; fails++) {
        sink s = {.fails = fails};
        kdbib_output *out = kdbib_output_new(write_to, &s);
        write_all(out);
        assert_int_equal(kdbib_output_close(out), ENOSPC);
        assert_int_equal(s.writes, fails);
        kdb_buffer_free(&s.bytes);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
