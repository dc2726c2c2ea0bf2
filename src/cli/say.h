/* What the program itself tells: lines on standard error that no byte of the input can turn into
 * commands to a terminal. */
#ifndef KDB_SAY_H
#define KDB_SAY_H

#include "base/buffer.h"

/* "kdbib: MESSAGE" and a newline on standard error. */
void kdb_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Adds `text` so that a terminal only shows it: control characters, bidirectional overrides and
 * bytes that are no UTF-8 become visible escapes. */
void kdb_add_visible(kdb_buffer *buffer, kdbib_str text);

#endif
