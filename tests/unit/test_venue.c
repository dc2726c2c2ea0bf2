/* Venues and dates, as lists print them. */
#include "field_tables.h"

#include <stdio.h>

#include "base/strings.h"
#include "fields/dates.h"
#include "fields/venue.h"

/* "name | year-month-day | volume(issue) | pages #article | doi arxiv | remark" */
static void show(const kdb_venue *v, char *out, size_t size) {
    int n = snprintf(out, size, "%s|", v->name.size ? v->name.data : "");
    if (v->date.year)
        n += snprintf(out + n, size - (size_t)n, "%d", v->date.year);
    if (v->date.month)
        n += snprintf(out + n, size - (size_t)n, "-%d", v->date.month);
    if (v->date.day)
        n += snprintf(out + n, size - (size_t)n, "-%d", v->date.day);
    const kdbib_str rest[] = {v->volume, v->issue, v->pages, v->article_number,
                              v->doi,    v->arxiv, v->remark};
    static const char signs[] = "vnpadxr";
    for (size_t i = 0; i < 7; i++)
        if (rest[i].size)
            n += snprintf(out + n, size - (size_t)n, "|%c%s", signs[i], rest[i].data);
}

static void test_phrases(void **state) {
    (void)state;
    static const struct {
        const char *text, *venue;
        unsigned least;
    } cases[] = {
        {"CVPR 2020 Oral", "CVPR|2020|rOral", 90},
        {"(NeurIPS'23)", "NeurIPS|2023", 90},
        {"[ICCV2019]", "ICCV|2019", 90},
        {"NeurlPS, 2023", "NeurlPS|2023", 90},
        {"[31st Mar., 2025]", "|2025-3-31", 90},
        {"[arXiv, 2025]", "arXiv|2025", 90},
        {"2016-10", "|2016-10", 90},
        {"2024/02", "|2024-2", 90},
        {"(*arXiv 2024.07*)", "arXiv|2024-7", 90},
        {"20180815", "|2018-8-15", 90},
        {"December 08, 2025", "|2025-12-8", 90},
        {"8 December 2025", "|2025-12-8", 90},
        {"JBHI2022", "JBHI|2022", 90},
        {"arXiv, Feb 2022", "arXiv|2022-2", 90},
        {"Medical Physics", "Medical Physics|", 80},
        {"ICML'23 Oral", "ICML|2023|rOral", 90},
        {"ICML 2023 (Oral)", "ICML|2023|rOral", 90},
        {"Oral, ICLR 2021", "ICLR|2021|rOral", 90},
        {"TSE 2021", "TSE|2021", 90},
        {"CVPR20", "CVPR|2020", 90},
        {"CVPR' 20", "CVPR|2020", 90},
        {"ICCV 2019 Workshop", "ICCV Workshop|2019", 90},
        {"arXiv preprint arXiv:1509.02971 (2015)",
         "arXiv preprint arXiv:1509.02971|2015|x1509.02971", 90},
        {"arXiv:2303.03543", "arXiv:2303.03543|2023-3|x2303.03543", 90},
        {"arXiv:1406.1078 / EMNLP 2014", "EMNLP|2014|x1406.1078", 90},
        {"Commun. ACM 36, 7 (July 1993), 87-96", "Commun. ACM|1993-7|v36|n7|p87-96", 90},
        {"IEEE Trans. Med. Imaging", "IEEE Trans. Med. Imaging|", 90},
        {"Journal of Odd Things 59.2 (2021): 391-425.",
         "Journal of Odd Things|2021|v59|n2|p391-425", 75},
        {"IEEE Internet of Things Journal, 2021", "IEEE Internet of Things Journal|2021", 90},
        {"Front. Neurosci. (2018), 12:135", "Front. Neurosci.|2018|v12|p135", 90},
        {"Pattern Recognition, vol. 12, no. 3, pp. 1-10, 2011",
         "Pattern Recognition|2011|v12|n3|p1-10", 90},
        {"Neurocomputing, 2019, 12(3):45–67", "Neurocomputing|2019|v12|n3|p45-67", 90},
        {"Nature 521 (2015) 436", "Nature|2015|v521|p436", 80},
        {"PLoS ONE 14(2): e0212345, 2019", "PLoS ONE|2019|v14|n2|ae0212345", 90},
        {"Proc. ACM 5, 3, Article 12 (May 2020)", "Proc. ACM|2020-5|v5|n3|a12", 70},
        {"2021年3月5日", "|2021-3-5", 90},
        {"計算機学会 2021年3月", "計算機学会|2021-3", 50},
        {"2023 Genome Biology", "Genome Biology|2023", 90},
        {"I3D '24", "I3D|2024", 90},
        {"Sci. Adv. 2020. DOI: 10.1126/sciadv.abc1234", "Sci. Adv.|2020|d10.1126/sciadv.abc1234",
         90},
        {"In Proceedings of the 33rd International Conference on Machine Learning, pages 12-20, "
         "2016",
         "Proceedings of the 33rd International Conference on Machine Learning|2016|p12-20", 90},
        {"Proceedings of the 2016 ACM Conference on Oddities",
         "Proceedings of the 2016 ACM Conference on Oddities|2016", 70},
        {"Spotlight", "||rSpotlight", 60},
        {"In Proceedings of the Odd Conference (OC '97). ACM, New York, NY, USA, 234-241",
         "Proceedings of the Odd Conference (OC)|1997|p234-241", 70},
        {"accepted by CVPR 2021", "CVPR|2021", 90},
        {"EMNLP 2021 Findings", "EMNLP Findings|2021", 90},
        {"", "|", 0},
        {"ECCV 2020 :star:", "ECCV|2020", 90},
        {"🔥 ECCV 2020 🔥", "ECCV|2020", 90},
    };
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_venue venue;
        char out[600];
        unsigned score = kdb_venue_parse(&arena, fields, kdbib_str_of(cases[i].text), &venue);
        show(&venue, out, sizeof out);
        if (strcmp(out, cases[i].venue) != 0 || score < cases[i].least) {
            print_error("%s: %s (%u), not %s\n", cases[i].text, out, score, cases[i].venue);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_what_is_no_venue(void **state) {
    (void)state;
    static const char *const texts[] = {
        "Deep Learning for Everything",
        "A Survey of Odd Methods",
        "Code",
        "Zichang Liu, Jue Wang",
        "We propose a new method for the detection of things in 2020",
        "BERT",
        "Fast",
        "the date",
        "Lee, Ann et al. CVPR 2020",
        "Yi Zheng, Rush H. Gind, and Em J. Green."};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        kdb_venue venue;
        unsigned score = kdb_venue_parse(&arena, fields, kdbib_str_of(texts[i]), &venue);
        if (score >= 60)
            fail_msg("%s: %u", texts[i], score);
    }
}

static void test_end_of_title(void **state) {
    (void)state;
    static const struct {
        const char *text, *title;
        const char *venue;
        int year;
    } cases[] = {
        {"Fuzzing with Love (TDSC 2019)", "Fuzzing with Love", "TDSC", 2019},
        {"Keeping Models Warm NSDI'23", "Keeping Models Warm", "NSDI", 2023},
        {"On Graphs, CVPR 2020", "On Graphs", "CVPR", 2020},
        {"On Graphs. CVPR, 2020.", "On Graphs", "CVPR", 2020},
        {"On Graphs - ICML'21", "On Graphs", "ICML", 2021},
        {"On Graphs (2018)", "On Graphs", "", 2018},
        {"The Census 2020", "The Census 2020", "", 0},
        {"Learning Things (and Others)", "Learning Things (and Others)", "", 0},
        {"Graphs, Trees, and Nature", "Graphs, Trees, and Nature", "", 0},
        {"On Graphs, 2019", "On Graphs", "", 2019},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_venue venue;
        size_t from;
        kdbib_str text = kdbib_str_of(cases[i].text);
        kdb_venue_at_end(&arena, fields, text, &from, &venue);
        assert_str_is(kdb_slice(text, 0, from), cases[i].title);
        assert_str_is(venue.name, cases[i].venue);
        assert_int_equal(venue.date.year, cases[i].year);
    }
}

static void test_badges(void **state) {
    (void)state;
    static const struct {
        const char *url, *venue;
        int year;
    } cases[] = {
        {"https://img.shields.io/badge/EMNLP-2021-blue", "EMNLP", 2021},
        {"https://img.shields.io/badge/Conference-ICML'23%20Oral-blue", "ICML", 2023},
        {"https://img.shields.io/badge/Arxiv-2024.01-red?style=flat", "Arxiv", 2024},
        {"https://img.shields.io/github/stars/a/b.svg?style=social", "", 0},
        {"https://img.shields.io/badge/License-MIT-green", "", 0},
        {"https://img.shields.io/badge/CVPR_2022-f00", "CVPR", 2022},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_venue venue;
        kdb_venue_from_badge(&arena, fields, kdbib_str_of(cases[i].url), &venue);
        assert_str_is(venue.name, cases[i].venue);
        assert_int_equal(venue.date.year, cases[i].year);
    }
}

static void test_dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int year, month, day;
    } dates[] = {{"2024-03-09", 2024, 3, 9},    {"03/2024", 2024, 3, 0},
                 {"9.3.2024", 2024, 3, 9},      {"'98", 1998, 0, 0},
                 {"May/June 2020", 2020, 5, 0}, {"2020", 2020, 0, 0},
                 {"202502", 2025, 2, 0},        {"17-19 June 2020", 2020, 6, 17},
                 {"März 2019", 2019, 3, 0},     {"2021 Dec", 2021, 12, 0},
                 {"25/12/2020", 2020, 12, 25}},
      none[] = {{"1234.5678", 0, 0, 0}, {"1998-2010", 0, 0, 0},  {"ResNet1001", 0, 0, 0},
                {"99", 0, 0, 0},        {"2020 words", 0, 0, 0}, {"", 0, 0, 0},
                {"20201399", 0, 0, 0}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        kdbib_date date = {0};
        if (!kdb_date_parse(fields, kdbib_str_of(dates[i].text), &date) ||
            date.year != dates[i].year || date.month != dates[i].month || date.day != dates[i].day)
            fail_msg("%s: %d-%d-%d", dates[i].text, date.year, date.month, date.day);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        kdbib_date date;
        if (kdb_date_parse(fields, kdbib_str_of(none[i].text), &date))
            fail_msg("a date: %s", none[i].text);
    }
}

