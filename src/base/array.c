/* Arrays that double. */
#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

#define FIRST_ELEMENTS 64

void *kdb_array_grow(void *array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return array;
    size_t larger = *capacity ? *capacity * 2 : FIRST_ELEMENTS;
    if (*capacity > SIZE_MAX / 2 || larger > SIZE_MAX / size)
        return NULL;
    void *more = realloc(array, larger * size);
    if (more)
        *capacity = larger;
    return more;
}
