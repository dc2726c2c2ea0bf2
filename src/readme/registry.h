/* Every recogniser and every shape by its name; registry.c lists them. */
#ifndef KDB_README_REGISTRY_H
#define KDB_README_REGISTRY_H

#include "readme/reader.h"

extern const kdb_recogniser kdb_recognise_table, kdb_recognise_list, kdb_recognise_heading,
    kdb_recognise_paragraph, kdb_recognise_bibtex;

extern const kdb_shape kdb_shape_link_title, kdb_shape_bold_title, kdb_shape_quoted_title,
    kdb_shape_citation, kdb_shape_plain_title;

#endif
