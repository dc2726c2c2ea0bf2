/* For tests of single writers: a bibliography for each test, and small records to put into it. */
#ifndef KDB_WRITERS_H
#define KDB_WRITERS_H

#include "unit.h"

#include "kdbib/kdbib.h"

#define SAMPLE_BASIS KDBIB_BASIS_LOCK

static inline void sample_text(kdbib_record *r, kdbib_field field, const char *text) {
    kdbib_record_set_text(r, field, kdbib_str_of(text), SAMPLE_BASIS);
}

static inline void sample_person(kdbib_record *r, kdbib_field which, const char *particle,
                                 const char *family, const char *given, const char *suffix) {
    const kdbib_name name = {.family = kdbib_str_of(family),
                             .given = kdbib_str_of(given),
                             .particle = kdbib_str_of(particle),
                             .suffix = kdbib_str_of(suffix)};
    kdbib_record_add_name(r, which, &name, SAMPLE_BASIS);
}

static inline void sample_body(kdbib_record *r, kdbib_field which, const char *literal) {
    const kdbib_name name = {.literal = kdbib_str_of(literal)};
    kdbib_record_add_name(r, which, &name, SAMPLE_BASIS);
}

static inline kdbib_record *sample_record(kdbib_bibliography *b, kdbib_type type, const char *key,
                                          const char *title) {
    kdbib_record *r =
        kdbib_bibliography_add(b, "list.md", (uint32_t)kdbib_bibliography_count(b) + 1);
    kdbib_record_set_type(r, type, SAMPLE_BASIS);
    sample_text(r, KDBIB_KEY, key);
    sample_text(r, KDBIB_TITLE, title);
    return r;
}

/* A journal article with an article number, a rich title and every kind of name. */
static inline kdbib_record *sample_article(kdbib_bibliography *b) {
    kdbib_record *r = sample_record(b, KDBIB_TYPE_ARTICLE_JOURNAL, "maaten2020d2net", "");
    const kdbib_run title[] = {{KDBIB_STR("D"), 0},
                               {KDBIB_STR("2"), KDBIB_SUP},
                               {KDBIB_STR("-Net for Alzheimer’s disease "), 0},
                               {KDBIB_STR("in vivo"), KDBIB_ITALIC},
                               {KDBIB_STR(" & beyond: "), 0},
                               {KDBIB_STR("\\alpha_{1}"), KDBIB_MATH}};
    kdbib_record_set_title(r, title, 6, SAMPLE_BASIS);
    sample_person(r, KDBIB_AUTHORS, "van der", "Maaten", "Laurens", NULL);
    sample_person(r, KDBIB_AUTHORS, NULL, "King", "Martin Luther", "Jr.");
    sample_person(r, KDBIB_AUTHORS, NULL, "Plato", NULL, NULL);
    sample_body(r, KDBIB_AUTHORS, "Google Research");
    kdbib_record_set_issued(r, (kdbib_date){2020, 3, 5}, SAMPLE_BASIS);
    sample_text(r, KDBIB_CONTAINER_TITLE, "Medical Image Analysis");
    sample_text(r, KDBIB_VENUE, "MedIA");
    sample_text(r, KDBIB_VOLUME, "65");
    sample_text(r, KDBIB_ISSUE, "2");
    sample_text(r, KDBIB_ARTICLE_NUMBER, "101775");
    sample_text(r, KDBIB_ISSN, "1361-8415 1361-8423");
    sample_text(r, KDBIB_DOI, "10.1016/j.media.2020.101775");
    sample_text(r, KDBIB_PMID, "32663773");
    kdbib_record_add_link(r, KDBIB_LINK_PAPER,
                          KDBIB_STR("https://doi.org/10.1016/j.media.2020.101775"));
    kdbib_record_add_link(r, KDBIB_LINK_CODE, KDBIB_STR("https://github.com/a/d2net"));
    const kdbib_section *top = kdbib_bibliography_add_section(b, NULL, 1, KDBIB_STR("A list"));
    ((kdbib_section *)top)->document_title = true;
    const kdbib_section *section =
        kdbib_bibliography_add_section(b, top, 2, KDBIB_STR("Segmentation"));
    kdbib_record_add_section(r, section);
    return r;
}

