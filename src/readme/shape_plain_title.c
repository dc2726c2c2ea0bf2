/* Shape: the title is plain text up to the first link, badge or break: `Title [pdf](url)`. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

/* The tokens that may hold the title: the first text and what follows it without a boundary. */
static size_t title_end(kdb_reader *reader, const kdb_entry *entry, size_t *from) {
    size_t i = 0;
    while (i < entry->lead &&
           (entry->tokens[i].used || entry->tokens[i].kind != KDB_TOKEN_TEXT ||
            kdb_strip(kdb_without_emoji(reader->arena, entry->tokens[i].text)).size == 0))
        i++;
    *from = i;
    while (i < entry->lead && !entry->tokens[i].used &&
           (entry->tokens[i].kind == KDB_TOKEN_TEXT ||
            (entry->tokens[i].kind == KDB_TOKEN_BREAK && entry->tokens[i].soft)))
        i++;
    return i;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    size_t from, to = title_end(reader, entry, &from), count;
    if (from >= to)
        return 0;
    kdb_span *spans = kdb_entry_spans(reader, entry, from, to, &count);
    unsigned score =
        kdb_title_score(reader->arena, reader->fields, kdb_spans_text(reader->arena, spans, count));
    return score ? 10 + score / 2 : 0;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    size_t from, to = title_end(reader, entry, &from), count;
    kdb_span *spans = kdb_entry_spans(reader, entry, from, to, &count);
    kdb_title title;
    if (!kdb_title_parse(reader->arena, reader->fields, spans, count, &title)) {
        reader->failed = true;
        return;
    }
    kdbib_str text = kdb_spans_text(reader->arena, spans, count);
    kdb_draft_set_title(reader, draft, kdb_slice(text, title.from, title.to));
    kdb_draft_add_venue(draft, &title.venue, title.score);
    for (size_t i = from; i < to; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_plain_title = {"plain-title", bid, read};
