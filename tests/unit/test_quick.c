/* What a glance says is what reading in full says: of many lists of names, venues, and of what
 * stands around titles, made of words that each of them must tell apart. */
#include "field_tables.h"

#include <stdio.h>

#include "base/buffer.h"
#include "fields/citation_inside.h"
#include "fields/names_quick.h"
#include "fields/venue_phrase.h"
#include "fields/word.h"

/* The same numbers in each run. */
static size_t below(uint64_t *random, size_t count) {
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*random >> 33) % count;
}

#define ONE_OF(random, words) words[below(random, sizeof(words) / sizeof *(words))]

/* ---- texts ---- */

static const char *const name_words[] = {
    "Ann",   "Lee",  "Li",     "Moss",    "Fei-Fei",  "Jae-won", "Günther", "Éva",
    "McLee", "Chi",  "Nature", "Acta",    "Harold",   "van",     "Van",     "de",
    "LEE",   "JB",   "A.",     "J.",      "B.",       "J",       "Jr.",     "And",
    "Et",    "Etal", "By",     "O'Ban",   "Google",   "Authors", "Mark",    "张三",
    "Deep",  "Team", "iMoss",  "Physica", "Accepted", "To",      "Annual",  "Presented",
    "At",    "CVPR", "Cell",   "Vision",  "Others",   "Arxiv",   "Press",   "Prof.",
    "Wei",   "Zhang"};
static const char *const plain_words[] = {"Ann", "Lee", "Bo",  "Moss",    "Fei-Fei", "Zhang",
                                          "J.",  "Wei", "Éva", "Günther", "McLee",   "Harold",
                                          "Chi", "Li",  "Kim", "Jae-won"};
static const char *const joints[] = {", ",     ", ",  ", ", ", ", " and ",
                                     ", and ", " & ", "; ", ",",  " "};
static const char *const tails[] = {"",        "",         "",        "",      " et al",
                                    " et al.", ", et al.", ", et al", ", etc", "."};

static void add_name(uint64_t *random, kdb_buffer *out, bool plain) {
    static const size_t counts[] = {2, 2, 2, 2, 2, 2, 3, 3, 1, 4, 5};
    size_t words = ONE_OF(random, counts);
    for (size_t i = 0; i < words; i++) {
        bool odd = !plain && below(random, 3) == 0;
        kdb_buffer_add_str(out, i ? KDBIB_STR(" ") : KDBIB_STR(""));
        kdb_buffer_add_str(
            out, kdbib_str_of(odd ? ONE_OF(random, name_words) : ONE_OF(random, plain_words)));
    }
}

static void add_names(uint64_t *random, kdb_buffer *out) {
    bool plain = below(random, 3) != 0;
    size_t names = 1 + below(random, 5);
    for (size_t i = 0; i < names; i++) {
        if (i)
            kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, joints)));
        add_name(random, out, plain);
    }
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, tails)));
}

/* One of `words`, the first of which is the usual one. */
#define USUALLY(random, words) (below(random, 3) ? words[0] : ONE_OF(random, words))

static void add_arxiv(uint64_t *random, kdb_buffer *out) {
    static const char *const servers[] = {"arXiv", "arxiv", "ARXIV", "CoRR", "bioRxiv", "In arXiv"};
    static const char *const gaps[] = {":", ": ", " ", "", " :", "-", ":  "};
    static const char *const numbers[] = {"2104.02096", "2010.1234",    "1013.12345",
                                          "1400.12345", "2124.02096",   "2104.020961",
                                          "2104.020",   "2104.02096v2", "210402096"};
    static const char *const ends[] = {"", ".", ",", ")", " ", " (2021)", "..", ", 2021"};
    kdb_buffer_add_str(out, kdbib_str_of(USUALLY(random, servers)));
    kdb_buffer_add_str(out, kdbib_str_of(USUALLY(random, gaps)));
    kdb_buffer_add_str(out, kdbib_str_of(USUALLY(random, numbers)));
    kdb_buffer_add_str(out, kdbib_str_of(USUALLY(random, ends)));
}

