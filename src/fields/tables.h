/* What the program knows about words: the tables of data/ that the field readers look things up in.
 * A key is compared without case and punctuation: "Proc. ACM" is found as "proc acm". */
#ifndef KDB_TABLES_H
#define KDB_TABLES_H

#include <stdint.h>

#include "base/arena.h"
#include "kdbib/kdbib.h"

/* Keys to values, open addressing; filled once, most of them when kdbib is built. */
typedef struct kdb_word_index_slot {
    uint32_t at, size; /* of the key in the index's text; size 0: free */
    uint32_t hash;
    uint32_t value;
} kdb_word_index_slot;

#define KDB_BEGINNINGS 4096
#define KDB_OUTLINES 32768

typedef struct kdb_word_index {
    const kdb_word_index_slot *slots;
    const char *text;   /* all keys, as kdb_word_key() makes them */
    size_t mask, count; /* mask: slots - 1, a power of two less one */
    size_t text_size, text_capacity;
    /* A bit for how each key begins, and one for how it begins and ends: most texts do like none.
     */
    uint64_t begins[KDB_BEGINNINGS / 64];
    uint64_t outlines[KDB_OUTLINES / 64];
} kdb_word_index;

#define KDB_NOT_FOUND UINT32_MAX
#define KDB_KEY_SIZE 160 /* longer texts are in no table */

/* The value of `text`, folded, or KDB_NOT_FOUND. */
uint32_t kdb_word_index_find(const kdb_word_index *index, kdbib_str text);
/* The value of a text that is a key already. */
uint32_t kdb_word_index_find_key(const kdb_word_index *index, kdbib_str key);

/* False: no key begins as `text` does, with the same three characters. */
bool kdb_word_index_begins(const kdb_word_index *index, kdbib_str text);

/* False: no key begins as `front` does and ends as `end` does; so the two joined are none. */
bool kdb_word_index_spans(const kdb_word_index *index, kdbib_str front, kdbib_str end);

/* The number of the slot that holds `key`, or of the free one where it belongs. */
size_t kdb_word_index_place(const kdb_word_index *index, kdbib_str key, uint32_t hash);
/* The bit for the first three characters of the first word, and the one for them and the last three
 * of the last word; the same for a text and its key. */
unsigned kdb_index_beginning(kdbib_str text);
unsigned kdb_index_outline(kdbib_str text, unsigned beginning);

/* `text` as a key: ASCII in lower case, every run of other ASCII than letters and digits one blank
 * (`+` and `#` stay), none at the ends; other characters as they are. Empty when it is too long. */
kdbib_str kdb_word_key(kdbib_str text, char buffer[KDB_KEY_SIZE]);

/* The first word of the key of `text`, as `text` writes it. */
kdbib_str kdb_first_key_word(kdbib_str text);

typedef enum kdb_venue_kind {
    KDB_VENUE_UNKNOWN,
    KDB_VENUE_CONFERENCE,
    KDB_VENUE_WORKSHOP,
    KDB_VENUE_JOURNAL,
    KDB_VENUE_PREPRINT, /* a preprint server */
    KDB_VENUE_BOOK,     /* a publisher's or a series' name stands for a book */
} kdb_venue_kind;

/* A row of data/venues.csv. */
typedef struct kdb_known_venue {
    kdbib_str name;      /* the first of its abbreviations, or the full name: "CVPR" */
    kdbib_str full_name; /* "IEEE/CVF Conference on …"; empty when the name is all */
    kdbib_str publisher; /* may be empty */
    kdb_venue_kind kind;
} kdb_known_venue;

/* A row of data/link-labels.csv or data/link-hosts.csv. */
typedef struct kdb_link_word {
    uint8_t role;  /* kdbib_role; KDBIB_ROLE_COUNT: says nothing about the role */
    bool generic;  /* "link", "here": the host knows better */
    bool preprint; /* a preprint server */
    bool search;   /* a page of search results, never the work */
} kdb_link_word;

struct kdb_word_memo;
struct kdb_text_memo;

