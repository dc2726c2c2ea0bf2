/* DOIs from URLs: literal ones with their traps, what is none, a user's rules, contradictions, and
 * what a record takes from its links. */
#include <stdio.h>
#include <stdlib.h>

#include "unit.h"

#include "base/buffer.h"
#include "base/csv.h"
#include "base/strings.h"
#include "library/context.h"
#include "resolve/contradict.h"
#include "resolve/resolve.h"
#include "resolve/resolver.h"

typedef struct finding {
    char name[64], message[512];
    uint32_t line;
    int count;
} finding;

static void note(void *user, const kdbib_diagnostic *diagnostic) {
    finding *f = user;
    snprintf(f->name, sizeof f->name, "%s", diagnostic->name);
    snprintf(f->message, sizeof f->message, "%s", diagnostic->message);
    f->line = diagnostic->line;
    f->count++;
}

/* tests/data/dois.tsv: URL, DOI or nothing, basis */
static void test_cases(void **state) {
    kdbib *context = *state;
    FILE *in = fopen(SOURCE_DIR "/tests/data/dois.tsv", "rb");
    assert_non_null(in);
    char line[4096];
    int wrong = 0, count = 0;
    while (fgets(line, sizeof line, in)) {
        line[strcspn(line, "\n")] = '\0';
        char *doi = strchr(line, '\t'), *basis = doi ? strchr(doi + 1, '\t') : NULL;
        if (!basis || line[0] == '#')
            continue;
        *doi++ = '\0';
        *basis++ = '\0';
        kdbib_doi_result result;
        assert_true(kdbib_doi_from_url(context, kdbib_str_of(line), &result));
        count++;
        if (!kdb_equal_nocase(result.doi, kdbib_str_of(doi)) ||
            strcmp(kdbib_basis_name(result.basis), basis) != 0) {
            wrong++;
            print_error("%s\n  want %s %s\n  got  %.*s %s\n", line, doi, basis,
                        (int)result.doi.size, result.doi.data ? result.doi.data : "",
                        kdbib_basis_name(result.basis));
        }
    }
    fclose(in);
    assert_int_equal(wrong, 0);
    assert_true(count > 60);
}

/* Random bytes hold no DOI, however they are dressed. */
static void test_nothing_is_invented(void **state) {
    kdbib *context = *state;
    uint32_t seed = 3;
    for (int round = 0; round < 20000; round++) {
        char text[200];
        size_t size = 0;
        if (round % 3) {
            memcpy(text, "https://dl.acm.org/", 19);
            size = 19;
        }
        for (size_t i = 0; i < 60; i++) {
            seed = seed * 1664525u + 1013904223u;
            text[size++] =
                round % 2 ? (char)(seed >> 24) : "abcdef/?=&#.%-_()<>"[(seed >> 16) % 19];
        }
        kdbib_doi_result result;
        assert_true(kdbib_doi_from_url(context, (kdbib_str){text, size}, &result));
        assert_int_equal(result.doi.size, 0);
    }
}

static void test_long_input_is_linear(void **state) {
    kdbib *context = *state;
    static const char *const starts[] = {"https://doi.org/10.1000/",
                                         "https://a.org/?q=", "https://a.org/",
                                         "https://web.archive.org/web/"};
    static const char *const units[] = {
        "a",    "%25",     "&amp;",        "10.1000/", ")", "&a=b", "/",
        "\xff", "http://", ";jsessionid=", ".pdf",     "(", "]("};
    kdb_buffer text = {0};
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
        for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
            kdb_buffer_clear(&text);
            kdb_buffer_add_str(&text, kdbib_str_of(starts[s]));
            while (text.size < 200000)
                kdb_buffer_add_str(&text, kdbib_str_of(units[u]));
            kdbib_doi_result result;
            assert_true(kdbib_doi_from_url(context, kdb_buffer_str(&text), &result));
            assert_true(result.doi.size < 4096);
        }
    kdb_buffer_free(&text);
}

/* ---- a user's rules ---- */

static kdbib_str read_file(const char *path) {
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    static char bytes[65536];
    size_t size = fread(bytes, 1, sizeof bytes - 1, in);
    fclose(in);
    bytes[size] = '\0';
    return (kdbib_str){bytes, size};
}

