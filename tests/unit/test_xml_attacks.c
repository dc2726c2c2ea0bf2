/* XML and HTML of the registries made to read files, or to grow without end. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/strings.h"
#include "services/datacite_xml.h"
#include "services/pubmed.h"
#include "services/service.h"

#define MARKER "marker-of-a-file"

typedef bool parse_fn(kdb_answer *answer, kdbib_str body);

static const struct reader {
    const char *name;
    const char *before, *after; /* around a title */
} readers[] = {
    {"arxiv",
     "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>http://arxiv.org/abs/2001.00001v1</id>"
     "<title>A title ",
     "</title><summary>s</summary></entry></feed>"},
    {"datacite-xml",
     "<resource xmlns='http://datacite.org/schema/kernel-4'><identifier identifierType='DOI'>"
     "10.5072/x</identifier><titles><title>A title ",
     "</title></titles><publicationYear>2020</publicationYear></resource>"},
    {"pubmed",
     "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A "
     "title ",
     "</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"},
    {"pages",
     "<html><head><meta name='citation_doi' content='10.5072/x'><meta name='citation_title' "
     "content='A title ",
     "'></head></html>"},
};

static parse_fn *parser_of(const char *name) {
    if (strcmp(name, "datacite-xml") == 0)
        return kdb_datacite_parse_xml;
    if (strcmp(name, "pubmed") == 0)
        return kdb_pubmed_parse;
    return kdb_service_at(kdb_service_find(kdbib_str_of(name)))->parse;
}

/* Reads it, and looks at every text that came of it. Returns how many records there were. */
static size_t read_answer(kdbib *context, const struct reader *r, const char *doctype,
                          const char *reference) {
    kdbib_bibliography *b = kdbib_bibliography_new(context);
    kdb_arena arena = {0};
    kdb_answer answer;
    kdb_answer_init(&answer, b, &arena);
    const kdbib_str body =
        kdb_arena_format(&arena, "%s%s%s%s", doctype, r->before, reference, r->after);
    assert_true(parser_of(r->name)(&answer, body));
    for (const kdb_hit *hit = answer.first; hit; hit = hit->next)
        for (int field = KDBIB_TITLE; field < KDBIB_FIELD_COUNT; field++) {
            const kdbib_str text = kdbib_record_text(hit->record, (kdbib_field)field);
            assert_true(kdb_find(text, KDBIB_STR(MARKER), 0) == SIZE_MAX);
            assert_true(text.size < 100000);
        }
    const size_t count = answer.count;
    kdb_arena_free(&arena);
    kdbib_bibliography_free(b);
    return count;
}

/* So that the attacks below meet a reader that reads. */
static void test_readers_read(void **state) {
    (void)state;
    kdbib *context = kdbib_new();
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        assert_int_equal(read_answer(context, &readers[i], "", "of a paper"), 1);
    kdbib_free(context);
}

static void test_no_file_is_read(void **state) {
    (void)state;
    char path[] = "/tmp/kdbib-xml-XXXXXX", doctype[4][256];
    const int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, MARKER, sizeof MARKER - 1) == sizeof MARKER - 1);
    close(fd);
    snprintf(doctype[0], sizeof *doctype, "<!DOCTYPE x [<!ENTITY e SYSTEM \"file://%s\">]>", path);
    snprintf(doctype[1], sizeof *doctype, "<!DOCTYPE x [<!ENTITY e PUBLIC \"p\" \"%s\">]>", path);
    snprintf(doctype[2], sizeof *doctype,
             "<!DOCTYPE x [<!ENTITY %% p SYSTEM \"file://%s\"> %%p; <!ENTITY e 'x'>]>", path);
    snprintf(doctype[3], sizeof *doctype, "<!DOCTYPE x SYSTEM \"file://%s\">", path);
    kdbib *context = kdbib_new();
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        for (size_t d = 0; d < 4; d++)
            read_answer(context, &readers[i], doctype[d], "&e;");
    kdbib_free(context);
    unlink(path);
}

/* Entities of entities: ten to the ninth times as much. */
static void test_a_billion_laughs(void **state) {
    (void)state;
    char doctype[4096];
    size_t size = (size_t)snprintf(doctype, sizeof doctype, "<!DOCTYPE x [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 10; i++) {
        size += (size_t)snprintf(doctype + size, sizeof doctype - size, "<!ENTITY a%d '", i);
        for (int j = 0; j < 10; j++)
            size += (size_t)snprintf(doctype + size, sizeof doctype - size, "&a%d;", i - 1);
        size += (size_t)snprintf(doctype + size, sizeof doctype - size, "'>");
    }
    snprintf(doctype + size, sizeof doctype - size, "]>");
    kdbib *context = kdbib_new();
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        read_answer(context, &readers[i], doctype, "&a9;");
    kdbib_free(context);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_readers_read),
        cmocka_unit_test(test_no_file_is_read),
        cmocka_unit_test(test_a_billion_laughs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
