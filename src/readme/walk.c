/* Goes over the blocks of a piece and lets recognisers bid for them. */
#include "base/strings.h"
#include "readme/reader.h"

#define SURE 88 /* whoever bids so much is believed without asking the others */

kdb_bids kdb_ask_shapes(kdb_reader *reader, const kdb_entry *entry) {
    kdb_bids bids = {{0}};
    const kdb_shape *shape;
    for (size_t i = 0; i < KDB_MOST_SHAPES && (shape = kdb_shape_at(i)) != NULL; i++)
        if ((bids.bid[i] = shape->bid(reader, entry)) >= SURE)
            break;
    return bids;
}

size_t kdb_choose_shape(const kdb_bids *bids, size_t usual, unsigned *bid) {
    size_t best = SIZE_MAX;
    *bid = 0;
    for (size_t i = 0; i < KDB_MOST_SHAPES; i++)
        if (bids->bid[i] > *bid) {
            *bid = bids->bid[i];
            best = i;
        }
    unsigned margin = *bid >= SURE - 2 ? 0 : 25; /* who is that sure knows better */
    if (usual < KDB_MOST_SHAPES && bids->bid[usual] && bids->bid[usual] + margin >= *bid) {
        *bid = bids->bid[usual];
        best = usual;
    }
    return best;
}

void kdb_read_entry(kdb_reader *reader, kdb_entry *entry, size_t shape, unsigned siblings) {
    size_t next = kdb_entry_next_paper(reader, entry);
    if (next != SIZE_MAX) {
        kdb_entry rest = kdb_entry_cut(reader, entry, next);
        kdb_draft first = {.line = entry->line, .siblings = siblings};
        kdb_shape_at(shape)->read(reader, entry, &first);
        kdb_draft_read_rest(reader, &first, entry);
        kdb_draft_finish(reader, &first);
        if (!reader->failed)
            kdb_read_surest(reader, &rest, siblings);
        return;
    }
    kdb_draft draft = {.line = entry->line, .siblings = siblings};
    kdb_shape_at(shape)->read(reader, entry, &draft);
    kdb_draft_read_rest(reader, &draft, entry);
    kdb_draft_finish(reader, &draft);
}

void kdb_read_surest(kdb_reader *reader, kdb_entry *entry, unsigned siblings) {
    unsigned sure;
    kdb_bids bids = kdb_ask_shapes(reader, entry);
    size_t shape = kdb_choose_shape(&bids, SIZE_MAX, &sure);
    if (shape != SIZE_MAX)
        kdb_read_entry(reader, entry, shape, siblings);
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
