/* The reader of one list: what its parts share. Blocks come in piece by piece; recognisers bid for
 * them, the surest one reads. */
#ifndef KDB_READER_H
#define KDB_READER_H

#include "base/arena.h"
#include "fields/citation.h"
#include "fields/labels.h"
#include "fields/names.h"
#include "fields/span.h"
#include "fields/venue.h"
#include "kdbib/kdbib.h"
#include "markdown/document.h"
#include "readme/step.h"

/* Bits of a byte: some citing words have it as their first, as their second. */
enum { KDB_CITING_FIRST = 1, KDB_CITING_SECOND = 2 };

/* Words about sections: data/section-words.csv and data/citing-words.csv. */
typedef struct kdb_section_words {
    kdb_arena arena;
    kdb_word_index about; /* value: kdb_section_about */
    const kdbib_str *citing;
    size_t citing_count;
    unsigned char citing_bytes[256]; /* KDB_CITING_FIRST, KDB_CITING_SECOND; in any case */
} kdb_section_words;

/* Reads one piece into steps, and knows nothing of the pieces before it. */
typedef struct kdb_reader {
    kdbib *context; /* where findings go: they become steps, too */
    const kdb_fields *fields;
    const kdb_section_words *words;
    const char *file;
    kdb_arena *arena; /* of this piece */
    kdb_step_list steps;
    /* The sections opened in this piece; those of the pieces before it go on below them. */
    kdb_heading *sections[KDB_DEEPEST_SECTION];
    size_t section_count;
    unsigned lowest_level;     /* of the headings that closed sections of the pieces before */
    kdb_levels nothing, asked; /* see kdb_section_is_nothing() */
    size_t starts; /* lines that begin an entry, of the paragraph that was last bid for */
    bool failed;   /* memory is out */
} kdb_reader;

/* ---- entries ---- */

typedef enum kdb_token_kind {
    KDB_TOKEN_TEXT,
    KDB_TOKEN_LINK,  /* text: its label; url */
    KDB_TOKEN_IMAGE, /* text: alternative text; url: of the picture */
    KDB_TOKEN_BREAK, /* hard break, or the next part of the entry (`part`) */
    KDB_TOKEN_CODE,  /* a code block: BibTeX perhaps */
} kdb_token_kind;

/* What was asked of a link, see kdb_link_says_label() and those behind it. */
typedef struct kdb_link_answers {
    bool seen, has_label, has_title, has_names, has_host;
    bool label, bare, has_labelled, labelled;
    uint8_t title, names; /* scores */
    uint16_t colon;       /* see kdb_plain_title */
    kdb_link_word host;
} kdb_link_answers;

/* Who wrote the paper and when, as the text of a link says it; see shape_citing_link.c. */
typedef struct kdb_citing {
    kdbib_str authors, year;
} kdb_citing;

typedef struct kdb_token {
    kdb_token_kind kind;
    unsigned style;
    uint32_t line;
    kdbib_str text, url;
    bool bare;    /* a link whose text is its URL */
    bool part;    /* a break between parts: paragraphs, child bullets */
    bool soft;    /* a break that is only the end of a source line */
    bool used;    /* read: nothing is left to do with it */
    bool boxed;   /* a link in brackets: `[[pdf](…)]` */
    bool picture; /* a link around an image */
    bool mended;  /* a link that was none to Markdown */
    kdb_link_answers asked;
    const kdb_citing *citing; /* what the link says in place of a label, or NULL */
} kdb_token;

/* The text of an entry, flat. */
typedef struct kdb_entry {
    kdb_token *tokens;
    size_t count, capacity;
    uint32_t line;
    size_t lead; /* tokens of the first leaf: where a title is looked for */
} kdb_entry;

/* Adds a leaf (or everything below `block`) to `entry`, as a part of its own. */
void kdb_entry_add(kdb_reader *reader, kdb_entry *entry, const kdb_block *block);
/* The same without the block's nested lists. */
void kdb_entry_add_lead(kdb_reader *reader, kdb_entry *entry, const kdb_block *item);
/* Takes the brackets off links, joins labels with the URLs behind them: once, when all is added. */
void kdb_entry_tidy(kdb_reader *reader, kdb_entry *entry);
/* Marks tokens[at], a link, when its text says who wrote the paper and when: "Lee, Moss (2019)". */
void kdb_find_citing_link(kdb_reader *reader, kdb_entry *entry, size_t at);
/* Cuts tokens[index], a text, so that [from, to) of it is a token of its own; returns its index. */
size_t kdb_entry_split(kdb_reader *reader, kdb_entry *entry, size_t index, size_t from, size_t to);
/* tokens[from, to) as spans, links and texts only; `*count` of them. */
kdb_span *kdb_entry_spans(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t to,
                          size_t *count);

