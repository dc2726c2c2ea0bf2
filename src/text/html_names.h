/* The names that HTML gives to elements and to characters. */
#ifndef KDB_HTML_NAMES_H
#define KDB_HTML_NAMES_H

#include <stdbool.h>

#include "kdbib/str.h"

/* Is there an element of that name, in lower case (data/html-elements.csv)? */
bool kdb_html_is_element(kdbib_str name);
/* The character that `&name;` stands for (data/html-entities.csv), or 0. */
unsigned kdb_html_entity(kdbib_str name);

#endif
