/* JSON, a value at a time: yajl reads it, and what it tells becomes a tree in an arena. */
#ifndef KDB_FROM_JSON_H
#define KDB_FROM_JSON_H

#include "base/arena.h"

typedef enum kdb_json_kind {
    KDB_JSON_NULL,
    KDB_JSON_FALSE,
    KDB_JSON_TRUE,
    KDB_JSON_NUMBER,
    KDB_JSON_STRING,
    KDB_JSON_ARRAY,
    KDB_JSON_OBJECT,
} kdb_json_kind;

typedef struct kdb_json {
    kdb_json_kind kind;
    struct kdb_json *next; /* element or member */
    kdbib_str name;        /* of a member of an object */
    union {
        kdbib_str text; /* of a string, up to a NUL; of a number as it is spelt */
        struct {
            struct kdb_json *first,
                *last; /* of the elements of an array, the members of an object */
        };
    };
} kdb_json;

/* Why there is no value, and how many bytes before that were read. */
typedef struct kdb_json_mistake {
    kdbib_str message;
    size_t at;
} kdb_json_mistake;

/* The object or array that `text`, sound UTF-8, begins with, in `arena` and partly in `text`.
 * `size` gets the bytes that it takes; NULL: nothing may follow. NULL: `mistake` tells why, in
 * `arena`, or memory is out. */
const kdb_json *kdb_json_read(kdb_arena *arena, kdbib_str text, size_t *size,
                              kdb_json_mistake *mistake);

/* ---- what it says; any value may be NULL or of any kind ---- */

/* The member of that name, of several the last. */
const kdb_json *kdb_json_get(const kdb_json *object, const char *name);
/* The members of all these names at once; `members` has room for `count`. It is fast where they
 * come in the order of `names`. */
void kdb_json_get_all(const kdb_json *object, const kdbib_str *names, size_t count,
                      const kdb_json **members);
/* The first element, from which `next` leads to the others; NULL: it is no array, or empty. */
const kdb_json *kdb_json_first(const kdb_json *array);
bool kdb_json_is(const kdb_json *value, kdb_json_kind kind);

/* A string, the first text of an array, or a number in decimal; otherwise absent. */
kdbib_str kdb_json_text_of(kdb_arena *arena, const kdb_json *value);
kdbib_str kdb_json_get_text(kdb_arena *arena, const kdb_json *object, const char *name);
/* A whole number, also one in a string, or 0. */
long kdb_json_number_of(kdb_arena *arena, const kdb_json *value);

#endif
