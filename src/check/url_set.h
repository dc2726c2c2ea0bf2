/* URLs in canonical form, as a set. */
#ifndef KDB_CHECK_URL_SET_H
#define KDB_CHECK_URL_SET_H

#include "kdbib/kdbib.h"

typedef struct kdb_url_set kdb_url_set;

/* NULL: memory is out. */
kdb_url_set *kdb_url_set_new(kdbib *context);
/* Out of memory the set has failed; ask once, at the end. */
void kdb_url_set_add(kdb_url_set *set, kdbib_str url);
/* Also true when the set has failed. */
bool kdb_url_set_has(kdb_url_set *set, kdbib_str url);
bool kdb_url_set_failed(const kdb_url_set *set);
void kdb_url_set_free(kdb_url_set *set);

#endif
