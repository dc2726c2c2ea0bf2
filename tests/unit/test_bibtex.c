/* The BibTeX and biblatex writers: case protection, names, fields, whole entries. */
#include <stdio.h>

#include "one_record.h"

#include "case_protection.h"
#include "sample_records.h"

/* ---- case protection ---- */

static kdb_arena arena;
static kdb_proper_words words;

static int set_up_words(void **state) {
    (void)state;
    return kdb_proper_words_init(&words, &arena) ? 0 : -1;
}

static int tear_down_words(void **state) {
    (void)state;
    kdb_arena_free(&arena);
    return 0;
}

/* `marked` shows in braces what is to be protected. */
static void assert_protected(const char *marked) {
    char word[128], got[128] = "";
    size_t size = 0;
    for (const char *c = marked; *c; c++)
        if (*c != '{' && *c != '}')
            word[size++] = *c;
    word[size] = '\0';
    kdb_protected part = {0, 0};
    if (kdb_needs_protection(&words, kdbib_str_of(word), false, &part)) {
        memcpy(got, word, part.from);
        got[part.from] = '{';
        memcpy(got + part.from + 1, word + part.from, part.to - part.from);
        got[part.to + 1] = '}';
        memcpy(got + part.to + 2, word + part.to, size - part.to);
    } else {
        memcpy(got, word, size);
    }
    assert_string_equal(got, marked);
}

static void test_words_that_keep_their_case(void **state) {
    static const char *const cases[] = {
        "{BERT}:",        "({CVPR})",      "{U-Net++}",     "{mRNA}",        "{iPhone}",
        "{eLife}",        "{D²-Net}",      "{3D}",          "{PAM-4/NRZ}",   "{CT}",
        "{IEEE/CVF}",     "{nnU-Net}",     "{X-ray}",       "{COVID-19}",    "{ResNet50},",
        "{C++}",          "{C#}",          "{Alzheimer’s}", "{Alzheimer's}", "{Bayesian}",
        "{non-Gaussian}", "{II}",          "“{ViT}”",       "{DeepLab}",     "{GPT-4}?",
        "{T1-weighted}",  "{I}",           "{p53}",         "{CNNs}",        "{O(n)}",
        "{Monte}",        "{Wasserstein}", "{BERT-based}"};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_protected(cases[i]);
}

static void test_ordinary_words(void **state) {
    static const char *const cases[] = {"Knowledge",
                                        "Multi-Layer",
                                        "Teacher-Student",
                                        "A",
                                        "the",
                                        "2020",
                                        "1st",
                                        "19th",
                                        "1990s",
                                        "2021-2022",
                                        "k-means",
                                        "Distillation:",
                                        "(Self-Supervised)",
                                        "-",
                                        "&",
                                        "École",
                                        "Über",
                                        "知识",
                                        "Привет",
                                        "State-of-the-Art",
                                        "and/or",
                                        "It's",
                                        "[Re]",
                                        "Vision–Language",
                                        ""};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_protected(cases[i]);
}

static void test_shouting(void **state) {
    (void)state;
    kdb_protected part;
    assert_true(kdb_is_shouting(KDBIB_STR("KNOWLEDGE DISTILLATION IN IMAGING")));
    assert_false(kdb_is_shouting(KDBIB_STR("CNN AND GPT")));
    assert_false(kdb_is_shouting(KDBIB_STR("BERT, a model for GPT and CNN")));
    assert_false(kdb_needs_protection(&words, KDBIB_STR("KNOWLEDGE"), true, &part));
    assert_true(kdb_needs_protection(&words, KDBIB_STR("COVID19"), true, &part));
}

/* ---- one record ---- */

static const char *written(fixture *f, const char *format, const char *option) {
    kdbib_output_close(f->out);
    f->out = kdbib_output_new_memory();
    kdbib_writer *writer =
        kdbib_writer_new(f->context, kdbib_find_writer(f->context, kdbib_str_of(format)), f->out);
    if (option)
        assert_true(kdbib_writer_set_option(writer, option, NULL));
    assert_true(kdbib_write(f->bibliography, writer));
    kdbib_output_char(f->out, '\0');
    return kdbib_output_memory(f->out).data;
}

static void assert_holds(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("“%s” is not in:\n%s", part, text);
}

static void assert_lacks(const char *text, const char *part) {
    if (strstr(text, part))
        fail_msg("“%s” is in:\n%s", part, text);
}

