/* What canonical URLs know of the world: data/url-*.csv, loaded on first use. */
#ifndef KDB_URL_TABLES_H
#define KDB_URL_TABLES_H

#include "base/arena.h"
#include "base/csv.h"
#include "kdbib/kdbib.h"

/* How pages of a host end: "x.htm" is its "x.html". */
typedef struct kdb_url_tail {
    kdbib_str host, written, right;
} kdb_url_tail;

typedef struct kdb_url_tables {
    kdb_arena arena;
    kdb_table parameters;          /* parameter, host: dropped */
    kdbib_str *parameter_prefixes; /* "utm_": dropped */
    size_t prefix_count;
    kdb_table redirectors;         /* pages that only lead to another one; see detours.c */
    size_t path, parameter, takes; /* columns of these */
    kdb_table proxies;             /* text, what: see kdb_url_is_listed() */
    kdbib_str *proxy_parts;        /* that stand somewhere in a label of library proxies only */
    size_t part_count;
    kdb_url_tail *tails;
    size_t tail_count;
    kdbib_str *debris; /* what a list's markup leaves behind a URL */
    size_t debris_count;
    bool debris_end[256]; /* the last bytes of these */
} kdb_url_tables;

/* NULL: memory is out. */
const kdb_url_tables *kdb_url_tables_of(kdbib *context);
/* data/url-proxies.csv says that `text` is `what`: a "label" of a host's name that only library
 * proxies have, or a "host" that they stand before. */
bool kdb_url_is_listed(const kdb_url_tables *tables, kdbib_str text, kdbib_str what);
void kdb_url_tables_free(kdb_url_tables *tables);

#endif
