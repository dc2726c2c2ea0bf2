/* One URL, one spelling: the lock's key, the deduplicator's, and what the DOI rules see. */
#ifndef KDB_CANONICAL_H
#define KDB_CANONICAL_H

#include "base/arena.h"
#include "kdbib/kdbib.h"

/* A URL taken apart, cleaned of all that does not belong to the work (redirectors, library proxies,
 * tracking parameters, …). Borrowed from the arena or from the text that was read. */
typedef struct kdb_url {
    kdbib_str scheme;   /* "https" or "ftp" */
    kdbib_str host;     /* lower case, without "www." and default port */
    kdbib_str path;     /* percent-decoded, begins with a slash, ends with none (but "/") */
    kdbib_str query;    /* without "?"; escaped where a byte would change its meaning */
    kdbib_str fragment; /* decoded; only kept when it leads to a page or holds a DOI */
    bool plain;         /* no byte of its host and path is to be escaped */
} kdb_url;

/* Takes `text` apart. `doi:…`, `arXiv:…` and a bare DOI count as URLs too. False: it is no http,
 * https or ftp URL (a relative path, a mail address), or memory is out (see the arena). */
bool kdb_url_read(kdbib *context, kdb_arena *arena, kdbib_str text, kdb_url *url);
/* The URL as one text, in `arena`. */
kdbib_str kdb_url_text(kdb_arena *arena, const kdb_url *url);

/* The canonical form of `url`, in `arena`; the absent string when kdb_url_read() says false. The
 * canonical form of a canonical form is itself. */
kdbib_str kdb_canonical_url(kdbib *context, kdb_arena *arena, kdbib_str url);

#endif
