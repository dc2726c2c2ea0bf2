/* The jats writer. */
#include "writers.h"

#define HEAD                                                                                       \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                 \
    "<!DOCTYPE ref-list PUBLIC \"-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 "   \
    "v1.2 20190208//EN\" \"JATS-journalpublishing1-mathml3.dtd\">\n"                               \
    "<ref-list>\n"

static void test_article(void **state) {
    sample_article(*state);
    assert_written(
        *state, "jats", NULL,
        HEAD "  <ref id=\"maaten2020d2net\">\n"
             "    <element-citation publication-type=\"journal\">\n"
             "      <person-group person-group-type=\"author\">\n"
             "        <name>\n"
             "          <surname>van der Maaten</surname>\n"
             "          <given-names>Laurens</given-names>\n"
             "        </name>\n"
             "        <name>\n"
             "          <surname>King</surname>\n"
             "          <given-names>Martin Luther</given-names>\n"
             "          <suffix>Jr.</suffix>\n"
             "        </name>\n"
             "        <name>\n"
             "          <surname>Plato</surname>\n"
             "        </name>\n"
             "        <collab>Google Research</collab>\n"
             "      </person-group>\n"
             "      <article-title>D<sup>2</sup>-Net for Alzheimer’s disease <italic>in "
             "vivo</italic> &amp; beyond: "
             "<inline-formula><tex-math>\\alpha_{1}</tex-math></inline-formula></article-title>\n"
             "      <source>Medical Image Analysis</source>\n"
             "      <year iso-8601-date=\"2020-03-05\">2020</year>\n"
             "      <month>3</month>\n"
             "      <day>5</day>\n"
             "      <volume>65</volume>\n"
             "      <issue>2</issue>\n"
             "      <elocation-id>101775</elocation-id>\n"
             "      <issn>1361-8415</issn>\n"
             "      <issn>1361-8423</issn>\n"
             "      <pub-id pub-id-type=\"doi\">10.1016/j.media.2020.101775</pub-id>\n"
             "      <pub-id pub-id-type=\"pmid\">32663773</pub-id>\n"
             "      <comment content-type=\"code\"><ext-link "
             "xmlns:xlink=\"http://www.w3.org/1999/xlink\" ext-link-type=\"uri\" "
             "xlink:href=\"https://github.com/a/d2net\">https://github.com/a/d2net</ext-link>"
             "</comment>\n"
             "    </element-citation>\n"
             "  </ref>\n"
             "</ref-list>\n");
}

static void test_hostile(void **state) {
    kdbib_record *r = sample_record(*state, KDBIB_TYPE_DOCUMENT, "1 ]]>", "<b>]]>&#0;\x01\xFF");
    kdbib_record_add_link(r, KDBIB_LINK_CODE, KDBIB_STR("javascript:alert(1)"));
    assert_written(*state, "jats", NULL,
                   HEAD "  <ref id=\"_1_20_5D_5D_3E\">\n"
                        "    <element-citation publication-type=\"other\">\n"
                        "      <article-title>&lt;b&gt;]]&gt;&amp;#0;\xEF\xBF\xBD\xEF\xBF\xBD"
                        "</article-title>\n"
                        "    </element-citation>\n"
                        "  </ref>\n"
                        "</ref-list>\n");
}

static void test_standalone(void **state) {
    sample_article(*state);
    kdbib_output *out = sample_written(*state, "jats", "standalone");
    assert_non_null(out);
    const char *text = kdbib_output_memory(out).data;
    assert_non_null(strstr(text, "<article article-type=\"other\" dtd-version=\"1.2\">\n"));
    assert_non_null(strstr(text, "<article-title>A list</article-title>\n"));
    assert_non_null(strstr(text, "    </ref-list>\n  </back>\n</article>\n"));
    kdbib_output_close(out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        writer_test(test_article),
        writer_test(test_hostile),
        writer_test(test_standalone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
