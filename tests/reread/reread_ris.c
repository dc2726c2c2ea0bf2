/* RIS by its grammar: `XX  - value` and CRLF, TY first, `ER  - ` last and then an empty line, every
 * value on one line, each tag known. */
#include "reread.h"

static bool is_known(const char *tag) {
    static const char known[] = "TY ID TI AU ED PY DA BT C3 T2 T3 J2 VL IS SN M1 M3 ET CY C1 DP AN "
                                "LA AB N1 SP EP PB DO UR KW ER ";
    for (const char *at = known; *at; at += 3)
        if (memcmp(at, tag, 2) == 0)
            return true;
    return false;
}

static void read_line(kdbib_str line, bool *open, bool *has_title, reread *result) {
    if (line.size < 6 || memcmp(line.data + 2, "  - ", 4) != 0 || !is_known(line.data)) {
        reread_refuse(result, "record %zu: a line “%.*s”", result->count + 1,
                      (int)(line.size < 60 ? line.size : 60), line.data);
        return;
    }
    const kdbib_str value = {line.data + 6, line.size - 6};
    const bool begins = memcmp(line.data, "TY", 2) == 0, ends = memcmp(line.data, "ER", 2) == 0;
    if (begins == *open)
        reread_refuse(result, "record %zu: %.2s out of place", result->count + 1, line.data);
    if (ends != (value.size == 0))
        reread_refuse(result, "record %zu: %.2s with or without a value", result->count + 1,
                      line.data);
    if (memcmp(line.data, "TI", 2) == 0) {
        if (*has_title)
            reread_refuse(result, "record %zu: a second title", result->count);
        reread_title(result, value.data, value.size);
        *has_title = true;
    }
    if (ends && !*has_title)
        reread_title(result, "", 0);
    if (begins)
        *has_title = false;
    *open = !ends;
}

bool reread_ris(kdbib_str text, reread *result) {
    bool open = false, has_title = false, ended = false;
    while (text.size) {
        const char *end = memchr(text.data, '\n', text.size);
        if (!end || end == text.data || end[-1] != '\r')
            return reread_refuse(result, "record %zu: a line end is no CRLF", result->count + 1);
        const kdbib_str line = {text.data, (size_t)(end - text.data) - 1};
        text.data = end + 1;
        text.size -= line.size + 2;
        if (memchr(line.data, '\r', line.size))
            return reread_refuse(result, "record %zu: a bare CR", result->count + 1);
        if (ended != (line.size == 0))
            return reread_refuse(result, "record %zu: an empty line", result->count + 1);
        ended = line.size && memcmp(line.data, "ER", 2) == 0;
        if (line.size)
            read_line(line, &open, &has_title, result);
    }
    return (!open && !ended) || reread_refuse(result, "the last record has no end");
}
