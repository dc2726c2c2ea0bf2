/* Bytes of files and of standard input. */
#ifndef KDB_INPUT_H
#define KDB_INPUT_H

#include <sys/types.h>

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* More than this of one input is refused. */
#define KDB_INPUT_LIMIT ((size_t)1 << 30)

/* Reads all of the file `path` ("-": standard input) into `bytes`, which is cleared before. False:
 * it was not possible, and was reported [unreadable], [too-large]. */
bool kdb_input_read(kdbib *context, const char *path, kdb_buffer *bytes);

/* Reads at most `size` bytes of standard input, as soon as there are some: how many, 0 at the end,
 * -1 on an error (errno). */
ssize_t kdb_input_some(void *data, size_t size);

/* Compressed, compiled or pictured: no text in any encoding that a list is written in. */
bool kdb_input_is_binary(kdbib_str bytes);

/* Something waits on standard input that nobody asked for. Never blocks. */
bool kdb_input_waits(void);

#endif
