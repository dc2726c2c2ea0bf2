/* Recogniser of lists: bullets and numbers, each item an entry, a section, or neither. */
#include "base/strings.h"
#include "readme/reader.h"

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    (void)reader;
    return block->kind == KDB_BLOCK_LIST || block->kind == KDB_BLOCK_ITEM ? 50 : 0;
}

static void read_item(kdb_reader *reader, kdb_block *item) {
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, item);
    kdb_entry_tidy(reader, &entry);
    entry.line = item->line;
    unsigned sure;
    size_t shape = kdb_choose_shape(reader, &entry, SIZE_MAX, &sure);
    if (shape != SIZE_MAX)
        kdb_read_entry(reader, &entry, shape, 0);
}

static kdb_block *read(kdb_reader *reader, kdb_block *block) {
    if (block->kind == KDB_BLOCK_ITEM) {
        read_item(reader, block);
        return block->next;
    }
    for (kdb_block *item = block->first; item && !reader->failed; item = item->next)
        read_item(reader, item);
    return block->next;
}

const kdb_recogniser kdb_recognise_list = {"list", bid, read};
