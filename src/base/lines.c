/* Lines, counted first, so that their offsets take one array. */
#include "base/lines.h"

static size_t next_line(kdbib_str text, size_t at) {
    while (at < text.size && text.data[at] != '\n' && text.data[at] != '\r')
        at++;
    if (at < text.size)
        at += text.data[at] == '\r' && at + 1 < text.size && text.data[at + 1] == '\n' ? 2 : 1;
    return at;
}

bool kdb_lines_find(kdb_lines *lines, kdb_arena *arena, kdbib_str text) {
    size_t count = 1;
    for (size_t at = 0; at < text.size; at = next_line(text, at))
        count++;
    lines->count = 0;
    lines->starts = kdb_arena_array(arena, count + 1, sizeof *lines->starts);
    if (!lines->starts)
        return false;
    for (size_t at = 0; at < text.size; at = next_line(text, at))
        lines->starts[lines->count++] = at;
    lines->starts[lines->count] = text.size;
    return true;
}
