/* Text reduced to what matters when two texts are compared. */
#include "text/fold.h"

#include <utf8proc.h>

#include "base/buffer.h"
#include "base/strings.h"

static bool is_word_byte(utf8proc_uint8_t byte) {
    return kdb_is_alnum((char)byte);
}

/* The ASCII part of the text, most of it in most lists, needs no table. Returns how many bytes it
 * took; the byte behind them is not ASCII, so that what it decomposes to joins what stands there.
 */
static size_t fold_ascii(kdb_buffer *folded, const utf8proc_uint8_t *at, size_t left, bool *gap) {
    if (!kdb_buffer_reserve(folded, left + 1))
        return left;
    char *begin = folded->data, *out = begin + folded->size;
    bool parted = *gap;
    size_t i = 0;
    while (i < left && at[i] < 0x80) {
        if (!is_word_byte(at[i])) {
            parted = true;
            i++;
            continue;
        }
        if (parted && out != begin)
            *out++ = ' ';
        parted = false;
        do
            *out++ = (char)(at[i] | 0x20u); /* in lower case; digits have this bit */
        while (++i < left && is_word_byte(at[i]));
    }
    *gap = parted;
    folded->size = (size_t)(out - folded->data);
    return i;
}

static bool is_word(utf8proc_int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* A text that is ASCII becomes no longer, and is folded where it goes to. */
static kdbib_str fold_in_place(kdb_arena *arena, kdbib_str text) {
    kdb_buffer folded = {.data = kdb_arena_alloc(arena, text.size + 2), .capacity = text.size + 2};
    bool gap = false;
    if (!folded.data)
        return KDBIB_STR("");
    fold_ascii(&folded, (const utf8proc_uint8_t *)text.data, text.size, &gap);
    folded.data[folded.size] = '\0';
    return (kdbib_str){folded.data, folded.size};
}

kdbib_str kdb_fold(kdb_arena *arena, kdbib_str text) {
    if (kdb_is_ascii(text))
        return fold_in_place(arena, text);
    kdb_buffer folded = {0};
    bool gap = false;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.data;
    utf8proc_ssize_t left = (utf8proc_ssize_t)text.size;
    while (left > 0) {
        if (*at < 0x80) {
            size_t done = fold_ascii(&folded, at, (size_t)left, &gap);
            at += done;
            left -= (utf8proc_ssize_t)done;
            continue;
        }
        utf8proc_int32_t c, parts[32];
        utf8proc_ssize_t size = utf8proc_iterate(at, left, &c);
        if (size <= 0) {
            size = 1;
            c = ' ';
        }
        at += size;
        left -= size;
        int last_class = 0;
        utf8proc_ssize_t count = utf8proc_decompose_char(c, parts, 32,
                                                         UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                             UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                                         &last_class);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
            utf8proc_category_t category = utf8proc_category(parts[i]);
            if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME)
                continue;
            if (!is_word(parts[i]) && category != UTF8PROC_CATEGORY_MC) {
                gap = true;
                continue;
            }
            if (gap && folded.size)
                kdb_buffer_add_char(&folded, ' ');
            gap = false;
            kdb_buffer_add_code_point(&folded, (unsigned)parts[i]);
        }
    }
    if (folded.failed)
        arena->failed = true;
    kdbib_str result = kdb_arena_copy(arena, kdb_buffer_str(&folded));
    kdb_buffer_free(&folded);
    return result;
}
