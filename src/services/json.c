/* Reading JSON answers. */
#include "services/json.h"

#include <stdlib.h>

json_t *kdb_json_load(kdb_answer *answer, kdbib_str body) {
    json_error_t error;
    json_t *root =
        json_loadb(body.data, body.size, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    if (!root)
        answer->problem = "the answer is no JSON";
    return root;
}

kdbib_str kdb_json_value(kdb_answer *answer, const json_t *value) {
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_string(value)) {
        /* cut at a NUL: nothing that a registry means goes on behind one */
        return kdbib_str_of(json_string_value(value));
    }
    if (json_is_number(value))
        return kdb_arena_format(answer->arena, "%.15g", json_number_value(value));
    return (kdbib_str){NULL, 0};
}

kdbib_str kdb_json_text(kdb_answer *answer, const json_t *object, const char *key) {
    return kdb_json_value(answer, json_object_get(object, key));
}

static int part(const json_t *parts, size_t i) {
    const json_t *value = json_array_get(parts, i);
    double number =
        json_is_string(value) ? atof(json_string_value(value)) : json_number_value(value);
    return number >= 0 && number < 10000 ? (int)number : 0;
}

kdbib_date kdb_json_date_parts(const json_t *object, const char *key) {
    const json_t *parts =
        json_array_get(json_object_get(json_object_get(object, key), "date-parts"), 0);
    int year = part(parts, 0), month = part(parts, 1), day = part(parts, 2);
    if (year < 1000)
        return (kdbib_date){0};
    if (month > 12)
        month = day = 0;
    return (kdbib_date){(int16_t)year, (uint8_t)month, (uint8_t)(day > 31 ? 0 : day)};
}
