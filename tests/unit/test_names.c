/* Author lists: what every kind of them gives. */
#include "field_tables.h"

#include <stdio.h>

#include "base/buffer.h"
#include "fields/names.h"

/* "particle Family, Given, Suffix; {Literal}; …" with "..." for a truncated list. */
static void show(const kdb_name_list *list, kdb_buffer *out) {
    kdb_buffer_clear(out);
    for (size_t i = 0; i < list->count; i++) {
        const kdbib_name *n = &list->names[i];
        if (i)
            kdb_buffer_add_str(out, KDBIB_STR("; "));
        if (n->literal.size) {
            kdb_buffer_add_char(out, '{');
            kdb_buffer_add_str(out, n->literal);
            kdb_buffer_add_char(out, '}');
            continue;
        }
        if (n->particle.size) {
            kdb_buffer_add_str(out, n->particle);
            kdb_buffer_add_char(out, '~');
        }
        kdb_buffer_add_str(out, n->family);
        if (n->given.size) {
            kdb_buffer_add_str(out, KDBIB_STR(", "));
            kdb_buffer_add_str(out, n->given);
        }
        if (n->suffix.size) {
            kdb_buffer_add_str(out, KDBIB_STR(", "));
            kdb_buffer_add_str(out, n->suffix);
        }
    }
    if (list->truncated)
        kdb_buffer_add_str(out, KDBIB_STR(" ..."));
}