/* The manual's page has one block of CSV; it does what the page says. */
static void test_worked_example_of_the_manual(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    kdbib_str page = read_file(SOURCE_DIR "/docs/rules.md");
    size_t from = kdb_find(page, KDBIB_STR("```csv\n"), 0);
    assert_int_not_equal(from, SIZE_MAX);
    size_t to = kdb_find(page, KDBIB_STR("\n```"), from);
    assert_int_not_equal(to, SIZE_MAX);
    kdbib_str csv = kdb_slice(page, from + 7, to + 1);
    assert_true(kdbib_add_doi_rules(context, "my-rules.csv", csv));
    kdb_arena arena = {0};
    kdb_table table;
    assert_true(kdb_table_read(&arena, csv, &table));
    assert_int_equal(table.rows, 3);
    for (size_t row = 0; row < table.rows; row++) {
        kdbib_doi_result result;
        assert_true(kdbib_doi_from_url(context, kdb_table_cell(&table, row, 4), &result));
        assert_str_is(result.doi, kdb_table_cell(&table, row, 5).data);
        assert_string_equal(result.rule_file, "my-rules.csv");
        assert_int_equal(result.rule_line, table.lines[row]);
    }
    kdb_arena_free(&arena);
    kdbib_free(context);
}

static void test_users_rules_come_first(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    assert_true(kdbib_add_doi_rules(
        context, "mine.csv",
        KDBIB_STR("pattern,doi,basis,host\n" /* columns in any order */
                  "^/record/(\\d+),10.9999/$1,computed,x.org WWW.Zenodo.org\n")));
    kdbib_doi_result result;
    assert_true(kdbib_doi_from_url(context, KDBIB_STR("https://zenodo.org/record/7"), &result));
    assert_str_is(result.doi, "10.9999/7");
    assert_true(kdbib_doi_from_url(context, KDBIB_STR("https://zenodo.org/records/7"), &result));
    assert_str_is(result.doi, "10.5281/zenodo.7");
    kdbib_free(context);
}

static void test_bad_rules_are_told_with_their_line(void **state) {
    (void)state;
    static const struct {
        const char *csv, *message;
        uint32_t line;
    } cases[] = {
        {"host,pattern,doi,basis\na.org,^/x,10.1/$1,computed\nb.org,^/(x,10.1/$1,computed\n",
         "pattern: no good pattern: missing closing parenthesis (character 5)", 3},
        {"host,pattern,doi,basis\na.org,^/x,10.1/{nosuch.code $1},computed\n",
         "doi: no such table: 10.1/{nosuch.code $1}", 2},
        {"host,pattern,doi,basis\na.org,^/x,10.1/{mdpi.nosuch $1},computed\n",
         "doi: the table has no such column: 10.1/{mdpi.nosuch $1}", 2},
        {"host,pattern,doi,basis\na.org,^/x,10.1/{$1,computed\n", "doi: a { without }: 10.1/{$1",
         2},
        {"host,pattern,doi,basis\na.org,^/x,10.1/$x,computed\n",
         "doi: after $ comes a group's number or “host”: 10.1/$x", 2},
        {"host,pattern,doi,basis\na.org,^/x,10.1/$1,sure\n",
         "basis: it is literal, computed or candidate", 2},
        {"host,pattern,doi\n,^/x,10.1/$1\n", "host: a host is missing", 2},
        {"host,pattern,doi\na.org,,10.1/$1\n", "pattern: a pattern is missing", 2},
        {"host,pattern,doi\na.org,^/x,\n", "doi: a template is missing", 2},
        {"host,pattern,doi\na.org,^/\"x,10.1/$1\n",
         "rule: the row is no CSV: a stray or unclosed quote", 2},
        {"host,what\na.org,^/x\n", "rule: the first row names the columns: host, pattern, and: doi",
         1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib *context = kdbib_new();
        finding seen = {0};
        kdbib_set_diagnostic_handler(context, note, &seen);
        assert_false(kdbib_add_doi_rules(context, "mine.csv", kdbib_str_of(cases[i].csv)));
        assert_int_equal(seen.count, 1);
        assert_string_equal(seen.name, "bad-rule");
        assert_string_equal(seen.message, cases[i].message);
        assert_int_equal(seen.line, cases[i].line);
        kdbib_free(context);
    }
}

static void test_a_trap_of_a_pattern_gives_up(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    finding seen = {0};
    kdbib_set_diagnostic_handler(context, note, &seen);
    assert_true(kdbib_add_doi_rules(
        context, "mine.csv",
        KDBIB_STR("host,pattern,doi,basis\na.org,^/(a+)+(b|c)\\1$,10.1/$1,computed\n")));
    kdbib_doi_result result;
    for (int i = 0; i < 2; i++)
        assert_true(kdbib_doi_from_url(
            context, KDBIB_STR("https://a.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab!"),
            &result));
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.name, "rule-limit");
    assert_int_equal(seen.line, 2);
    kdbib_free(context);
}

