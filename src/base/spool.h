/* Memory in files that have no name. The system writes it out where memory is short, and what rests
 * takes none: for what grows with the input and is gone over from begin to end. */
#ifndef KDB_SPOOL_H
#define KDB_SPOOL_H

#include <stddef.h>

/* `size` zeroed bytes in a file below $TMPDIR, or else /var/tmp. NULL when there is no such folder
 * on a disk, or no room there, or files may not be so large: then malloc() is what is left. */
void *kdb_spool_new(size_t size);
void kdb_spool_free(void *memory, size_t size);

/* Memory from anywhere whose bytes nobody will look at again, but that cannot be freed yet, goes
 * back to the system, as far as it makes whole pages. */
void kdb_spool_forget(void *memory, size_t size);

/* The bytes stay, but take no memory until they are looked at again, by any thread at any time. */
void kdb_spool_rest(void *memory, size_t size);

#endif