static void add_date(uint64_t *random, kdb_buffer *out) {
    static const char *const days[] = {"2023", "2nd", "24th",          "7",
                                       "05",   "1-3", "3rd May 2020,", ""};
    static const char *const gaps[] = {"-", " ", "/", ".", ", ", ""};
    static const char *const months[] = {"07", "12", "May", "Feb.,", "Soup", "13", "Sept"};
    static const char *const ends[] = {"05", "2022", "2021, 2022", "31", "", "2020-21", "5"};
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, days)));
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, gaps)));
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, months)));
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, gaps)));
    kdb_buffer_add_str(out, kdbib_str_of(ONE_OF(random, ends)));
}

static void add_venue(uint64_t *random, kdb_buffer *out) {
    if (below(random, 6) == 0) {
        add_arxiv(random, out);
        return;
    }
    if (below(random, 6) == 0) {
        add_date(random, out);
        return;
    }
    static const char *const usual[] = {"CVPR", "NeurIPS", "arXiv", "Medical Image Analysis",
                                        "AAAI", "CoRL",    "",      "Neurocomputing"};
    static const char *const names[] = {"Nature",
                                        "Cell",
                                        "IEEE TMI",
                                        "FAST",
                                        "Fast",
                                        "arxiv",
                                        "Some Soup Journal",
                                        "Soup",
                                        "May",
                                        "CVPR Workshop",
                                        "3DV",
                                        "Lee",
                                        "",
                                        "Findings of ACL",
                                        "arXiv.",
                                        "ICML - X",
                                        "Nature Medicine",
                                        "arXiv preprint",
                                        "Pattern Recognition"};
    static const char *const openings[] = {"", "In ", "in: ", "Proc. of the ", "IEEE ", "("};
    static const char *const gaps[] = {" ", ", ", "  ", " (", "(", ". ", "'", "-", ""};
    static const char *const months[] = {"",      "May ",  "Sep ",      "Sept. ", "Jun, ",
                                         "june ", "Soup ", "May/June ", "7 May "};
    static const char *const years[] = {"2017",  "1998",    "20",         "2050", "1412",
                                        "2020a", "2017.06", "2104.02096", "",     "10"};
    static const char *const ends[] = {"", ".", ")", ",", " ", ").", "!", ". ", " Oral", " (oral)"};
    kdbib_str parts[] = {
        kdbib_str_of(USUALLY(random, openings)),
        kdbib_str_of(below(random, 3) ? ONE_OF(random, usual) : ONE_OF(random, names)),
        kdbib_str_of(USUALLY(random, gaps)),
        kdbib_str_of(USUALLY(random, months)),
        kdbib_str_of(USUALLY(random, years)),
        kdbib_str_of(USUALLY(random, ends)),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        kdb_buffer_add_str(out, parts[i]);
}

/* ---- the same ---- */

static bool same_names(const kdb_name_list *a, const kdb_name_list *b) {
    bool same = a->count == b->count && a->truncated == b->truncated;
    for (size_t i = 0; i < a->count && same; i++) {
        const kdbib_name *x = &a->names[i], *y = &b->names[i];
        same = kdbib_str_equal(x->family, y->family) && kdbib_str_equal(x->given, y->given) &&
               kdbib_str_equal(x->particle, y->particle) && kdbib_str_equal(x->suffix, y->suffix) &&
               kdbib_str_equal(x->literal, y->literal);
    }
    return same;
}

static bool same_venue(const kdb_venue *a, const kdb_venue *b) {
    const kdbib_str *x[] = {&a->name, &a->volume, &a->issue,     &a->pages, &a->article_number,
                            &a->doi,  &a->arxiv,  &a->publisher, &a->remark},
                    *y[] = {&b->name, &b->volume, &b->issue,     &b->pages, &b->article_number,
                            &b->doi,  &b->arxiv,  &b->publisher, &b->remark};
    bool same = a->known == b->known && a->date.year == b->date.year &&
                a->date.month == b->date.month && a->date.day == b->date.day;
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        same = same && kdbib_str_equal(*x[i], *y[i]);
    return same;
}

/* ---- tests ---- */

enum { TEXTS = 60000 };

static void test_names(void **state) {
    (void)state;
    kdb_buffer text = {0};
    uint64_t random = 1;
    size_t known = 0;
    for (int i = 0; i < TEXTS; i++) {
        kdb_buffer_clear(&text);
        add_names(&random, &text);
        kdb_names_glance glance;
        kdb_name_list quick, full;
        kdbib_str list = kdb_trim(kdb_buffer_str(&text));
        if (!kdb_names_glance_at(fields, list, &glance))
            continue;
        known++;
        assert_true(kdb_names_of_glance(&arena, list, &glance, &quick));
        assert_true(kdb_names_parse_in_full(&arena, fields, list, &full));
        unsigned score = kdb_names_score_in_full(&arena, fields, list);
        if (glance.score != score || !same_names(&quick, &full))
            fail_msg("“%.*s”: %u, %u", (int)list.size, list.data, glance.score, score);
        kdb_arena_reset(&arena);
    }
    assert_true(known > TEXTS / 5);
    kdb_buffer_free(&text);
}

/* Nobody's name begins as what announces a venue does: a glance at names asks nothing else of it.
 */
static void test_openings(void **state) {
    (void)state;
    static const char *const words[] = {
        "Accepted",    "To",    "Published",  "Appeared", "Appears", "Appear", "Presented",
        "Submitted",   "Venue", "Conference", "Journal",  "Pub",     "At",     "In",
        "Proceedings", "Proc",  "The",        "Annual",   "Ieee",    "Acm",    "International",
        "And",         "Et",    "Etal",       "Others"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_word_of(fields, kdbib_str_of(words[i])).of_names)
            fail_msg("%s is a name", words[i]);
    assert_true(kdb_word_of(fields, KDBIB_STR("Ann")).of_names);
}

/* A list of names that is but the begin of a text. */
static void test_names_and_sentences(void **state) {
    (void)state;
    static const char *const stops[] = {". ", ". ", ". \"", ", ", ".", ": ", " (", ".  "};
    static const char *const sentences[] = {
        "Deep soups. ",         "Soup? ",     "deep; soups", "And Ann Lee",
        "Et al. 2D ",           "3D soups, ", "Others. ",    "https://a.b ",
        "Attend, Cook and Eat", ". ",         "\" ",         "Quiet al.",
        "\xEF\xBC\x9B",         ", "};
    kdb_buffer text = {0};
    uint64_t random = 4;
    size_t sentence = 0;
    for (int i = 0; i < TEXTS; i++) {
        kdb_buffer_clear(&text);
        if (below(&random, 4) == 0)
            kdb_buffer_add_str(&text, KDBIB_STR("Ann Lee, Jae-won Kim and Bo Harold"));
        else
            add_names(&random, &text);
        for (size_t n = 1 + below(&random, 2); n; n--) {
            kdb_buffer_add_str(&text, kdbib_str_of(ONE_OF(&random, stops)));
            kdb_buffer_add_str(&text, kdbib_str_of(ONE_OF(&random, sentences)));
        }
        kdb_names_glance glance;
        bool list = kdb_names_glance_at(fields, kdb_trim(kdb_buffer_str(&text)), &glance);
        sentence += !list && glance.sentence;
        unsigned quick = kdb_names_score(&arena, fields, kdb_buffer_str(&text)),
                 full = kdb_names_score_in_full(&arena, fields, kdb_buffer_str(&text));
        if (quick != full)
            fail_msg("“%s”: %u, %u", kdb_buffer_str(&text).data, quick, full);
        kdb_arena_reset(&arena);
    }
    assert_true(sentence > TEXTS / 100);
    kdb_buffer_free(&text);
}

/* Of prose the likely score is 0, and of everything else what reading in full says. */
static void test_likely_names(void **state) {
    (void)state;
    static const char *const parts[] = {"soups of others. Better spoons",
                                        ", ",
                                        " and the kitchen. Cooks ",
                                        " (a pot. Cook)",
                                        " [stirring. Spoons",
                                        "; ",
                                        "Stirring. A soup",
                                        "Moss, A. Lee, ",
                                        " {stirring. Cook",
                                        " et al. Soup",
                                        "kitchens. Next, Ann Lee, ",
                                        "Kitchen.Soup",
                                        "kitchens. \"Soup\" ",
                                        "} ",
                                        " ... ",
                                        ") ",
                                        "Authors: ",
                                        "stirrin1. Go",
                                        "others. Cook",
                                        "kitchens. And others",
                                        "kitchens. Et al. So",
                                        "stirring. Others",
                                        "By "};
    kdb_buffer text = {0};
    uint64_t random = 5;
    size_t prose = 0;
    for (int i = 0; i < TEXTS; i++) {
        kdb_buffer_clear(&text);
        if (below(&random, 3))
            add_names(&random, &text);
        for (size_t n = 3 + below(&random, 6); n; n--)
            kdb_buffer_add_str(&text, kdbib_str_of(ONE_OF(&random, parts)));
        unsigned likely = kdb_names_score_likely(&arena, fields, kdb_buffer_str(&text)),
                 full = kdb_names_score_in_full(&arena, fields, kdb_buffer_str(&text));
        prose += likely == 0 && full;
        if (likely != full && (likely || full >= 50))
            fail_msg("“%s”: %u, %u", kdb_buffer_str(&text).data, likely, full);
        kdb_arena_reset(&arena);
    }
    assert_true(prose > TEXTS / 10);
    kdb_buffer_free(&text);
}

static void test_venues(void **state) {
    (void)state;
    kdb_buffer text = {0};
    uint64_t random = 2;
    size_t known = 0;
    for (int i = 0; i < TEXTS; i++) {
        kdb_buffer_clear(&text);
        bool boxed = below(&random, 4) == 0;
        kdb_buffer_add_str(&text, boxed ? KDBIB_STR("[") : KDBIB_STR(""));
        add_venue(&random, &text);
        kdb_buffer_add_str(&text, boxed ? KDBIB_STR("]") : KDBIB_STR(""));
        kdb_venue quick, full;
        unsigned score = kdb_venue_glance(&arena, fields, kdb_buffer_str(&text), &quick);
        if (!score)
            continue;
        known++;
        unsigned whole = kdb_venue_take_apart(&arena, fields, kdb_buffer_str(&text), &full);
        if (score != whole || !same_venue(&quick, &full))
            fail_msg("“%s”: %u, %u", kdb_buffer_str(&text).data, score, whole);
        kdb_arena_reset(&arena);
    }
    assert_true(known > TEXTS / 5);
    kdb_buffer_free(&text);
}

static void test_rests(void **state) {
    (void)state;
    static const char *const begins[] = {"", ", ", ". ", " ", ",", "by ", "(", " - "},
                             *const stops[] = {", ", ", ", ". ", ".  ", " ", ",", "; ", " ("};
    kdb_buffer text = {0};
    uint64_t random = 3;
    size_t known = 0;
    for (int i = 0; i < TEXTS; i++) {
        kdb_buffer_clear(&text);
        kdb_buffer_add_str(&text, kdbib_str_of(ONE_OF(&random, begins)));
        if (below(&random, 5)) {
            add_names(&random, &text);
            kdb_buffer_add_str(&text, kdbib_str_of(ONE_OF(&random, stops)));
        }
        if (below(&random, 5))
            add_venue(&random, &text);
        kdb_citation quick, full;
        kdbib_str rest = kdb_buffer_str(&text);
        if (!kdb_citation_rest_glance(&arena, fields, rest, &quick))
            continue;
        known++;
        assert_true(kdb_citation_rest_in_full(&arena, fields, rest, &full));
        if (quick.score != full.score || !same_names(&quick.authors, &full.authors) ||
            !same_names(&quick.editors, &full.editors) || !same_venue(&quick.venue, &full.venue))
            fail_msg("“%s”: %u, %u; %zu and %zu authors", rest.data, quick.score, full.score,
                     quick.authors.count, full.authors.count);
        kdb_arena_reset(&arena);
    }
    assert_true(known > TEXTS / 30);
    kdb_buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_openings),
        cmocka_unit_test(test_names_and_sentences),
        cmocka_unit_test(test_likely_names),
        cmocka_unit_test(test_venues),
        cmocka_unit_test(test_rests),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
