/* What the JSON of findings is made of. */
#ifndef KDB_FINDINGS_VALUES_H
#define KDB_FINDINGS_VALUES_H

#include <jansson.h>

#include "findings/findings.h"

/* A string; what is no UTF-8 and what a terminal must not see is written visibly. NULL: memory. */
json_t *kdb_json_visible(const char *text);
/* It is UTF-8, and so may be a string as it is. */
bool kdb_json_is_text(const char *text);
/* Adds `value` (stolen) to the object or array at `*whole`; when memory is out, or was when one of
 * the two was made, nothing is left of it: `*whole` is NULL. */
void kdb_json_set(json_t **whole, const char *key, json_t *value);
void kdb_json_append(json_t **whole, json_t *value);
/* Writes `value` (stolen, NULL: memory is out) with jansson's flags; false: memory is out. */
bool kdb_json_write(json_t *value, size_t flags, kdbib_output *output);

#endif
