/* UTF-8 that somebody read as Windows-1252, and wrote again: `â€™` for `’`. */
#include "text/mojibake.h"

#include <utf8proc.h>

/* What Windows-1252 shows for the bytes 0x80 to 0x9F; 0 where it has nothing. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* The byte that Windows-1252 (or Latin-1) shows as `c`, or -1. */
static int byte_of(utf8proc_int32_t c) {
    if (c >= 0x80 && c <= 0xFF)
        return c;
    for (int i = 0; i < 32; i++)
        if (windows_1252[i] == c)
            return 0x80 + i;
    return -1;
}

/* A two-byte sequence is believed only when it gives a Latin letter: `Ã©`. `MÃžller` (0x9E shown as
 * Ž, then turned upper or lower case) is taken as ø, the only letter that fits inside a word. */
static bool likely_letter(uint32_t c) {
    return (c >= 0xC0 && c <= 0x17F && c != 0xD7 && c != 0xF7) || c == 0xA0 || c == 0xAD ||
           c == 0xB0 || c == 0xB1 || c == 0xB5 || c == 0xB7;
}

size_t kdb_mojibake(kdbib_str text, uint32_t *code_point) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text.data;
    size_t used = 0;
    uint32_t value = 0;
    int wanted = 0;
    for (int i = 0; i <= wanted && i < 4; i++) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size =
            utf8proc_iterate(at + used, (utf8proc_ssize_t)(text.size - used), &c);
        if (size <= 0)
            return 0;
        int byte = byte_of(c);
        if (byte < 0)
            return 0;
        if (i == 0) {
            if (byte >= 0xC3 && byte <= 0xC5) {
                wanted = 1;
                value = (uint32_t)byte & 0x1F;
            } else if (byte == 0xC2) {
                wanted = 1;
                value = 2;
            } else if (byte >= 0xE2 && byte <= 0xE3) {
                wanted = 2;
                value = (uint32_t)byte & 0x0F;
            } else if (byte == 0xF0) {
                wanted = 3;
                value = 0;
            } else {
                return 0;
            }
        } else {
            if (byte < 0x80 || byte > 0xBF)
                return 0;
            value = value << 6 | ((uint32_t)byte & 0x3F);
        }
        used += (size_t)size;
    }
    if (wanted == 1 && !likely_letter(value))
        return 0;
    if (wanted == 2 && !(value >= 0x2010 && value <= 0x22FF) &&
        !(value >= 0x3000 && value < 0x3100))
        return 0;
    if (wanted == 3 && !(value >= 0x1F000 && value <= 0x1FFFF))
        return 0;
    *code_point = value;
    return used;
}
