/* A title freed from what the curator put around it. */
#include "fields/title.h"

#include "base/strings.h"

bool kdb_title_parse(kdb_arena *arena, const kdb_fields *fields, const kdb_span *spans,
                     size_t count, kdb_title *title) {
    *title = (kdb_title){0};
    kdbib_str text = kdb_spans_text(arena, spans, count);
    title->to = text.size;
    while (title->from < title->to && kdb_is_space(text.data[title->from]))
        title->from++;
    size_t from;
    title->score = kdb_venue_at_end(arena, fields, text, &from, &title->venue);
    if (title->score)
        title->to = from;
    while (title->to > title->from &&
           (kdb_is_space(text.data[title->to - 1]) || text.data[title->to - 1] == '.'))
        title->to--;
    return !kdb_arena_failed(arena);
}

unsigned kdb_title_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    (void)arena, (void)fields;
    return text.size > 15 ? 60 : 20;
}
