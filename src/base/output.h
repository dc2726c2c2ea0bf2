/* What an output lets others of the library do. */
#ifndef KDB_OUTPUT_H
#define KDB_OUTPUT_H

#include "base/buffer.h"
#include "kdbib/output.h"

/* Exchanges what a memory output holds for the memory of `bytes`, emptied. */
void kdb_output_take(kdbib_output *out, kdb_buffer *bytes);

#endif
