/* The recognisers and the shapes. A new one is a file beside this one and a line here. */
#include "readme/reader.h"

#define RECOGNISERS(X)                                                                             \
    X(table)     /* a row a paper */                                                               \
    X(list)      /* bullets and numbers, nested ones too */                                        \
    X(heading)   /* heading_entry.c: a heading a paper */                                          \
    X(paragraph) /* blocks of lines */                                                             \
    X(bibtex)    /* code blocks */

#define SHAPES(X)                                                                                  \
    X(link_title)   /* [Title](url) */                                                             \
    X(bold_title)   /* **Title** */                                                                \
    X(quoted_title) /* "Title" */                                                                  \
    X(citation)     /* Authors. Title. Venue, Year. */                                             \
    X(citing_link)  /* Title. [Names (Year)](url) */                                               \
    X(plain_title)  /* Title [pdf](url) */

#define DECLARE_RECOGNISER(name) extern const kdb_recogniser kdb_recognise_##name;
RECOGNISERS(DECLARE_RECOGNISER)
#define DECLARE_SHAPE(name) extern const kdb_shape kdb_shape_##name;
SHAPES(DECLARE_SHAPE)

#define RECOGNISER(name) &kdb_recognise_##name,
static const kdb_recogniser *const recognisers[] = {RECOGNISERS(RECOGNISER)};
#define SHAPE(name) &kdb_shape_##name,
static const kdb_shape *const shapes[] = {SHAPES(SHAPE)};

_Static_assert(sizeof shapes / sizeof *shapes <= KDB_MOST_SHAPES,
               "kdb_bids has room for each shape");

const kdb_recogniser *kdb_recogniser_at(size_t index) {
    return index < sizeof recognisers / sizeof *recognisers ? recognisers[index] : NULL;
}

const kdb_shape *kdb_shape_at(size_t index) {
    return index < sizeof shapes / sizeof *shapes ? shapes[index] : NULL;
}
