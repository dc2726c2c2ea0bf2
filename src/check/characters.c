/* Characters that do not belong where they stand: mojibake, ligatures, what cannot be seen. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/strings.h"
#include "check/registry.h"

static const struct {
    uint32_t from, to;
    const char *name;
} names[] = {
    {0x00, 0x1F, "a control character"},    {0x7F, 0x9F, "a control character"},
    {0xA0, 0xA0, "a no-break space"},       {0xAD, 0xAD, "a soft hyphen"},
    {0x200B, 0x200B, "a zero-width space"}, {0x200C, 0x200D, "a zero-width joiner"},
    {0x202F, 0x202F, "a no-break space"},   {0x2060, 0x2060, "a word joiner"},
    {0xFEFF, 0xFEFF, "a byte order mark"},  {0xFFFD, 0xFFFD, "a character that was lost before"},
};

static uint32_t character_at(kdbib_str text, size_t at) {
    utf8proc_int32_t c = 0;
    if (at >= text.size)
        return 0;
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                             (utf8proc_ssize_t)(text.size - at), &c);
    return size > 0 ? (uint32_t)c : 0xFFFD;
}

static uint32_t character_before(kdbib_str text, size_t at) {
    if (at == 0)
        return 0;
    do
        at--;
    while (at && ((unsigned char)text.data[at] & 0xC0) == 0x80);
    return character_at(text, at);
}

static bool is_blank(uint32_t c) {
    return c == 0 || c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '|' || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x3000;
}

/* Chinese, Japanese, Korean, and emoji: around these, wide spaces are right. */
static bool is_wide(uint32_t c) {
    return c >= 0x2E80;
}

/* A space within a text, where a typist would have pressed the space bar. Those of a layout, and
 * those that French sets before its marks, are meant. */
static bool is_slip(kdbib_str bytes, const kdb_repair *repair) {
    uint32_t before = character_before(bytes, repair->offset);
    uint32_t after = character_at(bytes, repair->offset + repair->size);
    bool french =
        before == 0xAB || after == 0xBB || (after < 0x80 && kdb_is_one_of((char)after, ":;!?%"));
    return !is_blank(before) && !is_blank(after) && !is_wide(before) && !is_wide(after) && !french;
}

/* Letters that are written from right to left: the marks of a line with them have a purpose. */
static bool has_right_to_left(kdbib_str line) {
    for (size_t at = 0; at < line.size;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)line.data + at,
                                                 (utf8proc_ssize_t)(line.size - at), &c);
        if (size > 0 && ((c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
                         (c >= 0xFE70 && c <= 0xFEFC)))
            return true;
        at += size > 0 ? (size_t)size : 1;
    }
    return false;
}

static bool is_called(const kdb_repair *repair, const char *name) {
    return strcmp(repair->name, name) == 0;
}

static bool is_meant(const kdb_list *list, const kdb_repair *repair) {
    if (repair->line && repair->line <= list->lines.count && list->code[repair->line - 1])
        return true;
    if (is_called(repair, "odd-space"))
        return !list->exact || !is_slip(list->bytes, repair);
    if (is_called(repair, "bidi-control"))
        return has_right_to_left(kdb_list_line(list, repair->line));
    return false;
}

static void report(const kdb_list *list, const kdb_repair *repair) {
    kdb_place place = {repair->line, repair->column, repair->offset, repair->size};
    kdbib_str spelt = kdb_slice(list->bytes, place.offset, place.offset + place.size);
    if (!list->exact) {
        place.offset = KDB_NO_OFFSET;
        kdb_list_report(list, repair->severity, repair->name, place, NULL, "%s", repair->message);
    } else if (is_called(repair, "mojibake") || is_called(repair, "ligature") ||
               is_called(repair, "not-nfc")) {
        kdb_list_report(list, repair->severity, repair->name, place, repair->replacement,
                        is_called(repair, "mojibake")
                            ? "“%.*s” stands for “%s”: this was once decoded wrongly"
                        : is_called(repair, "ligature") ? "the ligature “%.*s” stands for “%s”"
                                                        : "“%.*s” is not composed to “%s”",
                        (int)spelt.size, spelt.data, repair->replacement);
    } else if (is_called(repair, "invalid-utf8")) {
        kdb_list_report(list, repair->severity, repair->name, place, NULL,
                        "bytes that are no UTF-8");
    } else {
        uint32_t c = character_at(list->bytes, place.offset);
        const char *what =
            is_called(repair, "bidi-control") ? "a mark of writing direction" : "an odd space";
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (c >= names[i].from && c <= names[i].to)
                what = names[i].name;
        kdb_list_report(list, repair->severity, repair->name, place, repair->replacement,
                        "U+%04X, %s", (unsigned)c, what);
    }
}

bool kdb_check_characters(const kdb_list *list) {
    for (size_t i = 0; i < list->repair_count; i++)
        if (!is_meant(list, &list->repairs[i]))
            report(list, &list->repairs[i]);
    return true;
}
