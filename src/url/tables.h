/* What canonical URLs know of the world: data/url-*.csv, loaded on first use. */
#ifndef KDB_URL_TABLES_H
#define KDB_URL_TABLES_H

#include "base/arena.h"
#include "base/index.h"
#include "kdbib/kdbib.h"

/* A page that only leads to another one. */
typedef struct kdb_redirector {
    kdbib_str path;      /* prefix of the path; for hosts "*" its end */
    kdbib_str parameter; /* that holds the URL; empty: the path does */
    bool rest;           /* an unescaped URL in the parameter reaches to the end of the query */
    uint32_t next;       /* of the same host, or KDB_INDEX_NONE */
} kdb_redirector;

/* How pages of a host end: "x.htm" is its "x.html". */
typedef struct kdb_url_tail {
    kdbib_str host, written, right;
} kdb_url_tail;

typedef struct kdb_url_tables {
    kdb_arena arena;
    kdb_index parameters;          /* "name" or "name@host", lower case: dropped */
    kdbib_str *parameter_prefixes; /* "utm_": dropped */
    size_t prefix_count;
    kdb_redirector *redirectors;
    kdb_index redirector_hosts; /* to the first one of the host */
    kdb_index proxy_labels;     /* of a host's name that only library proxies have */
    kdbib_str *proxy_parts;     /* likewise, somewhere in a label */
    size_t part_count;
    kdb_index publishers; /* hosts that proxies stand before */
    kdb_url_tail *tails;
    size_t tail_count;
    kdbib_str *debris; /* what a list's markup leaves behind a URL */
    size_t debris_count;
    bool debris_end[256]; /* the last bytes of these */
} kdb_url_tables;

/* NULL: memory is out. */
const kdb_url_tables *kdb_url_tables_of(kdbib *context);
void kdb_url_tables_free(kdb_url_tables *tables);

#endif
