/* Recogniser of headings that are papers: `### Title (TDSC 2019)`, its links and fields below. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

static unsigned count_links(const kdb_block *block) {
    unsigned count = 0;
    const kdb_link *last = NULL;
    for (size_t i = 0; i < block->inline_count; i++) {
        count += block->inlines[i].link && block->inlines[i].link != last;
        last = block->inlines[i].link;
    }
    for (const kdb_block *child = block->first; child; child = child->next)
        count += count_links(child);
    return count;
}

/* Somewhere in it a link's text is a title of its own. */
static bool has_title_link(kdb_reader *reader, const kdb_block *block) {
    for (size_t i = 0; i < block->inline_count; i++)
        if (block->inlines[i].link && block->inlines[i].text.size > 24 &&
            !kdb_says_label(reader, block->inlines[i].text) &&
            kdb_score_title(reader, block->inlines[i].text) >= 68)
            return true;
    for (const kdb_block *child = block->first; child; child = child->next)
        if (has_title_link(reader, child))
            return true;
    return false;
}

/* The blocks below the heading, up to the next one, describe it: links with labels come first, and
 * nothing there has a title of its own. `certain`: the heading itself says venue and year, so that
 * a few links with other labels do no harm. */
static bool is_described(kdb_reader *reader, const kdb_block *heading, bool certain) {
    unsigned fields = 0, blocks = 0, links = 0;
    for (const kdb_block *block = heading->next;
         block && block->kind != KDB_BLOCK_HEADING && blocks < 7; block = block->next) {
        if (block->kind == KDB_BLOCK_TABLE)
            return false;
        blocks++;
        unsigned items = 0;
        for (const kdb_block *item = block->first; item; item = item->next)
            items++;
        if (certain && items <= 8) {
            if (block->kind == KDB_BLOCK_LIST && has_title_link(reader, block))
                return false;
            links += count_links(block);
            fields++;
            continue;
        }
        kdb_part part = kdb_part_of(reader, block, NULL);
        if (part == KDB_PART_ENTRY && (block->kind == KDB_BLOCK_LIST || fields == 0))
            return false;
        fields += part == KDB_PART_FIELDS;
        if (part == KDB_PART_FIELDS)
            links += count_links(block);
        if (fields == 0 && block->kind == KDB_BLOCK_PARAGRAPH && blocks > 2)
            return false;
    }
    return fields > 0 && links > 0;
}

/* The whole heading is one link to a paper, "#### [Title](url)", and no list of papers is below it.
 */
static bool is_link_to_paper(kdb_reader *reader, const kdb_block *heading) {
    const kdb_link *link = heading->inlines[0].link;
    for (size_t i = 0; i < heading->inline_count; i++)
        if (heading->inlines[i].link != link && kdb_strip(heading->inlines[i].text).size)
            return false;
    if (!link || !kdb_hosts_papers(kdb_link_host(reader->fields, link->url)))
        return false;
    for (const kdb_block *block = heading->next; block && block->kind != KDB_BLOCK_HEADING;
         block = block->next)
        if (block->kind == KDB_BLOCK_TABLE ||
            (block->kind == KDB_BLOCK_LIST && has_title_link(reader, block)))
            return false;
    return true;
}

/* "#### Title (ICML 2020)" and at most prose below it: no section, no table, no list of papers. */
static bool stands_alone(kdb_reader *reader, const kdb_block *heading) {
    const kdb_block *block = heading->next;
    for (; block && block->kind != KDB_BLOCK_HEADING; block = block->next)
        if (block->kind == KDB_BLOCK_TABLE ||
            (block->kind == KDB_BLOCK_LIST && count_links(block) &&
             kdb_part_of(reader, block, NULL) == KDB_PART_ENTRY))
            return false;
    return !block || block->level <= heading->level;
}

/* What is told of the paper: a list without links or labels tells nothing that a record holds. */
static bool tells_fields(kdb_reader *reader, const kdb_block *block) {
    return block->kind != KDB_BLOCK_LIST || count_links(block) ||
           kdb_part_of(reader, block, NULL) == KDB_PART_FIELDS;
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    if (block->kind != KDB_BLOCK_HEADING || block->level == 1 || block->inline_count == 0)
        return 0;
    kdbib_str text = kdb_strip(kdb_without_emoji(reader->arena, kdb_block_text(reader, block)));
    size_t spaces = 0;
    for (size_t i = 0; i < text.size; i++)
        spaces += text.data[i] == ' ';
    if (spaces == 0 || (spaces == 1 && !block->inlines[0].link))
        return 0; /* as the headings of most sections */
    unsigned score = kdb_score_title(reader, text);
    size_t from;
    kdb_venue venue;
    unsigned venue_score = kdb_venue_at_end(reader->arena, reader->fields, text, &from, &venue);
    if (venue_score >= 60)
        score = kdb_score_title(reader, kdb_slice(text, 0, from));
    if (score >= 40 && is_link_to_paper(reader, block))
        return 70;
    if (spaces < 2 || (score < 40 && venue_score < 60) ||
        (spaces < 4 && venue_score < 60 && kdb_heading_is_about(reader, text)))
        return 0;
    if (score >= 50 && spaces >= 3 && venue_score >= 90 && venue.known && venue.date.year &&
        stands_alone(reader, block))
        return 70;
    return is_described(reader, block, venue_score >= 60 && spaces >= 3) ? 70 : 0;
}

/* "### 12. Title", "### 3.1) Title" */
static kdbib_str without_number(kdbib_str text) {
    size_t i = 0;
    while (i < text.size && i < 8 && (kdb_is_digit(text.data[i]) || text.data[i] == '.'))
        i++;
    bool mark = i && i < text.size && (text.data[i - 1] == '.' || text.data[i] == ')');
    if (mark && text.data[i] == ')')
        i++;
    return mark && i < text.size && text.data[i] == ' ' ? kdb_slice(text, i + 1, text.size) : text;
}

static kdb_block *read(kdb_reader *reader, kdb_block *heading) {
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, heading);
    kdb_block *block = heading->next;
    for (; block && block->kind != KDB_BLOCK_HEADING && block->kind != KDB_BLOCK_TABLE;
         block = block->next)
        if (tells_fields(reader, block))
            kdb_entry_add(reader, &entry, block);
    if (entry.count && entry.tokens[0].kind == KDB_TOKEN_TEXT)
        entry.tokens[0].text = without_number(entry.tokens[0].text);
    kdb_entry_tidy(reader, &entry);
    entry.line = heading->line;
    kdb_section_close(reader, heading->level);
    kdb_read_surest(reader, &entry, 60);
    return block;
}

const kdb_recogniser kdb_recognise_heading = {"heading", bid, read};
