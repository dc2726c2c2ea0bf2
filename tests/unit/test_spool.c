/* What is larger than memory should be: it rests in files, and is there when it is looked at. */
#include "base/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "record/bibliography.h"
#include "unit.h"

enum { PIECE = 1000, PIECES = 30000 }; /* several blocks */

static char letter_of(size_t i) {
    return (char)('a' + i % 26);
}

static void check_arena(size_t spool_from) {
    kdb_arena arena = {.spool_from = spool_from};
    char **pieces = calloc(PIECES, sizeof *pieces);
    assert_non_null(pieces);
    for (size_t i = 0; i < PIECES; i++) {
        pieces[i] = kdb_arena_alloc(&arena, PIECE);
        assert_non_null(pieces[i]);
        memset(pieces[i], letter_of(i), PIECE);
    }
    for (int round = 0; round < 2; round++) {
        kdb_arena_rest(&arena);
        for (size_t i = 0; i < PIECES; i++) {
            assert_int_equal(pieces[i][0], letter_of(i + (size_t)round));
            assert_int_equal(pieces[i][PIECE - 1], letter_of(i + (size_t)round));
            memset(pieces[i], letter_of(i + 1), PIECE);
        }
    }
    kdb_arena_reset(&arena); /* keeps one block, whichever it is */
    char *again = kdb_arena_alloc(&arena, PIECE);
    assert_non_null(again);
    memset(again, 'z', PIECE);
    kdb_arena_free(&arena);
    free(pieces);
}

static void test_arena(void **state) {
    (void)state;
    check_arena(1);
    check_arena((size_t)4 << 20);
    check_arena(0);
}

/* Where nothing can be spooled, memory does. */
static void test_no_folder(void **state) {
    (void)state;
    setenv("TMPDIR", "/nowhere/at/all", 1);
    assert_null(kdb_spool_new(8192));
    check_arena(1);
    setenv("TMPDIR", "/dev/shm", 1); /* is memory */
    if (access("/dev/shm", W_OK) == 0)
        assert_null(kdb_spool_new(8192));
    unsetenv("TMPDIR");
}

/* A limit of files' sizes ends nothing. */
static void test_limit(void **state) {
    (void)state;
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 4096;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_null(kdb_spool_new(8192));
    check_arena(1);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
}

static void test_forget(void **state) {
    (void)state;
    enum { SIZE = 1 << 20, FROM = 5000, TO = 900001 };
    char *memory = malloc(SIZE);
    assert_non_null(memory);
    memset(memory, 'x', SIZE);
    kdb_spool_forget(memory + FROM, TO - FROM);
    kdb_spool_forget(memory + TO, 3); /* no whole page */
    for (size_t i = 0; i < SIZE; i++)
        assert_true(memory[i] == 'x' || (memory[i] == 0 && i >= FROM && i < TO));
    free(memory);
}

/* A bibliography that is larger than what is kept in memory. */
static void test_bibliography(void **state) {
    (void)state;
    enum { RECORDS = 50000, ABSTRACT = 4000 };
    kdbib *context = kdbib_new();
    kdbib_bibliography *list = kdbib_bibliography_new(context);
    char text[ABSTRACT + 1], title[64];
    assert_non_null(list);
    for (unsigned i = 0; i < RECORDS; i++) {
        kdbib_record *record = kdbib_bibliography_add(list, "l.md", i + 1);
        assert_non_null(record);
        memset(text, letter_of(i), ABSTRACT);
        text[ABSTRACT] = '\0';
        int size = snprintf(title, sizeof title, "Title number %u of a long list", i);
        assert_true(kdbib_record_set_title(record, &(kdbib_run){{title, (size_t)size}, 0}, 1,
                                           KDBIB_BASIS_LIST));
        assert_true(
            kdbib_record_set_text(record, KDBIB_ABSTRACT, kdbib_str_of(text), KDBIB_BASIS_LIST));
    }
    assert_true(kdbib_complete(list, &(kdbib_complete_options){.lock_file = NULL}));
    assert_int_equal(kdbib_bibliography_count(list), RECORDS);
    for (unsigned i = 0; i < RECORDS; i++) {
        const kdbib_record *record = kdbib_bibliography_record(list, i);
        kdbib_str abstract = kdbib_record_text(record, KDBIB_ABSTRACT);
        kdb_bibliography_pass(list, i, i + 1);
        assert_int_equal(abstract.size, ABSTRACT);
        assert_int_equal(abstract.data[ABSTRACT - 1], letter_of(i));
        assert_true(kdbib_record_text(record, KDBIB_KEY).size > 0);
    }
    kdbib_bibliography_free(list);
    kdbib_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena),        cmocka_unit_test(test_no_folder),
        cmocka_unit_test(test_limit),        cmocka_unit_test(test_forget),
        cmocka_unit_test(test_bibliography),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
