/* Lines on standard error. */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <utf8proc.h>

/* Cc, Cf but the joiners that scripts and emoji need, line and paragraph separators, and what has
 * no meaning. */
static bool is_safe(utf8proc_int32_t c) {
    if (c == 0x200C || c == 0x200D)
        return true;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CS:
        return false;
    default:
        return true;
    }
}

void kdb_add_visible(kdb_buffer *buffer, kdbib_str text) {
    for (size_t at = 0; at < text.size;) {
        const unsigned char *here = (const unsigned char *)text.data + at;
        if (*here >= ' ' && *here < 0x7F) {
            kdb_buffer_add_char(buffer, text.data[at++]);
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate(here, (utf8proc_ssize_t)(text.size - at), &c);
        char escape[16];
        if (size > 0 && is_safe(c)) {
            kdb_buffer_add(buffer, here, (size_t)size);
        } else {
            int length = size > 0 && c > 0x7F
                             ? snprintf(escape, sizeof escape, "<U+%04X>", (unsigned)c)
                             : snprintf(escape, sizeof escape, "\\x%02X", *here);
            kdb_buffer_add(buffer, escape, (size_t)length);
        }
        at += size > 0 ? (size_t)size : 1;
    }
}

void kdb_say(const char *format, ...) {
    char message[4096];
    va_list args;
    va_start(args, format);
    int size = vsnprintf(message, sizeof message, format, args);
    va_end(args);
    kdb_buffer line = {0};
    kdb_buffer_add_str(&line, KDBIB_STR("kdbib: "));
    kdb_add_visible(&line, kdbib_str_of(size < 0 ? format : message));
    kdb_buffer_add_char(&line, '\n');
    if (line.failed)
        fputs("kdbib: memory is out\n", stderr);
    else
        fwrite(line.data, 1, line.size, stderr);
    kdb_buffer_free(&line);
}
