/* The JSON of findings on its way into an output, by yajl. */
#ifndef KDB_FINDINGS_PUT_H
#define KDB_FINDINGS_PUT_H

#include <yajl/yajl_gen.h>

#include "base/buffer.h"
#include "findings/findings.h"

typedef struct kdb_put {
    yajl_gen gen;
    kdb_buffer visible; /* the text in hand; it remembers when memory was out */
    max_align_t room[64];
    size_t used; /* bytes of the room, which is all the memory that yajl has */
} kdb_put;

/* Values that follow each other; each is in one line, or, with `indent`, in several. `put` is {0}
 * before. */
void kdb_put_begin(kdb_put *put, kdbib_output *output, const char *indent);
/* False: memory is out. */
bool kdb_put_end(kdb_put *put);
/* The value is there as a whole, and another one may follow. */
void kdb_put_next(kdb_put *put);

/* What comes next is the member `name`. */
void kdb_put_name(kdb_put *put, const char *name);
void kdb_put_object(kdb_put *put);
void kdb_put_object_end(kdb_put *put);
void kdb_put_list(kdb_put *put);
void kdb_put_list_end(kdb_put *put);
void kdb_put_empty_list(kdb_put *put);
void kdb_put_number(kdb_put *put, long long number);
/* UTF-8, as it is. */
void kdb_put_str(kdb_put *put, kdbib_str text);
void kdb_put_text(kdb_put *put, const char *text);
/* What is no UTF-8 and what a terminal must not see is written visibly. */
void kdb_put_visible(kdb_put *put, const char *text);

/* It is UTF-8, and so may be a string as it is. */
bool kdb_is_utf8(const char *text);

#endif
