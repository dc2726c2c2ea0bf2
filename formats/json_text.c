/* Text in JSON. */
#include "json_text.h"

static void escape(kdbib_output *out, unsigned c) {
    static const char digits[] = "0123456789abcdef";
    const char text[6] = {
        '\\', 'u', digits[c >> 12 & 15], digits[c >> 8 & 15], digits[c >> 4 & 15], digits[c & 15]};
    kdbib_output_bytes(out, text, sizeof text);
}

void kdb_json_string(kdbib_output *out, kdbib_str text) {
    const unsigned char *at = (const unsigned char *)text.data, *end = at + text.size, *plain = at;
    kdbib_output_char(out, '"');
    while (at < end) {
        unsigned c = *at, size = 1;
        if (c == 0xE2 && end - at > 2 && at[1] == 0x80 && (at[2] | 1) == 0xA9) {
            c = 0x2000u + (at[2] - 0x80u);
            size = 3;
        } else if (c == '<' && !(end - at > 1 && (at[1] == '/' || at[1] == '!'))) {
            at++;
            continue;
        } else if (c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7F) {
            at++;
            continue;
        }
        kdbib_output_bytes(out, plain, (size_t)(at - plain));
        if (c == '"' || c == '\\') {
            kdbib_output_char(out, '\\');
            kdbib_output_char(out, (char)c);
        } else if (c == '\n') {
            kdbib_output_text(out, "\\n");
        } else {
            escape(out, c);
        }
        at += size;
        plain = at;
    }
    kdbib_output_bytes(out, plain, (size_t)(end - plain));
    kdbib_output_char(out, '"');
}
