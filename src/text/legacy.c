/* Text that is older than UTF-8. */
#include "text/legacy.h"

#include <utf8proc.h>

#include "base/strings.h"

bool kdb_is_legacy(kdbib_str bytes) {
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < bytes.size;) {
        if ((unsigned char)bytes.data[i] < 0x80) {
            i++;
            i += kdb_ascii_run(bytes, i);
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)bytes.data + i,
                                                 (utf8proc_ssize_t)(bytes.size - i), &c);
        good += size > 0;
        bad += size <= 0;
        i += size > 0 ? (size_t)size : 1;
    }
    /* zeros: UTF-16, or no text */
    return bad > good && kdb_find_char(bytes, '\0', 0) == SIZE_MAX;
}

void kdb_legacy_to_utf8(kdbib_str bytes, kdb_buffer *utf8) {
    static const uint16_t windows[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c < 0x80)
            kdb_buffer_add_char(utf8, (char)c);
        else
            kdb_buffer_add_code_point(utf8, c < 0xA0 ? windows[c - 0x80] : c);
    }
}
