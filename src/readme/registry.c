/* The recognisers and the shapes: one line each. */
#include "readme/reader.h"

extern const kdb_recogniser kdb_recognise_table, kdb_recognise_list;
extern const kdb_shape kdb_shape_link_title, kdb_shape_plain_title;

static const kdb_recogniser *const recognisers[] = {
    &kdb_recognise_table,
    &kdb_recognise_list,
};

static const kdb_shape *const shapes[] = {
    &kdb_shape_link_title,
    &kdb_shape_plain_title,
};

const kdb_recogniser *kdb_recogniser_at(size_t index) {
    return index < sizeof recognisers / sizeof *recognisers ? recognisers[index] : NULL;
}

const kdb_shape *kdb_shape_at(size_t index) {
    return index < sizeof shapes / sizeof *shapes ? shapes[index] : NULL;
}
