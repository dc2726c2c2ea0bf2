/* The bytes of a file become clean UTF-8 text, line for line. */
#include "text/decode.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/diagnose.h"
#include "base/strings.h"
#include "library/context.h"
#include "text/mojibake.h"

/* Kinds of repair. */
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

#define KINDS (sizeof repairs / sizeof *repairs)

/* After these there may be more to repair: mojibake in mojibake, or which a control cut in two. */
#define UNCOVERING (MOJIBAKE | INVISIBLE | BIDI | CONTROL | DECOMPOSED)
#define MOST_ROUNDS 8 /* a line would have to be decoded wrongly as often */

typedef struct decoder {
    kdbib *context;
    const char *file;
    kdb_repair_fn *watch; /* NULL: repairs are reported, a kind once a line */
    void *user;
    kdbib_str in;
    size_t skipped; /* bytes of the file before `in` */
    kdb_buffer *out;
    size_t line_start; /* in `out` */
    size_t in_start;   /* of the line, in `in` */
    uint32_t line;
    unsigned found;      /* repairs in this line */
    size_t first[KINDS]; /* where the first of each kind stands in `in` */
    bool inside;         /* of what is repaired already */
    unsigned invalid;
    unsigned rounds; /* that came before */
    bool exact;      /* what is sound UTF-8 stays as it is */
} decoder;

/* Printable ASCII in lines: nothing to decode. */
static bool is_plain(kdbib_str text) {
    for (size_t i = 0; i < text.size; i++) {
        i += kdb_printable_run(text, i);
        if (i < text.size && (unsigned char)(text.data[i] - ' ') > '~' - ' ' &&
            text.data[i] != '\n' && text.data[i] != '\t')
            return false;
    }
    return true;
}

/* UTF-8 without anything that decoding changes where what is sound stays as it is. */
static bool is_exact(kdbib_str text) {
    if (kdb_starts_with(text, KDBIB_STR("\xEF\xBB\xBF")))
        return false;
    for (size_t i = 0; i < text.size;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = 1;
        if ((unsigned char)text.data[i] >= 0x80)
            size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + i,
                                    (utf8proc_ssize_t)(text.size - i), &c);
        if (size <= 0 || !text.data[i] || text.data[i] == '\r')
            return false;
        i += (size_t)size;
        i += kdb_printable_run(text, i);
    }
    return true;
}

static void look_away(void *user, const kdb_repair *repair) {
    (void)user;
    (void)repair;
}

static void tell(const decoder *d, size_t kind, size_t at, size_t size, const char *replacement) {
    d->watch(d->user, &(kdb_repair){.severity = repairs[kind].severity,
                                    .name = repairs[kind].name,
                                    .message = repairs[kind].message,
                                    .line = d->line,
                                    .column = (uint32_t)(at - d->in_start + 1),
                                    .offset = d->skipped + at,
                                    .size = size,
                                    .replacement = replacement});
}

/* Something at `at` of the input is repaired; `replacement` NULL: what it was is lost. */
static void note(decoder *d, unsigned kind, size_t at, size_t size, const char *replacement) {
    size_t i = 0;
    if (d->inside && kind != DECOMPOSED)
        return;
    while (repairs[i].kind != kind)
        i++;
    if (!(d->found & kind))
        d->first[i] = at;
    d->found |= kind;
    if (d->watch && kind != DECOMPOSED)
        tell(d, i, at, size, replacement);
}

/* ---- NFC ---- */

/* Is it something else in NFC, or a mark that joins what stands before it? What is below U+0300 is
 * neither, nor is anything in these ranges; outside of them it may be. */
static bool may_be_decomposed(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } composed[] = {{0, 0x2FF},       {0x388, 0x482},    {0x488, 0x590},    {0x1E00, 0x1F70},
                    {0x2002, 0x20CF}, {0x20F1, 0x2125},  {0x212C, 0x2328},  {0x232B, 0x2ADB},
                    {0x2E00, 0x3029}, {0x3030, 0x3098},  {0x309B, 0xA66E},  {0xABEE, 0xF8FF},
                    {0xFE00, 0xFE0F}, {0xFE30, 0x101FC}, {0x1E94B, 0x2F7FF}};
    for (size_t i = 0; i < sizeof composed / sizeof *composed && c >= composed[i].first; i++)
        if (c <= composed[i].last)
            return false;
    return true;
}

/* A mark or a vowel that joins what stands before it. */
static bool joins_before(utf8proc_int32_t c) {
    return utf8proc_get_property(c)->combining_class != 0 || (c >= 0x1160 && c <= 0x11FF);
}

static size_t next_character(const decoder *d, size_t at, size_t end, utf8proc_int32_t *c) {
    utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)d->in.data + at,
                                             (utf8proc_ssize_t)(end - at), c);
    if (size <= 0)
        *c = 0;
    return at + (size > 0 ? (size_t)size : 1);
}

/* Less than 0: it has no composed form, or memory is out, which the output remembers. */
static utf8proc_ssize_t compose(const decoder *d, const char *text, size_t size,
                                utf8proc_uint8_t **composed) {
    *composed = NULL;
    utf8proc_ssize_t made = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)size,
                                         composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (made == UTF8PROC_ERROR_NOMEM)
        d->out->failed = true;
    return made;
}