static void test_lists(void **state) {
    (void)state;
    static const struct {
        const char *text, *names;
    } cases[] = {
        {"Ann Lee, Bo Li and Cy Doe", "Lee, Ann; Li, Bo; Doe, Cy"},
        {"Ann Lee, Bo Li, and Cy Doe", "Lee, Ann; Li, Bo; Doe, Cy"},
        {"Ann Lee & Bo Li.", "Lee, Ann; Li, Bo"},
        {"by Lee, Ann and Li, Bo and Doe, Cy", "Lee, Ann; Li, Bo; Doe, Cy"},
        {"Gulden, Ida, and David Lopez-Paz", "Gulden, Ida; Lopez-Paz, David"},
        {"Dask, Const, Noah Gol, and Kai Zhang", "Dask, Const; Gol, Noah; Zhang, Kai"},
        {"Lee, A., Li, B. C., & Doe, C.-D.", "Lee, A.; Li, B. C.; Doe, C.-D."},
        {"Lee A, Li BC, et al.", "Lee, A; Li, BC ..."},
        {"Qi T, Li G, Chen L, et al", "Qi, T; Li, G; Chen, L ..."},
        {"Wang et al.", "Wang ..."},
        {"Taha, Ahmed et al", "Taha, Ahmed ..."},
        {"Lill, Timothy P., et al.", "Lill, Timothy P. ..."},
        {"A. Lee, B. C. Li", "Lee, A.; Li, B. C."},
        {"Ann Lee*†, Bo Li¹², Cy Doe1,2, Di Foe3", "Lee, Ann; Li, Bo; Doe, Cy; Foe, Di"},
        {"Jiu Han (Monash University) et al.", "Han, Jiu ..."},
        {"Ann Lee, Bo Li, ...", "Lee, Ann; Li, Bo ..."},
        {"Ann Lee, Bo Li and others", "Lee, Ann; Li, Bo ..."},
        {"张三, 李四", "张, 三; 李, 四"},
        {"张三、李小四等", "张, 三; 李, 小四 ..."},
        {"山田太郎", "山田, 太郎"},
        {"김철수, 이영희", "김, 철수; 이, 영희"},
        {"Laurens van der Maaten", "van der~Maaten, Laurens"},
        {"van der Maaten, Laurens, and Geoff Hint", "van der~Maaten, Laurens; Hint, Geoff"},
        {"Luc Van Gool", "Van Gool, Luc"},
        {"Ana de la Cruz, Jo al-Din", "de la~Cruz, Ana; al-Din, Jo"},
        {"Anh Van Nguyen", "Nguyen, Anh Van"},
        {"Sam Reed, Jr., Ann Lee III", "Reed, Sam, Jr.; Lee, Ann, III"},
        {"Gemini Team", "{Gemini Team}"},
        {"OpenAI", "{OpenAI}"},
        {"The LHCb collaboration, Ann Lee", "{The LHCb collaboration}; Lee, Ann"},
        {"José Ortega y Gasset", "Ortega y Gasset, José"},
        {"ZHANG Wei, LI Na", "ZHANG, Wei; LI, Na"},
        {"Lee, Ann; Li, Bo", "Lee, Ann; Li, Bo"},
        {"Smith, Jones", "Smith, Jones"},
        {"Smith, Jones, Lee, Moss, Reed", "Smith; Jones; Lee; Moss; Reed"},
        {"Ann Lee 🌟, Bo Li :", "Lee, Ann; Li, Bo"},
        {"Dr. Ann Lee", "Lee, Ann"},
        {"Md Ali Lee, Md. Bo Li", "Lee, Md Ali; Li, Md. Bo"},
        {"Ann Lee MD", "Lee, Ann"},
        {"Ann Lee, Ben Moss, Cy Doe", "Lee, Ann; Moss, Ben; Doe, Cy"},
        {"Di Moss, Ann Lee, Cy Doe", "Moss, Di; Lee, Ann; Doe, Cy"},
        {"De Lange, Thomas Ivan", "De Lange, Thomas Ivan"},
        {"A.Lee, B.C.Moss, and D. Li", "Lee, A.; Moss, B.C.; Li, D."},
        {"", ""},
        {", , and", ""},
    };
    kdb_buffer out = {0};
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kdb_name_list list;
        assert_true(kdb_names_parse(&arena, fields, kdbib_str_of(cases[i].text), &list));
        show(&list, &out);
        if (!kdbib_str_equal(kdb_buffer_str(&out), kdbib_str_of(cases[i].names))) {
            print_error("%s: %s, not %s\n", cases[i].text, kdb_buffer_str(&out).data,
                        cases[i].names);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
    kdb_buffer_free(&out);
}

static void test_single(void **state) {
    (void)state;
    kdbib_name name;
    assert_true(kdb_name_split(&arena, fields, KDBIB_STR("{Big Body, Inc.}"), &name));
    assert_str_is(name.literal, "Big Body, Inc.");
    assert_true(kdb_name_split(&arena, fields, KDBIB_STR("King, Jr., Martin Luther"), &name));
    assert_str_is(name.family, "King");
    assert_str_is(name.given, "Martin Luther");
    assert_str_is(name.suffix, "Jr.");
    assert_true(kdb_name_split(&arena, fields, KDBIB_STR("Maaten, Laurens van der"), &name));
    assert_str_is(name.particle, "van der");
    assert_str_is(name.given, "Laurens");
    assert_true(
        kdb_name_from_parts(&arena, fields, KDBIB_STR("de Vries Jr."), KDBIB_STR("Bo"), &name));
    assert_str_is(name.particle, "de");
    assert_str_is(name.family, "Vries");
    assert_str_is(name.suffix, "Jr.");
}

static void test_score(void **state) {
    (void)state;
    static const char *const names[] = {"Ann Lee, Bo Li and Cy Doe",
                                        "Wang et al.",
                                        "A. Lee, B. Li",
                                        "Lee, A., Li, B.",
                                        "张三, 李四",
                                        "Lee A, Li B, et al.",
                                        "by Ann Noname and Bo Nobody",
                                        "Umut Ese, L. Stir Church",
                                        "Nando de Freit, Scott Ree",
                                        "Yi Zheng"};
    static const char *const others[] = {"Deep Learning",
                                         "Attention Is All You Need",
                                         "Detect, Attend and Segment",
                                         "Robust Speech Recognition, Revisited",
                                         "CVPR 2020",
                                         "Code",
                                         "NeurIPS, Spotlight",
                                         "Reading, Writing, and Arithmetic for Robots: A Survey",
                                         "",
                                         "https://example.org/a,b"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdb_names_score(&arena, fields, kdbib_str_of(names[i])) < 50)
            fail_msg("no list: %s %u", names[i],
                     kdb_names_score(&arena, fields, kdbib_str_of(names[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (kdb_names_score(&arena, fields, kdbib_str_of(others[i])) >= 50)
            fail_msg("a list: %s %u", others[i],
                     kdb_names_score(&arena, fields, kdbib_str_of(others[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_single),
        cmocka_unit_test(test_score),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
