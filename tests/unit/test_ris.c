/* The ris writer. */
#include "writers.h"

static void test_article(void **state) {
    sample_article(*state);
    assert_written(*state, "ris", NULL,
                   "TY  - JOUR\r\n"
                   "ID  - maaten2020d2net\r\n"
                   "TI  - D²-Net for Alzheimer’s disease in vivo & beyond: $\\alpha_{1}$\r\n"
                   "AU  - van der Maaten, Laurens\r\n"
                   "AU  - King, Martin Luther, Jr.\r\n"
                   "AU  - Plato,\r\n"
                   "AU  - Google Research\r\n"
                   "PY  - 2020\r\n"
                   "DA  - 2020/03/05/\r\n"
                   "T2  - Medical Image Analysis\r\n"
                   "J2  - MedIA\r\n"
                   "VL  - 65\r\n"
                   "IS  - 2\r\n"
                   "AN  - 32663773\r\n"
                   "SP  - 101775\r\n"
                   "SN  - 1361-8415\r\n"
                   "SN  - 1361-8423\r\n"
                   "DO  - 10.1016/j.media.2020.101775\r\n"
                   "UR  - https://doi.org/10.1016/j.media.2020.101775\r\n"
                   "UR  - https://github.com/a/d2net\r\n"
                   "KW  - Segmentation\r\n"
                   "ER  - \r\n\r\n");
}

static void test_conference(void **state) {
    sample_lncs(*state);
    assert_written(
        *state, "ris", NULL,
        "TY  - CONF\r\n"
        "ID  - yu2019uncertainty\r\n"
        "TI  - Uncertainty-aware self-ensembling model\r\n"
        "AU  - Yu, Lequan\r\n"
        "ED  - Shen, Dinggang\r\n"
        "PY  - 2019\r\n"
        "BT  - Medical Image Computing and Computer Assisted Intervention – MICCAI 2019\r\n"
        "C3  - Medical Image Computing and Computer Assisted Intervention – MICCAI 2019\r\n"
        "T3  - Lecture Notes in Computer Science\r\n"
        "VL  - 11765\r\n"
        "CY  - Shenzhen, China\r\n"
        "C1  - Cham\r\n"
        "SP  - 605\r\n"
        "EP  - 613\r\n"
        "PB  - Springer\r\n"
        "SN  - 978-3-030-32244-1\r\n"
        "DO  - 10.1007/978-3-030-32245-8_67\r\n"
        "UR  - https://link.springer.com/chapter/10.1007/978-3-030-32245-8_67\r\n"
        "ER  - \r\n\r\n");
}

static void test_preprint(void **state) {
    sample_preprint(*state);
    assert_written(*state, "ris", NULL,
                   "TY  - UNPD\r\n"
                   "ID  - hinton2015distilling\r\n"
                   "TI  - Distilling the Knowledge in a Neural Network\r\n"
                   "AU  - Hinton, Geoffrey\r\n"
                   "N1  - The list of authors is incomplete (et al.).\r\n"
                   "PY  - 2015\r\n"
                   "DA  - 2015/03//\r\n"
                   "M3  - preprint\r\n"
                   "PB  - arXiv\r\n"
                   "M1  - arXiv:1503.02531\r\n"
                   "DO  - 10.48550/arXiv.1503.02531\r\n"
                   "UR  - https://arxiv.org/abs/1503.02531\r\n"
                   "UR  - https://arxiv.org/pdf/1503.02531\r\n"
                   "ER  - \r\n\r\n");
}

static void test_no_line_is_smuggled_in(void **state) {
    kdbib_record *r = sample_record(*state, KDBIB_TYPE_ARTICLE_JOURNAL, "a\r\nER  - ",
                                    " One\r\n\tER  - \xE2\x80\xA8TY  - JOUR\xC2\x85 two\x1B[2J ");
    sample_person(r, KDBIB_AUTHORS, NULL, "Doe, Jr*", "J\n", "I,I");
    sample_body(r, KDBIB_AUTHORS, "*");
    sample_text(r, KDBIB_CONTAINER_TITLE, "A* Search");
    assert_written(*state, "ris", NULL,
                   "TY  - JOUR\r\n"
                   "ID  - a ER  -\r\n"
                   "TI  - One ER  - TY  - JOUR  two\xEF\xBF\xBD[2J\r\n"
                   "AU  - Doe Jr, J , II\r\n"
                   "T2  - A∗ Search\r\n"
                   "ER  - \r\n\r\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        writer_test(test_article),
        writer_test(test_conference),
        writer_test(test_preprint),
        writer_test(test_no_line_is_smuggled_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
