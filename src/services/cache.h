/* Answers that were got before: one file each in the user's cache folder, so that an interrupted
 * run asks nothing twice. Losing it costs requests, nothing else; failures are therefore silent. */
#ifndef KDB_CACHE_H
#define KDB_CACHE_H

#include "base/buffer.h"

typedef struct kdb_cache kdb_cache;

/* $XDG_CACHE_HOME/kdbib or ~/.cache/kdbib, made when missing. NULL: there is no such place. Old
 * files are swept out about once a day. */
kdb_cache *kdb_cache_new(void);
void kdb_cache_free(kdb_cache *cache);

/* The answer to `key` (its URL and what was accepted) not older than its lifetime. `cache` may be
 * NULL. */
bool kdb_cache_get(const kdb_cache *cache, kdbib_str key, long *status, kdb_buffer *body);
/* Keeps an answer for `seconds`. */
void kdb_cache_put(const kdb_cache *cache, kdbib_str key, long status, kdbib_str body,
                   long seconds);

#endif
