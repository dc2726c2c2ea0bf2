/* JSON by jansson, value after value, so that a long array is never in memory as a whole; and its
 * members as texts, whatever type they have. */
#ifndef KDB_FROM_JSON_H
#define KDB_FROM_JSON_H

#include <jansson.h>

#include "from/from.h"

/* A walk over the values of a text: the elements of an array, or one value behind the other. */
typedef struct kdb_json_walk {
    kdbib_str text;
    size_t at;
    uint32_t line; /* of the value that was given last */
    uint32_t next_line;
    size_t counted; /* lines are counted up to here */
    bool begun, in_array;
} kdb_json_walk;

/* The next value that is an object, to be freed by json_decref(). Others, and broken ones, are
 * reported and passed over. NULL: there is no more. */
json_t *kdb_json_next(kdb_from *from, kdb_json_walk *walk);

/* One object and nothing else; NULL, reported: it is none. */
json_t *kdb_json_object(kdb_from *from, kdbib_str text, uint32_t line);

/* A string, the first text of an array, or a number in decimal; otherwise absent. Valid as long as
 * `value`, or in from's arena. `object` may be NULL or of any type. */
kdbib_str kdb_from_json_value(kdb_from *from, const json_t *value);
kdbib_str kdb_from_json_text(kdb_from *from, const json_t *object, const char *member);
/* A whole number, or 0. */
long kdb_from_json_number(const json_t *value);

#endif
