/* Recogniser of lists: each item is an entry (its child bullets may be fields), a section whose
 * child bullets are entries, or neither. */
#include "base/diagnose.h"
#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"
#include "readme/reader.h"

typedef struct item_view {
    kdb_block *item, *list; /* list: its nested list, or NULL */
    kdb_entry lead;         /* without nested lists */
    kdb_bids bids;
    kdb_part part;
    unsigned child_entries, child_fields, child_anchors, children; /* of the nested lists */
    bool anchors; /* all links go to #places of the list itself */
    bool links;
    bool child_links; /* the nested lists have links or lists of their own */
} item_view;

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    (void)reader;
    return block->kind == KDB_BLOCK_LIST || block->kind == KDB_BLOCK_ITEM ? 50 : 0;
}

static void look_at_links(item_view *v) {
    bool all = true;
    for (size_t i = 0; i < v->lead.count; i++) {
        const kdb_token *token = &v->lead.tokens[i];
        if (token->kind != KDB_TOKEN_LINK)
            continue;
        v->links = true;
        all = all && token->url.size && token->url.data[0] == '#';
    }
    v->anchors = v->links && all;
}

/* The first link goes to a place of the list itself. */
static bool is_anchor(const kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++)
        if (entry->tokens[i].kind == KDB_TOKEN_LINK)
            return entry->tokens[i].url.size && entry->tokens[i].url.data[0] == '#';
    return false;
}

static void look_at_children(kdb_reader *reader, item_view *v) {
    for (kdb_block *child = v->item->first; child; child = child->next) {
        if (child->kind != KDB_BLOCK_LIST)
            continue;
        if (!v->list)
            v->list = child;
        for (kdb_block *item = child->first; item && v->children < 24; item = item->next) {
            kdb_entry entry = {0};
            kdb_entry_add_lead(reader, &entry, item);
            kdb_entry_tidy(reader, &entry);
            kdb_bids bids;
            kdb_part part = kdb_part_of_entry(reader, &entry, &bids);
            v->children++;
            for (size_t i = 0; i < entry.count; i++)
                v->child_links = v->child_links || entry.tokens[i].kind == KDB_TOKEN_LINK;
            for (const kdb_block *below = item->first; below; below = below->next)
                v->child_links = v->child_links || below->kind == KDB_BLOCK_LIST;
            v->child_anchors += is_anchor(&entry);
            v->child_fields += part == KDB_PART_FIELDS;
            v->child_entries += part == KDB_PART_ENTRY || item->last != item->first;
        }
    }
}

static item_view look_at(kdb_reader *reader, kdb_block *item) {
    item_view v = {.item = item};
    kdb_entry_add_lead(reader, &v.lead, item);
    kdb_entry_tidy(reader, &v.lead);
    v.lead.line = item->line;
    look_at_links(&v);
    look_at_children(reader, &v);
    v.part = kdb_part_of_entry(reader, &v.lead, &v.bids);
    return v;
}

/* The lead says nothing that a heading would not say: no link but to a place of the list. */
static bool is_heading_like(kdb_reader *reader, const item_view *v) {
    size_t words = 0;
    for (size_t i = 0; i < v->lead.count; i++) {
        const kdb_token *token = &v->lead.tokens[i];
        if (token->kind == KDB_TOKEN_LINK && !(token->url.size && token->url.data[0] == '#'))
            return false;
        words += token->text.size;
    }
    (void)reader;
    return words > 0 && words < 200;
}

/* The lead is no more than a name, perhaps with links, and its only child is a whole citation; or a
 * title that the child repeats behind the authors. */
static bool is_nickname(kdb_reader *reader, const item_view *v) {
    size_t words = 0;
    for (size_t i = 0; i < v->lead.count; i++)
        if (v->lead.tokens[i].kind == KDB_TOKEN_TEXT)
            words += kdb_trim(v->lead.tokens[i].text).size;
        else if (v->lead.tokens[i].kind == KDB_TOKEN_LINK &&
                 !kdb_link_says_label(reader, &v->lead.tokens[i]))
            return false;
    if (words == 0 || words > 200 || v->children != 1)
        return false;
    kdb_entry child = {0};
    kdb_entry_add_lead(reader, &child, v->list->first);
    kdb_entry_tidy(reader, &child);
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, &child, 0, child.count, &count);
    kdbib_str text = kdb_spans_text(reader->arena, spans, count);
    kdb_field_label label;
    kdb_citation citation;
    if (text.size < 30 || kdb_field_label_before(reader, text, &label) ||
        !kdb_citation_parse(reader->arena, reader->fields, spans, count, &citation))
        return false;
    if (citation.title.size <= 16 || kdb_score_title(reader, citation.title) < 50)
        return false;
    if (v->links && words <= 24 && citation.title.size > words && citation.score >= 35)
        return true;
    bool told = citation.venue.known || citation.venue.date.year;
    return citation.score >= 60 && citation.authors.count && told && citation.title_from > 0;
}

