/* What kind of work a record is. */
#include "record/kind.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "fields/venue.h"
#include "library/context.h"
#include "record/bibliography.h"
#include "record/preprint.h"
#include "record/record.h"
#include "text/fold.h"

struct kdb_kinds {
    const kdb_fields *fields;
    kdb_preprint_table preprints;
    kdb_table words; /* data/venue-words.csv; its words are folded */
    kdbib_str *folded;
    size_t type_column, genre_column;
    kdb_arena arena;   /* tables */
    kdb_arena scratch; /* one record */
};

static bool read_tables(kdb_kinds *k) {
    k->fields = kdb_word_tables();
    if (!kdb_preprint_table_read(&k->arena, &k->preprints) ||
        !kdb_table_read(&k->arena, kdb_embedded(KDBIB_STR("venue-words.csv")), &k->words))
        return false;
    size_t column = kdb_table_column(&k->words, KDBIB_STR("words"));
    k->type_column = kdb_table_column(&k->words, KDBIB_STR("type"));
    k->genre_column = kdb_table_column(&k->words, KDBIB_STR("genre"));
    k->folded = kdb_arena_array(&k->arena, k->words.rows + 1, sizeof *k->folded);
    for (size_t i = 0; k->folded && i < k->words.rows; i++)
        k->folded[i] = kdb_fold(&k->arena, kdb_table_cell(&k->words, i, column));
    return !kdb_arena_failed(&k->arena);
}

/* ---- setting ---- */

static bool fill(kdbib_record *record, kdbib_field field, kdbib_str text) {
    return kdb_record_has(record, field) ||
           kdb_record_append_text(record, field, text, KDBIB_BASIS_LIST);
}

/* Follows from the URL alone: the lock and the services did not speak. */
static bool is_computed(const kdbib_record *record, kdbib_field field) {
    kdbib_basis basis = kdbib_record_basis(record, field);
    return basis == KDBIB_BASIS_COMPUTED || basis == KDBIB_BASIS_LITERAL;
}

/* The type may still be decided. */
static bool is_open(const kdbib_record *record) {
    kdbib_type type = kdbib_record_type(record);
    return type == KDBIB_TYPE_DOCUMENT ||
           (type == KDBIB_TYPE_ARTICLE &&
            (kdbib_record_basis(record, KDBIB_TYPE) == KDBIB_BASIS_LIST ||
             is_computed(record, KDBIB_TYPE)));
}

/* A preprint that appeared somewhere: what was computed for the preprint does not hold for the
 * paper, neither the date of its id nor its publisher. */
static bool leave_server(kdbib_record *record) {
    static const kdbib_field of_server[] = {KDBIB_GENRE, KDBIB_PUBLISHER, KDBIB_CONTAINER_TITLE,
                                            KDBIB_NUMBER, KDBIB_VERSION};
    for (size_t i = 0; i < sizeof of_server / sizeof *of_server; i++)
        if (is_computed(record, of_server[i]) &&
            !kdbib_record_set_text(record, of_server[i], KDBIB_STR(""), KDBIB_BASIS_NONE))
            return false;
    if (is_computed(record, KDBIB_ISSUED))
        kdbib_record_set_issued(record, (kdbib_date){0}, KDBIB_BASIS_NONE);
    return true;
}

/* The list says that the work appeared as `type` in `venue`. What the URL said before stays. */
static bool appear(kdbib_record *record, kdbib_type type, kdbib_str venue) {
    if (is_open(record)) {
        if (kdbib_record_type(record) == KDBIB_TYPE_ARTICLE && !leave_server(record))
            return false;
        kdbib_record_set_type(record, type, KDBIB_BASIS_LIST);
    }
    if (kdbib_record_type(record) != type)
        return true;
    if (type == KDBIB_TYPE_PAPER_CONFERENCE)
        return fill(record, KDBIB_EVENT_TITLE, venue);
    return type != KDBIB_TYPE_ARTICLE_JOURNAL || fill(record, KDBIB_CONTAINER_TITLE, venue);
}

static bool post(kdbib_record *record, kdbib_str server, kdbib_basis basis) {
    if (!is_open(record))
        return true;
    if (kdbib_record_type(record) == KDBIB_TYPE_DOCUMENT)
        kdbib_record_set_type(record, KDBIB_TYPE_ARTICLE, basis);
    /* two servers may share a prefix ("bioRxiv/medRxiv"): then the DOI does not tell which one */
    bool one = server.size && kdb_find_char(server, '/', 0) == SIZE_MAX;
    return !one || kdbib_record_text(record, KDBIB_ARCHIVE).size ||
           kdbib_record_set_text(record, KDBIB_ARCHIVE, server, basis);
}