/* tokens[at] is in italics and begins with names, behind upright words that no stop ends: "A Title
 * *Ann Lee et al. ICML*". */
bool kdb_entry_names_in_italics(kdb_reader *reader, const kdb_entry *entry, size_t at);

/* Where the second paper of an entry begins whose titles are links; SIZE_MAX: it is one paper. */
size_t kdb_entry_next_paper(kdb_reader *reader, const kdb_entry *entry);
/* Leaves the first paper in `entry`, and returns the others. */
kdb_entry kdb_entry_cut(kdb_reader *reader, kdb_entry *entry, size_t at);

/* Items whose bullets stand a little farther to the right than the one before them, though not so
 * far that Markdown nests them: made its children when the whole list is so. */
void kdb_nest_by_indent(kdb_reader *reader, kdb_block *first);

/* ---- what an entry says: kdb_draft, see step.h ---- */

/* Adds a link in the role that its label and host tell, or in `role` unless that is ROLE_COUNT;
 * `title`: it is the title's own link. */
void kdb_draft_add_link(kdb_reader *reader, kdb_draft *draft, kdb_token *token, kdbib_role role,
                        bool title);
/* The better one of what is known and `venue` stays; what is missing is filled from the other. */
void kdb_draft_add_venue(kdb_draft *draft, const kdb_venue *venue, unsigned score);
void kdb_draft_set_title(kdb_reader *reader, kdb_draft *draft, kdbib_str typed);
/* The same of a title in which there is nothing to clean; it is not copied. */
void kdb_draft_set_bare_title(kdb_reader *reader, kdb_draft *draft, kdbib_str title);
/* The title out of spans that hold nothing else but tags, remarks, a venue around it. */
void kdb_draft_title_from(kdb_reader *reader, kdb_draft *draft, const kdb_span *spans,
                          size_t count);
/* Everything but the title: links, authors, venue, date out of the tokens not yet used. */
void kdb_draft_read_rest(kdb_reader *reader, kdb_draft *draft, kdb_entry *entry);
/* A field whose label stood before it ("Authors: …"), or of a column; true: it was one. */
bool kdb_draft_read_field(kdb_reader *reader, kdb_draft *draft, kdb_field_label label,
                          kdbib_str text);
/* What such a link says, see kdb_find_citing_link(). */
void kdb_draft_read_citing_link(kdb_reader *reader, kdb_draft *draft, const kdb_citing *citing);
/* The draft becomes a step, or is dropped with a note. */
void kdb_draft_finish(kdb_reader *reader, kdb_draft *draft);

/* ---- sections ---- */

void kdb_section_open(kdb_reader *reader, unsigned level, kdbib_str title);
void kdb_section_close(kdb_reader *reader, unsigned level); /* this level and deeper */
/* Reads the tables of words. False: memory. */
bool kdb_section_words_read(kdb_section_words *words);
/* The words of a heading say what is listed below it: "Recent conference talks". */
bool kdb_heading_is_about(const kdb_reader *reader, kdbib_str title);
/* "If you find this list useful, please cite": what follows is no entry of the list. */
bool kdb_asks_to_cite(kdb_reader *reader, const kdb_block *block);
/* Nothing in the open sections is an entry. Where that is for a piece before to say, the answer is
 * what `reader->nothing` supposes, and the question is noted in `reader->asked`. */
bool kdb_section_is_nothing(kdb_reader *reader);

/* ---- parts of entries ---- */

#define KDB_MOST_SHAPES 8

/* What each shape bids for an entry. */
typedef struct kdb_bids {
    unsigned bid[KDB_MOST_SHAPES];
} kdb_bids;

/* What a block has to do with an entry before it. */
typedef enum kdb_part {
    KDB_PART_NONE,   /* nothing: prose, another entry */
    KDB_PART_FIELDS, /* links with labels, authors, venue, "Code: …": belongs to it */
    KDB_PART_ENTRY,  /* has a title of its own */
} kdb_part;

/* Looks at the block, all of it. `*sure` (may be NULL): the bid of its best shape, 0 for a list. */
kdb_part kdb_part_of(kdb_reader *reader, const kdb_block *block, unsigned *sure);
/* The same for the tokens of an entry that is tidy; `*bids` are all zero for FIELDS. */
kdb_part kdb_part_of_entry(kdb_reader *reader, const kdb_entry *entry, kdb_bids *bids);

/* A label in front of a line: "Authors: …", "📅 Date: …". Its size with the colon, or 0. */
size_t kdb_field_label_before(kdb_reader *reader, kdbib_str line, kdb_field_label *label);

/* Reads the entries of BibTeX in `code` into the draft (only the first one); false: there is none.
 */
