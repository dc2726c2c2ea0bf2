/* Shape: the title stands before a link whose text says who wrote the paper and when:
 * `Title. [Lee, Moss (2019)](url)`. */
#include "base/strings.h"
#include "fields/word.h"
#include "readme/reader.h"

#define SHORTEST_TITLE 10 /* bytes */

/* Nothing but what a list of family names, or of whole names, is made of. */
static bool are_names(kdb_reader *reader, kdbib_str text) {
    size_t names = 0, words = 0; /* of the name that is being read */
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        for (end = at; end < text.size && !kdb_is_one_of(text.data[end], " ,");)
            end++;
        kdbib_str word = kdb_slice(text, at, end);
        kdb_word is = kdb_word_of(reader->fields, word);
        bool joint = kdbib_str_equal(word, KDBIB_STR("&")) || (is.name_kinds & KDB_WORD_APART);
        if (joint || (at && text.data[at - 1] == ','))
            words = 0;
        if (!word.size || joint || (names && (is.name_kinds & KDB_WORD_OTHERS)))
            continue;
        names += is.of_names;
        if (is.of_names && ++words > 2) /* "Soup Discovery Today" */
            return false;
        if (!is.of_names && is.shape != KDB_TOKEN_INITIALS && !(is.name_kinds & KDB_WORD_PARTICLE))
            return false;
    }
    kdb_venue venue;
    return names && kdb_score_venue(reader, text, &venue) < 75 && !venue.known;
}

/* "Title. Ann Lee, Bo Moss." before the link: what the link says is where it appeared. */
static bool holds_authors(kdb_reader *reader, const kdb_entry *entry, size_t at) {
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, 0, at, &count);
    kdbib_str text = kdb_strip(kdb_spans_text(reader->arena, spans, count));
    size_t from = text.size;
    while (from > 1 && !(text.data[from - 1] == ' ' && text.data[from - 2] == '.'))
        from--;
    return from > 1 && kdb_score_names(reader, kdb_slice(text, from, text.size)) >= 60;
}

/* Before tokens[at] stands a text that may be a title, and no link; behind it, to the end of the
 * line, stands nothing. */
static bool ends_entry(const kdb_entry *entry, size_t at) {
    size_t title = 0;
    for (size_t i = 0; i < at; i++) {
        if (entry->tokens[i].kind != KDB_TOKEN_TEXT)
            return false;
        title += kdb_strip(entry->tokens[i].text).size;
    }
    for (size_t i = at + 1; i < entry->count && entry->tokens[i].kind != KDB_TOKEN_BREAK; i++)
        if (entry->tokens[i].kind != KDB_TOKEN_TEXT || kdb_strip(entry->tokens[i].text).size)
            return false;
    return title >= SHORTEST_TITLE;
}

void kdb_find_citing_link(kdb_reader *reader, kdb_entry *entry, size_t at) {
    kdb_token *link = &entry->tokens[at];
    kdbib_str year;
    size_t open = kdb_year_at_end(link->text, &year);
    if (open == SIZE_MAX || open < 2 || link->bare || link->picture || !ends_entry(entry, at))
        return;
    kdbib_str names = kdb_trim(kdb_slice(link->text, 0, open));
    if (!are_names(reader, names) || holds_authors(reader, entry, at))
        return;
    kdb_citing *citing = kdb_arena_alloc(reader->arena, sizeof *citing);
    if (!citing)
        return;
    *citing = (kdb_citing){names, year};
    link->citing = citing;
    link->text = KDBIB_STR("paper");
}

/* "Lee, Moss": two family names rather than one name, as no initials stand behind one. */
static kdbib_str apart(kdb_reader *reader, kdbib_str names) {
    char *out = kdb_arena_alloc(reader->arena, names.size + 1);
    if (!out)
        return names;
    for (size_t at = 0, end; at < names.size; at = end + 1) {
        for (end = at; end < names.size && names.data[end] != ',';)
            end++;
        kdbib_str name = kdb_trim(kdb_slice(names, at, end));
        if (name.size && kdb_word_of(reader->fields, name).shape == KDB_TOKEN_INITIALS)
            return names;
        memcpy(out + at, names.data + at, end - at);
        out[end] = ';';
    }
    out[names.size] = '\0';
    return (kdbib_str){out, names.size};
}

void kdb_draft_read_citing_link(kdb_reader *reader, kdb_draft *draft, const kdb_citing *citing) {
    if (!draft->authors.count)
        kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS,
                             apart(reader, citing->authors));
    kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_DATE, citing->year);
}

/* The link, or SIZE_MAX. */
static size_t find_link(const kdb_entry *entry) {
    for (size_t i = 0; i < entry->lead; i++)
        if (entry->tokens[i].kind == KDB_TOKEN_LINK)
            return entry->tokens[i].citing ? i : SIZE_MAX;
    return SIZE_MAX;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    (void)reader;
    return find_link(entry) == SIZE_MAX ? 0 : 95;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    size_t link = find_link(entry), count;
    kdb_span *spans = kdb_entry_spans(reader, entry, 0, link, &count);
    for (size_t i = 0; i < count; i++)
        spans[i].marks &= ~(unsigned)KDB_MARK_BOLD;
    kdb_draft_title_from(reader, draft, spans, count);
    for (size_t i = 0; i < link; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_citing_link = {"citing-link", bid, read};
