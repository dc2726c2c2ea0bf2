/* Text with the marks that stood on it in the list. */
#include "fields/span.h"

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
