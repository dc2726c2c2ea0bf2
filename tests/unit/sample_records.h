/* Records of every type for the tests of the writers: real works, whose data stand in public
 * registries, and made-up ones for what these lack. add_samples() builds them in a bibliography. */
#ifndef KDB_SAMPLE_RECORDS_H
#define KDB_SAMPLE_RECORDS_H

#include <assert.h>

#include "kdbib/kdbib.h"

typedef struct sample_field {
    kdbib_field field;
    const char *value;
} sample_field;

typedef struct sample_link {
    kdbib_role role;
    const char *url;
} sample_link;

/* Lists end with their first empty element. */
typedef struct sample {
    kdbib_type type;
    const char *key;
    kdbib_run title[8];
    kdbib_name authors[5];
    bool truncated;
    kdbib_name editors[4];
    kdbib_date issued;
    sample_field fields[16];
    sample_link links[4];
    const char *sections[3]; /* headings under the document's title */
} sample;

#define S(literal)                                                                                 \
    { "" literal, sizeof(literal) - 1 }
#define PERSON(f, g)                                                                               \
    { .family = S(f), .given = S(g) }
#define BODY(l)                                                                                    \
    { .literal = S(l) }
#define PLAIN(text)                                                                                \
    { S(text), 0 }

static const sample samples[] = {
    {.type = KDBIB_TYPE_ARTICLE_JOURNAL,
     .key = "vonwintersdorff2020plasmid",
     .title = {PLAIN("Plasmid-mediated resistance: a study with "),
               {S("Escherichia coli"), KDBIB_ITALIC},
               PLAIN(" and CTX-M-15")},
     .authors = {{.family = S("Wintersdorff"), .given = S("Christian J. H."), .particle = S("von")},
                 {.family = S("M\u00FChlen"), .given = S("Sabrina")}},
     .issued = {2020, 1, 17},
     .fields = {{KDBIB_CONTAINER_TITLE, "PLOS Pathogens"},
                {KDBIB_VOLUME, "16"},
                {KDBIB_ISSUE, "1"},
                {KDBIB_ARTICLE_NUMBER, "e1008184"},
                {KDBIB_PUBLISHER, "Public Library of Science"},
                {KDBIB_ISSN, "1553-7374"},
                {KDBIB_PMID, "31951643"},
                {KDBIB_PMCID, "PMC6991993"},
                {KDBIB_LANGUAGE, "en"},
                {KDBIB_DOI, "10.1371/journal.ppat.1008184"}},
     .links = {{KDBIB_LINK_PAPER, "https://doi.org/10.1371/journal.ppat.1008184"}},
     .sections = {"Biology"}},
    {.type = KDBIB_TYPE_ARTICLE_JOURNAL,
     .key = "javed2023knowledge",
     .title = {PLAIN("Knowledge Distillation in Histology Landscape by Multi-Layer Features "
                     "Supervision")},
     .authors = {PERSON("Javed", "Sajid"), PERSON("Mahmood", "Arif"), PERSON("Qaiser", "Talha"),
                 PERSON("Werghi", "Naoufel")},
     .issued = {2023, 0, 0},
     .fields = {{KDBIB_CONTAINER_TITLE, "IEEE Journal of Biomedical and Health Informatics"},
                {KDBIB_VENUE, "JBHI"},
                {KDBIB_VOLUME, "27"},
                {KDBIB_ISSUE, "4"},
                {KDBIB_PAGES, "2037-2046"},
                {KDBIB_PUBLISHER, "IEEE"},
                {KDBIB_ISSN, "2168-2194 2168-2208"},
                {KDBIB_DOI, "10.1109/jbhi.2023.3237749"}},
     .links = {{KDBIB_LINK_PAPER, "https://ieeexplore.ieee.org/abstract/document/10018566"},
               {KDBIB_LINK_CODE, "https://github.com/example/knowledge_distillation"}},
     .sections = {"Diagnosis & classification", "Histology"}},
    {.type = KDBIB_TYPE_PAPER_CONFERENCE,
     .key = "dusmanu2019d2net",
     .title = {PLAIN("D"),
               {S("2"), KDBIB_SUP},
               PLAIN("-Net: A Trainable CNN for Joint Description and Detection of Local "
                     "Features")},
     .authors = {PERSON("Dusmanu", "Mihai"),
                 PERSON("Rocco", "Ignacio"),
                 {.family = S("King"), .given = S("Martin Luther"), .suffix = S("Jr.")}},
     .truncated = true,
     .issued = {2019, 6, 0},
     .fields = {{KDBIB_CONTAINER_TITLE,
                 "2019 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)"},
                {KDBIB_EVENT_TITLE, "Conference on Computer Vision and Pattern Recognition"},
                {KDBIB_EVENT_PLACE, "Long Beach, CA, USA"},
                {KDBIB_PUBLISHER, "IEEE"},
                {KDBIB_PAGES, "8092-8101"},
                {KDBIB_IEEE_NUMBER, "8953622"},
                {KDBIB_DOI, "10.1109/cvpr.2019.00828"}},
     .links = {{KDBIB_LINK_PAPER, "https://ieeexplore.ieee.org/document/8953622"},
               {KDBIB_LINK_PDF, "https://openaccess.thecvf.com/content/D2-Net.pdf"},
               {KDBIB_LINK_CODE, "https://github.com/mihaidusmanu/d2-net"},
               {KDBIB_LINK_PROJECT, "https://dusmanu.com/publications/d2-net.html"}},
     .sections = {"Local features"}},
    {.type = KDBIB_TYPE_PAPER_CONFERENCE,
     .key = "ronneberger2015unet",
     .title = {PLAIN("U-Net: Convolutional Networks for Biomedical Image Segmentation")},
     .authors = {PERSON("Ronneberger", "Olaf"), PERSON("Fischer", "Philipp"),
                 PERSON("Brox", "Thomas")},
     .editors = {PERSON("Navab", "Nassir"), PERSON("Hornegger", "Joachim"),
                 PERSON("Wells", "William M."), PERSON("Frangi", "Alejandro F.")},
     .issued = {2015, 0, 0},
     .fields = {{KDBIB_CONTAINER_TITLE, "Medical Image Computing and Computer-Assisted "
                                        "Intervention \u2013 MICCAI 2015"},
                {KDBIB_COLLECTION_TITLE, "Lecture Notes in Computer Science"},
                {KDBIB_VOLUME, "9351"},
                {KDBIB_PAGES, "234-241"},
                {KDBIB_PUBLISHER, "Springer International Publishing"},
                {KDBIB_PUBLISHER_PLACE, "Cham"},
                {KDBIB_ISSN, "0302-9743 1611-3349"},
                {KDBIB_ISBN, "9783319245737 9783319245744"},
                {KDBIB_DOI, "10.1007/978-3-319-24574-4_28"}},
     .links = {{KDBIB_LINK_PAPER,
                "https://link.springer.com/chapter/10.1007/978-3-319-24574-4_28"}},
     .sections = {"Segmentation"}},
    {.type = KDBIB_TYPE_ARTICLE,
     .key = "devlin2018bert",
     .title = {PLAIN("BERT: Pre-training of Deep Bidirectional Transformers for Language "
                     "Understanding")},
     .authors = {PERSON("Devlin", "Jacob"), PERSON("Chang", "Ming-Wei"), PERSON("Lee", "Kenton"),
                 PERSON("Toutanova", "Kristina")},
     .issued = {2018, 10, 11},
     .fields = {{KDBIB_ARCHIVE, "arXiv"},
                {KDBIB_GENRE, "preprint"},
                {KDBIB_PUBLISHER, "arXiv"},
                {KDBIB_ARXIV, "1810.04805"},
                {KDBIB_ARXIV_CLASS, "cs.CL"},
                {KDBIB_DOI, "10.48550/arxiv.1810.04805"}},
     .links = {{KDBIB_LINK_PAPER, "https://arxiv.org/abs/1810.04805"},
               {KDBIB_LINK_CODE, "https://github.com/google-research/bert"}},
     .sections = {"Language models"}},
    {.type = KDBIB_TYPE_ARTICLE,
     .key = "avsec2021effective",
     .title = {PLAIN("Effective mRNA expression prediction by integrating long-range "
                     "interactions")},
     .authors = {{.family = S("Avsec"), .given = S("\u017Diga")}, BODY("Google DeepMind")},
     .issued = {2021, 4, 0},
     .fields = {{KDBIB_ARCHIVE, "bioRxiv"},
                {KDBIB_PUBLISHER, "Cold Spring Harbor Laboratory"},
                {KDBIB_DOI, "10.1101/2021.04.07.438649"}},
     .links = {{KDBIB_LINK_PAPER, "https://www.biorxiv.org/content/10.1101/2021.04.07.438649v1"}},
     .sections = {"Biology"}},
    {.type = KDBIB_TYPE_CHAPTER,
     .key = "serrano1999distributed",
     .title = {PLAIN("Distributed Objects: from O(n\u00B2) to "), {S("O(n \\log n)"), KDBIB_MATH}},
     .authors = {{.family = S("Serrano Alvarado"), .given = S("Patricia")},
                 {.family = S("Ost\u0103pe\u0219"), .given = S("\u0218tefan")}},
     .editors = {PERSON("Hutchison", "David")},
     .issued = {1999, 0, 0},
     .fields = {{KDBIB_CONTAINER_TITLE, "A Handbook of Systems & Their Design"},
                {KDBIB_PUBLISHER, "Springer"},
                {KDBIB_PUBLISHER_PLACE, "Berlin, Heidelberg"},
                {KDBIB_EDITION, "2"},
                {KDBIB_PAGES, "13-20"},
                {KDBIB_ISBN, "9783540668183"}},
     .links = {{KDBIB_LINK_PAPER, "https://example.org/a_b?x=1%202&y={z}"}}},
    {.type = KDBIB_TYPE_BOOK,
     .key = "hastie2009elements",
     .title = {PLAIN("The Elements of Statistical Learning")},
     .authors = {PERSON("Hastie", "Trevor"), PERSON("Tibshirani", "Robert"),
                 PERSON("Friedman", "Jerome")},
     .issued = {2009, 0, 0},
     .fields = {{KDBIB_PUBLISHER, "Springer"},
                {KDBIB_PUBLISHER_PLACE, "New York"},
                {KDBIB_COLLECTION_TITLE, "Springer Series in Statistics"},
                {KDBIB_EDITION, "2"},
                {KDBIB_ISBN, "9780387848570"},
                {KDBIB_DOI, "10.1007/978-0-387-84858-7"}}},
    {.type = KDBIB_TYPE_THESIS,
     .key = "mnih2013machine",
     .title = {PLAIN("Machine Learning for Aerial Image Labeling")},
     .authors = {PERSON("Mnih", "Volodymyr")},
     .issued = {2013, 0, 0},
     .fields = {{KDBIB_PUBLISHER, "University of Toronto"}, {KDBIB_GENRE, "PhD thesis"}},
     .links = {{KDBIB_LINK_PDF, "https://www.cs.toronto.edu/~vmnih/docs/Mnih_Thesis.pdf"}}},
    {.type = KDBIB_TYPE_REPORT,
     .key = "krizhevsky2009learning",
     .title = {PLAIN("Learning Multiple Layers of Features from Tiny Images")},
     .authors = {PERSON("Krizhevsky", "Alex")},
     .issued = {2009, 4, 8},
     .fields = {{KDBIB_PUBLISHER, "University of Toronto"},
                {KDBIB_PUBLISHER_PLACE, "Toronto"},
                {KDBIB_NUMBER, "TR-2009"},
                {KDBIB_GENRE, "Technical report"}},
     .links = {{KDBIB_LINK_PDF, "https://www.cs.toronto.edu/~kriz/learning-features-2009-TR.pdf"}}},
    {.type = KDBIB_TYPE_PATENT,
     .key = "lecun1999module",
     .title = {PLAIN("Module for constructing trainable modular network")},
     .authors = {PERSON("Bengio", "Yoshua"), {.family = S("LeCun"), .given = S("Yann")}},
     .issued = {1999, 11, 2},
     .fields = {{KDBIB_NUMBER, "US5978497"}, {KDBIB_PUBLISHER, "AT&T Corp."}},
     .links = {{KDBIB_LINK_PAPER, "https://patents.google.com/patent/US5978497A"}}},
    {.type = KDBIB_TYPE_DATASET,
     .key = "smith2016data",
     .title = {PLAIN("Data of the 3D X-ray CT benchmark")},
     .authors = {{.family = S("Maaten"), .given = S("Laurens"), .particle = S("van der")}},
     .issued = {2016, 2, 8},
     .fields = {{KDBIB_PUBLISHER, "Zenodo"},
                {KDBIB_VERSION, "1.1"},
                {KDBIB_DOI, "10.5281/zenodo.45756"}},
     .links = {{KDBIB_LINK_PAPER, "https://zenodo.org/record/45756"}}},
    {.type = KDBIB_TYPE_SOFTWARE,
     .key = "nnunet2021",
     .title = {PLAIN("nnU-Net")},
     .authors = {BODY("Division of Medical Image Computing, German Cancer Research Center and "
                      "Helmholtz Imaging")},
     .issued = {2021, 0, 0},
     .fields = {{KDBIB_VERSION, "2.2"}},
     .links = {{KDBIB_LINK_PAPER, "https://github.com/MIC-DKFZ/nnUNet"}},
     .sections = {"Tools"}},
    {.type = KDBIB_TYPE_WEBPAGE,
     .key = "weng2018attention",
     .title = {PLAIN("Attention? Attention!")},
     .authors = {PERSON("Weng", "Lilian")},
     .issued = {2018, 6, 24},
     .fields = {{KDBIB_CONTAINER_TITLE, "Lil'Log"}},
     .links = {{KDBIB_LINK_PAPER, "https://lilianweng.github.io/posts/2018-06-24-attention/"}}},
    {.type = KDBIB_TYPE_DOCUMENT,
     .key = "towards",
     .title = {PLAIN("Towards \u03B2-\u201Cquoted\u201D titles \u2014 100% of \u6F22\u5B57 & "
                     "Alzheimer\u2019s")},
     .fields = {{KDBIB_VENUE, "NeurIPS"}},
     .links = {{KDBIB_LINK_PAPER, "https://example.org/towards"}}},
    {.type = KDBIB_TYPE_DOCUMENT,
     .key = "hostile",
     .title = {PLAIN("\\input{/etc/passwd} }} @article{x, % $ # _ ^ ~ {{ ER  - ]]> <script> &#0; "
                     "=HYPERLINK(\"x\")"),
               {S("\\write18{rm}}"), KDBIB_MATH}},
     .authors = {{.family = S("{O}'Neil}, and"), .given = S("X, \\def")}, BODY("and")},
     .issued = {2020, 12, 0},
     .fields = {{KDBIB_NOTE, "}\n@misc{y,"},
                {KDBIB_DOI, "10.1002/(sici)1097<1::aid_{x}>3.0.co;2-2"}},
     .links = {{KDBIB_LINK_PAPER, "https://example.org/}{\\\\ %zz\u00FC"}}},
    {.type = KDBIB_TYPE_ARTICLE_JOURNAL, /* nothing but a title, as a bare list has it */
     .key = "bare",
     .title = {PLAIN("A bare title")}},
};
enum { SAMPLE_COUNT = sizeof samples / sizeof *samples };

