/* Blocks of Markdown through one recogniser, or the text of each block through one shape of titles:
 * whatever it bids for it must read, also what another one would have got. The first byte chooses.
 */
#include "fuzz.h"

#include "markdown/memory.h"
#include "readme/piece.h"
#include "readme/reader.h"

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

static void read_piece(kdb_piece_job *job, size_t part) {
    kdb_block *document;
    PROMISE(kdb_piece_enter(job) &&
            kdb_document_parse(&job->room->builder, &job->piece, &document));
    if (part < recogniser_count())
        by_recogniser(&job->reader, document->first, kdb_recogniser_at(part), 0);
    else
        by_shape(&job->reader, document->first, part - recogniser_count(), 0);
    PROMISE(!job->reader.failed && !kdb_arena_failed(&job->room->arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static kdbib *context;
    static kdb_section_words words;
    static kdb_pool *rooms;
    static size_t parts;
    if (!context) {
        context = kdbib_new();
        PROMISE(kdb_section_words_read(&words));
        PROMISE((rooms = kdb_piece_rooms_new()) != NULL);
        PROMISE(kdb_cmark_register());
        while (part_name(parts))
            parts++;
    }
    kdbib_bibliography *b = context && size ? kdbib_bibliography_new(context) : NULL;
    if (!b)
        return 0;
    const size_t part = fuzzed_part == SIZE_MAX ? data[0] % parts : fuzzed_part;
    kdb_source *source =
        kdb_source_new(b, "fuzz.md", (kdbib_str){(const char *)data + 1, size - 1}, NULL);
    kdb_piece_job job = {0};
    for (bool last = !source; !last;) {
        kdb_fields fields = *kdb_word_tables();
        kdb_piece_begin(&job, rooms, &fields, &words);
        job.reader.fields = &fields;
        job.source = source;
        job.reader.file = source->file;
        PROMISE(kdb_source_next(source, &job.piece, &job.text, &last));
        read_piece(&job, part);
        PROMISE(kdb_outline_take(&source->outline, &job.reader.steps));
    }
    if (source)
        kdb_outline_end(&source->outline);
    kdb_piece_free(&job);
    kdb_source_let_go(source);
    for (size_t i = 0; i < kdbib_bibliography_count(b); i++)
        PROMISE(kdbib_record_text(kdbib_bibliography_record(b, i), KDBIB_TITLE).size > 0);
    kdbib_bibliography_free(b);
    return 0;
}
