/* Reading JSON answers whose members may be missing or of another type than promised. */
#ifndef KDB_JSON_H
#define KDB_JSON_H

#include <jansson.h>

#include "services/service.h"

/* The document, to be freed by json_decref(); NULL with answer->problem set when it is none. */
json_t *kdb_json_load(kdb_answer *answer, kdbib_str body);
/* Member `key` as text: a string, the first string of an array, or a number in decimal (in the
 * answer's arena); otherwise absent. `object` may be NULL or of any type. */
kdbib_str kdb_json_text(kdb_answer *answer, const json_t *object, const char *key);
/* The same for a value itself. */
kdbib_str kdb_json_value(kdb_answer *answer, const json_t *value);
/* [[2021, 3, 5]] or ["2021", …] under "date-parts" of member `key`. */
kdbib_date kdb_json_date_parts(const json_t *object, const char *key);

#endif
