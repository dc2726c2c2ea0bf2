/* The formats that kdbib brings. */
#ifndef KDB_REGISTRY_H
#define KDB_REGISTRY_H

#include "kdbib/writer.h"

/* Format `index`, or NULL past the last one. */
const kdbib_writer_class *kdb_builtin_writer(size_t index);

#endif
