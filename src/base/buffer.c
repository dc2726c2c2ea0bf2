/* A byte buffer that grows by half. */
#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

bool kdb_buffer_grow(kdb_buffer *buffer, size_t more) {
    if (buffer->failed)
        return false;
    if (more < buffer->capacity - buffer->size)
        return true;
    if (more > SIZE_MAX / 2 - buffer->size - 1) {
        buffer->failed = true;
        return false;
    }
    size_t capacity = buffer->capacity + buffer->capacity / 2;
    if (capacity < buffer->size + more + 1)
        capacity = buffer->size + more + 1;
    if (capacity < 64)
        capacity = 64;
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void kdb_buffer_add_code_point(kdb_buffer *buffer, unsigned code_point) {
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
    if (size > 0)
        kdb_buffer_add(buffer, bytes, (size_t)size);
}

void kdb_buffer_clear(kdb_buffer *buffer) {
    buffer->size = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void kdb_buffer_free(kdb_buffer *buffer) {
    free(buffer->data);
    *buffer = (kdb_buffer){0};
}
