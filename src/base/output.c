/* Buffered output with an error that sticks. */
#include "kdbib/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/output.h"

#define BUFFER_SIZE ((size_t)64 * 1024)
#define WORTH_A_WRITE ((size_t)16 * 1024)

struct kdbib_output {
    kdbib_write_fn *write; /* NULL: everything stays in the buffer */
    void *user;
    kdb_buffer buffer;
    int error;
};

kdbib_output *kdbib_output_new(kdbib_write_fn *write, void *user) {
    kdbib_output *out = calloc(1, sizeof *out);
    if (!out)
        return NULL;
    out->write = write;
    out->user = user;
    if (write && !kdb_buffer_reserve(&out->buffer, BUFFER_SIZE)) {
        free(out);
        return NULL;
    }
    return out;
}

kdbib_output *kdbib_output_new_memory(void) {
    return kdbib_output_new(NULL, NULL);
}

kdbib_str kdbib_output_memory(const kdbib_output *out) {
    return kdb_buffer_str(&out->buffer);
}

static void write_out(kdbib_output *out, const void *data, size_t size) {
    if (!out->error && size)
        out->error = out->write(out->user, data, size);
}

/* What does not fit the buffer as it is, or comes after an error. */
static void add_more(kdbib_output *out, const void *data, size_t size) {
    if (out->error)
        return;
    if (out->write && size >= out->buffer.capacity - out->buffer.size) {
        write_out(out, out->buffer.data, out->buffer.size);
        kdb_buffer_clear(&out->buffer);
        if (size >= BUFFER_SIZE) {
            write_out(out, data, size);
            return;
        }
    }
    kdb_buffer_add(&out->buffer, data, size);
    if (out->buffer.failed)
        out->error = ENOMEM;
}

/* Writers call it for every word: the usual case comes first. */
void kdbib_output_bytes(kdbib_output *out, const void *data, size_t size) {
    kdb_buffer *buffer = &out->buffer;
    if (size >= buffer->capacity - buffer->size || out->error || !size) {
        add_more(out, data, size);
        return;
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void kdb_output_three(kdbib_output *out, kdbib_str a, kdbib_str b, kdbib_str c) {
    kdb_buffer *buffer = &out->buffer;
    const size_t size = a.size + b.size + c.size;
    if (size >= buffer->capacity - buffer->size || out->error) {
        kdbib_output_str(out, a);
        kdbib_output_str(out, b);
        kdbib_output_str(out, c);
        return;
    }
    char *at = buffer->data + buffer->size;
    const kdbib_str texts[] = {a, b, c};
    for (size_t i = 0; i < 3; at += texts[i++].size)
        if (texts[i].size)
            memcpy(at, texts[i].data, texts[i].size);
    *at = '\0';
    buffer->size += size;
}

void kdb_output_pass(kdbib_output *out, kdbib_str text) {
    if (!out->write || text.size < WORTH_A_WRITE) {
        kdbib_output_str(out, text);
        return;
    }
    kdbib_output_flush(out);
    write_out(out, text.data, text.size);
}

void kdb_output_take(kdbib_output *out, kdb_buffer *bytes) {
    kdb_buffer before = *bytes;
    *bytes = out->buffer;
    out->buffer = before;
    kdb_buffer_clear(&out->buffer);
}

void kdbib_output_str(kdbib_output *out, kdbib_str text) {
    kdbib_output_bytes(out, text.data, text.size);
}

void kdbib_output_text(kdbib_output *out, const char *text) {
    kdbib_output_bytes(out, text, strlen(text));
}

void kdbib_output_char(kdbib_output *out, char c) {
    kdb_buffer *buffer = &out->buffer;
    if (buffer->capacity - buffer->size < 2 || out->error) {
        kdbib_output_bytes(out, &c, 1);
        return;
    }
    buffer->data[buffer->size++] = c;
    buffer->data[buffer->size] = '\0';
}

void kdbib_output_number(kdbib_output *out, long long number) {
    char text[24];
    size_t at = sizeof text;
    unsigned long long left =
        number < 0 ? 0 - (unsigned long long)number : (unsigned long long)number;
    do
        text[--at] = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        text[--at] = '-';
    kdbib_output_bytes(out, text + at, sizeof text - at);
}

int kdbib_output_flush(kdbib_output *out) {
    if (out->write) {
        write_out(out, out->buffer.data, out->buffer.size);
        kdb_buffer_clear(&out->buffer);
    }
    return out->error;
}

int kdbib_output_error(const kdbib_output *out) {
    return out->error;
}

int kdbib_output_close(kdbib_output *out) {
    if (!out)
        return 0;
    int error = kdbib_output_flush(out);
    kdb_buffer_free(&out->buffer);
    free(out);
    return error;
}
