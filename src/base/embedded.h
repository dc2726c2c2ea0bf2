/* The files of data/ that are built into the library (see cmake/embed.c). */
#ifndef KDB_EMBEDDED_H
#define KDB_EMBEDDED_H

#include "kdbib/str.h"

/* The bytes of data/NAME, or the absent string. NUL-terminated. */
kdbib_str kdb_embedded(kdbib_str name);

#endif
