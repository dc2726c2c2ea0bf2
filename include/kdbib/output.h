/* Where a writer's bytes go: a buffer in front of a function that writes. Errors stick: after the
 * first one every call does nothing, and kdbib_output_close() tells. */
#ifndef KDBIB_OUTPUT_H
#define KDBIB_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "kdbib/str.h"

typedef struct kdbib_output kdbib_output;

/* Writes all `size` bytes; returns 0, or an errno value. */
typedef int kdbib_write_fn(void *user, const void *data, size_t size);

/* A new output in front of `write`. Returns NULL when memory is out. */
kdbib_output *kdbib_output_new(kdbib_write_fn *write, void *user);

/* A new output that collects everything in memory; see kdbib_output_memory(). */
kdbib_output *kdbib_output_new_memory(void);

/* What a memory output holds so far; borrowed, valid until the next call on `out`. */
kdbib_str kdbib_output_memory(const kdbib_output *out);

void kdbib_output_bytes(kdbib_output *out, const void *data, size_t size);
void kdbib_output_str(kdbib_output *out, kdbib_str text);
void kdbib_output_text(kdbib_output *out, const char *text); /* NUL-terminated */
void kdbib_output_char(kdbib_output *out, char c);
void kdbib_output_number(kdbib_output *out, long long number); /* decimal */

/* Hands what is buffered to the write function. Returns 0 or the first error, an errno value. */
int kdbib_output_flush(kdbib_output *out);

/* The first error so far, an errno value, or 0. */
int kdbib_output_error(const kdbib_output *out);

/* Flushes and frees. Returns 0 or the first error. NULL is allowed. */
int kdbib_output_close(kdbib_output *out);

#endif