/* ---- records ---- */

static kdbib_record *record_of(kdbib_bibliography *b, const char *paper, const char *pdf) {
    kdbib_record *record = kdbib_bibliography_add(b, "a.md", 1);
    if (paper)
        kdbib_record_add_link(record, KDBIB_LINK_PAPER, kdbib_str_of(paper));
    if (pdf)
        kdbib_record_add_link(record, KDBIB_LINK_PDF, kdbib_str_of(pdf));
    return record;
}

static void test_record_takes_what_the_list_lacks(void **state) {
    kdbib *context = *state;
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdbib_record *record = record_of(b, "http://proceedings.mlr.press/v119/chen20j.html", NULL);
    assert_true(kdb_resolve_record(context, record));
    kdbib_cursor cursor = {0};
    kdbib_name name;
    assert_true(kdbib_record_next_name(record, KDBIB_AUTHORS, &cursor, &name));
    assert_str_is(name.family, "Chen");
    assert_true(kdbib_record_authors_truncated(record));
    assert_int_equal(kdbib_record_basis(record, KDBIB_AUTHORS), KDBIB_BASIS_COMPUTED);
    assert_int_equal(kdbib_record_type(record), KDBIB_TYPE_PAPER_CONFERENCE);
    assert_int_equal(kdbib_record_issued(record).year, 2020);

    record = record_of(b, "http://proceedings.mlr.press/v119/chen20j.html", NULL);
    kdbib_name listed = {.family = KDBIB_STR("Chén")};
    kdbib_record_add_name(record, KDBIB_AUTHORS, &listed, KDBIB_BASIS_LIST);
    kdbib_record_set_issued(record, (kdbib_date){.year = 2019}, KDBIB_BASIS_LIST);
    assert_true(kdb_resolve_record(context, record));
    cursor = (kdbib_cursor){0};
    assert_true(kdbib_record_next_name(record, KDBIB_AUTHORS, &cursor, &name));
    assert_str_is(name.family, "Chén");
    assert_false(kdbib_record_next_name(record, KDBIB_AUTHORS, &cursor, &name));
    assert_false(kdbib_record_authors_truncated(record));
    assert_int_equal(kdbib_record_issued(record).year, 2019);
    kdbib_bibliography_free(b);
}

static void test_published_link_speaks_and_arxiv_id_stays(void **state) {
    kdbib *context = *state;
    static const char arxiv[] = "https://arxiv.org/pdf/2303.16880v2";
    static const char published[] = "https://www.mdpi.com/2414-4088/9/1/6";
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    for (int turned = 0; turned < 2; turned++) {
        kdbib_record *record = record_of(b, turned ? published : arxiv, turned ? arxiv : published);
        assert_true(kdb_resolve_record(context, record));
        assert_str_is(kdbib_record_text(record, KDBIB_DOI), "10.3390/mti9010006");
        assert_str_is(kdbib_record_text(record, KDBIB_ARXIV), "2303.16880");
        assert_int_equal(kdbib_record_type(record), KDBIB_TYPE_ARTICLE_JOURNAL);
        assert_int_equal(kdbib_record_text(record, KDBIB_ARCHIVE).size, 0);
        assert_int_equal(kdbib_record_issued(record).year, 0);
    }
    /* no DOI follows from a CVF page, and the preprint's is not the paper's */
    kdbib_record *record = record_of(
        b, arxiv,
        "https://openaccess.thecvf.com/content/CVPR2021/papers/Esser_A_B_CVPR_2021_paper.pdf");
    assert_true(kdb_resolve_record(context, record));
    assert_int_equal(kdbib_record_text(record, KDBIB_DOI).size, 0);
    assert_str_is(kdbib_record_text(record, KDBIB_ARXIV), "2303.16880");
    assert_int_equal(kdbib_record_issued(record).year, 2021);
    assert_str_is(kdbib_record_text(record, KDBIB_CANONICAL_URL),
                  "https://arxiv.org/pdf/2303.16880v2");
    /* a page that tells nothing leaves the word to the PDF */
    record = record_of(b, "https://example.org/project", arxiv);
    assert_true(kdb_resolve_record(context, record));
    assert_str_is(kdbib_record_text(record, KDBIB_DOI), "10.48550/arXiv.2303.16880");
    assert_int_equal(kdbib_record_type(record), KDBIB_TYPE_ARTICLE);
    assert_int_equal(kdbib_record_issued(record).month, 3);
    /* a candidate is no DOI */
    record = record_of(b, "https://www.jstor.org/stable/2096398", NULL);
    assert_true(kdb_resolve_record(context, record));
    assert_int_equal(kdbib_record_text(record, KDBIB_DOI).size, 0);
    assert_str_is(kdbib_record_text(record, KDBIB_DOI_CANDIDATE), "10.2307/2096398");
    kdbib_bibliography_free(b);
}

