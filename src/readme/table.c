/* Recogniser of tables: a row is a paper, its columns are told by their headers and by what their
 * cells hold. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

#define MOST_COLUMNS 64

typedef struct column {
    kdb_field_label label;
    kdbib_role role; /* of a LINK column */
    unsigned links, labels, titles, bare, filled;
    unsigned venues;
} column;

typedef struct columns {
    column at[MOST_COLUMNS];
    size_t count, title;
} columns;

static bool is_empty(kdbib_str text) {
    static const char *const words[] = {"",     "none", "n/a", "na",  "nan",
                                        "null", "x",    "no",  "tbd", "tba"};
    text = kdb_strip(text);
    if (text.size > 4) /* longer than each of them */
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_equal_nocase(text, kdbib_str_of(words[i])))
            return true;
    return kdb_starts_with(text, KDBIB_STR("\xE2\x80\x93")) ||
                   kdb_starts_with(text, KDBIB_STR("\xE2\x80\x94"))
               ? text.size <= 3
               : false;
}

/* "59.2% (ensemble: 62.4%)": a result. */
static bool is_number(kdbib_str text) {
    size_t i = 0;
    while (i < text.size && (kdb_is_digit(text.data[i]) || kdb_is_one_of(text.data[i], ".,+-")))
        i++;
    return i && (i == text.size || kdb_is_one_of(text.data[i], "%( "));
}

static void look_at_header(kdb_reader *reader, columns *c, const kdb_block *row) {
    for (const kdb_block *cell = row->first; cell && c->count < MOST_COLUMNS; cell = cell->next) {
        column *col = &c->at[c->count++];
        kdbib_str text = kdb_strip(kdb_without_emoji(reader->arena, kdb_block_text(reader, cell)));
        col->role = KDBIB_ROLE_COUNT;
        col->label = kdb_field_label_of(reader->fields, text, &col->role);
    }
}

/* What the cells of the first rows hold. */
static void look_at_cells(kdb_reader *reader, columns *c, const kdb_block *row) {
    for (unsigned rows = 0; row && rows < 12; row = row->next, rows++) {
        size_t i = 0;
        for (const kdb_block *cell = row->first; cell && i < c->count; cell = cell->next, i++) {
            column *col = &c->at[i];
            kdbib_str words = kdb_block_text(reader, cell);
            if (is_empty(words))
                continue;
            col->filled++;
            bool link = false, label = false, bare = false;
            for (size_t k = 0; k < cell->inline_count; k++) {
                const kdb_inline *run = &cell->inlines[k];
                if (run->kind != KDB_INLINE_TEXT || !run->link)
                    continue;
                link = true;
                bare = bare || run->link->bare;
                label = label || kdb_says_label(reader, run->text);
            }
            col->links += link;
            col->bare += bare;
            col->labels += label;
            col->titles += !bare && !is_number(words) && kdb_score_title(reader, words) >= 50;
            kdb_venue venue;
            col->venues += words.size < 80 && kdb_score_venue(reader, words, &venue) >= 90;
        }
    }
}

/* The column of titles: by its header, else by its cells. A column called "Paper" is that of titles
 * unless its cells are links with labels. */
static void find_title_column(columns *c) {
    c->title = SIZE_MAX;
    size_t named = SIZE_MAX;
    unsigned best = 0;
    for (size_t i = 0; i < c->count; i++) {
        column *col = &c->at[i];
        if ((col->label == KDB_FIELD_LABEL_TITLE || col->label == KDB_FIELD_LABEL_TITLE_AUTHORS ||
             col->label == KDB_FIELD_LABEL_CITATION) &&
            named == SIZE_MAX && (col->titles * 2 >= col->filled || col->labels * 2 < col->filled))
            named = i;
        bool other = col->label == KDB_FIELD_LABEL_AUTHORS || col->label == KDB_FIELD_LABEL_DATE ||
                     col->label == KDB_FIELD_LABEL_TEXT ||
                     col->label == KDB_FIELD_LABEL_AFFILIATION;
        if (!other && col->titles > best && col->titles * 2 > col->filled) {
            best = col->titles;
            c->title = i;
        }
    }
    if (named != SIZE_MAX && (c->at[named].titles > 0 || c->title == SIZE_MAX))
        c->title = named;
    else if (c->title == SIZE_MAX)
        for (size_t i = 0; i < c->count; i++)
            if (c->at[i].label == KDB_FIELD_LABEL_LINK && c->at[i].role == KDBIB_LINK_PAPER &&
                c->at[i].labels * 2 < c->at[i].filled)
                c->title = i;
}

static unsigned bid(kdb_reader *reader, kdb_block *block) {
    (void)reader;
    return block->kind == KDB_BLOCK_TABLE ? 90 : 0;
}

