/* Recogniser of paragraphs that are entries: bold-title blocks of several lines, plain links, pairs
 * of lines; the paragraphs and lists behind one that only describe it belong to it. */
#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"
#include "readme/reader.h"

static bool is_break(const kdb_inline *run) {
    return run->kind == KDB_INLINE_BREAK || run->kind == KDB_INLINE_SOFT_BREAK;
}

/* A soft break inside bold text or a link does not end a line. */
static bool ends_line(const kdb_block *block, size_t i) {
    const kdb_inline *run = &block->inlines[i];
    if (!is_break(run) || run->link)
        return false;
    if (run->kind == KDB_INLINE_BREAK || i == 0 || i + 1 >= block->inline_count)
        return true;
    return !(block->inlines[i - 1].style & block->inlines[i + 1].style & KDBIB_BOLD);
}

/* Lines of a paragraph as blocks of their own, when each begins an entry. */
static size_t split_lines(kdb_reader *reader, const kdb_block *block, kdb_block **lines) {
    size_t count = 1;
    for (size_t i = 0; i < block->inline_count; i++)
        count += ends_line(block, i);
    *lines = kdb_arena_array(reader->arena, count, sizeof **lines);
    if (!*lines)
        return 0;
    size_t used = 0, from = 0;
    for (size_t i = 0; i <= block->inline_count; i++) {
        if (i < block->inline_count && !ends_line(block, i))
            continue;
        if (i > from) {
            kdb_block *line = &(*lines)[used++];
            *line = *block;
            line->inlines = block->inlines + from;
            line->inline_count = i - from;
            line->line = line->inlines[0].line;
        }
        from = i + 1;
    }
    return used;
}

static bool has_link(const kdb_block *block) {
    for (size_t i = 0; i < block->inline_count; i++)
        if (block->inlines[i].link &&
            !(block->inlines[i].link->url.size && block->inlines[i].link->url.data[0] == '#'))
            return true; /* not to a place of the list itself */
    for (const kdb_block *child = block->first; child; child = child->next)
        if (has_link(child))
            return true;
    return false;
}

/* The first words of the block, emoji aside, are bold. */
static bool begins_bold(kdb_reader *reader, const kdb_block *block) {
    for (size_t i = 0; i < block->inline_count; i++) {
        const kdb_inline *run = &block->inlines[i];
        if (run->kind == KDB_INLINE_TEXT && (run->style & KDBIB_BOLD))
            return true;
        if (run->kind == KDB_INLINE_TEXT &&
            kdb_strip(kdb_without_emoji(reader->arena, run->text)).size)
            return false;
    }
    return false;
}

/* A few words between dashes: a heading of a kind, no part of the entry below it. */
static bool is_caption(kdb_reader *reader, const kdb_block *line) {
    kdbib_str text = kdb_block_text(reader, line);
    return text.size > 6 && text.size < 60 && text.data[0] == '-' && text.data[1] == '-' &&
           text.data[text.size - 1] == '-' && !has_link(line);
}

/* Lines[i] begins an entry. Where the first one begins with a title in bold, the others do so, too.
 * `*sure`: how sure it is. */
static bool is_start(kdb_reader *reader, const kdb_block *lines, size_t i, unsigned *sure) {
    if (i && begins_bold(reader, &lines[0]) && !begins_bold(reader, &lines[i]))
        return false;
    return kdb_part_of(reader, &lines[i], sure) == KDB_PART_ENTRY && *sure >= 60;
}

/* "Ann Lee and Bo Moss. 2016" */
static bool are_authors(kdb_reader *reader, const kdb_block *line) {
    kdbib_str text = kdb_strip(kdb_block_text(reader, line));
    while (text.size && (kdb_is_digit(text.data[text.size - 1]) ||
                         kdb_is_one_of(text.data[text.size - 1], " .,()")))
        text.size--;
    return text.size < 200 && !has_link(line) && kdb_score_names(reader, text) >= 60;
}

