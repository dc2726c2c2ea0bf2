/* Small cleanings of texts and URLs. */
#include <utf8proc.h>

#include "base/buffer.h"
#include "base/strings.h"
#include "readme/reader.h"

kdbib_str kdb_block_text(kdb_reader *reader, const kdb_block *block) {
    if (block->inline_count == 1 && block->inlines[0].kind == KDB_INLINE_TEXT)
        return kdb_trim(block->inlines[0].text);
    size_t size = 0;
    for (size_t i = 0; i < block->inline_count; i++)
        size += block->inlines[i].text.size + 1;
    char *text = kdb_arena_alloc(reader->arena, size + 1);
    if (!text)
        return KDBIB_STR("");
    size = 0;
    for (size_t i = 0; i < block->inline_count; i++) {
        const kdb_inline *run = &block->inlines[i];
        if (run->kind == KDB_INLINE_TEXT && run->text.size) {
            memcpy(text + size, run->text.data, run->text.size);
            size += run->text.size;
        } else if (run->kind != KDB_INLINE_TEXT && run->kind != KDB_INLINE_IMAGE) {
            text[size++] = ' ';
        }
    }
    text[size] = '\0';
    return kdb_trim((kdbib_str){text, size});
}

static bool is_emoji(uint32_t c) {
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) ||
           (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0x23E9 && c <= 0x23FF) || c == 0xFE0F ||
           c == 0x20E3 || c == 0x200D || (c >= 0xE0020 && c <= 0xE007F);
}

/* Size of a shortcode such as ":star2:" at the begin of `text`, or 0. */
static size_t shortcode(kdbib_str text) {
    size_t i = 1;
    bool letter = false;
    while (i < text.size && i < 40 &&
           (kdb_is_lower(text.data[i]) || kdb_is_digit(text.data[i]) ||
            kdb_is_one_of(text.data[i], "_+-"))) {
        letter = letter || kdb_is_lower(text.data[i]) || text.data[i] == '1';
        i++;
    }
    return letter && i > 2 && i < text.size && text.data[i] == ':' ? i + 1 : 0;
}

static bool may_begin_emoji(char c) {
    return c == ':' || (unsigned char)c >= 0xE2;
}

/* Size of the emoji or shortcode that begins at text[at], or 0. */
static size_t emoji_size(kdbib_str text, size_t at) {
    if (!may_begin_emoji(text.data[at]))
        return 0;
    if (text.data[at] == ':')
        return at && kdb_is_alnum(text.data[at - 1]) ? 0
                                                     : shortcode(kdb_slice(text, at, text.size));
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                             (utf8proc_ssize_t)(text.size - at), &c);
    return size > 0 && is_emoji((uint32_t)c) ? (size_t)size : 0;
}

kdbib_str kdb_without_emoji(kdb_arena *arena, kdbib_str text) {
    size_t clean = 0, skip = 0;
    if (kdb_is_ascii(text)) {
        while ((clean = kdb_find_char(text, ':', clean)) != SIZE_MAX &&
               (skip = emoji_size(text, clean)) == 0)
            clean++;
        if (clean == SIZE_MAX)
            return text;
    }
    while (skip == 0 && clean < text.size &&
           (!may_begin_emoji(text.data[clean]) || (skip = emoji_size(text, clean)) == 0))
        clean++;
    if (skip == 0)
        return text;
    char *out = kdb_arena_alloc(arena, text.size + 1);
    if (!out)
        return text;
    if (clean)
        memcpy(out, text.data, clean);
    size_t size = clean;
    for (size_t i = clean; i < text.size;) {
        skip = emoji_size(text, i);
        if (skip == 0)
            out[size++] = text.data[i++];
        i += skip;
    }
    out[size] = '\0';
    return (kdbib_str){out, size};
}

kdbib_str kdb_strip(kdbib_str text) {
    while (text.size && (kdb_is_space(text.data[0]) || kdb_is_one_of(text.data[0], "-|,;:.*~_>&")))
        text = kdb_slice(text, 1, text.size);
    while (text.size && (kdb_is_space(text.data[text.size - 1]) ||
                         kdb_is_one_of(text.data[text.size - 1], "-|,;:*~_<&")))
        text.size--;
    return text;
}

static bool has_scheme(kdbib_str url, size_t *end) {
    size_t i = 0;
    while (i < url.size && (kdb_is_alnum(url.data[i]) || kdb_is_one_of(url.data[i], "+-.")))
        i++;
    *end = i;
    return i > 1 && i < url.size && url.data[i] == ':';
}

/* `\_`, `\&`: escapes of LaTeX or Markdown that were copied with the URL. */
static kdbib_str without_escapes(kdb_arena *arena, kdbib_str url) {
    if (kdb_find_char(url, '\\', 0) == SIZE_MAX)
        return url;
    char *out = kdb_arena_alloc(arena, url.size + 1);
    if (!out)
        return url;
    size_t size = 0;
    for (size_t i = 0; i < url.size; i++)
        if (url.data[i] != '\\' || i + 1 >= url.size || !kdb_is_one_of(url.data[i + 1], "_&%#~\\"))
            out[size++] = url.data[i];
    out[size] = '\0';
    return (kdbib_str){out, size};
}

