/* Typed titles -> rich text -> HTML -> the same rich text. */
#include "fuzz.h"

#include "text/rich_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    kdb_arena arena = {0};
    kdb_rich_text list, html;
    kdbib_str typed = {(const char *)data, size};
    PROMISE(kdb_rich_text_from_list(&arena, typed, &list));
    PROMISE(kdb_rich_text_from_html(&arena, typed, &html));
    for (size_t i = 0; i < list.count; i++)
        PROMISE(list.runs[i].text.size > 0 || list.count == 1);
    kdb_arena_free(&arena);
    return 0;
}
