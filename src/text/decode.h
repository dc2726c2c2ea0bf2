/* The bytes of a file become clean UTF-8 text, line for line. */
#ifndef KDB_DECODE_H
#define KDB_DECODE_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* UTF-8 in NFC with "\n" at the ends of lines, without BOM, from UTF-8 or from UTF-16 with a BOM.
 * Repairs what is surely damage: invalid bytes (U+FFFD), mojibake, ligatures, soft hyphens,
 * zero-width and bidi characters, odd spaces, control characters. No line is added or lost. Each
 * kind of repair is reported with its stable name, once a line, unless that was done already (see
 * `examined` in library/context.h). `*text` is a view of `bytes` when
 * nothing had to be done, else of `storage`. False: memory is out, or it is no text (reported). */
bool kdb_decode(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                kdbib_str *text);

/* A repair. Line and column are those of the file, 1-based; of UTF-16 the column and the offset are
 * those of its UTF-8. */
typedef struct kdb_repair {
    kdbib_severity severity;
    const char *name, *message; /* of the finding */
    uint32_t line, column;
    size_t offset, size;     /* of the bytes that were repaired */
    const char *replacement; /* NULL: what stood there is lost */
} kdb_repair;

typedef void kdb_repair_fn(void *user, const kdb_repair *repair);

/* The same, but each repair is told to `watch`, and none reported. NULL: as kdb_decode(). */
bool kdb_decode_watched(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                        kdbib_str *text, kdb_repair_fn *watch, void *user);

/* The same, but what is sound UTF-8 stays as it is: of a file that says exactly what it means. */
bool kdb_decode_exact(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                      kdbib_str *text);

#endif