/* Pasted twice, or with something before it: "…/abs/https://arxiv.org/abs/1". Behind `from`. */
static kdbib_str without_first_paste(kdbib_str url, size_t from) {
    if (kdb_find(url, KDBIB_STR("://"), from) == SIZE_MAX) /* most are pasted once */
        return url;
    for (size_t i = from; i + 8 < url.size; i++)
        if (kdb_starts_with_nocase(kdb_slice(url, i, url.size), KDBIB_STR("http")) &&
            (kdb_starts_with(kdb_slice(url, i + 4, url.size), KDBIB_STR("://")) ||
             kdb_starts_with(kdb_slice(url, i + 5, url.size), KDBIB_STR("://"))) &&
            url.data[i - 1] == '/' &&
            kdb_find(kdb_slice(url, 0, i), KDBIB_STR("archive"), 0) == SIZE_MAX &&
            kdb_find_char(kdb_slice(url, 0, i), '?', 0) == SIZE_MAX)
            return kdb_slice(url, i, url.size);
    return url;
}

static bool is_known_scheme(kdbib_str name) {
    return kdb_equal_nocase(name, KDBIB_STR("https")) ||
           kdb_equal_nocase(name, KDBIB_STR("http")) || kdb_equal_nocase(name, KDBIB_STR("ftp")) ||
           kdb_equal_nocase(name, KDBIB_STR("doi"));
}

/* A blank or what else may not stand in a URL. */
static inline bool is_odd(char c) {
    static const bool signs[256] = {
        ['"'] = true, ['<'] = true, ['>'] = true, ['\\'] = true, ['^'] = true,
        ['`'] = true, ['{'] = true, ['|'] = true, ['}'] = true};
    return (unsigned char)c <= ' ' || signs[(unsigned char)c];
}

static size_t count_odd(kdbib_str url) {
    size_t odd = 0;
    for (size_t i = 0; i < url.size; i++)
        odd += is_odd(url.data[i]);
    return odd;
}

/* A copy in which odd characters are written as percent signs tell. */
static kdbib_str with_escapes(kdb_arena *arena, kdbib_str url) {
    size_t odd = count_odd(url);
    if (odd == 0)
        return kdb_arena_copy(arena, url);
    char *out = kdb_arena_alloc(arena, url.size + 2 * odd + 1);
    if (!out)
        return (kdbib_str){NULL, 0};
    size_t size = 0;
    for (size_t i = 0; i < url.size; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (is_odd(url.data[i])) {
            out[size++] = '%';
            out[size++] = "0123456789ABCDEF"[c >> 4];
            out[size++] = "0123456789ABCDEF"[c & 15];
        } else {
            out[size++] = (char)c;
        }
    }
    out[size] = '\0';
    return (kdbib_str){out, size};
}

/* Nothing that any of the steps of kdb_clean_url() is there for, as in most. */
static bool is_clean(kdbib_str url) {
    size_t scheme = kdb_starts_with(url, KDBIB_STR("https://"))  ? 5
                    : kdb_starts_with(url, KDBIB_STR("http://")) ? 4
                                                                 : SIZE_MAX;
    return scheme != SIZE_MAX && !kdb_is_one_of(url.data[url.size - 1], "',;)") &&
           kdb_find_char(url, ']', 0) == SIZE_MAX &&
           kdb_find_char(url, ':', scheme + 1) == SIZE_MAX && count_odd(url) == 0;
}

kdbib_str kdb_clean_url(kdb_arena *arena, kdbib_str url) {
    const kdbib_str none = {NULL, 0};
    if (is_clean(url))
        return url;
    url = kdb_trim(url);
    while (url.size && kdb_is_one_of(url.data[0], "<\"'(["))
        url = kdb_slice(url, 1, url.size);
    size_t pasted = kdb_find(url, KDBIB_STR("]("), 0); /* [pdf]([url](url)), [pdf](old](new) */
    if (pasted != SIZE_MAX && pasted + 6 < url.size)
        url = kdb_slice(url, pasted + 2, url.size);
    while (url.size && kdb_is_one_of(url.data[url.size - 1], ">\"',;"))
        url.size--;
    while (url.size && url.data[url.size - 1] == ']' && kdb_find_char(url, '[', 0) == SIZE_MAX)
        url.size--;
    while (url.size && url.data[url.size - 1] == ')' && kdb_find_char(url, '(', 0) == SIZE_MAX)
        url.size--;
    if (url.size == 0 || url.data[0] == '#')
        return none;
    size_t scheme;
    if (has_scheme(url, &scheme)) {
        if (!is_known_scheme(kdb_slice(url, 0, scheme)))
            return none;
        url = without_first_paste(url, scheme + 3);
    } else if (kdb_starts_with_nocase(url, KDBIB_STR("www."))) {
        url = kdb_arena_format(arena, "http://%.*s", (int)(url.size > 4000 ? 4000 : url.size),
                               url.data);
    }
    return with_escapes(arena, without_escapes(arena, url));
}

size_t kdb_year_at_end(kdbib_str text, kdbib_str *year) {
    *year = (kdbib_str){"", 0};
    if (!kdb_ends_with(text, KDBIB_STR(")")))
        return SIZE_MAX;
    size_t end = text.size - 1;
    if (end && kdb_is_lower(text.data[end - 1]))
        end--;
    size_t from = end;
    while (from && kdb_is_digit(text.data[from - 1]))
        from--;
    if (!from || end - from != 4 || text.data[from - 1] != '(')
        return SIZE_MAX;
    *year = kdb_slice(text, from, end);
    return from - 1;
}