/* Tells the watcher of [from, to), a character with its marks, if NFC writes it otherwise. */
static void watch_decomposed(const decoder *d, size_t kind, size_t from, size_t to) {
    utf8proc_uint8_t *composed;
    utf8proc_ssize_t size = compose(d, d->in.data + from, to - from, &composed);
    if (size >= 0 &&
        ((size_t)size != to - from || memcmp(composed, d->in.data + from, to - from) != 0))
        tell(d, kind, from, to - from, (const char *)composed);
    free(composed);
}

static void watch_line_decomposed(const decoder *d, size_t kind, size_t end) {
    size_t base = d->in_start, next;
    for (size_t at = d->in_start; at < end; at = next) {
        utf8proc_int32_t c, mark;
        next = next_character(d, at, end, &c);
        if (!joins_before(c))
            base = at;
        if (!may_be_decomposed((uint32_t)c))
            continue;
        for (size_t more; next < end; next = more) {
            more = next_character(d, next, end, &mark);
            if (!joins_before(mark))
                break;
        }
        watch_decomposed(d, kind, base, next);
        base = next;
    }
}

static void decode_utf8(decoder *d);

/* What the repairs of this line uncovered is repaired, too; nobody is told of it again. */
static void decode_line_again(decoder *d) {
    kdb_buffer line = {0};
    decoder again = {.in = kdb_slice(kdb_buffer_str(d->out), d->line_start, d->out->size),
                     .watch = look_away,
                     .out = &line,
                     .line = 1,
                     .rounds = d->rounds + 1};
    if (is_plain(again.in))
        return;
    decode_utf8(&again);
    d->out->size = d->line_start;
    kdb_buffer_add_str(d->out, kdb_buffer_str(&line));
    d->out->failed |= line.failed;
    kdb_buffer_free(&line);
}

/* The line ends at `end` of the input. */
static void end_line(decoder *d, size_t end) {
    if (d->found & DECOMPOSED) {
        utf8proc_uint8_t *composed;
        utf8proc_ssize_t size =
            compose(d, d->out->data + d->line_start, d->out->size - d->line_start, &composed);
        if (size >= 0) {
            if ((size_t)size == d->out->size - d->line_start &&
                memcmp(composed, d->out->data + d->line_start, (size_t)size) == 0)
                d->found &= ~(unsigned)DECOMPOSED;
            d->out->size = d->line_start;
            kdb_buffer_add(d->out, composed, (size_t)size);
        }
        free(composed);
    }
    for (size_t i = 0; d->found && i < KINDS; i++)
        if ((d->found & repairs[i].kind) && !d->watch)
            kdb_report(d->context, repairs[i].severity, repairs[i].name, d->file, d->line,
                       (uint32_t)(d->first[i] - d->in_start + 1), "%s", repairs[i].message);
        else if ((d->found & repairs[i].kind) && repairs[i].kind == DECOMPOSED)
            watch_line_decomposed(d, i, end);
    if (d->found & UNCOVERING && d->rounds < MOST_ROUNDS)
        decode_line_again(d);
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

/* A joiner means something between letters of scripts that join, and in emoji; never in Latin, nor
 * behind another. */
static bool joins_nothing(const decoder *d, kdbib_str after) {
    kdbib_str done = kdb_buffer_str(d->out);
    unsigned char before = done.size ? (unsigned char)done.data[done.size - 1] : 0;
    return before < 0x80 || after.size == 0 || (unsigned char)after.data[0] < 0x80 ||
           kdb_ends_with(done, KDBIB_STR("\u200C")) || kdb_ends_with(done, KDBIB_STR("\u200D"));
}

/* One code point that is not ASCII, [at, end) of the input. */
static void add_character(decoder *d, uint32_t c, size_t at, size_t end) {
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    size_t size = end - at;
    if (c < 0xA0 && c != 0x85) {
        note(d, CONTROL, at, size, "");
    } else if (is_odd_space(c)) {
        note(d, SPACE, at, size, " ");
        if (d->out->size > d->line_start)
            kdb_buffer_add_char(d->out, ' ');
    } else if (c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xFFFC ||
               (is_joining(c) && joins_nothing(d, kdb_slice(d->in, end, d->in.size)))) {
        note(d, INVISIBLE, at, size, "");
    } else if (is_bidi(c)) {
        note(d, BIDI, at, size, "");
    } else if (c >= 0xFB00 && c <= 0xFB06) {
        note(d, LIGATURE, at, size, ligatures[c - 0xFB00]);
        kdb_buffer_add_str(d->out, kdbib_str_of(ligatures[c - 0xFB00]));
    } else {
        if (c == 0xFFFD)
            note(d, REPLACEMENT, at, size, NULL);
        if (may_be_decomposed(c))
            note(d, DECOMPOSED, at, size, NULL);
        kdb_buffer_add_code_point(d->out, c);
    }
}

/* What one UTF-8 sequence was before it was read as Windows-1252. */
static void add_mojibake(decoder *d, uint32_t meant, size_t at, size_t end) {
    kdb_buffer text = {0};
    kdb_buffer_add_code_point(&text, meant);
    d->out->failed = d->out->failed || text.failed;
    note(d, MOJIBAKE, at, end - at, text.failed ? NULL : text.data);
    kdb_buffer_free(&text);
    d->inside = true;
    add_character(d, meant, at, end);
    d->inside = false;
}

static void decode_utf8(decoder *d) {
    kdbib_str in = d->in;
    const char *data = in.data;
    size_t clean = 0, i = 0; /* data[clean, i) is to be copied as it is */
    while (i < in.size) {
        unsigned char byte = (unsigned char)data[i];
        if (byte >= 0x20 && byte < 0x7F) {
            i++;
            i += kdb_printable_run(in, i);
            continue;
        }
        if (byte == '\t') {
            i++;
            continue;
        }
        if (byte == '\n' && !d->found) {
            i++;
            d->line_start = d->out->size + (i - clean);
            d->line++;
            d->in_start = i;
            continue;
        }
        kdb_buffer_add(d->out, data + clean, i - clean);
        if (byte == '\n' || byte == '\r') {
            end_line(d, i);
            kdb_buffer_add_char(d->out, '\n');
            d->line_start = d->out->size;
            d->line++;
            i += byte == '\r' && i + 1 < in.size && data[i + 1] == '\n' ? 2 : 1;
            d->in_start = i;
        } else if (byte < 0x80) {
            if (byte == 0) {
                d->invalid++;
                kdb_buffer_add_code_point(d->out, 0xFFFD);
            }
            if (byte && d->exact)
                kdb_buffer_add_char(d->out, (char)byte);
            else
                note(d, CONTROL, i, 1, byte == 0 || kdb_is_space((char)byte) ? NULL : "");
            i++;
        } else {
            utf8proc_int32_t c;
            utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)data + i,
                                                     (utf8proc_ssize_t)(in.size - i), &c);
            uint32_t meant;
            size_t spelt;
            if (size <= 0) {
                size_t from = i++;
                d->invalid++;
                kdb_buffer_add_code_point(d->out, 0xFFFD);
                while (i < in.size && ((unsigned char)data[i] & 0xC0) == 0x80)
                    i++;
                note(d, INVALID, from, i - from, NULL);
            } else if (d->exact) {
                kdb_buffer_add(d->out, data + i, (size_t)size);
                i += (size_t)size;
            } else if (c >= 0xC2 && c <= 0xF0 &&
                       (spelt = kdb_mojibake((kdbib_str){data + i, in.size - i}, &meant)) > 0) {
                i += spelt;
                add_mojibake(d, meant, i - spelt, i);
            } else {
                i += (size_t)size;
                add_character(d, (uint32_t)c, i - (size_t)size, i);
            }
        }
        clean = i;
    }
    kdb_buffer_add(d->out, data + clean, i - clean);
    end_line(d, i);
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

