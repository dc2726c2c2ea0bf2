/* The usual author list, read in one pass: whole names between commas and "and". */
#ifndef KDB_NAMES_QUICK_H
#define KDB_NAMES_QUICK_H

#include "fields/names.h"

#define KDB_GLANCE_NAMES 64 /* a list of more names is read in full */

/* A name's place in the text: given name [from, family - 1), family name [family, to). */
typedef struct kdb_glance_name {
    uint32_t from, family, to;
} kdb_glance_name;

typedef struct kdb_names_glance {
    kdb_glance_name at[KDB_GLANCE_NAMES];
    size_t count;
    bool inverted; /* "Lee, Ann et al": at[0] is the family name, at[1] the given name of one */
    bool truncated;
    bool venues;   /* perhaps, read from comma to comma: a word begins one, or its key is several */
    bool sentence; /* not only such a list: two names and more, then a period and other words */
    unsigned score; /* what kdb_names_score() says of the text */
} kdb_names_glance;

/* False: the text, which has no blanks at its ends, is not surely such a list, and is to be read in
 * full. */
bool kdb_names_glance_at(const kdb_fields *fields, kdbib_str text, kdb_names_glance *glance);
/* The names, as kdb_names_parse() gives them. False: memory. */
bool kdb_names_of_glance(kdb_arena *arena, kdbib_str text, const kdb_names_glance *glance,
                         kdb_name_list *list);

/* What a glance saves, for what it does not know. */
unsigned kdb_names_score_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);
bool kdb_names_parse_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                             kdb_name_list *list);

#endif
