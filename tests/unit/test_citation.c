/* Citation strings of every style, and titles with what curators put around them. */
#include "field_tables.h"

#include <stdio.h>

#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"

/* `**bold**`, `_italic_` and `<link>` in a sample become spans. */
static size_t spans_of(const char *sample, kdb_span *spans) {
    size_t count = 0;
    unsigned marks = 0;
    const char *start = sample;
    for (const char *at = sample;; at++) {
        unsigned mark = strncmp(at, "**", 2) == 0  ? KDB_MARK_BOLD
                        : *at == '_'               ? KDB_MARK_ITALIC
                        : *at == '<' || *at == '>' ? KDB_MARK_LINK
                                                   : 0;
        if (*at && !mark)
            continue;
        if (at > start)
            spans[count++] = (kdb_span){{start, (size_t)(at - start)}, marks};
        if (!*at)
            return count;
        marks ^= mark;
        at += mark == KDB_MARK_BOLD;
        start = at + 1;
    }
}

static void show(const kdb_citation *c, char *out, size_t size) {
    int n = snprintf(out, size, "%.*s|", (int)c->title.size, c->title.data);
    for (size_t i = 0; i < c->authors.count; i++)
        n += snprintf(out + n, size - (size_t)n, "%s%s", i ? ";" : "",
                      c->authors.names[i].family.size ? c->authors.names[i].family.data
                                                      : c->authors.names[i].literal.data);
    n += snprintf(out + n, size - (size_t)n, "%s|%s|", c->authors.truncated ? "+" : "",
                  c->venue.name.size ? c->venue.name.data : "");
    if (c->venue.date.year)
        n += snprintf(out + n, size - (size_t)n, "%d", c->venue.date.year);
    if (c->venue.volume.size)
        n += snprintf(out + n, size - (size_t)n, " v%s", c->venue.volume.data);
    if (c->venue.issue.size)
        n += snprintf(out + n, size - (size_t)n, " n%s", c->venue.issue.data);
    if (c->venue.pages.size)
        n += snprintf(out + n, size - (size_t)n, " p%s", c->venue.pages.data);
    if (c->venue.doi.size)
        snprintf(out + n, size - (size_t)n, " %s", c->venue.doi.data);
}