#undef S
#undef PERSON
#undef BODY
#undef PLAIN

/* Builds one sample. */
static inline kdbib_record *add_sample(kdbib_bibliography *bibliography, const sample *s,
                                       const kdbib_section *document) {
    const kdbib_basis basis = KDBIB_BASIS_LOCK;
    kdbib_record *r = kdbib_bibliography_add(bibliography, "README.md", 1);
    bool fine = r != NULL;
    if (!fine)
        return NULL;
    kdbib_record_set_type(r, s->type, basis);
    fine &= kdbib_record_set_text(r, KDBIB_KEY, kdbib_str_of(s->key), basis);
    fine &= kdbib_record_set_title(r, s->title, 8, basis);
    for (size_t i = 0; i < 5; i++)
        fine &= kdbib_record_add_name(r, KDBIB_AUTHORS, &s->authors[i], basis);
    for (size_t i = 0; i < 4; i++)
        fine &= kdbib_record_add_name(r, KDBIB_EDITORS, &s->editors[i], basis);
    kdbib_record_set_authors_truncated(r, s->truncated);
    kdbib_record_set_issued(r, s->issued, basis);
    for (const sample_field *f = s->fields; f < s->fields + 16 && f->value; f++)
        fine &= kdbib_record_set_text(r, f->field, kdbib_str_of(f->value), basis);
    for (const sample_link *l = s->links; l < s->links + 4 && l->url; l++)
        fine &= kdbib_record_add_link(r, l->role, kdbib_str_of(l->url));
    for (size_t i = 0; i < 3 && s->sections[i]; i++) {
        const kdbib_section *section =
            kdbib_bibliography_add_section(bibliography, document, 2, kdbib_str_of(s->sections[i]));
        fine &= section && kdbib_record_add_section(r, section);
    }
    assert(fine);
    return fine ? r : NULL;
}

