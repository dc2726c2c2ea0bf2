/* Hostile text through every writer, a test for each writer and attack: what was written is taken
 * back by a strict reader of its format (tests/reread), with as many entries and the same titles,
 * and holds no control character and no link to a script. Readers that are programs: tests/interop.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/strings.h"
#include "reread/reread.h"
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

/* Attacks that readers of tests/interop are not asked for. */
static const generated_attack more_attacks[] = {
    {"tex-carets", "^^5cinput{/etc/passwd} ^^7d^^0a@article{evil,}", 0},
    {"tex-write", "\\immediate\\write18{id} \\csname input\\endcsname \\openout1=x", 0},
    {"tex-lua", "\\directlua{os.execute('id')} \\catcode`\\{=12", 0},
    {"tex-arguments", "#1 ## & ~ _ ^ \\\\ \\par \\end{document}", 0},
    {"bibtex-concatenation", "\" # jan # {x}, note = {y", 0},
    {"bibtex-comment", "@comment{ @preamble{\"\\def\\x{}\"} @string{a = {b}}", 0},
    {"bibtex-and", "Evil, A. and others and {", 0},
    {"ris-tag-lf", "first\nER  - \nTY  - JOUR\nTI  - evil\nER  - ", 0},
    {"ris-tag-cr", "first\rER  - \rTY  - JOUR", 0},
    {"ris-tag-nel",
     "first\xC2\x85TY  - JOUR\x0B"
     "AU  - evil\x0C"
     "ER  - ",
     0},
    {"xml-doctype", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", 0},
    {"xml-instruction", "<?xml-stylesheet href=\"x.xsl\"?><?php evil() ?>", 0},
    {"xml-comment", "<!-- --> --> <!-- -- >", 0},
    {"xml-attribute", "\" onload=\"evil()\" x=\"' y='", 0},
    {"xml-noncharacters",
     "a\xEF\xBF\xBE"
     "b\xEF\xBF\xBF"
     "c\xEF\xB7\x90"
     "d",
     0},
    {"html-handlers", "<a href=\"javascript:alert(1)\" onclick=alert(1)>x</a><base href=//evil>",
     0},
    {"html-raw-text", "</script><script>alert(1)</script></style><plaintext>", 0},
    {"html-entities", "&lt;script&gt; &#60;script&#62; &amp;lt;", 0},
    {"csv-plus", "+1+1", 0},
    {"csv-minus", "-2+3+cmd|' /C calc'!A0", 0},
    {"csv-at", "@SUM(1+1)*cmd|' /C calc'!A0", 0},
    {"csv-tab", "\t=1+1", 0},
    {"csv-return", "\r=1+1", 0},
    {"csv-quote", "\"=1+1\",\"x\r\n=2+2", 0},
    {"csv-blanks", "  =1+1", 0},
    {"csv-full-width",
     "\xEF\xBC\x9D"
     "1+1",
     0},
    {"yaml-tag", "!!python/object/apply:os.system [id]", 0},
    {"yaml-anchor", "&a [*a, *a] <<: *b", 0},
    {"yaml-document", "x\n...\n---\n- evil: yes", 0},
    {"yaml-escapes", "\\x41 \\e \\N \" : { } [ ] , # % @ `", 0},
    {"json-surrogates", "\\ud800 \\udc00 \xF0\x9D\x92\x9C \xED\x9F\xBF", 0},
    {"json-proto", "\"__proto__\": {\"x\": 1}, \"title\": \"evil\"", 0},
    {"json-lines", "}\n{\"key\":\"evil\",\"title\":\"x\"}\n{", 0},
    {"markdown-html", "<script>alert(1)</script> <img src=x> <!-- x --> <?x?>", 0},
    {"markdown-links",
     "[x](javascript:alert(1)) ![x](data:text/html,x) <javascript:x> www.evil.example @a", 0},
    {"markdown-blocks", "\n# evil\n\n- **evil**\n\n```\n> x\n---\n| a | b |\n|---|---|", 0},
    {"markdown-edges", "** _*`~~ x ~~`*_ **", 0},
    {"markdown-entities", "&#42;&#42;evil&#42;&#42; &lt;i&gt;", 0},
    {"csl-markup", "<span class=\"nocase\">x</span> <b>y <sc>z</sc> </b", 0},
    {"formula-of-two", "$\\input{x}$ and $5 or \\(y\\)", 0},
    {"line-separators",
     "a\xE2\x80\xA8"
     "b\xE2\x80\xA9"
     "c",
     0},
    {"c1-controls",
     "a\xC2\x9B"
     "31mb\xC2\x90"
     "c\xC2\x9C",
     0},
    {"terminal-link", "\x1B]8;;http://evil.example\x1B\\x\x1B]8;;\x1B\\\x1B[2J\r", 0},
    {"tag-characters", "a\xF3\xA0\x81\x81\xF3\xA0\x80\xA0z \xEF\xBB\xBF", 0},
};
#define MORE_ATTACKS (sizeof more_attacks / sizeof *more_attacks)

/* Addresses that lead to no page; the marker must not be in any output. */
#define MARKER "evilmarker"
static const char *const addresses[] = {
    "javascript:alert('" MARKER "')",
    "JaVaScRiPt:alert('" MARKER "')",
    " javascript:" MARKER,
    "\x01javascript:" MARKER,
    "java\tscript:" MARKER,
    "java\nscript:" MARKER,
    "vbscript:msgbox(\"" MARKER "\")",
    "data:text/html;base64," MARKER,
    "DATA:text/html,<script>" MARKER "</script>",
    "file:///etc/passwd?" MARKER,
    "blob:https://example.org/" MARKER,
    "view-source:https://example.org/" MARKER,
};

/* One field of the matrix. */
typedef struct cell {
    const kdbib_writer_class *class;
    const char *attack;
    kdbib_str text;
    bool address; /* the text is a link, and must be gone */
} cell;

static kdbib *context;

static void add_records(kdbib_bibliography *b, const cell *one, bool everywhere) {
    for (size_t type = 0; type < KDBIB_TYPE_COUNT; type++)
        if (!one->address)
            generate_attack(b, type, one->text, everywhere);
    for (int role = 0; role < KDBIB_ROLE_COUNT && one->address; role++) {
        generate_attack(b, (size_t)role, KDBIB_STR("A title"), false);
        kdbib_record *r = kdbib_bibliography_record(b, (size_t)role);
        assert_true(kdbib_record_add_link(r, (kdbib_role)role, one->text));
    }
}

static void assert_taken_back(const cell *one, bool everywhere) {
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    add_records(b, one, everywhere);
    kdbib_output *out = kdbib_output_new_memory();
    assert_true(kdbib_write(b, kdbib_writer_new(context, one->class, out)));
    const kdbib_str text = kdbib_output_memory(out);
    reread result;
    if (!reread_format(one->class->name, text, &result) || !reread_is_same(b, &result))
        fail_msg("%s: %s: %s", one->class->name, one->attack, result.problem);
    if (has_control(text))
        fail_msg("%s: %s: a control character", one->class->name, one->attack);
    if (one->address && kdb_find(text, KDBIB_STR(MARKER), 0) != SIZE_MAX)
        fail_msg("%s: a link to %s", one->class->name, one->attack);
    reread_free(&result);
    assert_int_equal(kdbib_output_close(out), 0);
    kdbib_bibliography_free(b);
}

static void test_cell(void **state) {
    const cell *one = *state;
    assert_taken_back(one, false);
    if (!one->address)
        assert_taken_back(one, true);
}

/* A text of its own, in a cell of its own. */
static void add_cell(struct CMUnitTest *test, cell one) {
    char name[128];
    snprintf(name, sizeof name, "%s x %s%s", one.class->name, one.address ? "link " : "",
             one.attack);
    for (char *c = name; *c; c++)
        if ((unsigned char)*c < ' ' || *c == '#')
            *c = '?';
    cell *kept = malloc(sizeof *kept);
    assert_non_null(kept);
    *kept = one;
    *test = (struct CMUnitTest){strdup(name), test_cell, NULL, NULL, kept};
}

/* A text of 1 MB arrives whole, and nothing takes quadratic time. */
static void test_every_writer_bears_a_megabyte(void **state) {
    (void)state;
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
        reread result;
        if (!reread_format(class->name, kdbib_output_memory(out), &result) ||
            !reread_is_same(b, &result))
            fail_msg("%s: %s", class->name, result.problem);
        reread_free(&result);
        assert_int_equal(kdbib_output_close(out), 0);
        kdbib_bibliography_free(b);
    }
    free(text);
}