static bool read_children_as_section(kdb_reader *reader, const item_view *v) {
    kdb_block text = {0};
    for (kdb_block *child = v->item->first; child; child = child->next)
        if (child->inline_count) {
            text = *child;
            break;
        }
    unsigned depth = 0;
    for (const kdb_block *up = v->item->parent; up; up = up->parent)
        depth += up->kind == KDB_BLOCK_ITEM;
    kdb_section_open(reader, 7 + depth, kdb_strip(kdb_block_text(reader, &text)));
    for (kdb_block *child = v->item->first; child; child = child->next)
        if (child->kind == KDB_BLOCK_LIST) {
            kdb_block *next = child->next;
            child->next = NULL;
            kdb_walk(reader, child);
            child->next = next;
        }
    kdb_section_close(reader, 7 + depth);
    return true;
}

static bool leads_to_paper(kdb_reader *reader, kdb_token *link) {
    kdbib_role role = kdb_link_role(reader->arena, reader->fields, link->text,
                                    kdb_link_leads_to(reader, link), NULL);
    return role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF;
}

/* The parent is a nickname or an affiliation with links, the child is the paper. */
static void read_parent_and_child(kdb_reader *reader, item_view *v) {
    size_t number = 0, links = 0, papers = 0;
    for (size_t i = 0; i < v->lead.count; i++)
        if (v->lead.tokens[i].kind == KDB_TOKEN_LINK) {
            links++;
            papers += leads_to_paper(reader, &v->lead.tokens[i]);
        }
    bool one_each = (papers ? papers : links) == v->children;
    for (kdb_block *child = v->list->first; child; child = child->next, number++) {
        kdb_entry entry = {0};
        kdb_entry_add(reader, &entry, child);
        size_t lead = entry.lead, seen = 0;
        for (size_t i = 0; i < v->lead.count; i++) {
            kdb_token *token = &v->lead.tokens[i];
            if (token->kind != KDB_TOKEN_LINK)
                continue;
            bool own = v->children > 1 && (papers ? leads_to_paper(reader, token) : one_each);
            if (own && (!one_each || seen++ != number)) /* whose it is, nothing tells */
                continue;
            kdb_block *leaf = kdb_block_new(reader->arena, NULL, KDB_BLOCK_PARAGRAPH, token->line);
            if (!leaf)
                return;
            kdb_link *link = kdb_arena_array(reader->arena, 1, sizeof *link);
            kdb_inline *run = kdb_arena_array(reader->arena, 1, sizeof *run);
            if (!link || !run)
                return;
            link->url = token->url;
            *run = (kdb_inline){.text = token->text, .line = token->line, .link = link};
            leaf->inlines = run;
            leaf->inline_count = 1;
            kdb_entry_add(reader, &entry, leaf);
        }
        entry.lead = lead;
        kdb_entry_tidy(reader, &entry);
        entry.line = v->children > 1 ? child->line : v->item->line;
        kdb_read_surest(reader, &entry, 60);
    }
}

static void walk_children(kdb_reader *reader, const item_view *v) {
    for (kdb_block *child = v->item->first; child; child = child->next)
        if (child->kind == KDB_BLOCK_LIST || child->kind == KDB_BLOCK_TABLE) {
            kdb_block *next = child->next;
            child->next = NULL;
            kdb_walk(reader, child);
            child->next = next;
        }
}

/* An entry that leads to a paper, but whose title was not found. */
static void report_no_title(kdb_reader *reader, const kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++) {
        if (entry->tokens[i].kind != KDB_TOKEN_LINK ||
            !kdb_hosts_papers(kdb_link_leads_to(reader, &entry->tokens[i])))
            continue;
        kdbib_diagnostic finding = {KDBIB_SEVERITY_NOTE, "no-title", reader->file, entry->line,
                                    .about = entry->tokens[i].url};
        kdb_report_finding(reader->context, &finding, "an entry without a title, left out");
        return;
    }
}

/* "[ACL 2020] Title": no heading. */
static bool begins_with_venue(kdb_reader *reader, const kdb_entry *lead) {
    kdbib_str text = lead->count && lead->tokens[0].kind == KDB_TOKEN_TEXT
                         ? kdb_trim(lead->tokens[0].text)
                         : (kdbib_str){"", 0};
    size_t close = text.size && text.data[0] == '[' ? kdb_find_char(text, ']', 0) : SIZE_MAX;
    kdb_venue venue;
    return close < 48 && kdb_score_venue(reader, kdb_slice(text, 1, close), &venue) >= 75 &&
           venue.known && venue.date.year;
}

