/* The sample records, and that every format of kdbib writes them. */
#include "unit.h"

#include "sample_records.h"

static void test_every_format_writes_every_sample(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        kdbib_output *first = write_samples(context, class->name, NULL);
        kdbib_output *second = write_samples(context, class->name, NULL);
        assert_true(kdbib_output_memory(first).size > 1000);
        assert_true(kdbib_str_equal(kdbib_output_memory(first), kdbib_output_memory(second)));
        assert_int_equal(kdbib_output_close(first), 0);
        assert_int_equal(kdbib_output_close(second), 0);
    }
    kdbib_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_format_writes_every_sample)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
