/* What the writer of BibTeX copies as it stands, plain names and words, comes out as the full rules
 * have it. */
#include <stdio.h>

#include "one_record.h"

static const char *written(fixture *f) {
    kdbib_output_close(f->out);
    f->out = kdbib_output_new_memory();
    kdbib_writer *writer =
        kdbib_writer_new(f->context, kdbib_find_writer(f->context, KDBIB_STR("bibtex")), f->out);
    assert_true(kdbib_write(f->bibliography, writer));
    return kdbib_output_memory(f->out).data;
}

static void written_author(fixture *f, const char *family, const char *given, char text[1024]) {
    kdbib_record_clear_names(f->record, KDBIB_AUTHORS);
    kdbib_name name = {.family = kdbib_str_of(family), .given = kdbib_str_of(given)};
    assert_true(kdbib_record_add_name(f->record, KDBIB_AUTHORS, &name, KDBIB_BASIS_LIST));
    assert_true(snprintf(text, 1024, "%s", written(f)) < 1024);
}

/* A blank behind a name means nothing, but only the full way through the rules takes it. */
static void test_plain_names(void **state) {
    static const char *const parts[] = {
        "Lee",
        "lee",
        "A.",
        "J. K.",
        "Al-Amin",
        "A--B",
        "-B",
        "B-",
        "O'Neil",
        "and",
        "And",
        "andy",
        "others",
        "OTHERS",
        "X and Y",
        "X  Y",
        "d'",
        "van",
        "de Cruz",
        "Garcia Molina",
        "a_b",
        "{x}",
        "\xC3\x9Cnl\xC3\xBC",
        "Lee, A",
        "A*",
        "1st",
        ".",
        "M.-C.",
        "X others",
        "",
    };
    const size_t count = sizeof parts / sizeof *parts;
    char plain[1024], full[1024], behind[64];
    for (size_t i = 0; i + 1 < count; i++) /* no family is empty */
        for (size_t k = 0; k < count; k++) {
            const bool given = parts[k][0] != '\0';
            snprintf(behind, sizeof behind, "%s ", parts[given ? k : i]);
            written_author(*state, parts[i], parts[k], plain);
            written_author(*state, given ? parts[i] : behind, given ? behind : "", full);
            assert_string_equal(plain, full);
        }
}

static void set_title(fixture *f, const char *text) {
    assert_true(
        kdbib_record_set_text(f->record, KDBIB_TITLE, kdbib_str_of(text), KDBIB_BASIS_LIST));
}

/* Of several blanks one is written; words that stand apart so are looked at one by one. */
static void test_plain_titles(void **state) {
    static const char *const titles[] = {
        "Deep Learning of ordinary words",       "Learning: a BERT for It's (Own) Africa",
        "Alzheimer Disease, MRI and X-ray",      "State-of-the-Art; what?! 2020 was 19th",
        "10% of A_b & c \\ and more words here", "\u00DCber alles und mehr",
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        char apart[256], once[1024];
        size_t size = 0;
        for (const char *at = titles[i]; *at; at++) {
            apart[size++] = *at;
            if (*at == ' ')
                apart[size++] = ' ';
        }
        apart[size] = '\0';
        set_title(*state, titles[i]);
        assert_true(snprintf(once, sizeof once, "%s", written(*state)) < 1024);
        set_title(*state, apart);
        assert_string_equal(written(*state), once);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_titles, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
