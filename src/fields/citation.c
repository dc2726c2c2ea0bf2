/* Citation strings taken apart. */
#include "fields/citation.h"

#include "base/strings.h"

kdbib_str kdb_spans_text(kdb_arena *arena, const kdb_span *spans, size_t count) {
    size_t size = 0;
    if (count == 1)
        return spans[0].text;
    for (size_t i = 0; i < count; i++)
        size += spans[i].text.size;
    char *text = kdb_arena_alloc(arena, size + 1);
    if (!text)
        return KDBIB_STR("");
    size = 0;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].text.size)
            memcpy(text + size, spans[i].text.data, spans[i].text.size);
        size += spans[i].text.size;
    }
    text[size] = '\0';
    return (kdbib_str){text, size};
}

bool kdb_citation_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                        size_t count, kdb_citation *citation) {
    (void)fields;
    *citation = (kdb_citation){0};
    kdbib_str text = kdb_spans_text(arena, spans, count);
    citation->title = text;
    citation->title_to = text.size;
    return !kdb_arena_failed(arena);
}

bool kdb_citation_parse_rest(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                             size_t count, kdb_citation *citation) {
    *citation = (kdb_citation){0};
    kdbib_str text = kdb_spans_text(arena, spans, count);
    citation->score = kdb_venue_parse(arena, fields, text, &citation->venue);
    return !kdb_arena_failed(arena);
}