static void test_citations(void **state) {
    (void)state;
    static const struct {
        const char *text, *parts;
    } cases[] = {
        /* MLA */
        {"**[50]** Lilly, Timothy P., et al. \"**Odd control with deep things**.\" arXiv preprint "
         "arXiv:1509.02972 (2015).",
         "Odd control with deep things|Lilly+|arXiv preprint arXiv:1509.02972|2015"},
        {"Aber, Alba. \"Using odd controls: Feasibility and more.\" Journal of Odd Literature 59.2 "
         "(2021): 391-425.",
         "Using odd controls: Feasibility and more|Aber|Journal of Odd Literature|2021 v59 n2 "
         "p391-425"},
        {"Gulla, Ishan, and David Lopez-Pat. \"In Search of Lost Things.\" In International "
         "Conference "
         "on Odd Learning. 2020.",
         "In Search of Lost Things|Gulla;Lopez-Pat|International Conference on Odd Learning|2020"},
        /* GB/T 7714 */
        {"Qi T, Li G, Chen L, et al. **ADGCX: A weak framework for anomalies[J]**. IEEE Internet "
         "of "
         "Things Journal, 2021.",
         "ADGCX: A weak framework for anomalies|Qi;Li;Chen+|IEEE Internet of Things Journal|2021"},
        {"Lee A, Li B. Deep learning of odd things[C]//Proceedings of the Odd Conference. 2019: "
         "12-20.",
         "Deep learning of odd things|Lee;Li|Proceedings of the Odd Conference|2019 p12-20"},
        /* ACM */
        {"Pierce Wellen. 1993. **Playing with paper on the desk**. Commun. ACM 36, 7 (July 1993), "
         "87-96. DOI=http://dx.doi.org/10.1145/159544.159999",
         "Playing with paper on the desk|Wellen|Commun. ACM|1993 v36 n7 p87-96 "
         "10.1145/159544.159999"},
        /* APA */
        {"Lee, A., & Li, B. C. (2015). A theory of very odd things. Journal of Oddness, 12(3), "
         "45-67.",
         "A theory of very odd things|Lee;Li|Journal of Oddness|2015 v12 n3 p45-67"},
        /* IEEE */
        {"A. Lee and B. Li, \"A theory of very odd things,\" in Proc. ICML, 2015, pp. 1-9.",
         "A theory of very odd things|Lee;Li|Proc. ICML|2015 p1-9"},
        /* home-made */
        {"Knowledge of Odd Neural Networks. Tahan, Ahmet et al. CVPR 2021",
         "Knowledge of Odd Neural Networks|Tahan+|CVPR|2021"},
        {"Ann Lee, Bo Li. A theory of very odd things. NeurIPS, 2020.",
         "A theory of very odd things|Lee;Li|NeurIPS|2020"},
        {"A Theory of Very Odd Things, Ann Lee, Bo Li, CVPR 2020",
         "A Theory of Very Odd Things|Lee;Li|CVPR|2020"},
        {"Nian Liu, Bo Han, Predicting Eye Fixations using Odd Networks, CVPR, 2015.",
         "Predicting Eye Fixations using Odd Networks|Liu;Han|CVPR|2015"},
        {"Marcus, A., Iengo, S.-H., <Event-Based Segmentation of Odd Things>. Front. Neurosci. "
         "(2018), "
         "12:135.",
         "Event-Based Segmentation of Odd Things|Marcus;Iengo|Front. Neurosci.|2018 v12 p135"},
        {"**Predicting Slices via Odd Models** (2024), FSE'24, Yada, Aash, et al.",
         "Predicting Slices via Odd Models|Yada+|FSE|2024"},
        {"A Theory of Very Odd Things. ICLR 2019. Ann Lee, Bo Li",
         "A Theory of Very Odd Things|Lee;Li|ICLR|2019"},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_span spans[32];
        kdb_citation citation;
        char out[600];
        size_t count = spans_of(cases[i].text, spans);
        assert_true(kdb_citation_parse(&arena, fields, spans, count, &citation));
        show(&citation, out, sizeof out);
        if (strcmp(out, cases[i].parts) != 0) {
            print_error("%s:\n  %s (%u)\n  %s\n", cases[i].text, out, citation.score,
                        cases[i].parts);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_rests(void **state) {
    (void)state;
    static const struct {
        const char *text, *parts;
    } cases[] = {
        {", Wang et al., Arxiv 2021 ", "|Wang+|Arxiv|2021"},
        {", Gong Fan, Jie Son, Chen Li, 2020, ", "|Fan;Son;Li||2020"},
        {"by Dask, Const, Noah Gol, and Kai Zhang, 2022.", "|Dask;Gol;Zhang||2022"},
        {", ICLR 2018", "||ICLR|2018"},
        {". Ann Lee, Bo Li. CVPR 2021", "|Lee;Li|CVPR|2021"},
        {"(2024), FSE'24, Yada, Aash, et al. ", "|Yada+|FSE|2024"},
        {"Jiu Han (Monash University) et al. arXiv. ", "|Han+|arXiv|"},
        {" | Umut Ese, L. Stir Church | bioRxiv", "|Ese;Church|bioRxiv|"},
        {"", "|||"},
        {" - 2025 - Saltz, A, Ames, B - journal", "|Saltz;Ames||2025"},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_citation citation;
        char out[600];
        kdb_span span = {kdbib_str_of(cases[i].text), 0};
        assert_true(kdb_citation_parse_rest(&arena, fields, &span, 1, &citation));
        show(&citation, out, sizeof out);
        if (strcmp(out, cases[i].parts) != 0) {
            print_error("%s:\n  %s (%u)\n  %s\n", cases[i].text, out, citation.score,
                        cases[i].parts);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_titles(void **state) {
    (void)state;
    static const struct {
        const char *text, *title, *venue;
        int year;
    } cases[] = {
        {"**LID**: \"Odd Models for Planning\"", "Odd Models for Planning", "", 0},
        {"**Dice+Focal:** OddNet: Deep Learning for Fast Things",
         "OddNet: Deep Learning for Fast Things", "", 0},
        {"CycleXAN: Unpaired Things", "CycleXAN: Unpaired Things", "", 0},
        {"**BERX**: Pre-training of Things", "BERX: Pre-training of Things", "", 0},
        {"[LR] Predicting Clicks", "Predicting Clicks", "", 0},
        {"[Re]thinking Things", "[Re]thinking Things", "", 0},
        {"FILX: FILX: Following Things", "FILX: Following Things", "", 0},
        {":star: Odd Things (Oral)", "Odd Things", "", 0},
        {"Odd Things (TDSC 2019).", "Odd Things", "TDSC", 2019},
        {"[I3D '24] Reducing the Memory", "Reducing the Memory", "I3D", 2024},
        {"(_arXiv 2024.07_) Enhancing Graphs", "Enhancing Graphs", "arXiv", 2024},
        {"Are Odd Things Even?", "Are Odd Things Even?", "", 0},
        {"\"Are Odd Things Even?\"", "Are Odd Things Even?", "", 0},
        {"“Odd Things.”", "Odd Things", "", 0},
        {"Odd Things 🔥", "Odd Things", "", 0},
        {"\"Why\" and \"How\"", "\"Why\" and \"How\"", "", 0},
        {"Paper: Odd Things of Note", "Odd Things of Note", "", 0},
        {"Keeping Things Warm (a Study)", "Keeping Things Warm (a Study)", "", 0},
        {"", "", "", 0},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_span spans[32];
        kdb_title title;
        size_t count = spans_of(cases[i].text, spans);
        assert_true(kdb_title_parse(&arena, fields, spans, count, &title));
        kdbib_str text = kdb_slice(kdb_spans_text(&arena, spans, count), title.from, title.to);
        if (!kdbib_str_equal(text, kdbib_str_of(cases[i].title)) ||
            !kdbib_str_equal(title.venue.name, kdbib_str_of(cases[i].venue)) ||
            title.venue.date.year != cases[i].year) {
            print_error("%s: %.*s|%.*s|%d\n", cases[i].text, (int)text.size, text.data,
                        (int)title.venue.name.size, title.venue.name.data, title.venue.date.year);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_citations),
        cmocka_unit_test(test_rests),
        cmocka_unit_test(test_titles),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