/* A paragraph whose first line begins an entry. */
static unsigned begins_entry(kdb_reader *reader, const kdb_block *block, size_t *starts) {
    kdb_block *lines;
    size_t count = split_lines(reader, block, &lines);
    unsigned first = 0, second = 0, sure;
    *starts = 0;
    size_t head = count > 1 && is_caption(reader, &lines[0]) ? 1 : 0; /* "--- Old ones ---" */
    for (size_t i = head; i < count && i < 400; i++)
        if (is_start(reader, lines + head, i - head, &sure)) {
            if (i == head)
                first = sure;
            else if (i == head + 1 && are_authors(reader, &lines[head]))
                second = sure;
            ++*starts;
        }
    return !first && *starts == 1 ? second : first; /* "Ann Lee. 1974" on a line before the title */
}

/* "Some schools have lists of their own.", without any mark in it: what introduces the list below.
 */
static bool is_sentence(kdb_reader *reader, const kdb_block *block) {
    for (size_t i = 0; i < block->inline_count; i++)
        if (block->inlines[i].style)
            return false;
    kdbib_str text = kdb_block_text(reader, block);
    return text.size && kdb_is_one_of(text.data[text.size - 1], ".:!") && block->next &&
           block->next->kind == KDB_BLOCK_LIST;
}

/* "Lee, Ann, et al. Title. Journal 22.5 (2017): 12-34.": whole without any link, as prose never is.
 */
static bool is_whole_citation(kdb_reader *reader, const kdb_block *block) {
    kdb_block *lines;
    size_t count;
    if (split_lines(reader, block, &lines) == 0)
        return false;
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, &lines[0]);
    kdb_span *spans = kdb_entry_spans(reader, &entry, 0, entry.count, &count);
    kdbib_str text = kdb_spans_text(reader->arena, spans, count);
    kdb_citation citation;
    if (text.size < 40 || text.size > 600 ||
        !kdb_citation_parse(reader->arena, reader->fields, spans, count, &citation))
        return false;
    const kdb_venue *venue = &citation.venue;
    bool where = venue->known || (venue->name.size && (venue->pages.size || venue->volume.size));
    return citation.score >= 75 && citation.authors.count && !citation.doubtful && where &&
           venue->date.year && kdb_score_title(reader, citation.title) >= 50;
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    if (block->kind != KDB_BLOCK_PARAGRAPH || kdb_section_is_nothing(reader))
        return 0;
    unsigned first = begins_entry(reader, block, &reader->starts);
    if (!first || kdb_asks_to_cite(reader, block))
        return 0;
    bool links = has_link(block);
    if (!links && is_sentence(reader, block))
        return 0;
    for (kdb_block *next = block->next; next && !links; next = next->next) {
        if (kdb_part_of(reader, next, NULL) != KDB_PART_FIELDS)
            break;
        links = has_link(next) || next->kind == KDB_BLOCK_CODE;
    }
    return links || is_whole_citation(reader, block) ? first : 0;
}

static void read_one(kdb_reader *reader, kdb_entry *entry) {
    kdb_entry_tidy(reader, entry);
    kdb_read_surest(reader, entry, 40);
}

static kdb_block *read(kdb_reader *reader, kdb_block *block) {
    kdb_block *lines;
    size_t count = split_lines(reader, block, &lines), starts = count > 1 ? reader->starts : 1;
    kdb_entry entry = {0};
    bool links = has_link(block); /* without any, only citations are told from notes */
    if (count > 1 && is_caption(reader, &lines[0])) {
        lines++;
        count--;
        starts = starts < 2 ? 2 : starts;
    }
    if (starts <= 1) {
        kdb_entry_add(reader, &entry, block);
    } else {
        for (size_t i = 0; i < count; i++) {
            unsigned sure;
            if (i && is_start(reader, lines, i, &sure) &&
                (links || is_whole_citation(reader, &lines[i]))) {
                read_one(reader, &entry);
                entry = (kdb_entry){0};
            }
            kdb_entry_add(reader, &entry, &lines[i]);
        }
    }
    kdb_block *next = block->next;
    while (next && kdb_part_of(reader, next, NULL) == KDB_PART_FIELDS) {
        kdb_entry_add(reader, &entry, next);
        next = next->next;
    }
    read_one(reader, &entry);
    return next;
}

const kdb_recogniser kdb_recognise_paragraph = {"paragraph", bid, read};