/* `d` says how. */
static bool decode(decoder *d, kdbib_str bytes, kdbib_str *text) {
    *text = bytes;
    if (is_plain(bytes) || (d->exact && is_exact(bytes)))
        return true;
    const unsigned char *head = (const unsigned char *)bytes.data;
    kdb_buffer wide = {0};
    if (bytes.size >= 2 &&
        ((head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF))) {
        kdbib_str body = {bytes.data + 2, bytes.size - 2};
        if (!utf16_to_utf8(body, head[0] == 0xFE, &wide))
            kdb_report(d->context, KDBIB_SEVERITY_WARNING, "invalid-utf16", d->file, 0, 0,
                       "the file is damaged UTF-16");
        bytes = kdb_buffer_str(&wide);
    }
    if (!wide.data && bytes.size >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF)
        d->skipped = 3;
    d->in = kdb_slice(bytes, d->skipped, bytes.size);
    kdb_buffer_reserve(d->out, bytes.size + 16);
    decode_utf8(d);
    bool fine = !wide.failed && !d->out->failed;
    bool binary = d->invalid > 16 && d->invalid > bytes.size / 16;
    kdb_buffer_free(&wide);
    if (fine && binary)
        kdb_report(d->context, KDBIB_SEVERITY_ERROR, "not-text", d->file, 0, 0,
                   "this is a binary file, not a list");
    *text = kdb_buffer_str(d->out);
    return fine && !binary;
}

bool kdb_decode(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                kdbib_str *text) {
    bool told = context->examined && strcmp(context->examined, file) == 0;
    return kdb_decode_watched(context, file, bytes, storage, text, told ? look_away : NULL, NULL);
}

bool kdb_decode_watched(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                        kdbib_str *text, kdb_repair_fn *watch, void *user) {
    decoder d = {
        .context = context, .file = file, .watch = watch, .user = user, .out = storage, .line = 1};
    return decode(&d, bytes, text);
}

bool kdb_decode_exact(kdbib *context, const char *file, kdbib_str bytes, kdb_buffer *storage,
                      kdbib_str *text) {
    decoder d = {.context = context, .file = file, .out = storage, .line = 1, .exact = true};
    return decode(&d, bytes, text);
}
