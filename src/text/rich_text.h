/* Rich text from and to the notations in which titles come. */
#ifndef KDB_RICH_TEXT_H
#define KDB_RICH_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "kdbib/record.h"

/* A rich text under construction or as a result. */
typedef struct kdb_rich_text {
    kdbib_run *runs;
    size_t count;
} kdb_rich_text;

/* Parses what CSL-JSON and Crossref write: <i> <b> <sub> <sup> <sc> (and <em>, <strong>,
 * <span class="nocase">, <span style="font-variant: small-caps;">), HTML entities, $math$. Other
 * tags are dropped, their text stays; a `<` that begins no tag is text. In `arena`; false: memory.
 */
bool kdb_rich_text_from_html(kdb_arena *arena, kdbib_str html, kdb_rich_text *text);

/* Parses a title as people type it in a list: entities, HTML tags as above, LaTeX ($…$, \textit{…},
 * {\"u}, \'e, {BERT} whose braces mean NOCASE). What is not understood stays as it stands. */
bool kdb_rich_text_from_list(kdb_arena *arena, kdbib_str typed, kdb_rich_text *text);

/* `text`, in which there is no markup, as one run, not copied. False: memory. */
bool kdb_rich_text_plain(kdb_arena *arena, kdbib_str text, kdb_rich_text *rich);

/* The title of `record` as CSL-JSON writes it; `&`, `<` stay as they are when no tag could be read
 * from them (`escape` false: CSL-JSON, Zotero decodes no entity) or become entities (true). */
void kdb_rich_text_to_html(const kdbib_record *record, bool escape, kdb_buffer *html);

#endif
