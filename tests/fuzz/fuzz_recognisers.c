/* Blocks of Markdown through one recogniser, or the text of each block through one shape of titles:
 * whatever it bids for it must read, also what another one would have got. The first byte chooses.
 */
#include "fuzz.h"

#include "markdown/document.h"
#include "markdown/references.h"
#include "markdown/splitter.h"
#include "readme/reader.h"
#include "text/decode.h"

static size_t recogniser_count(void) {
    size_t count = 0;
    while (kdb_recogniser_at(count))
        count++;
    return count;
}

static const char *part_name(size_t index) {
    static char name[64];
    const size_t recognisers = recogniser_count();
    if (index < recognisers)
        return kdb_recogniser_at(index)->name;
    const kdb_shape *shape = kdb_shape_at(index - recognisers);
    if (!shape)
        return NULL;
    snprintf(name, sizeof name, "shape %s", shape->name);
    for (char *c = name; *c; c++)
        if (*c == ' ')
            *c = '-';
    return name;
}
FUZZ_PARTS(part_name)

static void by_recogniser(kdb_reader *reader, kdb_block *first, const kdb_recogniser *recogniser,
                          unsigned depth) {
    for (kdb_block *block = first; block && !reader->failed;) {
        if (recogniser->bid(reader, block)) {
            block = recogniser->read(reader, block);
            continue;
        }
        if (block->kind == KDB_BLOCK_HEADING)
            kdb_section_open(reader, block->level, kdb_block_text(reader, block));
        else if (block->first && depth < 250)
            by_recogniser(reader, block->first, recogniser, depth + 1);
        block = block->next;
    }
}

static void by_shape(kdb_reader *reader, kdb_block *first, size_t shape, unsigned depth) {
    for (kdb_block *block = first; block && !reader->failed; block = block->next) {
        kdb_entry entry = {.line = block->line};
        kdb_entry_add(reader, &entry, block);
        kdb_entry_tidy(reader, &entry);
        if (!reader->failed && kdb_shape_at(shape)->bid(reader, &entry))
            kdb_read_entry(reader, &entry, shape, 50);
        if (block->first && depth < 8)
            by_shape(reader, block->first, shape, depth + 1);
    }
}

static void read_pieces(kdb_reader *reader, kdbib_str text, size_t part) {
    kdb_references references;
    PROMISE(kdb_references_collect(&references, text));
    kdb_splitter splitter;
    kdb_splitter_init(&splitter, reader->context, reader->file, text, &references);
    kdb_inline_builder builder = {.arena = reader->arena};
    kdb_piece piece;
    while (!reader->failed && kdb_splitter_next(&splitter, &piece)) {
        kdb_block *document;
        PROMISE(kdb_document_parse(&builder, &piece, &document));
        if (part < recogniser_count())
            by_recogniser(reader, document->first, kdb_recogniser_at(part), 0);
        else
            by_shape(reader, document->first, part - recogniser_count(), 0);
        kdb_scores_forget(reader);
        kdb_arena_reset(reader->arena);
    }
    kdb_inline_builder_free(&builder);
    kdb_splitter_free(&splitter);
    kdb_references_free(&references);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    static size_t parts;
    if (!context) {
        context = kdbib_new();
        while (part_name(parts))
            parts++;
    }
    kdbib_bibliography *b = context && size ? kdbib_bibliography_new(context) : NULL;
    if (!b)
        return 0;
    kdb_arena arena = {0};
    kdb_reader reader = {.context = context,
                         .bibliography = b,
                         .file = "fuzz.md",
                         .fields = kdb_fields_of(context),
                         .arena = &arena};
    kdb_buffer storage = {0};
    kdbib_str text;
    PROMISE(reader.fields && kdb_section_words_read(&reader));
    if (kdb_decode(context, reader.file, (kdbib_str){(const char *)data + 1, size - 1}, &storage,
                   &text))
        read_pieces(&reader, text, fuzzed_part == SIZE_MAX ? data[0] % parts : fuzzed_part);
    PROMISE(!reader.failed);
    kdb_section_close(&reader, 0);
    for (size_t i = 0; i < kdbib_bibliography_count(b); i++)
        PROMISE(kdbib_record_text(kdbib_bibliography_record(b, i), KDBIB_TITLE).size > 0);
    kdb_buffer_free(&storage);
    kdb_arena_free(&arena);
    kdb_arena_free(&reader.words);
    kdbib_bibliography_free(b);
    return 0;
}
