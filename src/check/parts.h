/* The parts of a URL as it is spelt, as offsets: for fixes that change nothing else. */
#ifndef KDB_CHECK_PARTS_H
#define KDB_CHECK_PARTS_H

#include "base/strings.h"

typedef struct kdb_url_parts {
    bool web;                /* http or https; without that nothing else is set */
    bool secure;             /* https */
    size_t host, host_end;   /* without user and port */
    bool plain;              /* neither a user nor a port stands beside the host */
    size_t query, query_end; /* with its question mark; the same: none */
    size_t fragment;         /* of its `#`, or the end */
} kdb_url_parts;

kdb_url_parts kdb_url_parts_of(kdbib_str url);

/* The host of a table fits: "arxiv.org" (also with "www." before it), "*.github.io". */
bool kdb_host_fits(kdbib_str pattern, kdbib_str host);

#endif
