/* URLs in canonical form, as a set. */
#ifndef KDB_CHECK_URL_SET_H
#define KDB_CHECK_URL_SET_H

#include "kdbib/kdbib.h"

typedef struct kdb_url_set kdb_url_set;

/* NULL: memory is out. */
kdb_url_set *kdb_url_set_new(kdbib *context);
/* False: memory is out. */
bool kdb_url_set_add(kdb_url_set *set, kdbib_str url);
/* Also true when memory is out: then nothing is told of it. */
bool kdb_url_set_has(kdb_url_set *set, kdbib_str url);
/* Memory was out at some time. */
bool kdb_url_set_failed(const kdb_url_set *set);
void kdb_url_set_free(kdb_url_set *set);

#endif