typedef struct kdb_fields {
    struct kdb_word_memo *memo;  /* of the thread that uses this copy of the tables; see word.h;
                                    NULL: none */
    struct kdb_text_memo *texts; /* likewise, see text_memo.h */
    const kdb_known_venue *venues;
    kdb_word_index venue_index;
    const kdb_link_word *labels;
    kdb_word_index label_index;
    const kdb_link_word *hosts;
    kdb_word_index host_index;
    kdb_word_index name_words;   /* data/name-words.csv; value: kdb_name_word */
    kdb_word_index title_words;  /* data/title-words.csv; value: kdb_title_word */
    kdb_word_index remark_ends;  /* the first and last words of its remarks; KDB_REMARK_… */
    kdb_word_index words;        /* those three in one, and KDB_…_BEGINS; see word.c */
    kdb_word_index months;       /* data/months.csv; value: 1 to 12 */
    kdb_word_index field_labels; /* data/field-labels.csv; value: kdb_field_label */
} kdb_fields;

/* What a word in an author list may be; bits. */
typedef enum kdb_name_word {
    KDB_WORD_PARTICLE = 1,   /* "van", "de la": part of the family name, before it */
    KDB_WORD_SUFFIX = 2,     /* "Jr.", "III" */
    KDB_WORD_BODY = 4,       /* "team", "university": whoever has it is no person */
    KDB_WORD_OTHERS = 8,     /* "others": and others */
    KDB_WORD_SURNAME = 16,   /* a common family name of one syllable, for CJK names and order */
    KDB_WORD_HONORIFIC = 32, /* "Dr.", "Prof.": dropped */
    KDB_WORD_COMPANY = 64,   /* "Google": a body when nothing else stands there */
    KDB_WORD_PREFIX = 128,   /* a particle that is one with a capital, too: "Van" */
    KDB_WORD_JOINER = 256,   /* "y": joins two family names */
    KDB_WORD_APART = 512,    /* "and", "presented": beside names, never in one */
} kdb_name_word;

/* What a word says about the text it stands in. */
typedef enum kdb_title_word {
    KDB_WORD_FUNCTION = 1,   /* "for", "with", "using": in titles and sentences, never in names */
    KDB_WORD_TOPIC = 2,      /* "learning", "network": in titles, hardly in names */
    KDB_WORD_REMARK = 4,     /* "oral", "spotlight": a remark behind a venue */
    KDB_WORD_VENUE = 8,      /* "journal", "symposium": in names of venues */
    KDB_WORD_PUBLISHER = 16, /* "Springer": behind a venue, with or without a place */
    KDB_WORD_LIST = 32,      /* "awesome": begins the name of another list */
    KDB_WORD_SPAN = 64,      /* "before": a heading with a year is about the years on one side */
} kdb_title_word;

/* What a word is the first or last of: bits. */
enum { KDB_REMARK_BEGINS = 1, KDB_REMARK_ENDS = 2, KDB_LABEL_BEGINS = 4, KDB_VENUE_BEGINS = 8 };

/* A value of `words`: kdb_name_word bits, and above them kdb_title_word bits and places. */
enum { KDB_TITLE_KINDS_SHIFT = 16, KDB_PLACES_SHIFT = 24 };

/* A column's header or a field's name ("Title", "会议", "📅 Date"): what it announces. */
typedef enum kdb_field_label {
    KDB_FIELD_LABEL_NONE,
    KDB_FIELD_LABEL_TITLE,
    KDB_FIELD_LABEL_AUTHORS,
    KDB_FIELD_LABEL_TITLE_AUTHORS, /* both in one cell */
    KDB_FIELD_LABEL_VENUE,
    KDB_FIELD_LABEL_DATE,
    KDB_FIELD_LABEL_LINK, /* see the role */
    KDB_FIELD_LABEL_NAME, /* of a method or model: a nickname */
    KDB_FIELD_LABEL_TEXT, /* abstract, key words, notes, tasks: nothing for a record */
    KDB_FIELD_LABEL_CITATION,
    KDB_FIELD_LABEL_AFFILIATION,
    KDB_FIELD_LABEL_NUMBER,
} kdb_field_label;

/* The tables, as they were filled when kdbib was built. */
const kdb_fields *kdb_word_tables(void);

#endif
