/* Text with the marks that stood on it in the list. */
#ifndef KDB_FIELDS_SPAN_H
#define KDB_FIELDS_SPAN_H

#include "base/arena.h"
#include "kdbib/str.h"

typedef enum kdb_mark {
    KDB_MARK_BOLD = 1,
    KDB_MARK_ITALIC = 2,
    KDB_MARK_LINK = 4, /* text of a link */
    KDB_MARK_CODE = 8,
    KDB_MARK_BREAK = 16, /* the span begins a new line (hard break, new paragraph of the entry) */
} kdb_mark;

/* Spans follow each other without a gap; blanks between them belong to their texts. */
typedef struct kdb_span {
    kdbib_str text;
    unsigned marks;
} kdb_span;

/* All texts in one, in `arena`. Offsets of results count in this text. */
kdbib_str kdb_spans_text(kdb_arena *arena, const kdb_span *spans, size_t count);

#endif
