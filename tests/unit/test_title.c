/* How much a text is a title: at a glance as by all the rules. */
#include "fields/title.h"

#include <stdio.h>

#include "field_tables.h"
#include "fields/labels.h"
#include "fields/names.h"

static size_t bares; /* of the titles seen */

/* False: the glance does not say what the text is. */
static bool agree(const char *words) {
    kdbib_str text = kdbib_str_of(words);
    kdb_plain_title plain;
    if (!kdb_title_is_plain(fields, text, &plain))
        return false;
    if (plain.score != kdb_title_score_by_rules(&arena, fields, text))
        fail_msg("“%s”: %u at a glance", words, plain.score);
    kdb_title title;
    kdb_span span = {text, 0};
    assert_true(kdb_title_parse(&arena, fields, &span, 1, &title));
    bool bare = plain.bare && (!plain.colon || kdb_title_has_nickname(fields, text, plain.colon));
    if (bare && (title.from || title.to != text.size || title.score || title.authors.size))
        fail_msg("“%s” is not bare", words);
    bares += bare;
    if (kdb_is_label(&arena, fields, text))
        fail_msg("“%s” is a label", words);
    kdb_venue venue;
    if (kdb_venue_parse(&arena, fields, text, &venue) >= 60)
        fail_msg("“%s” is a venue", words);
    if (kdb_names_score(&arena, fields, text) != KDB_NAMES_OF_PHRASE)
        fail_msg("“%s”: names %u", words, kdb_names_score(&arena, fields, text));
    return true;
}

static void test_usual_titles(void **state) {
    (void)state;
    static const char *const plain[] = {"Learning to Stir Soup with Robots",
                                        "StirNet: a deep network for soup",
                                        "Soup-aware multi-task learning for spoons and forks",
                                        "What is a spoon's learning rate?",
                                        "Learning to stir: how much?",
                                        "Learning with spoons,"},
                             *const others[] = {"Paper",
                                                "Stirring",
                                                "Journal of Learning for Soup",
                                                "Written by Ann Lee and Bo Li",
                                                "Dataset for the models",
                                                "Presented at Medical Image Analysis",
                                                "Under Learning for Soup",
                                                "Learning for the Press",
                                                "HTTP for soup and learning networks",
                                                "Learning soup: a method: with spoons",
                                                "Learning with Ann Lee, Bo Li et al.",
                                                "Learning for soup budget allocation",
                                                "Soup Learning and Bo Li and Carl Moss and Dan Oh",
                                                "CVPR and other learning for soup",
                                                "Learning of soup for CVPR"};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (!agree(plain[i]))
            fail_msg("“%s” is no title at a glance", plain[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (agree(others[i]))
            fail_msg("“%s” is a title at a glance", others[i]);
}

/* Words of every kind, five in a row, joined in every way. */
static void test_agrees(void **state) {
    (void)state;
    static const char *const words[] = {"Learning", "for",     "Lee",    "CVPR",   "the",
                                        "Journal",  "and",     "oral",   "code",   "with",
                                        "arXiv",    "A",       "others", "budget", "al",
                                        "Workshop", "dataset", "In",     "et",     "by",
                                        "OpenAI",   "XNet",    "Paper",  "http"},
                             *const joints[] = {" ", " ", "-", ": ", "'", " -", "? ", "  "};
    static const char *const ends[] = {"", "", "?", ","};
    enum { WORDS = sizeof words / sizeof *words, JOINTS = sizeof joints / sizeof *joints };
    size_t said = 0;
    uint64_t random = 1;
    for (size_t i = 0; i < 60000; i++) {
        char text[160] = "";
        for (int k = 0; k < 5; k++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            size_t size = strlen(text);
            snprintf(text + size, sizeof text - size, "%s%s", words[(random >> 33) % WORDS],
                     k < 4 ? joints[(random >> 50) % JOINTS] : ends[(random >> 58) % 4]);
        }
        said += agree(text);
        kdb_arena_reset(&arena);
    }
    assert_true(said > 1000);
    assert_true(bares > 100 && bares < said);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_usual_titles),
        cmocka_unit_test(test_agrees),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
