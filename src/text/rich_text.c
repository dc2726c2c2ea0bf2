/* Rich text from and to the notations in which titles come. */
#include "text/rich_text.h"

static bool plain(kdb_arena *arena, kdbib_str typed, kdb_rich_text *text) {
    text->runs = kdb_arena_array(arena, 1, sizeof *text->runs);
    if (!text->runs)
        return false;
    text->runs[0].text = kdb_arena_copy(arena, typed);
    text->count = 1;
    return !kdb_arena_failed(arena);
}

bool kdb_rich_text_from_html(kdb_arena *arena, kdbib_str html, kdb_rich_text *text) {
    return plain(arena, html, text);
}

bool kdb_rich_text_from_list(kdb_arena *arena, kdbib_str typed, kdb_rich_text *text) {
    return plain(arena, typed, text);
}
