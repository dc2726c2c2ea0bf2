/* What belongs to an entry and what begins one. */
#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"
#include "readme/reader.h"

#define SURE_ENTRY 55

/* Bold words at the begin of a line are a title rather than names; unless they are a venue. */
static bool is_bold_title(kdb_reader *reader, kdbib_str text) {
    kdb_venue venue;
    text = kdb_trim(text);
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++)
        blanks += text.data[i] == ' ';
    return blanks > 1 && kdb_score_title(reader, text) >= 20 &&
           kdb_score_venue(reader, text, &venue) < 60;
}

/* "Mask R-CNN", "ScanNet (2017)" in bold before links with labels. */
static bool is_short_title(kdb_reader *reader, kdbib_str text) {
    kdb_venue venue;
    text = kdb_strip(text);
    size_t open = kdb_find_char(text, '(', 0);
    if (open != SIZE_MAX && open > 3 && text.data[text.size - 1] == ')' &&
        kdb_score_venue(reader, text, &venue) >= 60 && venue.date.year && !venue.known)
        return !kdb_says_label(reader, kdb_trim(kdb_slice(text, 0, open)));
    return kdb_find_char(text, ' ', 0) != SIZE_MAX && kdb_score_title(reader, text) >= 40 &&
           kdb_score_names(reader, text) < 50 && kdb_score_venue(reader, text, &venue) < 60;
}

/* "A Title. Ann Lee and Bo Li. ICML, 2022." */
static bool begins_with_title(kdb_reader *reader, kdbib_str text) {
    size_t stop = kdb_find(text, KDBIB_STR(". "), 0);
    kdb_plain_title title;
    return stop != SIZE_MAX &&
           kdb_title_is_plain(reader->fields, kdb_slice(text, 0, stop), &title) &&
           title.score >= 60;
}

/* A line, tokens [from, to), holds nothing but what describes an entry. */
static bool is_fields(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t to) {
    size_t count = 0;
    kdb_span *spans = kdb_arena_array(reader->arena, to - from + 1, sizeof *spans);
    bool labels = false, bold = false, all_bold = true;
    if (!spans)
        return false;
    for (size_t i = from; i < to; i++) {
        kdb_token *token = &entry->tokens[i];
        if (token->kind == KDB_TOKEN_LINK) {
            if (token->citing)
                return false;
            bool label = token->bare || token->picture || token->text.size == 0 ||
                         kdb_link_says_label(reader, token);
            if (!label && token->boxed && token->text.size < 40)
                label = kdb_link_score_title(reader, token) < 50;
            if (!label && kdb_link_score_names(reader, token) >= 60) {
                spans[count++] = (kdb_span){token->text, 0};
                continue;
            }
            if (!label)
                return false;
            labels = true;
        } else if (token->kind == KDB_TOKEN_TEXT) {
            spans[count++] = (kdb_span){token->text, 0};
            all_bold =
                all_bold && ((token->style & KDBIB_BOLD) ||
                             kdb_strip(kdb_without_emoji(reader->arena, token->text)).size < 3);
            bold = bold || ((token->style & KDBIB_BOLD) && is_bold_title(reader, token->text));
        }
    }
    kdbib_str text =
        kdb_strip(kdb_without_emoji(reader->arena, kdb_spans_text(reader->arena, spans, count)));
    if (text.size < 3)
        return true;
    kdb_field_label label;
    if (kdb_field_label_before(reader, text, &label) && label != KDB_FIELD_LABEL_TITLE)
        return true;
    if (text.size > 2000 || bold)
        return false;
    if (labels && text.size < 24 && !(all_bold && is_short_title(reader, text)))
        return true;
    kdb_venue venue;
    if ((labels && all_bold && is_short_title(reader, text)) || begins_with_title(reader, text))
        return false;
    if (text.size < 90 && kdb_score_venue(reader, text, &venue) >= 60 && venue.name.size < 48) {
        size_t close = kdb_find_char(kdb_slice(text, 0, 48), ']', 0); /* "[ACL 2020] Title" */
        return close == SIZE_MAX ||
               kdb_score_title(reader, kdb_strip(kdb_slice(text, close + 1, text.size))) < 50;
    }
    if (text.size < 40 && kdb_says_label(reader, text))
        return true;
    if (kdb_score_names(reader, text) >= 60)
        return true;
    /* "Ann Lee and Bo Li. ICML, 2022." */
    kdb_citation rest;
    while (text.size && text.data[text.size - 1] == '.')
        text.size--;
    return text.size > 16 && text.size < 600 && kdb_is_digit(text.data[text.size - 1]) &&
           kdb_citation_parse_rest(reader->arena, reader->fields, spans, count, &rest) &&
           rest.score >= 90 && rest.authors.count && rest.venue.known;
}

kdb_part kdb_part_of_entry(kdb_reader *reader, const kdb_entry *entry, kdb_bids *bids) {
    size_t from = 0;
    bool fields = true, any = false;
    *bids = (kdb_bids){{0}};
    for (size_t i = 0; i <= entry->count && fields; i++) {
        if (i < entry->count && (entry->tokens[i].kind != KDB_TOKEN_BREAK || entry->tokens[i].soft))
            continue;
        if (i > from) {
            any = true;
            fields = is_fields(reader, entry, from, i);
        }
        from = i + 1;
    }
    if (fields)
        return any ? KDB_PART_FIELDS : KDB_PART_NONE;
    unsigned bid;
    *bids = kdb_ask_shapes(reader, entry);
    kdb_choose_shape(bids, SIZE_MAX, &bid);
    return bid >= SURE_ENTRY ? KDB_PART_ENTRY : KDB_PART_NONE;
}

/* Of a list: the first item that has a title of its own decides. */
static kdb_part part_of_list(kdb_reader *reader, const kdb_block *list) {
    kdb_part part = list->first ? KDB_PART_FIELDS : KDB_PART_NONE;
    for (const kdb_block *item = list->first; item && part != KDB_PART_ENTRY; item = item->next) {
        kdb_part one = kdb_part_of(reader, item, NULL);
        part = one == KDB_PART_FIELDS ? part : one;
    }
    return part;
}

kdb_part kdb_part_of(kdb_reader *reader, const kdb_block *block, unsigned *sure) {
    if (sure)
        *sure = 0;
    if (block->kind == KDB_BLOCK_CODE)
        return kdb_find_char(kdb_slice(block->literal, 0, 40), '@', 0) != SIZE_MAX ? KDB_PART_FIELDS
                                                                                   : KDB_PART_NONE;
    if (block->kind == KDB_BLOCK_LIST)
        return part_of_list(reader, block);
    if (block->kind != KDB_BLOCK_PARAGRAPH && block->kind != KDB_BLOCK_ITEM &&
        block->kind != KDB_BLOCK_QUOTE)
        return KDB_PART_NONE;
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, block);
    kdb_entry_tidy(reader, &entry);
    kdb_bids bids;
    kdb_part part = kdb_part_of_entry(reader, &entry, &bids);
    if (sure)
        kdb_choose_shape(&bids, SIZE_MAX, sure);
    return part;
}
