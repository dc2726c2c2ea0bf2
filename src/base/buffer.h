/* A byte buffer that grows. A failure sticks: later calls do nothing, `failed` tells. */
#ifndef KDB_BUFFER_H
#define KDB_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "kdbib/str.h"

typedef struct kdb_buffer {
    char *data; /* NUL-terminated when not NULL */
    size_t size, capacity;
    bool failed;
} kdb_buffer;

/* An empty buffer is {0}. */

/* Makes room for `more` bytes and a NUL behind `size`; false on failure. */
bool kdb_buffer_grow(kdb_buffer *buffer, size_t more);

/* Room for `more` bytes behind `size`; false on failure. */
static inline bool kdb_buffer_reserve(kdb_buffer *buffer, size_t more) {
    return (more < buffer->capacity - buffer->size && !buffer->failed) ||
           kdb_buffer_grow(buffer, more);
}

static inline void kdb_buffer_add(kdb_buffer *buffer, const void *data, size_t size) {
    if (!kdb_buffer_reserve(buffer, size))
        return;
    if (size)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

static inline void kdb_buffer_add_str(kdb_buffer *buffer, kdbib_str text) {
    kdb_buffer_add(buffer, text.data, text.size);
}

static inline void kdb_buffer_add_char(kdb_buffer *buffer, char c) {
    kdb_buffer_add(buffer, &c, 1);
}

/* A Unicode code point, as UTF-8. */
void kdb_buffer_add_code_point(kdb_buffer *buffer, unsigned code_point);
/* Keeps the memory, and a failure: whoever reuses a buffer asks once, at the end. */
void kdb_buffer_clear(kdb_buffer *buffer);
void kdb_buffer_free(kdb_buffer *buffer);
static inline kdbib_str kdb_buffer_str(const kdb_buffer *buffer) {
    return (kdbib_str){buffer->data ? buffer->data : "", buffer->size};
}

#endif