/* A conference paper in a series. */
static inline kdbib_record *sample_lncs(kdbib_bibliography *b) {
    kdbib_record *r = sample_record(b, KDBIB_TYPE_PAPER_CONFERENCE, "yu2019uncertainty",
                                    "Uncertainty-aware self-ensembling model");
    sample_person(r, KDBIB_AUTHORS, NULL, "Yu", "Lequan", NULL);
    sample_person(r, KDBIB_EDITORS, NULL, "Shen", "Dinggang", NULL);
    kdbib_record_set_issued(r, (kdbib_date){2019, 0, 0}, SAMPLE_BASIS);
    sample_text(r, KDBIB_VENUE, "MICCAI");
    sample_text(r, KDBIB_CONTAINER_TITLE,
                "Medical Image Computing and Computer Assisted Intervention – MICCAI 2019");
    sample_text(r, KDBIB_COLLECTION_TITLE, "Lecture Notes in Computer Science");
    sample_text(r, KDBIB_VOLUME, "11765");
    sample_text(r, KDBIB_PAGES, "605-613");
    sample_text(r, KDBIB_PUBLISHER, "Springer");
    sample_text(r, KDBIB_PUBLISHER_PLACE, "Cham");
    sample_text(r, KDBIB_EVENT_TITLE, "MICCAI 2019");
    sample_text(r, KDBIB_EVENT_PLACE, "Shenzhen, China");
    sample_text(r, KDBIB_ISBN, "978-3-030-32244-1");
    sample_text(r, KDBIB_DOI, "10.1007/978-3-030-32245-8_67");
    kdbib_record_add_link(
        r, KDBIB_LINK_PAPER,
        KDBIB_STR("https://link.springer.com/chapter/10.1007/978-3-030-32245-8_67"));
    return r;
}

static inline kdbib_record *sample_preprint(kdbib_bibliography *b) {
    kdbib_record *r = sample_record(b, KDBIB_TYPE_ARTICLE, "hinton2015distilling",
                                    "Distilling the Knowledge in a Neural Network");
    sample_person(r, KDBIB_AUTHORS, NULL, "Hinton", "Geoffrey", NULL);
    kdbib_record_set_authors_truncated(r, true);
    kdbib_record_set_issued(r, (kdbib_date){2015, 3, 0}, SAMPLE_BASIS);
    sample_text(r, KDBIB_VENUE, "arXiv");
    sample_text(r, KDBIB_ARXIV, "1503.02531");
    sample_text(r, KDBIB_ARXIV_CLASS, "stat.ML");
    sample_text(r, KDBIB_DOI, "10.48550/arXiv.1503.02531");
    kdbib_record_add_link(r, KDBIB_LINK_PAPER, KDBIB_STR("https://arxiv.org/abs/1503.02531"));
    kdbib_record_add_link(r, KDBIB_LINK_PDF, KDBIB_STR("https://arxiv.org/pdf/1503.02531"));
    return r;
}

static inline kdbib_record *sample_dataset(kdbib_bibliography *b) {
    kdbib_record *r =
        sample_record(b, KDBIB_TYPE_DATASET, "bakas2017segmentation", "Segmentation labels");
    sample_person(r, KDBIB_AUTHORS, NULL, "Bakas", "Spyridon", NULL);
    kdbib_record_set_issued(r, (kdbib_date){2017, 0, 0}, SAMPLE_BASIS);
    sample_text(r, KDBIB_PUBLISHER, "The Cancer Imaging Archive");
    sample_text(r, KDBIB_VERSION, "2");
    sample_text(r, KDBIB_DOI, "10.7937/k9/tcia.2017.gjq7r0ef");
    return r;
}

static inline kdbib_record *sample_software(kdbib_bibliography *b) {
    kdbib_record *r = sample_record(b, KDBIB_TYPE_SOFTWARE, "monai2022", "MONAI");
    sample_body(r, KDBIB_AUTHORS, "MONAI Consortium");
    kdbib_record_set_issued(r, (kdbib_date){2022, 0, 0}, SAMPLE_BASIS);
    kdbib_record_add_link(r, KDBIB_LINK_PAPER, KDBIB_STR("https://github.com/Project-MONAI/MONAI"));
    return r;
}

/* All of them. */
static inline void sample_all(kdbib_bibliography *b) {
    sample_article(b);
    sample_lncs(b);
    sample_preprint(b);
    sample_dataset(b);
    sample_software(b);
}

/* What `format` makes of the bibliography, in a memory output that the caller closes. `option` may
 * be NULL. */
static inline kdbib_output *sample_written(const kdbib_bibliography *b, const char *format,
                                           const char *option) {
    kdbib *context = kdbib_bibliography_context(b);
    kdbib_output *out = kdbib_output_new_memory();
    kdbib_writer *writer =
        kdbib_writer_new(context, kdbib_find_writer(context, kdbib_str_of(format)), out);
    if (option)
        kdbib_writer_set_option(writer, option, NULL);
    if (!kdbib_write(b, writer)) {
        kdbib_output_close(out);
        return NULL;
    }
    return out;
}

static inline int new_bibliography(void **state) {
    kdbib *context = kdbib_new();
    *state = kdbib_bibliography_new(context);
    return 0;
}

static inline int free_bibliography(void **state) {
    kdbib *context = kdbib_bibliography_context(*state);
    kdbib_bibliography_free(*state);
    kdbib_free(context);
    return 0;
}

/* Compares everything that was written with a literal. */
#define assert_written(bibliography, format, option, expected)                                     \
    do {                                                                                           \
        kdbib_output *out_ = sample_written(bibliography, format, option);                         \
        assert_non_null(out_);                                                                     \
        assert_str_is(kdbib_output_memory(out_), expected);                                        \
        kdbib_output_close(out_);                                                                  \
    } while (0)

#define writer_test(function)                                                                      \
    cmocka_unit_test_setup_teardown(function, new_bibliography, free_bibliography)

#endif
