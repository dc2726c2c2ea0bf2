/* Decodes a list and gives its pieces. */
#include "readme/source.h"

#include <stdlib.h>

#include "base/spool.h"
#include "text/decode.h"

#define FORGOTTEN_AT_ONCE ((size_t)4 << 20) /* bytes of the text, at least */

static bool begin(kdb_source *source, kdbib *context, kdbib_str bytes) {
    if (!kdb_decode(context, source->file, bytes, &source->decoded, &source->text) ||
        !kdb_references_collect(&source->references, source->text))
        return false;
    if (source->decoded.size) { /* then the text stands there */
        kdb_buffer_free(&source->bytes);
        source->owns_text = true;
    }
    kdb_splitter_init(&source->splitter, context, source->file, source->text, &source->references);
    return true;
}

kdb_source *kdb_source_new(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes,
                           kdb_buffer *owned) {
    kdb_source *source = calloc(1, sizeof *source);
    if (!source)
        return NULL;
    source->holders = 1;
    if (owned) {
        source->bytes = *owned;
        source->owns_text = true;
        *owned = (kdb_buffer){0};
    }
    source->file = strdup(file);
    source->outline = (kdb_outline){.bibliography = bibliography, .file = source->file};
    if (source->file && begin(source, kdbib_bibliography_context(bibliography), bytes))
        return source;
    kdb_source_let_go(source);
    return NULL;
}

bool kdb_source_next(kdb_source *source, kdb_piece *piece, kdb_buffer *text, bool *last) {
    kdb_splitter *splitter = &source->splitter;
    *piece = (kdb_piece){.text = KDBIB_STR(""), .line = 1};
    bool any = kdb_splitter_next(splitter, piece);
    *last = !any || splitter->at >= source->text.size;
    if (any && piece->text.data == splitter->buffer.data) {
        kdb_buffer before = *text;
        *text = splitter->buffer;
        splitter->buffer = before;
    }
    return !kdb_splitter_failed(splitter);
}

void kdb_source_forget(kdb_source *source, size_t end) {
    size_t begin = source->forgotten;
    if (!source->owns_text || end < begin + FORGOTTEN_AT_ONCE)
        return;
    kdb_spool_forget((char *)source->text.data + begin, end - begin);
    source->forgotten = end;
}

kdb_source *kdb_source_hold(kdb_source *source) {
    source->holders++;
    return source;
}

void kdb_source_let_go(kdb_source *source) {
    if (!source || --source->holders)
        return;
    kdb_outline_free(&source->outline);
    kdb_splitter_free(&source->splitter);
    kdb_references_free(&source->references);
    kdb_buffer_free(&source->decoded);
    kdb_buffer_free(&source->bytes);
    free(source->file);
    free(source);
}