/* ---- deciding ---- */

static bool from_known_venue(kdbib_record *record, const kdb_known_venue *known) {
    kdbib_str name = known->full_name.size ? known->full_name : known->name;
    switch (known->kind) {
    case KDB_VENUE_CONFERENCE:
    case KDB_VENUE_WORKSHOP:
        return appear(record, KDBIB_TYPE_PAPER_CONFERENCE, name);
    case KDB_VENUE_JOURNAL:
        return appear(record, KDBIB_TYPE_ARTICLE_JOURNAL, name);
    case KDB_VENUE_PREPRINT:
        return post(record, known->name, KDBIB_BASIS_LIST);
    case KDB_VENUE_BOOK:
    case KDB_VENUE_UNKNOWN:
        break;
    }
    return true;
}

/* Does `text` hold `words` from word to word? Without blanks (Chinese, Japanese) anywhere. */
static bool holds(kdbib_str text, kdbib_str words) {
    bool ascii = words.size && (unsigned char)words.data[words.size - 1] < 0x80;
    for (size_t at = 0; (at = kdb_find(text, words, at)) != SIZE_MAX; at++) {
        size_t end = at + words.size;
        if (!ascii ||
            ((at == 0 || text.data[at - 1] == ' ') && (end == text.size || text.data[end] == ' ')))
            return true;
    }
    return false;
}

/* A venue that no table knows may say by a word what it is; of several words the longest counts. */
static bool from_words(kdb_kinds *k, kdbib_record *record, kdbib_str venue) {
    kdbib_str text = kdb_fold(&k->scratch, venue);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < k->words.rows; i++)
        if (k->folded[i].size && holds(text, k->folded[i]) &&
            (best == SIZE_MAX || k->folded[i].size > k->folded[best].size))
            best = i;
    kdbib_type type;
    if (best == SIZE_MAX ||
        !kdbib_type_from_name(kdb_table_cell(&k->words, best, k->type_column), &type))
        return true;
    if (type == KDBIB_TYPE_ARTICLE)
        return post(record, KDBIB_STR(""), KDBIB_BASIS_LIST);
    if (!appear(record, type, venue))
        return false;
    kdbib_str genre = kdb_table_cell(&k->words, best, k->genre_column);
    return kdbib_record_type(record) != type || fill(record, KDBIB_GENRE, genre);
}

static bool decide(kdb_kinds *k, kdbib_record *record) {
    kdbib_str venue = kdbib_record_text(record, KDBIB_VENUE);
    const kdb_known_venue *known = venue.size ? kdb_venue_find(k->fields, venue) : NULL;
    if (known && !from_known_venue(record, known))
        return false;
    if (venue.size && !known && !from_words(k, record, venue))
        return false;
    if (kdbib_record_type(record) != KDBIB_TYPE_DOCUMENT)
        return true;
    /* a venue that nothing is known of may well be where the preprint appeared */
    if (venue.size)
        return true;
    kdbib_str server = kdb_preprint_archive(&k->preprints, kdbib_record_text(record, KDBIB_DOI));
    if (server.size)
        return post(record, server, KDBIB_BASIS_COMPUTED);
    bool arxiv =
        kdbib_record_text(record, KDBIB_ARXIV).size && !kdbib_record_text(record, KDBIB_DOI).size;
    return !arxiv || post(record, KDBIB_STR("arXiv"), KDBIB_BASIS_COMPUTED);
}

bool kdb_decide_kind(kdb_kinds *kinds, kdbib_record *record) {
    kdb_arena_reset(&kinds->scratch);
    return record->complete || (decide(kinds, record) && !kdb_arena_failed(&kinds->scratch));
}

kdb_kinds *kdb_kinds_of(kdbib *context) {
    if (context->kinds)
        return context->kinds;
    kdb_kinds *kinds = calloc(1, sizeof *kinds);
    if (kinds && !read_tables(kinds)) {
        kdb_kinds_free(kinds);
        kinds = NULL;
    }
    return context->kinds = kinds;
}

void kdb_kinds_free(kdb_kinds *kinds) {
    if (!kinds)
        return;
    kdb_arena_free(&kinds->arena);
    kdb_arena_free(&kinds->scratch);
    free(kinds);
}

bool kdb_decide_kinds(kdbib_bibliography *bibliography) {
    kdb_kinds *kinds = kdb_kinds_of(bibliography->context);
    bool fine = kinds != NULL;
    for (size_t i = 0; fine && i < kdbib_bibliography_count(bibliography); i++) {
        kdb_bibliography_pass(bibliography, i, i + 1);
        fine = kdb_decide_kind(kinds, kdbib_bibliography_record(bibliography, i));
    }
    return fine;
}
