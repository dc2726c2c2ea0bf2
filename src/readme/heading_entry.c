/* Recogniser of headings that are papers: `### Title (TDSC 2019)`, its links and fields below. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/registry.h"

/* The blocks below the heading, up to the next one, describe it: links with labels come first, and
 * nothing there has a title of its own. */
static bool is_described(kdb_reader *reader, const kdb_block *heading) {
    unsigned fields = 0, blocks = 0, links = 0;
    for (const kdb_block *block = heading->next; block && block->kind != KDB_BLOCK_HEADING;
         block = block->next) {
        if (block->kind == KDB_BLOCK_TABLE)
            return false;
        if (blocks++ > 6)
            break;
        unsigned sure;
        kdb_part part = kdb_part_of(reader, block, &sure);
        if (part == KDB_PART_ENTRY && (block->kind == KDB_BLOCK_LIST || fields == 0))
            return false;
        fields += part == KDB_PART_FIELDS;
        if (part == KDB_PART_FIELDS && block->kind != KDB_BLOCK_CODE) {
            kdb_entry entry = {0};
            kdb_entry_add(reader, &entry, block);
            for (size_t i = 0; i < entry.count; i++)
                links += entry.tokens[i].kind == KDB_TOKEN_LINK;
        }
        if (fields == 0 && block->kind == KDB_BLOCK_PARAGRAPH && blocks > 2)
            return false;
    }
    return fields > 0 && links > 0;
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    if (block->kind != KDB_BLOCK_HEADING || block->level == 1 || block->inline_count == 0)
        return 0;
    kdbib_str text = kdb_strip(kdb_without_emoji(reader->arena, kdb_block_text(reader, block)));
    unsigned score = kdb_title_score(reader->arena, reader->fields, text);
    size_t from;
    kdb_venue venue;
    unsigned venue_score = kdb_venue_at_end(reader->arena, reader->fields, text, &from, &venue);
    size_t spaces = 0;
    for (size_t i = 0; i < text.size; i++)
        spaces += text.data[i] == ' ';
    if (spaces < 2 || (score < 40 && venue_score < 60))
        return 0;
    return is_described(reader, block) ? 70 : 0;
}

static kdb_block *read(kdb_reader *reader, kdb_block *heading) {
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, heading);
    kdb_block *block = heading->next;
    for (; block && block->kind != KDB_BLOCK_HEADING && block->kind != KDB_BLOCK_TABLE;
         block = block->next)
        kdb_entry_add(reader, &entry, block);
    kdb_entry_tidy(reader, &entry);
    entry.line = heading->line;
    kdb_section_close(reader, heading->level);
    kdb_read_surest(reader, &entry, 60);
    return block;
}

const kdb_recogniser kdb_recognise_heading = {"heading", bid, read};
