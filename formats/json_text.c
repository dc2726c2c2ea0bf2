/* Text in JSON. */
#include "json_text.h"

#include <string.h>
#include <utf8proc.h>

static void escape(kdbib_output *out, unsigned c) {
    static const char digits[] = "0123456789abcdef";
    const char text[6] = {
        '\\', 'u', digits[c >> 12 & 15], digits[c >> 8 & 15], digits[c >> 4 & 15], digits[c & 15]};
    kdbib_output_bytes(out, text, sizeof text);
}

/* What stands at `at`: a code point to be escaped, or PLAIN. `*size` are its bytes. */
#define PLAIN 0x110000u
static unsigned to_escape(const unsigned char *at, const unsigned char *end, size_t *size) {
    unsigned c = *at;
    *size = 1;
    if (c == '<')
        return end - at > 1 && (at[1] == '/' || at[1] == '!') ? c : PLAIN;
    if (c < 0x80)
        return c < ' ' || c == '"' || c == '\\' || c == 0x7F ? c : PLAIN;
    utf8proc_int32_t code;
    utf8proc_ssize_t got = utf8proc_iterate(at, end - at, &code);
    if (got <= 0)
        return 0xFFFD; /* no UTF-8 */
    *size = (size_t)got;
    return code < 0xA0 || code == 0x2028 || code == 0x2029 ? (unsigned)code : PLAIN;
}

/* Most characters: nothing to think about. */
static bool is_plain_ascii(unsigned char c) {
    return (c > '\\' && c < 0x7F) || (c > '<' && c < '\\') || (c >= ' ' && c < '<' && c != '"');
}

/* So many of them there are at `at` for sure, seen eight at a time. */
static size_t plain_run(const unsigned char *at, const unsigned char *end) {
    const uint64_t ones = UINT64_MAX / 255, top = ones << 7;
    const unsigned char *from = at;
    for (uint64_t eight; (size_t)(end - at) >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, at, sizeof eight);
        const uint64_t quote = eight ^ ones * '"', backslash = eight ^ ones * '\\',
                       less = eight ^ ones * '<';
        const uint64_t control = eight | (eight + ones) | (eight - ones * ' ');
        if ((control | (quote - ones) | (backslash - ones) | (less - ones)) & top)
            break; /* all are less than 0x80: a top bit is only where a sign stood */
    }
    return (size_t)(at - from);
}

void kdb_json_string(kdbib_output *out, kdbib_str text) {
    const unsigned char *at = (const unsigned char *)text.data, *end = at + text.size, *plain = at;
    kdbib_output_char(out, '"');
    for (size_t size; at < end; at += size) {
        at += plain_run(at, end);
        while (at < end && is_plain_ascii(*at))
            at++;
        if (at == end)
            break;
        unsigned c = to_escape(at, end, &size);
        if (c == PLAIN)
            continue;
        kdbib_output_bytes(out, plain, (size_t)(at - plain));
        plain = at + size;
        if (c == '"' || c == '\\') {
            kdbib_output_char(out, '\\');
            kdbib_output_char(out, (char)c);
        } else if (c == '\n') {
            kdbib_output_text(out, "\\n");
        } else {
            escape(out, c);
        }
    }
    kdbib_output_bytes(out, plain, (size_t)(end - plain));
    kdbib_output_char(out, '"');
}
