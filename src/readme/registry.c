/* The recognisers and the shapes: one line each. */
#include "readme/registry.h"

static const kdb_recogniser *const recognisers[] = {
    &kdb_recognise_table,     /* table.c: a row a paper */
    &kdb_recognise_list,      /* list.c: bullets and numbers, nested ones too */
    &kdb_recognise_heading,   /* heading_entry.c: a heading a paper */
    &kdb_recognise_paragraph, /* paragraph.c: blocks of lines */
    &kdb_recognise_bibtex,    /* bibtex.c: code blocks */
};

static const kdb_shape *const shapes[] = {
    &kdb_shape_link_title,   /* [Title](url) */
    &kdb_shape_bold_title,   /* **Title** */
    &kdb_shape_quoted_title, /* "Title" */
    &kdb_shape_citation,     /* Authors. Title. Venue, Year. */
    &kdb_shape_plain_title,  /* Title [pdf](url) */
};

const kdb_recogniser *kdb_recogniser_at(size_t index) {
    return index < sizeof recognisers / sizeof *recognisers ? recognisers[index] : NULL;
}

const kdb_shape *kdb_shape_at(size_t index) {
    return index < sizeof shapes / sizeof *shapes ? shapes[index] : NULL;
}
