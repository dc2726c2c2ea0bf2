/* The bytes of a file become clean UTF-8 text, line for line. */
#include "text/decode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/diagnose.h"
#include "text/mojibake.h"

/* Kinds of repair; each is reported once a line. */
enum {
    INVALID = 1,
    MOJIBAKE = 2,
    LIGATURE = 4,
    INVISIBLE = 8,
    BIDI = 16,
    SPACE = 32,
    CONTROL = 64,
    DECOMPOSED = 128,
    REPLACEMENT = 256,
};

static const struct {
    unsigned kind;
    kdbib_severity severity;
    const char *name, *message;
} repairs[] = {
    {INVALID, KDBIB_SEVERITY_WARNING, "invalid-utf8", "bytes that are no UTF-8, replaced"},
    {MOJIBAKE, KDBIB_SEVERITY_WARNING, "mojibake", "text that was decoded wrongly, repaired"},
    {LIGATURE, KDBIB_SEVERITY_NOTE, "ligature", "ligatures such as “ﬁ”, written out"},
    {INVISIBLE, KDBIB_SEVERITY_NOTE, "invisible-character",
     "soft hyphens or zero-width characters, removed"},
    {BIDI, KDBIB_SEVERITY_NOTE, "bidi-control", "marks of writing direction, removed"},
    {SPACE, KDBIB_SEVERITY_NOTE, "odd-space", "no-break or other odd spaces, replaced"},
    {CONTROL, KDBIB_SEVERITY_WARNING, "control-character", "control characters, removed"},
    {DECOMPOSED, KDBIB_SEVERITY_NOTE, "not-nfc", "decomposed characters, composed"},
    {REPLACEMENT, KDBIB_SEVERITY_NOTE, "replacement-character",
     "U+FFFD: a character was lost before"},
};

typedef struct decoder {
    kdbib *context;
    const char *file;
    kdb_buffer *out;
    size_t line_start; /* in `out` */
    uint32_t line;
    unsigned found; /* repairs in this line */
    unsigned invalid;
} decoder;

static void end_line(decoder *d) {
    if (d->found & DECOMPOSED) {
        utf8proc_uint8_t *composed = NULL;
        utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)d->out->data + d->line_start,
                                             (utf8proc_ssize_t)(d->out->size - d->line_start),
                                             &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        if (size >= 0) {
            if ((size_t)size == d->out->size - d->line_start &&
                memcmp(composed, d->out->data + d->line_start, (size_t)size) == 0)
                d->found &= ~(unsigned)DECOMPOSED;
            d->out->size = d->line_start;
            kdb_buffer_add(d->out, composed, (size_t)size);
        }
        free(composed);
    }
    for (size_t i = 0; d->found && i < sizeof repairs / sizeof *repairs; i++)
        if (d->found & repairs[i].kind)
            kdb_report(d->context, repairs[i].severity, repairs[i].name, d->file, d->line, 0, "%s",
                       repairs[i].message);
    d->found = 0;
}

static bool is_joining(uint32_t c) {
    return c == 0x200C || c == 0x200D;
}