static void test_contradictions(void **state) {
    kdbib *context = *state;
    static const struct {
        const char *url, *doi;
        kdbib_field field;
        const char *says;
    } cases[] = {
        {"https://ieeexplore.ieee.org/document/9053461", "10.1109/ICASSP40776.2020.9053461",
         KDBIB_FIELD_COUNT, ""},
        {"https://ieeexplore.ieee.org/document/9053461", "10.1109/ICASSP40776.2020.9053462",
         KDBIB_IEEE_NUMBER, "9053462"},
        /* neither a journal's number nor a short one is the document's */
        {"https://ieeexplore.ieee.org/document/9053461", "10.1109/TMI.2020.2974499",
         KDBIB_FIELD_COUNT, ""},
        {"https://ieeexplore.ieee.org/document/7780459", "10.1109/CVPR.2016.90", KDBIB_FIELD_COUNT,
         ""},
        {"https://www.sciencedirect.com/science/article/pii/S0140673620301835",
         "10.1016/S0140-6736(20)30183-5", KDBIB_FIELD_COUNT, ""},
        {"https://www.sciencedirect.com/science/article/pii/S0140673620301835",
         "10.1016/S0140-6736(20)30211-7", KDBIB_PII, "S0140673620302117"},
        {"https://arxiv.org/abs/1706.03762", "10.48550/arXiv.1706.03762", KDBIB_FIELD_COUNT, ""},
        {"https://arxiv.org/abs/1706.03762", "10.48550/arXiv.1810.04805", KDBIB_ARXIV,
         "1810.04805"},
        {"https://arxiv.org/abs/1706.03762", "10.1109/CVPR.2016.90", KDBIB_FIELD_COUNT, ""},
        {"https://dl.acm.org/doi/10.1145/3447648", "10.1145/3447648", KDBIB_FIELD_COUNT, ""},
        {"https://dl.acm.org/doi/10.1145/3447648", "10.1145/3447649", KDBIB_CANONICAL_URL,
         "10.1145/3447648"},
    };
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdbib_record *record = record_of(b, cases[i].url, NULL);
        assert_true(kdb_resolve_record(context, record));
        kdbib_str says;
        assert_int_equal(kdb_contradiction(context, record, kdbib_str_of(cases[i].doi), &says),
                         cases[i].field);
        assert_str_is(says, cases[i].says);
    }
    kdbib_bibliography_free(b);
}

static int open_context(void **state) {
    *state = kdbib_new();
    return *state ? 0 : -1;
}

static int close_context(void **state) {
    kdbib_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_nothing_is_invented),
        cmocka_unit_test(test_long_input_is_linear),
        cmocka_unit_test(test_worked_example_of_the_manual),
        cmocka_unit_test(test_users_rules_come_first),
        cmocka_unit_test(test_bad_rules_are_told_with_their_line),
        cmocka_unit_test(test_a_trap_of_a_pattern_gives_up),
        cmocka_unit_test(test_record_takes_what_the_list_lacks),
        cmocka_unit_test(test_published_link_speaks_and_arxiv_id_stays),
        cmocka_unit_test(test_contradictions),
    };
    return cmocka_run_group_tests(tests, open_context, close_context);
}
