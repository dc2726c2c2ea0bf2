/* The parts of a URL as they stand, and what leads to another URL. */
#ifndef KDB_SPLIT_H
#define KDB_SPLIT_H

#include "url/tables.h"

typedef struct kdb_raw_url {
    kdbib_str scheme; /* "https" (for http too) or "ftp" */
    kdbib_str host;   /* lower case, without user, "www." and default port; escapes decoded */
    kdbib_str path;   /* with its slash; may be empty */
    kdbib_str query;  /* without its question mark */
    kdbib_str fragment;
} kdb_raw_url;

/* False: no http, https or ftp URL. `text` has no entities and no control characters. */
bool kdb_url_split(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text,
                   kdb_raw_url *url);

/* A host without "www." in front. */
kdbib_str kdb_url_without_www(kdbib_str host);

/* The URL to which `url` only leads (a redirector's), or the absent string. */
kdbib_str kdb_url_target(const kdb_url_tables *tables, kdb_arena *arena, const kdb_raw_url *url);

/* `host` is a publisher's, or in its domain. */
bool kdb_url_is_publisher(const kdb_url_tables *tables, kdbib_str host);

/* The publisher's host behind a library proxy's, or `host` itself. */
kdbib_str kdb_url_behind_proxy(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str host);

/* `text` without what a list's markup left at its end; `size` bytes at least stay. */
kdbib_str kdb_url_cut_debris(const kdb_url_tables *tables, kdbib_str text, size_t least);

#endif
