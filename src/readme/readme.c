/* The front end: the bytes of a README become records. */
#include "readme/readme.h"

#include "markdown/document.h"
#include "markdown/references.h"
#include "markdown/splitter.h"
#include "readme/reader.h"
#include "text/decode.h"

static bool read_pieces(kdb_reader *reader, kdb_splitter *splitter, kdb_inline_builder *builder) {
    kdb_piece piece;
    while (kdb_splitter_next(splitter, &piece)) {
        kdb_block *document;
        if (!kdb_document_parse(builder, &piece, &document))
            return false;
        kdb_walk(reader, document->first);
        if (reader->failed || kdb_arena_failed(reader->arena))
            return false;
        kdb_scores_forget(reader);
        kdb_arena_reset(reader->arena);
    }
    return !kdb_splitter_failed(splitter);
}

static bool read_text(kdb_reader *reader, kdbib_str text) {
    kdb_references references;
    bool fine = kdb_references_collect(&references, text);
    if (fine) {
        kdb_splitter splitter;
        kdb_splitter_init(&splitter, reader->context, reader->file, text, &references);
        kdb_inline_builder builder = {.arena = reader->arena};
        fine = read_pieces(reader, &splitter, &builder);
        kdb_inline_builder_free(&builder);
        kdb_splitter_free(&splitter);
    }
    kdb_references_free(&references);
    return fine;
}

bool kdb_read_markdown(kdbib_bibliography *bibliography, const char *file, kdbib_str bytes) {
    kdbib *context = kdbib_bibliography_context(bibliography);
    kdb_arena arena = {0};
    kdb_reader reader = {.context = context,
                         .bibliography = bibliography,
                         .file = file,
                         .fields = kdb_fields_of(context),
                         .arena = &arena};
    kdb_buffer storage = {0};
    kdbib_str text;
    bool fine = reader.fields && kdb_section_words_read(&reader) &&
                kdb_decode(context, file, bytes, &storage, &text) && read_text(&reader, text);
    kdb_section_close(&reader, 0);
    if (fine && reader.level_1_headings == 1 && reader.document_title)
        reader.document_title->document_title = true;
    kdb_buffer_free(&storage);
    kdb_arena_free(&arena);
    kdb_arena_free(&reader.words);
    return fine;
}
