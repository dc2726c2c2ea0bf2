/* Text in LaTeX: escapes, accents, verbatim fields; formulas that are let through. */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "latex_text.h"
#include "tex_math.h"

static void assert_latex(bool unicode, const char *text, const char *expected) {
    kdb_latex latex;
    assert_true(kdb_latex_init(&latex, unicode));
    kdbib_output *out = kdbib_output_new_memory();
    kdb_latex_text(&latex, out, kdbib_str_of(text));
    assert_str_is(kdbib_output_memory(out), expected);
    kdbib_output_close(out);
    kdb_latex_free(&latex);
}

static void test_ascii(void **state) {
    (void)state;
    assert_latex(false, "100% of A & B_c #1 $5", "100\\% of A \\& B\\_c \\#1 \\$5");
    assert_latex(false, "~^`|",
                 "{\\textasciitilde}{\\textasciicircum}{\\textasciigrave}{\\textbar}");
    assert_latex(false, "a < b > c", "a {\\textless} b {\\textgreater} c");
    assert_latex(false, "it's \"quoted\"", "it's \"quoted\"");
    assert_latex(false, "--flag ---", "-{}-flag -{}-{}-");
    assert_latex(false, "", "");
}

static void test_nothing_of_tex_survives(void **state) {
    (void)state;
    assert_latex(false, "\\input{/etc/passwd}",
                 "{\\textbackslash}input{\\textbraceleft}/etc/passwd{\\textbraceright}");
    assert_latex(false, "}\n@article{x,", "{\\textbraceright} @article{\\textbraceleft}x,");
    assert_latex(false, "a%b\r\nc\td\x01\x7F", "a\\%b  c d");
    assert_latex(true, "^^5c {", "{\\textasciicircum}{\\textasciicircum}5c {\\textbraceleft}");
    assert_latex(true, "a\u2028b\u2029c\uFFFEd", "a b cd");
    /* broken UTF-8 is dropped, what follows is not */
    assert_latex(false, "a\xC3z\xFF\xE2\x80", "az");
}

static void test_accents_of_many_languages(void **state) {
    static const char *const words[][2] = {
        {"Mühlen", "M{\\\"u}hlen"}, /* German */
        {"Weiß", "Wei{\\ss}"},
        {"Gœthals élève çà", "G{\\oe}thals {\\'e}l{\\`e}ve {\\c{c}}{\\`a}"}, /* French */
        {"Núñez", "N{\\'u}{\\~n}ez"},                                        /* Spanish */
        {"João", "Jo{\\~a}o"},                                               /* Portuguese */
        {"Perché", "Perch{\\'e}"},                                           /* Italian */
        {"Çiğdem Işık", "{\\c{C}}i{\\u{g}}dem I{\\c{s}}{\\i}k"},             /* Turkish */
        {"İnönü", "{\\.I}n{\\\"o}n{\\\"u}"},
        {"Łukasz Żądło", "{\\L}ukasz {\\.Z}{\\k{a}}d{\\l}o"},                /* Polish */
        {"Dvořák Žižka", "Dvo{\\v{r}}{\\'a}k {\\v{Z}}i{\\v{z}}ka"},          /* Czech */
        {"Ľubomír Ďurička", "{\\v{L}}ubom{\\'i}r {\\v{D}}uri{\\v{c}}ka"},    /* Slovak */
        {"Erdős Szűcs", "Erd{\\H{o}}s Sz{\\H{u}}cs"},                        /* Hungarian */
        {"Ștefan Ăță", "Ștefan {\\u{A}}ț{\\u{a}}"},                          /* Romanian */
        {"Đorđe Šćepanović", "{\\DJ}or{\\dj}e {\\v{S}}{\\'c}epanovi{\\'c}"}, /* Croatian */
        {"Åström Öberg", "{\\r{A}}str{\\\"o}m {\\\"O}berg"},                 /* Swedish */
        {"Øyvind Bjørn Ærø", "{\\O}yvind Bj{\\o}rn {\\AE}r{\\o}"},           /* Norwegian, Danish */
        {"Þórður", "{\\TH}{\\'o}r{\\dh}ur"},                                 /* Icelandic */
        {"Õnnepalu", "{\\~O}nnepalu"},                                       /* Estonian */
        {"Ķēniņš", "{\\c{K}}{\\=e}ni{\\c{n}}{\\v{s}}"},                      /* Latvian */
        {"Šarūnas Ąžuolas", "{\\v{S}}ar{\\=u}nas {\\k{A}}{\\v{z}}uolas"},    /* Lithuanian */
        {"Nguyễn Thị Hương", "Nguyễn Th{\\d{i}} Hương"},                     /* Vietnamese */
        {"Đặng Ngọc", "{\\DJ}ặng Ng{\\d{o}}c"},
        {"Ħal Għaxaq", "Ħal Għaxaq"}, /* Maltese: no command in any common font */
        {"Ŋ ĳ", "{\\NG} ij"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_latex(false, words[i][0], words[i][1]);
        assert_latex(true, words[i][0], words[i][0]);
    }
    /* a mark behind its letter, not composed */
    assert_latex(false, "xy\u0302z a\u0301", "x{\\^y}z {\\'a}");
    assert_latex(false, "(\u0301)", "(\u0301)");
}

static void test_symbols_and_other_scripts(void **state) {
    (void)state;
    assert_latex(false, "\u03B2-VAE \u2264 \u0394", "{$\\beta$}-VAE {$\\leq$} {$\\Delta$}");
    assert_latex(false, "“a” ‘b’ c’s – — …", "``a'' `b' c's -- --- ...");
    assert_latex(false, "CO₂ 10²", "CO{$_{2}$} 10{$^{2}$}");
    assert_latex(false, "no\u00A0break zero\u200Bwidth", "no~break zerowidth");
    assert_latex(false, "漢字 Привет שלום", "漢字 Привет שלום");
    assert_latex(true, "β ≤ “x”", "β ≤ “x”");
}

static void test_verbatim(void **state) {
    (void)state;
    static const struct {
        const char *url;
        bool escape;
        const char *expected;
    } cases[] = {
        {"https://x.org/a_b?c=1&d=%20#e~f", false, "https://x.org/a_b?c=1&d=%20#e~f"},
        {"https://x.org/a_b&d=%20#e", true, "https://x.org/a\\_b\\&d=\\%20\\#e"},
        {"https://x.org/{a}\\ b\n\xC3\xBC", false, "https://x.org/%7Ba%7D%5C%20b%0A%C3%BC"},
        {"https://x.org/100%", false, "https://x.org/100%25"},
    };
    kdb_latex latex;
    assert_true(kdb_latex_init(&latex, false));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_output *out = kdbib_output_new_memory();
        kdb_latex_verbatim(&latex, out, kdbib_str_of(cases[i].url), cases[i].escape);
        assert_str_is(kdbib_output_memory(out), cases[i].expected);
        kdbib_output_close(out);
    }
    kdb_latex_free(&latex);
}

