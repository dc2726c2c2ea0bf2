/* Shape: a whole citation: `Lee, A. et al. Title. Venue 2020`, `Title. Lee, Ann et al. CVPR 2021`.
 */
#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"
#include "readme/reader.h"

/* A link whose text may be the title: what follows it is no citation, but tells of it. */
static bool is_title_link(kdb_reader *reader, kdb_token *token) {
    return token->kind == KDB_TOKEN_LINK && !token->used && !token->bare && !token->boxed &&
           !token->picture && !kdb_link_says_label(reader, token) &&
           kdb_link_score_title(reader, token) >= 42 && kdb_link_score_names(reader, token) < 50;
}

/* The texts at the begin of the entry, up to the first link with a label, picture or hard break. */
static bool find_text(kdb_reader *reader, const kdb_entry *entry, size_t *from, size_t *to) {
    size_t i = 0;
    while (i < entry->lead &&
           (entry->tokens[i].used || entry->tokens[i].kind != KDB_TOKEN_TEXT ||
            kdb_strip(kdb_without_emoji(reader->arena, entry->tokens[i].text)).size == 0)) {
        if (is_title_link(reader, &entry->tokens[i]))
            return false;
        i++;
    }
    *from = i;
    while (i < entry->lead && !entry->tokens[i].used &&
           !(i > *from && kdb_entry_names_in_italics(reader, entry, i)) &&
           (entry->tokens[i].kind == KDB_TOKEN_TEXT ||
            (entry->tokens[i].kind == KDB_TOKEN_BREAK && entry->tokens[i].soft)))
        i++;
    *to = i;
    return *from < *to;
}

static bool may_be(kdbib_str text) {
    size_t stops = 0;
    if (text.size <= 30 || text.size >= 1200)
        return false;
    for (size_t i = 2; i < text.size && stops < 2; i++) {
        char c = text.data[i - 1];
        stops += text.data[i] == ' ' && (c == '.' || c == ',' || c == ':');
    }
    return stops == 2;
}

static bool parse(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t to,
                  kdb_citation *citation, kdbib_str *text) {
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, from, to, &count);
    *text = kdb_spans_text(reader->arena, spans, count);
    if (!may_be(*text))
        return false;
    if (!kdb_read_citation(reader, *text, spans, count, citation)) {
        reader->failed = true;
        return false;
    }
    return true;
}

static bool has_links(const kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++)
        if (entry->tokens[i].kind == KDB_TOKEN_LINK)
            return true;
    return false;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    size_t from, to;
    kdb_citation citation;
    kdbib_str text;
    if (!find_text(reader, entry, &from, &to) || !parse(reader, entry, from, to, &citation, &text))
        return 0;
    if (citation.title.size < 6 || citation.title.size + 4 >= text.size ||
        (!citation.authors.count && !citation.venue.date.year && !citation.venue.name.size))
        return 0;
    /* with authors in it, it is more than a title */
    bool venue = citation.venue.known || citation.venue.date.year || citation.venue.arxiv.size;
    if (!venue && citation.score < 75)
        return citation.score / 2;
    if (citation.doubtful && citation.score >= 35)
        return has_links(entry) ? 58 : 82;
    bool sure = citation.authors.count && citation.score >= (venue ? 35 : 75);
    return sure ? 86 : citation.score * 9 / 10;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    size_t from, to;
    kdb_citation citation;
    kdbib_str text;
    if (!find_text(reader, entry, &from, &to) || !parse(reader, entry, from, to, &citation, &text))
        return;
    kdb_draft_set_title(reader, draft, citation.title);
    draft->authors = citation.authors;
    draft->editors = citation.editors;
    draft->citation = citation.authors.count > 0;
    kdb_draft_add_venue(draft, &citation.venue, 75);
    for (size_t i = from; i < to; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_citation = {"citation", bid, read};
