/* Goes over the blocks of a piece and lets recognisers bid for them. */
#include "base/strings.h"
#include "readme/reader.h"

size_t kdb_choose_shape(kdb_reader *reader, const kdb_entry *entry, size_t usual, unsigned *bid) {
    const kdb_shape *shape;
    size_t best = SIZE_MAX;
    unsigned highest = 0, usual_bid = 0;
    for (size_t i = 0; (shape = kdb_shape_at(i)) != NULL; i++) {
        unsigned offer = shape->bid(reader, entry);
        if (i == usual)
            usual_bid = offer;
        if (offer > highest) {
            highest = offer;
            best = i;
        }
    }
    if (usual_bid && usual_bid + 25 >= highest) {
        highest = usual_bid;
        best = usual;
    }
    *bid = highest;
    return best;
}

void kdb_read_entry(kdb_reader *reader, kdb_entry *entry, size_t shape, unsigned siblings) {
    kdb_draft draft = {.line = entry->line, .siblings = siblings};
    kdb_shape_at(shape)->read(reader, entry, &draft);
    kdb_draft_read_rest(reader, &draft, entry);
    kdb_draft_finish(reader, &draft);
}

void kdb_walk(kdb_reader *reader, kdb_block *first) {
    for (kdb_block *block = first; block && !reader->failed;) {
        const kdb_recogniser *recogniser, *best = NULL;
        unsigned highest = 0;
        bool nothing = kdb_section_is_nothing(reader);
        for (size_t i = 0; !nothing && (recogniser = kdb_recogniser_at(i)) != NULL; i++) {
            unsigned bid = recogniser->bid(reader, block);
            if (bid > highest) {
                highest = bid;
                best = recogniser;
            }
        }
        if (best) {
            block = best->read(reader, block);
            continue;
        }
        if (block->kind == KDB_BLOCK_HEADING)
            kdb_section_open(reader, block->level, kdb_block_text(reader, block));
        else if (block->first)
            kdb_walk(reader, block->first);
        block = block->next;
    }
}
