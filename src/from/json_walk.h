/* Values of JSON one after the other, so that a long array is never in memory as a whole. */
#ifndef KDB_FROM_JSON_WALK_H
#define KDB_FROM_JSON_WALK_H

#include "from/from.h"
#include "from/json.h"

/* A walk over the values of a text: the elements of an array, or one value behind the other. */
typedef struct kdb_json_walk {
    kdbib_str text;
    size_t at;
    uint32_t line; /* of the value that was given last */
    uint32_t next_line;
    size_t counted; /* lines are counted up to here */
    bool begun, in_array;
    kdb_arena values; /* to be freed when the walk ends */
} kdb_json_walk;

/* The next value that is an object, until the one behind it. Others, and broken ones, are reported
 * and passed over. NULL: there is no more, or memory is out. */
const kdb_json *kdb_json_next(kdb_from *from, kdb_json_walk *walk);

#endif