static bool is_bidi(uint32_t c) {
    return c == 0x200E || c == 0x200F || c == 0x61C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static bool is_odd_space(uint32_t c) {
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0x2028 || c == 0x2029 || c == 0x85;
}

/* A joiner means something between letters of scripts that join, and in emoji; never in Latin. */
static bool joins_nothing(const decoder *d, kdbib_str after) {
    unsigned char before = d->out->size ? (unsigned char)d->out->data[d->out->size - 1] : 0;
    return before < 0x80 || after.size == 0 || (unsigned char)after.data[0] < 0x80;
}

/* One code point that is not ASCII; `after` is what follows it. */
static void add_character(decoder *d, uint32_t c, kdbib_str after) {
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (c < 0xA0 && c != 0x85) {
        d->found |= CONTROL;
    } else if (is_odd_space(c)) {
        d->found |= SPACE;
        if (d->out->size > d->line_start)
            kdb_buffer_add_char(d->out, ' ');
    } else if (c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF ||
               (is_joining(c) && joins_nothing(d, after))) {
        d->found |= INVISIBLE;
    } else if (is_bidi(c)) {
        d->found |= BIDI;
    } else if (c >= 0xFB00 && c <= 0xFB06) {
        d->found |= LIGATURE;
        kdb_buffer_add_str(d->out, kdbib_str_of(ligatures[c - 0xFB00]));
    } else {
        if (c == 0xFFFD)
            d->found |= REPLACEMENT;
        /* What is below U+0300 is composed, and so are the ideographs; the rest is looked at. */
        if ((c >= 0x300 && c <= 0x36F) || (c >= 0x1100 && c <= 0x11FF) || c == 0x3099 ||
            c == 0x309A || (c >= 0x2126 && c <= 0x212B) || (c >= 0xF900 && c <= 0xFAFF))
            d->found |= DECOMPOSED;
        kdb_buffer_add_code_point(d->out, c);
    }
}

static void decode_utf8(decoder *d, kdbib_str in) {
    const char *data = in.data;
    size_t clean = 0, i = 0; /* data[clean, i) is to be copied as it is */
    while (i < in.size) {
        unsigned char byte = (unsigned char)data[i];
        if (byte >= 0x20 && byte < 0x7F) {
            i++;
            continue;
        }
        if (byte == '\t') {
            i++;
            continue;
        }
        kdb_buffer_add(d->out, data + clean, i - clean);
        if (byte == '\n' || byte == '\r') {
            end_line(d);
            kdb_buffer_add_char(d->out, '\n');
            d->line_start = d->out->size;
            d->line++;
            i += byte == '\r' && i + 1 < in.size && data[i + 1] == '\n' ? 2 : 1;
        } else if (byte < 0x80) {
            if (byte == 0) {
                d->invalid++;
                kdb_buffer_add_code_point(d->out, 0xFFFD);
            }
            d->found |= CONTROL;
            i++;
        } else {
            utf8proc_int32_t c;
            utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)data + i,
                                                     (utf8proc_ssize_t)(in.size - i), &c);
            uint32_t meant;
            size_t spelt;
            if (size <= 0) {
                d->invalid++;
                d->found |= INVALID;
                kdb_buffer_add_code_point(d->out, 0xFFFD);
                i++;
                while (i < in.size && ((unsigned char)data[i] & 0xC0) == 0x80)
                    i++;
            } else if (c >= 0xC2 && c <= 0xF0 &&
                       (spelt = kdb_mojibake((kdbib_str){data + i, in.size - i}, &meant)) > 0) {
                d->found |= MOJIBAKE;
                i += spelt;
                add_character(d, meant, (kdbib_str){data + i, in.size - i});
            } else {
                i += (size_t)size;
                add_character(d, (uint32_t)c, (kdbib_str){data + i, in.size - i});
            }
        }
        clean = i;
    }
    kdb_buffer_add(d->out, data + clean, i - clean);
    end_line(d);
}

static bool utf16_to_utf8(kdbib_str in, bool big, kdb_buffer *out) {
    const unsigned char *data = (const unsigned char *)in.data;
    bool sound = in.size % 2 == 0;
    for (size_t i = 0; i + 1 < in.size; i += 2) {
        uint32_t c = (uint32_t)data[i + (big ? 0 : 1)] << 8 | data[i + (big ? 1 : 0)];
        if (c >= 0xD800 && c <= 0xDBFF && i + 3 < in.size) {
            uint32_t low = (uint32_t)data[i + (big ? 2 : 3)] << 8 | data[i + (big ? 3 : 2)];
            if (low >= 0xDC00 && low <= 0xDFFF) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (c >= 0xD800 && c <= 0xDFFF) {
            c = 0xFFFD;
            sound = false;
        }
        kdb_buffer_add_code_point(out, c);
    }
    return sound;
}

static bool is_plain(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x7F || (c < 0x20 && c != '\n' && c != '\t'))
            return false;
    }
    return true;
}

bool kdb_decode(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                kdbib_str *text) {
    *text = bytes;
    if (is_plain(bytes))
        return true;
    const unsigned char *head = (const unsigned char *)bytes.data;
    kdb_buffer wide = {0};
    if (bytes.size >= 2 &&
        ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF))) {
        kdbib_str body = {bytes.data + 2, bytes.size - 2};
        if (!utf16_to_utf8(body, head[0] == 0xFE, &wide))
            kdb_report(context, KDBIB_SEVERITY_WARNING, "invalid-utf16", file, 0, 0,
                       "the file is damaged UTF-16");
        bytes = kdb_buffer_str(&wide);
    } else if (bytes.size >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF) {
        bytes = (kdbib_str){bytes.data + 3, bytes.size - 3};
    }
    decoder d = {.context = context, .file = file, .out = storage, .line = 1};
    kdb_buffer_reserve(storage, bytes.size + 16);
    decode_utf8(&d, bytes);
    bool fine = !wide.failed && !storage->failed;
    bool binary = d.invalid > 16 && d.invalid > bytes.size / 16;
    kdb_buffer_free(&wide);
    if (fine && binary)
        kdb_report(context, KDBIB_SEVERITY_ERROR, "not-text", file, 0, 0,
                   "this is a binary file, not a list");
    *text = kdb_buffer_str(storage);
    return fine && !binary;
}