static void read_other_cell(kdb_reader *reader, kdb_draft *draft, const column *col,
                            const kdb_block *cell) {
    kdb_entry entry = {0};
    kdb_entry_add(reader, &entry, cell);
    kdb_entry_tidy(reader, &entry);
    kdbib_str words = kdb_strip(kdb_block_text(reader, cell));
    bool links = false;
    for (size_t i = 0; i < entry.count; i++) {
        kdb_token *token = &entry.tokens[i];
        if (token->kind == KDB_TOKEN_IMAGE) {
            kdb_venue venue = {0};
            unsigned score =
                kdb_venue_from_badge(reader->arena, reader->fields, token->url, &venue);
            if (score)
                kdb_draft_add_venue(draft, &venue, score);
        }
        if (token->kind != KDB_TOKEN_LINK || col->label == KDB_FIELD_LABEL_AUTHORS ||
            col->label == KDB_FIELD_LABEL_TEXT || col->label == KDB_FIELD_LABEL_AFFILIATION)
            continue;
        kdbib_role role = KDBIB_ROLE_COUNT;
        if (col->label == KDB_FIELD_LABEL_LINK && col->role != KDBIB_ROLE_COUNT) {
            kdb_label said;
            kdb_label_parse(reader->arena, reader->fields, token->text, &said);
            bool vague =
                token->bare || !said.is_label || said.generic || said.role == KDBIB_ROLE_COUNT;
            if (vague)
                role = col->role;
        } else if (col->label == KDB_FIELD_LABEL_VENUE) {
            role = KDBIB_LINK_PAPER;
        }
        size_t count = draft->link_count;
        kdb_draft_add_link(reader, draft, token, role, false);
        if (draft->link_count > count && col->label == KDB_FIELD_LABEL_VENUE)
            draft->links[count].weak = true;
        links = true;
    }
    if (is_empty(words))
        return;
    if (col->label == KDB_FIELD_LABEL_AUTHORS || col->label == KDB_FIELD_LABEL_VENUE ||
        col->label == KDB_FIELD_LABEL_DATE)
        kdb_draft_read_field(reader, draft, col->label, words);
    else if ((col->label == KDB_FIELD_LABEL_NONE && !links && col->venues * 2 > col->filled) ||
             col->label == KDB_FIELD_LABEL_TITLE) {
        kdb_venue venue = {0};
        unsigned score = words.size < 80 ? kdb_score_venue(reader, words, &venue) : 0;
        if (score >= (col->label == KDB_FIELD_LABEL_TITLE ? 60 : 90))
            kdb_draft_add_venue(draft, &venue, score);
    }
}

/* The title cell and the other cells become a record; `links`: those of the other cells, too. */
static void read_paper(kdb_reader *reader, const columns *c, kdb_block *row, kdb_entry *entry,
                       bool links) {
    kdb_draft draft = {.line = row->line, .table = c->at[c->title].label != KDB_FIELD_LABEL_NONE};
    unsigned sure;
    kdb_bids bids = kdb_ask_shapes(reader, entry);
    size_t shape = kdb_choose_shape(&bids, SIZE_MAX, &sure);
    if (shape == SIZE_MAX)
        return;
    kdb_shape_at(shape)->read(reader, entry, &draft);
    size_t i = 0;
    for (kdb_block *cell = row->first; cell && i < c->count; cell = cell->next, i++) {
        size_t count = draft.link_count;
        if (i != c->title)
            read_other_cell(reader, &draft, &c->at[i], cell);
        if (!links)
            draft.link_count = count;
    }
    kdb_draft_read_rest(reader, &draft, entry);
    kdb_draft_finish(reader, &draft);
}

static void read_row(kdb_reader *reader, const columns *c, kdb_block *row) {
    kdb_entry entry = {0};
    size_t i = 0;
    for (kdb_block *cell = row->first; cell && i < c->count; cell = cell->next, i++)
        if (i == c->title)
            kdb_entry_add(reader, &entry, cell);
    kdb_entry_tidy(reader, &entry);
    size_t next;
    for (bool first = true; entry.count && !reader->failed; first = false) {
        entry.line = row->line;
        kdb_entry rest = {0};
        if ((next = kdb_entry_next_paper(reader, &entry)) != SIZE_MAX)
            rest = kdb_entry_cut(reader, &entry, next);
        read_paper(reader, c, row, &entry, first);
        entry = rest;
    }
}

static kdb_block *read(kdb_reader *reader, kdb_block *table) {
    columns c = {0};
    kdb_block *row = table->first;
    if (row && row->header) {
        look_at_header(reader, &c, row);
        row = row->next;
    } else if (row) {
        for (const kdb_block *cell = row->first; cell && c.count < MOST_COLUMNS; cell = cell->next)
            c.at[c.count++].role = KDBIB_ROLE_COUNT;
    }
    look_at_cells(reader, &c, row);
    find_title_column(&c);
    if (c.title == SIZE_MAX)
        return table->next;
    for (; row && !reader->failed; row = row->next)
        read_row(reader, &c, row);
    return table->next;
}

const kdb_recogniser kdb_recognise_table = {"table", bid, read};