static void set(fixture *f, kdbib_field field, const char *text) {
    assert_true(kdbib_record_set_text(f->record, field, kdbib_str_of(text), KDBIB_BASIS_LIST));
}

static void add_author(fixture *f, const kdbib_name *name) {
    assert_true(kdbib_record_add_name(f->record, KDBIB_AUTHORS, name, KDBIB_BASIS_LIST));
}

static void test_names(void **state) {
    fixture *f = *state;
    static const struct {
        const char *family, *given, *particle, *suffix, *literal, *expected;
    } cases[] = {
        {"Maaten", "Laurens", "van der", NULL, NULL, "{van der Maaten, Laurens}"},
        {"King", "Martin Luther", NULL, "Jr.", NULL, "{King, Jr., Martin Luther}"},
        {"Wang", NULL, NULL, NULL, NULL, "{Wang}"},
        {"Garcia Molina", "Hector", NULL, NULL, NULL, "{Garcia Molina, Hector}"},
        {"Garcia Molina", NULL, NULL, NULL, NULL, "{{Garcia Molina}}"},
        {"Silva dos Santos", "Ana", NULL, NULL, NULL, "{{Silva dos Santos}, Ana}"},
        {"Alembert", "Jean", "d’", NULL, NULL, "{d'Alembert, Jean}"},
        {NULL, NULL, NULL, NULL, "Google Brain and Friends, Inc.",
         "{{Google Brain and Friends, Inc.}}"},
        {"Smith, MD", "A and B", NULL, NULL, NULL, "{{Smith, MD}, {A and B}}"},
        {"Erdős", "Pál", NULL, NULL, NULL, "{Erd{\\H{o}}s, P{\\'a}l}"},
        {NULL, NULL, NULL, NULL, "\\def{", "{{\\textbackslash{}def\\textbraceleft{}}}"},
        {"Παπάς", "Ș β", NULL, NULL, NULL, "{Παπάς, {\\c{S}} β}"},
        {"Țăranu", NULL, NULL, NULL, NULL, "{Ț{\\u{a}}ranu}"},
        {"Others", NULL, NULL, NULL, NULL, "{{Others}}"},
        {"von", "X", NULL, "III", NULL, "{von, III, X}"},
        {"Brown", NULL, NULL, "III", NULL, "{Brown, III, {}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_record_clear_names(f->record, KDBIB_AUTHORS);
        add_author(f, &(kdbib_name){.family = kdbib_str_of(cases[i].family),
                                    .given = kdbib_str_of(cases[i].given),
                                    .particle = kdbib_str_of(cases[i].particle),
                                    .suffix = kdbib_str_of(cases[i].suffix),
                                    .literal = kdbib_str_of(cases[i].literal)});
        char expected[256];
        snprintf(expected, sizeof expected, "author = %s", cases[i].expected);
        assert_holds(written(f, "bibtex", NULL), expected);
    }
    kdbib_record_set_authors_truncated(f->record, true);
    assert_holds(written(f, "biblatex", NULL), " and others}");
}

static void set_title(fixture *f, const kdbib_run *runs, size_t count) {
    assert_true(kdbib_record_set_title(f->record, runs, count, KDBIB_BASIS_LIST));
}
#define RUN(text, style)                                                                           \
    { {text, sizeof(text) - 1}, style }

static void test_titles(void **state) {
    fixture *f = *state;
    static const struct {
        kdbib_run runs[6];
        const char *expected;
    } cases[] = {
        {{RUN("BERT: the first word too", 0)}, "{{BERT}: the first word too}"},
        {{RUN("D", 0), RUN("2", KDBIB_SUP), RUN("-Net: A", 0)}, "{{D$^{2}$-Net}: A}"},
        {{RUN("H", 0), RUN("2", KDBIB_SUB), RUN("O in use", 0)}, "{{H$_{2}$O} in use}"},
        {{RUN("H", 0), RUN("_2", KDBIB_MATH), RUN("O in use", 0)}, "{{H$_2$O} in use}"},
        {{RUN("3", KDBIB_SUP), RUN("He cools", 0)}, "{{$^{3}$He} cools}"},
        {{RUN("An ", 0), RUN("In Vivo", KDBIB_ITALIC), RUN(" MRI", 0)},
         "{An \\textit{In Vivo} {MRI}}"},
        {{RUN("An ", 0), RUN("in vivo", KDBIB_ITALIC), RUN("-MRI", 0)},
         "{An \\textit{in vivo}{-MRI}}"},
        {{RUN("Loss ", 0), RUN("\\mathcal{L}_0", KDBIB_MATH)}, "{Loss {$\\mathcal{L}_0$}}"},
        {{RUN("x ", 0), RUN("\\input{a}", KDBIB_MATH)},
         "{x \\${\\textbackslash}input{\\textbraceleft}a{\\textbraceright}\\$}"},
        {{RUN("#BLM is $BIG", 0)}, "{\\#{BLM} is \\${BIG}}"},
        {{RUN("An ", 0), RUN("ordinary", KDBIB_NOCASE), RUN(" word", 0)}, "{An {ordinary} word}"},
        {{RUN("The ", 0), RUN("sc", KDBIB_SMALL_CAPS), RUN("b", KDBIB_BOLD), RUN("tt", KDBIB_CODE)},
         "{The \\textsc{sc}\\textbf{b}\\texttt{tt}}"},
        {{RUN("the 19", 0), RUN("th", KDBIB_SUP), RUN(" \xC3\x9C", 0), RUN("\xC3\xBC", KDBIB_SUP)},
         "{the {19$^{th}$} {{\\\"U}\\textsuperscript{{\\\"u}}}}"},
        {{RUN("  two\n blanks\t ", 0)}, "{two blanks }"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[256];
        set_title(f, cases[i].runs, 6);
        snprintf(expected, sizeof expected, "title = %s", cases[i].expected);
        assert_holds(written(f, "bibtex", NULL), expected);
    }
}

static void test_links(void **state) {
    fixture *f = *state;
    set(f, KDBIB_DOI, "10.1007/978-3-540-88682-2_1");
    assert_true(kdbib_record_add_link(
        f->record, KDBIB_LINK_PAPER,
        KDBIB_STR("https://link.springer.com/chapter/10.1007/978-3-540-88682-2_1")));
    assert_true(
        kdbib_record_add_link(f->record, KDBIB_LINK_CODE, KDBIB_STR("https://git.hub/a_b")));
    const char *plain = written(f, "bibtex", NULL);
    assert_holds(plain, "doi = {10.1007/978-3-540-88682-2_1}");
    assert_lacks(plain, "url =");
    assert_holds(plain, "annote = {Code: https://git.hub/a\\_b}");
    assert_holds(written(f, "bibtex", "url-with-doi"),
                 "url = {https://link.springer.com/chapter/10.1007/978-3-540-88682-2_1}");
    assert_holds(written(f, "bibtex", "escape-doi"), "doi = {10.1007/978-3-540-88682-2\\_1}");
    /* the same page by another address; a page that is another */
    set(f, KDBIB_DOI, "10.1109/iccv.2007.4408927");
    assert_true(kdbib_record_add_link(f->record, KDBIB_LINK_PAPER,
                                      KDBIB_STR("https://ieeexplore.ieee.org/document/4408927")));
    assert_lacks(written(f, "biblatex", NULL), "url =");
    assert_true(kdbib_record_add_link(f->record, KDBIB_LINK_PAPER,
                                      KDBIB_STR("https://openaccess.thecvf.com/a_paper.html")));
    assert_holds(written(f, "bibtex", NULL), "url = {https://openaccess.thecvf.com/a_paper.html}");
}

static void test_dates_and_pages(void **state) {
    fixture *f = *state;
    kdbib_record_set_type(f->record, KDBIB_TYPE_ARTICLE_JOURNAL, KDBIB_BASIS_LIST);
    set(f, KDBIB_CONTAINER_TITLE, "IEEE Transactions");
    kdbib_record_set_issued(f->record, (kdbib_date){2021, 3, 0}, KDBIB_BASIS_LIST);
    set(f, KDBIB_PAGES, "S1-S8, 12-1-12-9");
    const char *bibtex = written(f, "bibtex", NULL);
    assert_holds(bibtex, "@article{k");
    assert_holds(bibtex, "journal = {IEEE Transactions}");
    assert_holds(bibtex, "year = {2021},\n  month = mar\n}");
    assert_holds(bibtex, "pages = {S1--S8, 12-1-12-9}");
    assert_holds(written(f, "biblatex", NULL), "date = {2021-03}");
    set(f, KDBIB_PAGES, "");
    set(f, KDBIB_ARTICLE_NUMBER, "e1008184");
    assert_holds(written(f, "bibtex", NULL), "pages = {e1008184}");
    const char *biblatex = written(f, "biblatex", NULL);
    assert_holds(biblatex, "eid = {e1008184}");
    assert_lacks(biblatex, "pages");
    kdbib_record_set_issued(f->record, (kdbib_date){790, 1, 2}, KDBIB_BASIS_LIST);
    assert_holds(written(f, "biblatex", NULL), "date = {0790-01-02}");
}

static void test_types_without_what_they_need(void **state) {
    fixture *f = *state;
    static const struct {
        kdbib_type type;
        const char *bibtex, *biblatex;
    } cases[] = {
        {KDBIB_TYPE_ARTICLE_JOURNAL, "@misc{", "@misc{"},
        {KDBIB_TYPE_PAPER_CONFERENCE, "@misc{", "@misc{"},
        {KDBIB_TYPE_CHAPTER, "@misc{", "@misc{"},
        {KDBIB_TYPE_THESIS, "@misc{", "@misc{"},
        {KDBIB_TYPE_REPORT, "@misc{", "@misc{"},
        {KDBIB_TYPE_BOOK, "@booklet{", "@book{"},
        {KDBIB_TYPE_PATENT, "@misc{", "@misc{"},
        {KDBIB_TYPE_DATASET, "@misc{", "@dataset{"},
        {KDBIB_TYPE_SOFTWARE, "@misc{", "@software{"},
        {KDBIB_TYPE_WEBPAGE, "@misc{", "@misc{"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_record_set_type(f->record, cases[i].type, KDBIB_BASIS_LIST);
        assert_holds(written(f, "bibtex", NULL), cases[i].bibtex);
        assert_holds(written(f, "biblatex", NULL), cases[i].biblatex);
    }
}

static void test_keywords(void **state) {
    fixture *f = *state;
    kdbib_section *document =
        kdbib_bibliography_add_section(f->bibliography, NULL, 1, KDBIB_STR("Awesome"));
    document->document_title = true;
    assert_true(kdbib_record_add_section(f->record, document));
    assert_holds(written(f, "bibtex", NULL), "keywords = {Awesome}");
    const kdbib_section *a = kdbib_bibliography_add_section(f->bibliography, document, 2,
                                                            KDBIB_STR("2D & 3D")),
                        *b = kdbib_bibliography_add_section(f->bibliography, a, 3, KDBIB_STR("CT")),
                        *c = kdbib_bibliography_add_section(f->bibliography, a, 3, KDBIB_STR("ct"));
    assert_true(kdbib_record_add_section(f->record, a) && kdbib_record_add_section(f->record, b) &&
                kdbib_record_add_section(f->record, c));
    assert_holds(written(f, "bibtex", NULL), "keywords = {2D \\& 3D, CT}");
}

static void test_keys_are_safe(void **state) {
    fixture *f = *state;
    set(f, KDBIB_KEY, "a b,}{%\\\"é:_-1");
    assert_holds(written(f, "bibtex", NULL), "@misc{ab:_-1");
    set(f, KDBIB_KEY, "é");
    assert_holds(written(f, "bibtex", NULL), "@misc{entry1");
}

static void test_fallbacks_for_missing_glyphs(void **state) {
    fixture *f = *state;
    add_author(f, &(kdbib_name){.family = KDBIB_STR("Żądło")});
    assert_holds(written(f, "bibtex", NULL),
                 "@preamble{ \"\\expandafter\\providecommand\\csname ?\\string\\k");
    assert_lacks(written(f, "bibtex", "unicode"), "@preamble");
    assert_lacks(written(f, "biblatex", NULL), "@preamble");
}

/* ---- whole files ---- */

/* An entry is balanced, one field a line, no empty value: what any reader of BibTeX relies on. */
static void check_grammar(kdbib_str text, size_t entries) {
    size_t found = 0;
    int depth = 0;
    for (size_t at = 0; at < text.size; at++) {
        const bool line_start = at == 0 || text.data[at - 1] == '\n';
        if (line_start && text.data[at] == '@') {
            assert_int_equal(depth, 0);
            found += strncmp(text.data + at, "@preamble", 9) != 0;
        }
        depth += (text.data[at] == '{') - (text.data[at] == '}');
        assert_true(depth >= 0);
        assert_true((unsigned char)text.data[at] >= ' ' || text.data[at] == '\n');
        if (text.data[at] == '\n' && depth)
            assert_int_equal(depth, 1);
    }
    assert_int_equal(depth, 0);
    assert_int_equal(found, entries);
}

static void test_samples(void **state) {
    static const char *const formats[] = {"bibtex", "biblatex"};
    (void)state;
    kdbib *context = kdbib_new();
    for (size_t i = 0; i < 2; i++)
        for (size_t unicode = 0; unicode < 2; unicode++) {
            const char *const options[] = {"unicode", "", NULL};
            kdbib_output *out = write_samples(context, formats[i], unicode ? options : NULL);
            check_grammar(kdbib_output_memory(out), SAMPLE_COUNT);
            kdbib_output_char(out, '\0');
            const char *text = kdbib_output_memory(out).data;
            assert_lacks(text, "= {}");
            assert_lacks(text, " = ,");
            assert_lacks(text, "\\input");
            assert_lacks(text, "\\write");
            kdbib_output_close(out);
        }
    kdbib_free(context);
}

/* Every field of a record stands in the entry, or docs/formats.md says why it does not. */
static void test_no_field_is_dropped(void **state) {
    fixture *f = *state;
    /* what the program only works with; what a type has no place for is in the types' own tests */
    static const kdbib_field internal[] = {KDBIB_TYPE,        KDBIB_AUTHORS,       KDBIB_EDITORS,
                                           KDBIB_ISSUED,      KDBIB_KEY,           KDBIB_VENUE,
                                           KDBIB_IEEE_NUMBER, KDBIB_DOI_CANDIDATE, KDBIB_PII,
                                           KDBIB_OPENREVIEW,  KDBIB_CANONICAL_URL};
    static const kdbib_field unlike_biblatex[] = {KDBIB_ISSN,    KDBIB_VERSION, KDBIB_GENRE,
                                                  KDBIB_ARCHIVE, KDBIB_ISSUE,   KDBIB_EDITION};
    static const kdbib_field unlike_bibtex[] = {KDBIB_ARTICLE_NUMBER, KDBIB_ARCHIVE};
    for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++) {
        char text[64];
        snprintf(text, sizeof text, "value%d", field);
        set(f, (kdbib_field)field, field == KDBIB_LANGUAGE ? "fr" : text);
    }
    set(f, KDBIB_ISBN, "978-3-319-24574-4");
    kdbib_record_set_type(f->record, KDBIB_TYPE_PAPER_CONFERENCE, KDBIB_BASIS_LIST);
    static const char *const formats[] = {"bibtex", "biblatex"};
    for (size_t format = 0; format < 2; format++) {
        const char *out = written(f, formats[format], NULL);
        const kdbib_field *other = format ? unlike_biblatex : unlike_bibtex;
        const size_t others = format ? 6 : 2;
        for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++) {
            char text[64];
            bool skip = false;
            for (size_t i = 0; i < sizeof internal / sizeof *internal; i++)
                skip |= internal[i] == (kdbib_field)field;
            for (size_t i = 0; i < others; i++)
                skip |= other[i] == (kdbib_field)field;
            snprintf(text, sizeof text, "value%d", field);
            if (!skip)
                assert_holds(out, field == KDBIB_LANGUAGE ? "french"
                                  : field == KDBIB_ISBN   ? "978-3-319-24574-4"
                                                          : text);
        }
    }
    kdbib_record_set_type(f->record, KDBIB_TYPE_DATASET, KDBIB_BASIS_LIST);
    const char *dataset = written(f, "biblatex", NULL);
    char text[64];
    snprintf(text, sizeof text, "version = {value%d}", KDBIB_VERSION);
    assert_holds(dataset, text);
    snprintf(text, sizeof text, "type = {value%d}", KDBIB_GENRE);
    assert_holds(dataset, text);
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_that_keep_their_case),
        cmocka_unit_test(test_ordinary_words),
        cmocka_unit_test(test_shouting),
        ONE(test_names),
        ONE(test_titles),
        ONE(test_links),
        ONE(test_dates_and_pages),
        ONE(test_types_without_what_they_need),
        ONE(test_keywords),
        ONE(test_keys_are_safe),
        ONE(test_no_field_is_dropped),
        ONE(test_fallbacks_for_missing_glyphs),
        cmocka_unit_test(test_samples),
    };
    return cmocka_run_group_tests(tests, set_up_words, tear_down_words);
}