/* What kdb_venue_is_out() says at a glance is what taking the phrase apart says. */
static void test_is_out(void **state) {
    (void)state;
    static const char *const out[] = {"Ann Lee",
                                      "Deep residual learning for images",
                                      "Xu Nature",
                                      "A study: how teachers learn",
                                      "Pretrained to Imagine, Fine-Tuned to Act in 3D",
                                      "SAM2Soup: a bowl, or two"};
    static const char *const words[] = {
        "CVPR",      "learning", "Ann",      "Proceedings", "of",     "the",
        "arXiv",     "Workshop", "Nature",   "oral",        "Best",   "Paper",
        "in",        "IEEE",     "Medicine", "Findings",    "Li",     "Conference",
        "Springer",  "XNet.",    "3D",       "Soup,",       "A.",     "MIT",
        "Press",     "5",        "Nature,",  "No",          "R-CNN2", "X;",
        "Springer,", "3rd",      "p",        "May",         "Sci.",   "from"};
    enum { WORDS = sizeof words / sizeof *words };
    kdb_venue venue;
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        assert_true(kdb_venue_is_out(fields, kdbib_str_of(out[i])));
    assert_false(kdb_venue_is_out(fields, KDBIB_STR("Nature Medicine")));
    assert_false(kdb_venue_is_out(fields, KDBIB_STR("CVPR")));
    size_t said = 0;
    for (size_t i = 0; i < (size_t)WORDS * WORDS * WORDS; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s %s %s", words[i % WORDS], words[i / WORDS % WORDS],
                 words[i / WORDS / WORDS]);
        if (!kdb_venue_is_out(fields, kdbib_str_of(text)))
            continue;
        said++;
        if (kdb_venue_parse(&arena, fields, kdbib_str_of(text), &venue) >= 60)
            fail_msg("“%s” is a venue after all", text);
    }
    assert_true(said > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_is_out),           cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_what_is_no_venue), cmocka_unit_test(test_end_of_title),
        cmocka_unit_test(test_badges),           cmocka_unit_test(test_dates),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