static void read_item(kdb_reader *reader, item_view *v, size_t usual, unsigned siblings) {
    if (v->anchors && v->children == 0)
        return;
    if (v->child_anchors * 2 > v->children && v->links && !v->anchors)
        v->children = v->child_anchors = 0; /* an entry, and what refers to it */
    if (v->child_anchors * 2 > v->children || (v->anchors && v->children)) {
        walk_children(reader, v); /* a table of contents */
        return;
    }
    if (v->part == KDB_PART_ENTRY && v->children && !v->anchors && !v->child_links) {
        if (v->child_fields == 0 && begins_with_venue(reader, &v->lead))
            v->children = 0; /* notes */
        else if (v->links && v->children > 1)
            v->child_entries = 0; /* what is told of the entry */
    }
    if (v->children) {
        bool mostly_entries = v->child_entries * 2 > v->children;
        if (!v->links && v->part != KDB_PART_ENTRY &&
            (v->child_entries >= 3 || (v->child_entries && !v->child_fields)))
            mostly_entries = true;
        if (is_heading_like(reader, v) && mostly_entries) {
            read_children_as_section(reader, v);
            return;
        }
        if (v->links && !v->anchors && v->part != KDB_PART_ENTRY && mostly_entries &&
            v->children <= 4) {
            read_parent_and_child(reader, v);
            return;
        }
        if (is_nickname(reader, v)) {
            read_parent_and_child(reader, v);
            return;
        }
        if (v->part == KDB_PART_NONE && mostly_entries) {
            walk_children(reader, v);
            return;
        }
    }
    kdb_entry entry = v->lead;
    bool fields = v->children && v->child_entries * 2 <= v->children;
    if (fields) {
        entry = (kdb_entry){0};
        kdb_entry_add(reader, &entry, v->item);
        kdb_entry_tidy(reader, &entry);
        entry.line = v->item->line;
    }
    unsigned sure;
    if (v->part == KDB_PART_FIELDS || fields)
        v->bids = kdb_ask_shapes(reader, &entry);
    size_t shape = kdb_choose_shape(&v->bids, usual, &sure);
    if (shape != SIZE_MAX && sure >= 30)
        kdb_read_entry(reader, &entry, shape, siblings);
    else
        report_no_title(reader, &entry);
    if (v->children && !fields)
        walk_children(reader, v);
}

/* `10. **Title**` and behind it, indented by too little to be of the item, a paragraph of its
 * authors and links, and the list goes on: the paragraph, or NULL. */
static kdb_block *paragraph_of_last(kdb_reader *reader, const item_view *last, kdb_block *behind) {
    return behind && behind->kind == KDB_BLOCK_PARAGRAPH && behind->next &&
                   behind->next->kind == KDB_BLOCK_LIST && !last->links && !last->children &&
                   last->part == KDB_PART_ENTRY &&
                   kdb_part_of(reader, behind, NULL) == KDB_PART_FIELDS
               ? behind
               : NULL;
}

static kdb_block *read(kdb_reader *reader, kdb_block *block) {
    kdb_nest_by_indent(reader, block->kind == KDB_BLOCK_ITEM ? block : block->first);
    kdb_block *first = block->kind == KDB_BLOCK_ITEM ? block : block->first;
    size_t count = 0, tally[KDB_MOST_SHAPES] = {0}, usual = SIZE_MAX, anchors = 0, entries = 0;
    for (kdb_block *item = first; item && item->kind == KDB_BLOCK_ITEM; item = item->next)
        count++;
    item_view *views = kdb_arena_array(reader->arena, count, sizeof *views);
    if (!views)
        return NULL;
    size_t i = 0;
    kdb_block *item = first;
    for (; item && item->kind == KDB_BLOCK_ITEM; item = item->next, i++) {
        views[i] = look_at(reader, item);
        anchors += views[i].anchors;
        unsigned sure;
        size_t shape = kdb_choose_shape(&views[i].bids, SIZE_MAX, &sure);
        if (shape != SIZE_MAX)
            tally[shape] += sure;
        entries += views[i].part == KDB_PART_ENTRY;
    }
    for (size_t k = 0; k < KDB_MOST_SHAPES; k++)
        if (tally[k] && (usual == SIZE_MAX || tally[k] > tally[usual]))
            usual = k;
    kdb_block *next = block->kind == KDB_BLOCK_ITEM ? item : block->next;
    if (kdb_section_is_nothing(reader) || anchors * 2 > count)
        return next; /* a table of contents */
    kdb_block *rest = paragraph_of_last(reader, &views[count - 1], item ? NULL : block->next);
    if (rest) {
        item_view *last = &views[count - 1];
        last->lead = (kdb_entry){.line = last->item->line};
        kdb_entry_add(reader, &last->lead, last->item);
        kdb_entry_add(reader, &last->lead, rest);
        kdb_entry_tidy(reader, &last->lead);
        last->part = kdb_part_of_entry(reader, &last->lead, &last->bids);
        next = rest->next;
    }
    for (i = 0; i < count && !reader->failed; i++)
        read_item(reader, &views[i], count > 2 ? usual : SIZE_MAX,
                  (unsigned)(count > 2 ? entries * 100 / count : 0));
    return next;
}

const kdb_recogniser kdb_recognise_list = {"list", bid, read};
