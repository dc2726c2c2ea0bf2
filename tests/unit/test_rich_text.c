/* Rich text: entities, tags, LaTeX, math, and the way back. */
#include "unit.h"

#include <stdlib.h>
#include <time.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "kdbib/kdbib.h"
#include "text/rich_text.h"

static kdbib *context;
static kdbib_bibliography *bibliography;
static kdbib_record *record;
static kdb_arena arena;

static int set_up(void **state) {
    (void)state;
    context = kdbib_new();
    bibliography = context ? kdbib_bibliography_new(context) : NULL;
    record = bibliography ? kdbib_bibliography_add(bibliography, "x.md", 1) : NULL;
    return record ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    kdb_arena_free(&arena);
    kdbib_bibliography_free(bibliography);
    kdbib_free(context);
    return 0;
}

/* Runs as "text|style:text|…", the styles as letters. */
static void show(const kdb_rich_text *text, kdb_buffer *out) {
    static const char letters[] = "ibdusnmc";
    kdb_buffer_clear(out);
    for (size_t i = 0; i < text->count; i++) {
        if (i)
            kdb_buffer_add_char(out, '|');
        for (size_t bit = 0; bit < 8; bit++)
            if (text->runs[i].style & (1u << bit))
                kdb_buffer_add_char(out, letters[bit]);
        if (text->runs[i].style)
            kdb_buffer_add_char(out, ':');
        kdb_buffer_add_str(out, text->runs[i].text);
    }
}

typedef struct sample {
    const char *typed, *runs;
} sample;

static void check(const sample *samples, size_t count, bool list) {
    kdb_buffer out = {0};
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        kdb_rich_text text;
        kdbib_str typed = kdbib_str_of(samples[i].typed);
        assert_true(list ? kdb_rich_text_from_list(&arena, typed, &text)
                         : kdb_rich_text_from_html(&arena, typed, &text));
        show(&text, &out);
        if (!kdbib_str_equal(kdb_buffer_str(&out), kdbib_str_of(samples[i].runs))) {
            print_error("%s: %s, not %s\n", samples[i].typed, out.data ? out.data : "",
                        samples[i].runs);
            wrong++;
        }
    }
    kdb_buffer_free(&out);
    assert_int_equal(wrong, 0);
}

static void test_list(void **state) {
    (void)state;
    static const sample samples[] = {
        {"Plain words", "Plain words"},
        {"", ""},
        {"{BERX}: A {\\\"u}ber thing", "n:BERX|: A über thing"},
        {"Schr{\\\"o}dinger and G\\'erard, \\O{}re, \\L\\'od\\'z, {\\aa}",
         "Schrödinger and Gérard, Øre, Łódź, å"},
        {"na\\\"{\\i}ve \\c{c}a \\v{S}", "naïve ça Š"},
        {"P\\&F at 5\\% of \\$10", "P&F at 5% of $10"},
        {"$5 and $10 are no math", "$5 and $10 are no math"},
        {"It costs $5 (in US$)", "It costs $5 (in US$)"},
        {"$e^+e^-$ collisions", "m:e^+e^-| collisions"},
        {"the $k$-means of $n$", "the |m:k|-means of |m:n"},
        {"\\textit{in vivo} and \\textbf{bold}", "i:in vivo| and |b:bold"},
        {"{\\it in vivo} rest", "i:in vivo| rest"},
        {"\\emph{a \\textbf{b}} c", "i:a |ib:b| c"},
        {"H\\textsubscript{2}O\\textsuperscript{+}", "H|d:2|O|u:+"},
        {"H<sub>2</sub>O", "H|d:2|O"},
        {"AT&amp;T &lt;i&gt; &eacute; &#233; &#xe9;", "AT&T <i> é é é"},
        {"A & B &nothing; &#0; &#xD800;", "A & B &nothing; &#0; &#xD800;"},
        {"a < b, List<T>, x <b> y", "a < b, List<T>, x <b> y"},
        {"sets {a, b} stay", "sets {a, b} stay"},
        {"{{The Whole Title}}", "The Whole Title"},
        {"unbalanced { and } and \\ and \\foo{x}", "unbalanced { and } and \\ and \\foo{x}"},
        {"\\alpha-stable and \\LaTeX{}", "α-stable and LaTeX"},
        {"one<br>two<img src=\"a>b\">", "one two"},
        {"<span class=\"nocase\">X</span>", "n:X"},
        {"\\(a b\\) math", "m:a b| math"},
        {"{GPUs}ATC'22", "n:GPUs|ATC'22"},
        {"a_b^c #1 ~x", "a_b^c #1 ~x"},
    };
    check(samples, sizeof samples / sizeof *samples, true);
}

static void test_html(void **state) {
    (void)state;
    static const sample samples[] = {
        {"<i>in <b>v</b></i> x", "i:in |ib:v| x"},
        {"<EM>a</EM><strong>b</strong>", "i:a|b:b"},
        {"<span style=\"font-variant: small-caps;\">a</span>", "s:a"},
        {"<i>a<b>b</i>c</b>", "i:a|ib:b|c"},
        {"{BERX} \\'e stays", "{BERX} \\'e stays"},
        {"<a href='x'>link</a>", "link"},
        {"1 < 2 && 3 > 2", "1 < 2 && 3 > 2"},
    };
    check(samples, sizeof samples / sizeof *samples, false);
}

