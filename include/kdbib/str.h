/* Borrowed strings: a pointer and a size in bytes, UTF-8 unless a function says otherwise. */
#ifndef KDBIB_STR_H
#define KDBIB_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* A view of `size` bytes at `data`. It owns nothing. An absent string has size 0; its data may be
 * NULL. The bytes are not NUL-terminated unless the function that returned the view says so. */
typedef struct kdbib_str {
    const char *data;
    size_t size;
} kdbib_str;

/* A view of a string literal. */
#define KDBIB_STR(literal) ((kdbib_str){"" literal, sizeof(literal) - 1})

/* A view of a NUL-terminated string; NULL gives the absent string. */
static inline kdbib_str kdbib_str_of(const char *text) {
    return (kdbib_str){text, text ? strlen(text) : 0};
}

static inline bool kdbib_str_equal(kdbib_str a, kdbib_str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

#endif
