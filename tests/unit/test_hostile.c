/* Hostile text through every writer: none fails, none lets a control character out, none writes a
 * link to a script. That it comes back equal is for tests/interop, with readers of others. */
#include "unit.h"

#include <libxml/parser.h>
#include <stdlib.h>

#include "base/strings.h"
#include "roundtrip/generated.h"

static bool has_control(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == 0x7F)
            return true;
        if (c == 0xC2 && i + 1 < text.size && (unsigned char)text.data[i + 1] < 0xA0)
            return true; /* C1 */
    }
    return false;
}

static kdbib_output *write_attack(kdbib *context, const kdbib_writer_class *class, kdbib_str text) {
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    for (size_t type = 0; type < KDBIB_TYPE_COUNT; type++)
        generate_attack(b, type, text, true);
    kdbib_output *out = kdbib_output_new_memory();
    assert_true(kdbib_write(b, kdbib_writer_new(context, class, out)));
    kdbib_bibliography_free(b);
    return out;
}

static void assert_harmless(const kdbib_writer_class *class, const char *attack, kdbib_str text) {
    bool json = strstr(class->name, "json") != NULL;
    if (has_control(text))
        fail_msg("%s: %s: a control character came through", class->name, attack);
    if (!json && kdb_find(text, KDBIB_STR("href=\"javascript"), 0) != SIZE_MAX)
        fail_msg("%s: %s: a link to a script", class->name, attack);
    if (kdb_starts_with(text, KDBIB_STR("<?xml"))) {
        xmlDocPtr document = xmlReadMemory(text.data, (int)text.size, "out.xml", NULL,
                                           XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR);
        if (!document)
            fail_msg("%s: %s: not well-formed", class->name, attack);
        xmlFreeDoc(document);
    }
}

static void test_every_writer_meets_every_attack(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++)
        for (size_t a = 0; a < GENERATED_ATTACKS; a++) {
            const generated_attack *attack = &generated_attacks[a];
            if (attack->repeat)
                continue;
            kdbib_output *out = write_attack(context, class, kdbib_str_of(attack->text));
            assert_harmless(class, attack->name, kdbib_output_memory(out));
            assert_int_equal(kdbib_output_close(out), 0);
        }
    kdbib_free(context);
}

/* A text of 1 MB arrives whole, and nothing takes quadratic time. */
static void test_every_writer_bears_a_megabyte(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    const size_t size = 1000000;
    char *text = malloc(size);
    assert_non_null(text);
    for (size_t i = 0; i < size; i++)
        text[i] = "} \\ % & < * \" ' {"[i % 17];
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        kdbib_bibliography *b = kdbib_bibliography_new(context);
        generate_attack(b, KDBIB_TYPE_ARTICLE_JOURNAL, (kdbib_str){text, size}, false);
        kdbib_output *out = kdbib_output_new_memory();
        assert_true(kdbib_write(b, kdbib_writer_new(context, class, out)));
        assert_true(kdbib_output_memory(out).size >= size);
        assert_harmless(class, "long", kdbib_output_memory(out));
        assert_int_equal(kdbib_output_close(out), 0);
        kdbib_bibliography_free(b);
    }
    free(text);
    kdbib_free(context);
}

/* Bytes that are no UTF-8, which the API's contract forbids but a program may pass. */
static void test_broken_bytes_stay_inside(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        if (strcmp(class->name, "bibtex") == 0 || strcmp(class->name, "biblatex") == 0)
            continue; /* they trust the contract */
        kdbib_output *out = write_attack(context, class, KDBIB_STR("a\xFF\xC3(b\xED\xA0\x80 \xF8"));
        kdbib_str text = kdbib_output_memory(out);
        for (size_t at = 0; at < text.size; at++)
            if ((unsigned char)text.data[at] == 0xFF || (unsigned char)text.data[at] == 0xF8)
                fail_msg("%s: a broken byte came through", class->name);
        assert_int_equal(kdbib_output_close(out), 0);
    }
    kdbib_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_writer_meets_every_attack),
        cmocka_unit_test(test_every_writer_bears_a_megabyte),
        cmocka_unit_test(test_broken_bytes_stay_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