/* As CSL-JSON writes them and as it is read. */
static void check_round_trip(const kdbib_run *runs, size_t count) {
    assert_true(kdbib_record_set_title(record, runs, count, KDBIB_BASIS_LIST));
    for (int escape = 0; escape < 2; escape++) {
        kdb_buffer html = {0};
        kdb_rich_text text;
        kdb_rich_text_to_html(record, escape, &html);
        assert_true(kdb_rich_text_from_html(&arena, kdb_buffer_str(&html), &text));
        assert_int_equal(text.count, count);
        for (size_t i = 0; i < count; i++) {
            assert_true(kdbib_str_equal(text.runs[i].text, runs[i].text));
            assert_int_equal(text.runs[i].style, runs[i].style);
        }
        kdb_buffer_free(&html);
    }
}

static void test_round_trip(void **state) {
    (void)state;
    const kdbib_run runs[] = {
        {KDBIB_STR("a < b & <i> &amp; \\(x\\) $y$ "), 0},
        {KDBIB_STR("it"), KDBIB_ITALIC},
        {KDBIB_STR("e^+ e^-"), KDBIB_MATH},
        {KDBIB_STR("BERX"), KDBIB_NOCASE | KDBIB_BOLD},
        {KDBIB_STR("2"), KDBIB_SUB},
        {KDBIB_STR("caps"), KDBIB_SMALL_CAPS | KDBIB_NOCASE},
        {KDBIB_STR("a b"), KDBIB_MATH},
        {KDBIB_STR(" x "), 0},
        {KDBIB_STR("a<b & c &lt; d"), KDBIB_MATH},
        {KDBIB_STR(" 12 $5 and $10"), 0},
    };
    check_round_trip(runs, sizeof runs / sizeof *runs);
    /* a sign that is escaped must not let others meet */
    const kdbib_run dollars[] = {{KDBIB_STR("p$ $q "), KDBIB_BOLD}, {KDBIB_STR("with $x$ r$s"), 0}};
    check_round_trip(dollars, sizeof dollars / sizeof *dollars);
    const kdbib_run parentheses[] = {{KDBIB_STR("a \\(b \\(c\\) d"), 0},
                                     {KDBIB_STR("e\\)"), KDBIB_ITALIC}};
    check_round_trip(parentheses, sizeof parentheses / sizeof *parentheses);
    const kdbib_run tags[] = {{KDBIB_STR("a </s"), 0}, {KDBIB_STR("</sup> b"), KDBIB_BOLD}};
    check_round_trip(tags, sizeof tags / sizeof *tags);
    const kdbib_run before_formula[] = {{KDBIB_STR("($5)"), 0}, {KDBIB_STR("x^2"), KDBIB_MATH}};
    check_round_trip(before_formula, sizeof before_formula / sizeof *before_formula);
    assert_true(
        kdbib_record_set_text(record, KDBIB_TITLE, KDBIB_STR("AT&T < x"), KDBIB_BASIS_LIST));
    kdb_buffer html = {0};
    kdb_rich_text_to_html(record, false, &html);
    assert_str_is(kdb_buffer_str(&html), "AT&T < x");
    kdb_buffer_clear(&html);
    kdb_rich_text_to_html(record, true, &html);
    assert_str_is(kdb_buffer_str(&html), "AT&amp;T &lt; x");
    kdb_buffer_free(&html);
}

static void test_large_and_hostile(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "{",   "<i>", "$",    "\\textit{", "&",  "{{}",           "<i></i>",
        "\\'", "<",   "</i>", "\\(",       "$a", "<span class='", "\xFF"};
    const size_t size = 1 << 20;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = strlen(pieces[i]), at = 0;
        while (at + length <= size) {
            memcpy(text + at, pieces[i], length);
            at += length;
        }
        kdb_rich_text rich;
        assert_true(kdb_rich_text_from_list(&arena, (kdbib_str){text, at}, &rich));
        kdb_arena_reset(&arena);
    }
    free(text);
}

static void check_sorted(const char *name) {
    kdbib_str table = kdb_embedded(kdbib_str_of(name));
    size_t at = kdb_find_char(table, '\n', 0) + 1;
    kdbib_str before = {0};
    while (at < table.size) {
        size_t end = kdb_find_char(table, '\n', at);
        kdbib_str line = kdb_slice(table, at, end);
        size_t comma = line.size && line.data[0] == '"' ? kdb_find(line, KDBIB_STR("\","), 1) + 1
                                                        : kdb_find_char(line, ',', 0);
        kdbib_str cell = kdb_slice(line, 0, comma);
        assert_true(kdb_compare(before, cell) < 0);
        before = cell;
        at = end + 1;
    }
    assert_true(before.size > 0);
}

static void test_tables_are_sorted(void **state) {
    (void)state;
    check_sorted("latex-input.csv");
    check_sorted("html-elements.csv");
    check_sorted("html-entities.csv");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_html),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_large_and_hostile),
        cmocka_unit_test(test_tables_are_sorted),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