bool kdb_draft_read_bibtex(kdb_reader *reader, kdb_draft *draft, kdbib_str code);
/* Reads every entry of BibTeX in `code` as a record of its own. */
void kdb_read_bibtex(kdb_reader *reader, kdbib_str code, uint32_t line);

/* ---- texts ---- */

/* The text of inlines, without pictures; breaks are blanks. */
kdbib_str kdb_block_text(kdb_reader *reader, const kdb_block *block);
/* "(2019)", "(2019b)" at the end of `text`: where it begins, or SIZE_MAX. `*year`: the digits, a
 * part of `text`; empty when there are none. */
size_t kdb_year_at_end(kdbib_str text, kdbib_str *year);
/* Without emoji, shortcodes, and blanks at the ends. */
kdbib_str kdb_without_emoji(kdb_arena *arena, kdbib_str text);
/* Without blanks and marks such as `-|,;:•` at the ends. */
kdbib_str kdb_strip(kdbib_str text);
/* The URL without debris, a part of it or a copy, or absent when it is none that may go into a
 * record. */
kdbib_str kdb_clean_url(kdb_arena *arena, kdbib_str url);

/* kdb_is_label(), kdb_title_score(), kdb_names_score_likely(), kdb_venue_parse(). */
bool kdb_says_label(kdb_reader *reader, kdbib_str text);
unsigned kdb_score_title(kdb_reader *reader, kdbib_str text);
/* 0 for much that scores less than 50. */
unsigned kdb_score_names(kdb_reader *reader, kdbib_str text);
/* 0, and no venue, for most texts that score less than 60. */
unsigned kdb_score_venue(kdb_reader *reader, kdbib_str text, kdb_venue *venue);
/* For who was told that the text is a venue: whatever it scores, its parts count. */
unsigned kdb_read_venue(kdb_reader *reader, kdbib_str text, kdb_venue *venue);
/* kdb_citation_parse(); `text` is that of the spans. */
bool kdb_read_citation(kdb_reader *reader, kdbib_str text, const kdb_span *spans, size_t count,
                       kdb_citation *citation);

/* ---- links ---- */

/* The same of the text of a link, and where it leads to; each is found out once. Only for entries
 * that are tidy: text and address of their links stay. */
bool kdb_link_says_label(kdb_reader *reader, kdb_token *link);
unsigned kdb_link_score_title(kdb_reader *reader, kdb_token *link);
unsigned kdb_link_score_names(kdb_reader *reader, kdb_token *link);
kdb_link_word kdb_link_leads_to(kdb_reader *reader, kdb_token *link);
/* Its text is a title that has nothing around it, see kdb_plain_title. */
bool kdb_link_is_bare_title(kdb_reader *reader, kdb_token *link);
/* Its text says what it leads to: it is a label, but no venue's name on a link to code, which is
 * that of the software ("[ANTs](…)"). */
bool kdb_link_is_labelled(kdb_reader *reader, kdb_token *link);

/* ---- recognisers ---- */

/* Reads blocks of one kind. `bid`: how sure it is, 0 to 100, that `block` (and those behind it)
 * begins what it reads. `read`, asked behind it of the same block, reads and returns the first
 * sibling that it did not read, or NULL. */
typedef struct kdb_recogniser {
    const char *name;
    unsigned (*bid)(kdb_reader *reader, kdb_block *block);
    kdb_block *(*read)(kdb_reader *reader, kdb_block *block);
} kdb_recogniser;

/* Finds the title in the text of an entry. `bid`: how sure, 0 to 100. `read` sets the title, marks
 * its tokens as used and takes what stands before it; the rest is read by kdb_draft_read_rest(). */
typedef struct kdb_shape {
    const char *name;
    unsigned (*bid)(kdb_reader *reader, const kdb_entry *entry);
    void (*read)(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft);
} kdb_shape;

/* registry.c; NULL past the last one. */
const kdb_recogniser *kdb_recogniser_at(size_t index);
const kdb_shape *kdb_shape_at(size_t index);

kdb_bids kdb_ask_shapes(kdb_reader *reader, const kdb_entry *entry);
/* The surest shape (an index; SIZE_MAX: none bids) and its bid. `usual` (SIZE_MAX: none) is the
 * shape of the entries around it and wins when it is nearly as sure. */
size_t kdb_choose_shape(const kdb_bids *bids, size_t usual, unsigned *bid);
/* Reads `entry` by that shape into a record. */
void kdb_read_entry(kdb_reader *reader, kdb_entry *entry, size_t shape, unsigned siblings);

/* Reads `entry` by its surest shape, if any. */
void kdb_read_surest(kdb_reader *reader, kdb_entry *entry, unsigned siblings);

/* Goes over blocks from `first` on and lets recognisers read them. */
void kdb_walk(kdb_reader *reader, kdb_block *first);

#endif