static void test_formulas(void **state) {
    static const char *const safe[] = {"x",
                                       "D^2",
                                       "O(n \\log n)",
                                       "\\mathcal{L}_{0}^{*}",
                                       "\\frac{1}{2}",
                                       "x'_{i}",
                                       "\\ell_1",
                                       "\\alpha\\beta",
                                       "\\mathbb{R}^n",
                                       "3 \\times 3",
                                       "\\sqrt{x^2}",
                                       "10\\%",
                                       "a_\\infty",
                                       "{}^{3}",
                                       "\\hat{x}",
                                       "f: X \\to Y"};
    static const char *const unsafe[] = {"\\input{/etc/passwd}",
                                         "\\write18{rm}",
                                         "x}",
                                         "{x",
                                         "}{",
                                         "x$y",
                                         "\\def\\x{}",
                                         "\\frac{1}",
                                         "x^",
                                         "x^2^3",
                                         "x_1_2",
                                         "\\",
                                         "%",
                                         "#1",
                                         "a&b",
                                         "^^5c",
                                         "\\catcode`",
                                         "\\mathrm",
                                         "\\Mathrm{x}",
                                         "a\nb",
                                         "x^\\mathbf{b}",
                                         "\\csname x\\endcsname",
                                         "\xC3\xBC"};
    (void)state;
    kdb_arena arena = {0};
    kdb_tex_math math;
    assert_true(kdb_tex_math_init(&math, &arena));
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        if (!kdb_tex_math_is_safe(&math, kdbib_str_of(safe[i])))
            fail_msg("refused: %s", safe[i]);
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        if (kdb_tex_math_is_safe(&math, kdbib_str_of(unsafe[i])))
            fail_msg("let through: %s", unsafe[i]);
    kdb_arena_free(&arena);
}

static void test_deep_formula(void **state) {
    (void)state;
    kdb_arena arena = {0};
    kdb_tex_math math;
    assert_true(kdb_tex_math_init(&math, &arena));
    enum { DEPTH = 100000 };
    char *deep = kdb_arena_alloc(&arena, DEPTH * 2);
    memset(deep, '{', DEPTH);
    memset(deep + DEPTH, '}', DEPTH);
    assert_false(kdb_tex_math_is_safe(&math, (kdbib_str){deep, DEPTH * 2}));
    kdb_arena_free(&arena);
}

/* The table is what the code expects: each character once, known kinds, balanced braces, no TeX
 * character loose.
 */
static void test_table(void **state) {
    (void)state;
    kdb_latex latex;
    assert_true(kdb_latex_init(&latex, false));
    assert_true(latex.table.rows > 500);
    for (size_t i = 0; i < latex.table.rows; i++) {
        const kdb_latex_row row = kdb_latex_row_at(&latex, i);
        const kdbib_str name = kdb_table_cell(&latex.table, i, 0);
        char written[16];
        const unsigned long code_point = strtoul(name.data + 2, NULL, 16);
        snprintf(written, sizeof written, "U+%04lX", code_point);
        assert_str_is(name, written);
        assert_true(code_point >= 0x80);
        assert_int_equal(kdb_table_row(&latex.table, name), i);
        assert_non_null(strchr("tmak", row.kind));
        assert_true(strchr("tk", row.kind) || row.latex.size);
        const kdbib_str both[] = {row.latex, row.fallback};
        for (size_t k = 0; k < 2; k++) {
            int depth = 0;
            for (size_t at = 0; at < both[k].size; at++) {
                depth += (both[k].data[at] == '{') - (both[k].data[at] == '}');
                assert_true(depth >= 0);
                assert_true(k == 0 || both[k].data[at] != '"'); /* stands in a quoted string */
            }
            assert_int_equal(depth, 0);
        }
    }
    kdb_latex_free(&latex);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_nothing_of_tex_survives),
        cmocka_unit_test(test_accents_of_many_languages),
        cmocka_unit_test(test_symbols_and_other_scripts),
        cmocka_unit_test(test_verbatim),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test(test_deep_formula),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
