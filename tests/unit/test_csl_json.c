/* The csl-json writer. */
#include <stdio.h>

#include "writers.h"

static void test_article(void **state) {
    kdbib_record *r = sample_article(*state);
    sample_text(r, KDBIB_TITLE, "Plain \"title\"");
    assert_written(*state, "csl-json", NULL,
                   "[\n"
                   "  {\n"
                   "    \"id\": \"maaten2020d2net\",\n"
                   "    \"citation-key\": \"maaten2020d2net\",\n"
                   "    \"type\": \"article-journal\",\n"
                   "    \"title\": \"Plain \\\"title\\\"\",\n"
                   "    \"author\": [\n"
                   "      {\"family\": \"van der Maaten\", \"given\": \"Laurens\"},\n"
                   "      {\"family\": \"King\", \"given\": \"Martin Luther, Jr.\"},\n"
                   "      {\"family\": \"Plato\"},\n"
                   "      {\"literal\": \"Google Research\"}\n"
                   "    ],\n"
                   "    \"issued\": {\"date-parts\": [[2020, 3, 5]]},\n"
                   "    \"container-title\": \"Medical Image Analysis\",\n"
                   "    \"container-title-short\": \"MedIA\",\n"
                   "    \"journalAbbreviation\": \"MedIA\",\n"
                   "    \"volume\": \"65\",\n"
                   "    \"issue\": \"2\",\n"
                   "    \"DOI\": \"10.1016/j.media.2020.101775\",\n"
                   "    \"ISSN\": \"1361-8415 1361-8423\",\n"
                   "    \"PMID\": \"32663773\",\n"
                   "    \"page\": \"101775\",\n"
                   "    \"categories\": [\"Segmentation\"],\n"
                   "    \"custom\": {\n"
                   "      \"paper\": [\"https://doi.org/10.1016/j.media.2020.101775\"],\n"
                   "      \"code\": [\"https://github.com/a/d2net\"]\n"
                   "    }\n"
                   "  }\n"
                   "]\n");
}

static void test_preprint(void **state) {
    sample_preprint(*state);
    assert_written(*state, "csljson", NULL,
                   "[\n"
                   "  {\n"
                   "    \"id\": \"hinton2015distilling\",\n"
                   "    \"citation-key\": \"hinton2015distilling\",\n"
                   "    \"type\": \"article\",\n"
                   "    \"title\": \"Distilling the Knowledge in a Neural Network\",\n"
                   "    \"author\": [\n"
                   "      {\"family\": \"Hinton\", \"given\": \"Geoffrey\"}\n"
                   "    ],\n"
                   "    \"issued\": {\"date-parts\": [[2015, 3]]},\n"
                   "    \"DOI\": \"10.48550/arXiv.1503.02531\",\n"
                   "    \"genre\": \"preprint\",\n"
                   "    \"publisher\": \"arXiv\",\n"
                   "    \"number\": \"arXiv:1503.02531\",\n"
                   "    \"URL\": \"https://arxiv.org/abs/1503.02531\",\n"
                   "    \"custom\": {\n"
                   "      \"arxiv\": \"1503.02531\",\n"
                   "      \"arxiv_class\": \"stat.ML\",\n"
                   "      \"pdf\": [\"https://arxiv.org/pdf/1503.02531\"],\n"
                   "      \"authors_truncated\": true\n"
                   "    }\n"
                   "  }\n"
                   "]\n");
}

static void assert_type(kdbib_bibliography *b, const char *option, const char *type) {
    kdbib_output *out = sample_written(b, "csl", option);
    char member[64];
    assert_non_null(out);
    snprintf(member, sizeof member, "\"type\": \"%s\"", type);
    assert_non_null(strstr(kdbib_output_memory(out).data, member));
    kdbib_output_close(out);
}

static void test_no_type_that_zotero_refuses(void **state) {
    kdbib_record *r = sample_software(*state);
    assert_type(*state, NULL, "webpage");
    assert_type(*state, "software-type", "software");
    sample_text(r, KDBIB_VERSION, "1.0");
    assert_type(*state, NULL, "book");
    kdbib_record_set_type(r, KDBIB_TYPE_DOCUMENT, SAMPLE_BASIS);
    assert_type(*state, NULL, "article");
}

static void test_empty(void **state) {
    assert_written(*state, "csl-json", NULL, "[]\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        writer_test(test_article),
        writer_test(test_preprint),
        writer_test(test_no_type_that_zotero_refuses),
        writer_test(test_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
