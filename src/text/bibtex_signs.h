/* Characters by the LaTeX that prints them. */
#ifndef KDB_BIBTEX_SIGNS_H
#define KDB_BIBTEX_SIGNS_H

#include <stdint.h>

#include "text/bibtex_value.h"

/* The character that `latex` ("\textsection", "\alpha", a formula) prints, or 0. Loads the table
 * when it is first asked. False: memory is out. */
bool kdb_bibtex_sign(kdb_bibtex_values *values, kdbib_str latex, uint32_t *sign);

#endif
