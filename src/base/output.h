/* What an output lets others of the library do. */
#ifndef KDB_OUTPUT_H
#define KDB_OUTPUT_H

#include "base/buffer.h"
#include "kdbib/output.h"

/* Three texts, one behind the other: what writers put between two values. */
void kdb_output_three(kdbib_output *out, kdbib_str a, kdbib_str b, kdbib_str c);

/* Much text, which is written as it stands, not copied before. */
void kdb_output_pass(kdbib_output *out, kdbib_str text);

/* Exchanges what a memory output holds for the memory of `bytes`, emptied. */
void kdb_output_take(kdbib_output *out, kdb_buffer *bytes);

#endif
