/* The syntax of BibTeX, and LaTeX as text. */
#include "unit.h"

#include <stdio.h>

#include "text/bibtex_syntax.h"
#include "text/bibtex_value.h"

typedef struct told {
    char names[256]; /* of the complaints, each with a blank behind it */
} told;

static void complain(void *user, uint32_t line, const char *name, const char *message,
                     kdbib_str about) {
    (void)line, (void)message, (void)about;
    told *t = user;
    strncat(t->names, name, sizeof t->names - strlen(t->names) - 2);
    strcat(t->names, " ");
}

/* The title of entry `number` (from 0) of `text`; "none" when there is no such entry. */
static void expect(const char *text, int number, const char *key, const char *title,
                   const char *complaints) {
    kdb_arena arena = {0};
    kdb_bibtex bibtex;
    kdb_bibtex_entry entry = {0};
    told t = {""};
    kdb_bibtex_init(&bibtex, &arena, kdbib_str_of(text));
    bibtex.complain = complain;
    bibtex.user = &t;
    for (int i = 0; i <= number; i++)
        assert_true(kdb_bibtex_next(&bibtex, &entry));
    assert_str_is(entry.key, key);
    assert_str_is(kdb_bibtex_get(&entry, "TITLE"), title);
    while (kdb_bibtex_next(&bibtex, &entry))
        continue;
    assert_string_equal(t.names, complaints);
    kdb_bibtex_free(&bibtex);
    kdb_arena_free(&arena);
}

static void test_entries(void **state) {
    (void)state;
    expect("@article{a, title={b {c} \\} d}}", 0, "a", "b {c} \\} d", "");
    expect("text\n@ARTICLE ( a , title = \"b {\"} c\" )", 0, "a", "b {\"} c", "");
    expect("@misc{title={no key}}", 0, "", "no key", "");
    expect("@string{s={x }}@string(t = s # \"y\")@misc{a, title = t # { z} # 7}", 0, "a", "x y z7",
           "");
    expect("@comment{@misc{b, title={no}}} @preamble{\"x\"}\n@misc{a, title={yes}}", 0, "a", "yes",
           "");
    expect("@misc{a, title=jan}", 0, "a", "jan", "");
}

static void test_mistakes(void **state) {
    (void)state;
    expect("@misc{a, title={b} year=3}", 0, "a", "b", "missing-comma ");
    expect("@misc{a, title={b}, title={c}}", 0, "a", "b", "repeated-field ");
    expect("@misc{a, title=nowhere}", 0, "a", "nowhere", "undefined-string ");
    expect("@misc{a, title={never\n@misc{b, title={next}}", 0, "a", "never", "unclosed-entry ");
    expect("@misc{a, title={never\n@misc{b, title={next}}", 1, "b", "next", "unclosed-entry ");
    expect("@misc{a, oh no, title={b}}", 0, "a", "b", "stray-text stray-text ");
}

/* Runs as `style:text|…`. */
static void expect_rich(const char *latex, const char *expected) {
    kdb_arena arena = {0};
    kdb_bibtex_values values = {0};
    kdb_rich_text rich = {0};
    char shown[512] = "";
    assert_true(kdb_bibtex_rich(&values, &arena, kdbib_str_of(latex), &rich));
    for (size_t i = 0; i < rich.count; i++) {
        size_t used = strlen(shown);
        snprintf(shown + used, sizeof shown - used, "%s%u:%.*s", i ? "|" : "", rich.runs[i].style,
                 (int)rich.runs[i].text.size, rich.runs[i].text.data);
    }
    assert_string_equal(shown, expected);
    kdb_bibtex_values_free(&values);
    kdb_arena_free(&arena);
}

static void test_values(void **state) {
    (void)state;
    expect_rich("{\\\"U}ber {\\'\\i}, \\v{s}, {\\d{\\^a}}, \\c c, {\\ss}", "0:Über í, š, ậ, ç, ß");
    expect_rich("a~b --- c--d ``e'' \\& \\% {-}{-}", "0:a b — c–d “e” & % |32:--");
    expect_rich("The {BERT} of \\textit{E. coli}", "0:The |32:BERT|0: of |1:E. coli");
    expect_rich("{{All of it}}", "0:All of it");
    expect_rich("H$_2$O, $x^{2}$ and {$\\alpha$}", "0:H|4:2|0:O, |64:x^{2}|0: and α");
    expect_rich("{$\\mathit{o}$}, {\\o}, \\textsection, $\\beta$", "0:ο, ø, §, |64:\\beta");
    expect_rich("The {$k$}-way {$-$}", "0:The |64:k|0:-way −");
    expect_rich("$$a$é, $$$é", "64:a|0:é, é");
    expect_rich("\\emph{a \\textbf{b}} {\\it c} d", "1:a |3:b|0: |1:c|0: d");
    expect_rich("\\unknown{word} \\url{http://a.b/~c\\_d}", "0:word http://a.b/~c_d");
    expect_rich("a } b { c", "0:a b |32:c");
    expect_rich("\\", "");
}

static void test_verbatim(void **state) {
    (void)state;
    kdb_arena arena = {0};
    assert_str_is(kdb_bibtex_verbatim(&arena, KDBIB_STR("http://a.b/~c\\_d\\%20{e}")),
                  "http://a.b/~c_d%20e");
    assert_str_is(kdb_bibtex_verbatim(&arena, KDBIB_STR("http://a.b/{\\textasciitilde}c")),
                  "http://a.b/~c");
    kdb_arena_free(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_verbatim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
