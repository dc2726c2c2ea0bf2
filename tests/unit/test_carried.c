/* Every field of a record is carried by every format, or stands in docs/formats.md in the table of
 * what a format does not carry. */
#include "unit.h"

#include <stdio.h>

#include "base/strings.h"
#include "kdbib/kdbib.h"

static char page[1 << 17]; /* docs/formats.md */

static int read_page(void **state) {
    (void)state;
    FILE *in = fopen(SOURCE_DIR "/docs/formats.md", "rb");
    if (!in)
        return -1;
    size_t size = fread(page, 1, sizeof page - 1, in);
    fclose(in);
    return size && size < sizeof page - 1 ? 0 : -1;
}

/* The cell beside the format's name in the table of what is not carried: names of fields, of roles
 * of links, `sections`, `particle`, `suffix`, with a blank at both ends. */
static void not_carried(const char *format, char cell[static 1024]) {
    char row[64];
    const char *table = strstr(page, "\n| format | not carried |\n");
    snprintf(row, sizeof row, "\n| %s | ", format);
    const char *found = table ? strstr(table, row) : NULL;
    if (!found)
        fail_msg("%s has no row in the table of docs/formats.md", format);
    const char *from = found + strlen(row) - 1, *end = strstr(from, "|");
    assert_non_null(end);
    assert_true(end - from < 1024);
    memcpy(cell, from, (size_t)(end - from));
    cell[end - from] = '\0';
}

#define VALUE(text) ((kdbib_str){text, (size_t)snprintf(text, sizeof text, "Marker%dmark", number)})

/* A value that each field takes and no other has. */
static void fill(kdbib_bibliography *b, kdbib_type type) {
    kdbib_record *r = kdbib_bibliography_add(b, "list.md", 1);
    char text[64], url[96];
    kdbib_record_set_type(r, type, KDBIB_BASIS_LIST);
    for (int number = KDBIB_TITLE; number < KDBIB_FIELD_COUNT; number++) {
        kdbib_field field = (kdbib_field)number;
        bool odd = type % 2;
        /* Pairs of which a record has one, or of which formats have one place. */
        if (field == (odd ? KDBIB_PAGES : KDBIB_ARTICLE_NUMBER) ||
            field == (odd ? KDBIB_VERSION : KDBIB_EDITION) ||
            field == (type % 3 ? KDBIB_FIELD_COUNT : KDBIB_CONTAINER_TITLE) ||
            (field == KDBIB_NUMBER && type == KDBIB_TYPE_ARTICLE_JOURNAL))
            continue;
        if (field == KDBIB_LANGUAGE)
            kdbib_record_set_text(r, field, odd ? KDBIB_STR("qx") : KDBIB_STR("de"),
                                  KDBIB_BASIS_LIST);
        else if (field == KDBIB_ISSN)
            kdbib_record_set_text(r, field, KDBIB_STR("1361-8415"), KDBIB_BASIS_LIST);
        else if (field == KDBIB_ISBN)
            kdbib_record_set_text(r, field, KDBIB_STR("9783319245744"), KDBIB_BASIS_LIST);
        else
            kdbib_record_set_text(r, field, VALUE(text), KDBIB_BASIS_LIST);
    }
    const kdbib_name author = {.family = KDBIB_STR("Familymark"),
                               .given = KDBIB_STR("Givenmark"),
                               .particle = KDBIB_STR("particlemark"),
                               .suffix = KDBIB_STR("Suffixmark")};
    const kdbib_name editor = {.family = KDBIB_STR("Editormark")};
    kdbib_record_add_name(r, KDBIB_AUTHORS, &author, KDBIB_BASIS_LIST);
    kdbib_record_add_name(r, KDBIB_EDITORS, &editor, KDBIB_BASIS_LIST);
    kdbib_record_set_issued(r, (kdbib_date){2017, 0, 0}, KDBIB_BASIS_LIST);
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        snprintf(url, sizeof url, "https://example.org/%s-mark", kdbib_role_name((kdbib_role)role));
        kdbib_record_add_link(r, (kdbib_role)role, kdbib_str_of(url));
    }
    kdbib_record_add_section(r, kdbib_bibliography_add_section(b, NULL, 2, KDBIB_STR("Sectmark")));
}

static bool is_listed(const char *list, const char *name) {
    char word[64];
    snprintf(word, sizeof word, " %s ", name);
    return strstr(list, word) != NULL;
}

/* Counts the disagreements, so that all are seen at once. */
static int check(const char *format, kdbib_str text, const char *name, const char *value) {
    bool there = kdb_find(text, kdbib_str_of(value), 0) != SIZE_MAX;
    char cell[1024];
    not_carried(format, cell);
    bool listed = is_listed(cell, name);
    if (there == !listed)
        return 0;
    print_error("%s: %s is %s\n", format, name,
                there ? "carried but listed as not" : "neither carried nor listed");
    return 1;
}

static void test_every_field_is_carried_or_listed(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    const kdbib_writer_class *class;
    int wrong = 0;
    for (size_t i = 0; (class = kdbib_writer_at(context, i)) != NULL; i++) {
        kdbib_bibliography *b = kdbib_bibliography_new(context);
        for (int type = 0; type < KDBIB_TYPE_COUNT; type++)
            fill(b, (kdbib_type)type);
        kdbib_output *out = kdbib_output_new_memory();
        assert_true(kdbib_write(b, kdbib_writer_new(context, class, out)));
        kdbib_str text = kdbib_output_memory(out);
        for (int number = KDBIB_TITLE; number < KDBIB_FIELD_COUNT; number++) {
            char value[64];
            snprintf(value, sizeof value, "Marker%dmark", number);
            const char *mark = number == KDBIB_LANGUAGE
                                   ? (strstr(class->name, "bib") ? "langid" : "qx")
                               : number == KDBIB_ISSN ? "1361-8415"
                               : number == KDBIB_ISBN ? "9783319245744"
                                                      : value;
            wrong += check(class->name, text, kdbib_field_name((kdbib_field)number), mark);
        }
        for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
            char value[64];
            const char *name = kdbib_role_name((kdbib_role)role);
            snprintf(value, sizeof value, "example.org/%s-mark", name);
            wrong += check(class->name, text, name, value);
        }
        wrong += check(class->name, text, "sections", "Sectmark");
        wrong += check(class->name, text, "authors", "Familymark");
        wrong += check(class->name, text, "given", "Givenmark");
        wrong += check(class->name, text, "particle", "particlemark");
        wrong += check(class->name, text, "suffix", "Suffixmark");
        wrong += check(class->name, text, "editors", "Editormark");
        wrong += check(class->name, text, "issued", "2017");
        assert_int_equal(kdbib_output_close(out), 0);
        kdbib_bibliography_free(b);
    }
    kdbib_free(context);
    assert_int_equal(wrong, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_field_is_carried_or_listed)};
    return cmocka_run_group_tests(tests, read_page, NULL);
}