/* Bytes that are no UTF-8, which the API's contract forbids but a program may pass. */
static void test_broken_bytes_stay_inside(void **state) {
    (void)state;
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        if (strcmp(class->name, "bibtex") == 0 || strcmp(class->name, "biblatex") == 0)
            continue; /* they trust the contract */
        kdbib_bibliography *b = kdbib_bibliography_new(context);
        for (size_t type = 0; type < KDBIB_TYPE_COUNT; type++)
            generate_attack(b, type, KDBIB_STR("a\xFF\xC3(b\xED\xA0\x80 \xF8"), true);
        kdbib_output *out = kdbib_output_new_memory();
        assert_true(kdbib_write(b, kdbib_writer_new(context, class, out)));
        kdbib_bibliography_free(b);
        kdbib_str text = kdbib_output_memory(out);
        for (size_t at = 0; at < text.size; at++)
            if ((unsigned char)text.data[at] == 0xFF || (unsigned char)text.data[at] == 0xF8)
                fail_msg("%s: a broken byte came through", class->name);
        assert_int_equal(kdbib_output_close(out), 0);
    }
}

int main(void) {
    const struct CMUnitTest others[] = {
        cmocka_unit_test(test_every_writer_bears_a_megabyte),
        cmocka_unit_test(test_broken_bytes_stay_inside),
    };
    const size_t links = sizeof addresses / sizeof *addresses;
    const kdbib_writer_class *class;
    size_t writers = 0, count = 0;
    context = kdbib_new();
    assert_non_null(context);
    while (kdbib_writer_at(context, writers))
        writers++;
    struct CMUnitTest *cells =
        calloc(writers * (GENERATED_ATTACKS + MORE_ATTACKS + links), sizeof *cells);
    assert_non_null(cells);
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        for (size_t a = 0; a < GENERATED_ATTACKS + MORE_ATTACKS; a++) {
            const generated_attack *attack = a < GENERATED_ATTACKS
                                                 ? &generated_attacks[a]
                                                 : &more_attacks[a - GENERATED_ATTACKS];
            add_cell(&cells[count++],
                     (cell){class, attack->name, kdbib_str_of(attack->text), false});
        }
        for (size_t a = 0; a < links; a++)
            add_cell(&cells[count++],
                     (cell){class, addresses[a], kdbib_str_of(addresses[a]), true});
    }
    int failed = _cmocka_run_group_tests("writer x attack", cells, count, NULL, NULL);
    failed += cmocka_run_group_tests(others, NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        free(cells[i].initial_state);
        free((char *)cells[i].name);
    }
    free(cells);
    kdbib_free(context);
    return failed;
}
