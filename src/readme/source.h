/* One list while it is read: its text, cut into pieces, and its outline. */
#ifndef KDB_SOURCE_H
#define KDB_SOURCE_H

#include "base/buffer.h"
#include "markdown/references.h"
#include "markdown/splitter.h"
#include "readme/outline.h"

typedef struct kdb_source {
    char *file;         /* a copy */
    kdb_buffer bytes;   /* as read, when they are the source's own */
    kdb_buffer decoded; /* when the bytes are no text as they are */
    kdbib_str text;
    kdb_references references;
    kdb_splitter splitter;
    kdb_outline outline;
    bool owns_text;
    size_t forgotten; /* bytes of the text that nobody needs and that take no memory */
    size_t holders;   /* who must let go of it before it is freed */
} kdb_source;

/* Takes over what `owned` (NULL: nobody) holds, which `bytes` points into. Findings go to the
 * bibliography's context. The caller holds it. NULL: memory is out, or a limit was passed
 * (reported).
 */
kdb_source *kdb_source_new(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes,
                           kdb_buffer *owned);
/* The next piece and `*last`: there is no other. The first one may be empty. A piece that is no
 * view of the text stands in `text`, whose memory goes to the next piece made. False: memory. */
bool kdb_source_next(kdb_source *source, kdb_piece *piece, kdb_buffer *text, bool *last);
/* Bytes of the text up to `end` are needed no more. */
void kdb_source_forget(kdb_source *source, size_t end);
/* One more holder. */
kdb_source *kdb_source_hold(kdb_source *source);
/* One holder less; the last one frees it. May be NULL. */
void kdb_source_let_go(kdb_source *source);

#endif