/* Builds all of them, in order. */
static inline void add_samples(kdbib_bibliography *bibliography) {
    kdbib_section *document =
        kdbib_bibliography_add_section(bibliography, NULL, 1, KDBIB_STR("Awesome samples"));
    if (document)
        document->document_title = true;
    for (size_t i = 0; i < SAMPLE_COUNT; i++)
        add_sample(bibliography, &samples[i], document);
}

/* The samples through a format; NULL-terminated `options` are name, value, name, value, …. The
 * result is a memory output that the caller closes. */
static inline kdbib_output *write_samples(kdbib *context, const char *format,
                                          const char *const *options) {
    kdbib_bibliography *bibliography = kdbib_bibliography_new(context);
    add_samples(bibliography);
    kdbib_output *out = kdbib_output_new_memory();
    const kdbib_writer_class *class = kdbib_find_writer(context, kdbib_str_of(format));
    assert(class);
    kdbib_writer *writer = kdbib_writer_new(context, class, out);
    for (; options && *options; options += 2)
        if (!kdbib_writer_set_option(writer, options[0], options[1]))
            assert(*options == NULL); /* no such option */
    bool fine = kdbib_write(bibliography, writer);
    assert(fine);
    (void)fine;
    kdbib_bibliography_free(bibliography);
    return out;
}

#endif
