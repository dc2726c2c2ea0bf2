/* Arrays from malloc() that grow; those of an arena: kdb_arena_grow(). */
#ifndef KDB_ARRAY_H
#define KDB_ARRAY_H

#include <stddef.h>

/* Room for one more element of `size` bytes behind the `count` of `array`: `array`, or, when
 * *capacity is reached, a larger one with the same elements, and *capacity is what that holds. The
 * caller frees it. NULL on failure or overflow; `array` and *capacity are as they were then. */
void *kdb_array_grow(void *array, size_t count, size_t *capacity, size_t size);

#endif
