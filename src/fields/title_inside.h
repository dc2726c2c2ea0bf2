/* What the steps of kdb_title_parse() share. */
#ifndef KDB_TITLE_INSIDE_H
#define KDB_TITLE_INSIDE_H

#include "base/strings.h"
#include "fields/title.h"

/* What is left of a text, title->from to title->to; each step cuts off what it understood. */
typedef struct kdb_title_cutter {
    kdb_arena *arena;
    const kdb_fields *fields;
    kdbib_str text;
    const kdb_span *spans;
    size_t count;
    kdb_title *title;
    bool bare; /* nothing parts a title from what stands around it, but for a colon or quotes */
} kdb_title_cutter;

/* Where what is no space begins in text[at, end), or `end`. */
static inline size_t kdb_title_skip_spaces(kdbib_str text, size_t at, size_t end) {
    while (at < end && kdb_is_space(text.data[at]))
        at++;
    return at;
}

/* Takes who wrote it from behind the title, or a label. False: neither is there. */
bool kdb_title_take_credit(kdb_title_cutter *cutter);
/* Takes the authors from the front. False: there are none. */
bool kdb_title_take_authors(kdb_title_cutter *cutter);

#endif
