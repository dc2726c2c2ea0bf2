/* Shape: the text of a link is the title: `[Title](url), authors, venue`. */
#include "base/strings.h"
#include "fields/citation.h"
#include "fields/title.h"
#include "readme/reader.h"

typedef struct place {
    size_t at;
    unsigned score; /* of the title */
    unsigned bid;
} place;

/* "`New!` [Title](url)": code in front of it is a mark of the curator. */
static bool is_tag(const kdb_span *spans, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!(spans[i].marks & KDB_MARK_CODE) && kdb_strip(spans[i].text).size)
            return false;
    return true;
}

/* What stands before the link: the less, the surer. */
static unsigned sure_before(kdb_reader *reader, const kdb_entry *entry, size_t at) {
    if (at == 0)
        return 50;
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, 0, at, &count);
    kdbib_str text = kdb_spans_text(reader->arena, spans, count);
    text = kdb_trim(kdb_without_emoji(reader->arena, text));
    kdbib_str words = kdb_strip(text);
    if (words.size == 0)
        return 50;
    if (is_tag(spans, count))
        return 45;
    if (kdb_says_label(reader, words))
        return 45;
    kdb_venue venue;
    if (words.size < 80 && kdb_score_venue(reader, words, &venue) >= 60)
        return 48;
    if (words.size < 48 && kdb_is_one_of(text.data[text.size - 1], ":-])"))
        /* "Title (2023) [Author](url)" */
        return text.data[text.size - 1] == ')' && kdb_score_title(reader, words) >= 50 ? 10 : 42;
    if (kdb_score_names(reader, words) >= 50)
        return 45;
    if (at && entry->tokens[at - 1].kind == KDB_TOKEN_BREAK && !entry->tokens[at - 1].part)
        return 30;
    return words.size < 24 ? 20 : 0;
}

/* "**Title** [Author](url)": the title stands before the link, in bold. */
static bool has_bold_title(kdb_reader *reader, const kdb_entry *entry, size_t at) {
    for (size_t i = 0; i < at; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_TEXT || !(token->style & KDBIB_BOLD))
            continue;
        kdbib_str text = kdb_trim(token->text);
        bool line = i + 1 < at && entry->tokens[i + 1].kind == KDB_TOKEN_BREAK;
        if (text.size > 11 && text.data[text.size - 1] != ':' &&
            kdb_score_title(reader, text) >= (line ? 40 : 50))
            return true;
    }
    return false;
}

static place find_title(kdb_reader *reader, const kdb_entry *entry) {
    place best = {SIZE_MAX, 0, 0};
    unsigned seen = 0;
    for (size_t i = 0; i < entry->lead && seen < 8; i++) {
        kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_LINK || token->bare || token->picture || token->used ||
            token->text.size < 3 || (token->url.size && token->url.data[0] == '#') ||
            kdb_link_is_labelled(reader, token))
            continue;
        seen++;
        if (kdb_link_score_names(reader, token) >= 50 && kdb_link_leads_to(reader, token).search)
            continue; /* somebody's page */
        if (kdb_starts_with(token->text, KDBIB_STR("the ")) && token->text.size < 24)
            continue; /* "… [the winner](url) of the challenge …" */
        place p = {i, kdb_link_score_title(reader, token), 0};
        unsigned before = sure_before(reader, entry, i);
        p.bid = p.score / 2 + before;
        if (before >= 40 && p.score < 40)
            p.bid = p.bid > 10 ? p.bid - 10 : 0;
        if (p.bid > 30 && i && p.score < 60 && has_bold_title(reader, entry, i))
            p.bid -= 30;
        if (p.bid > best.bid)
            best = p;
    }
    return best;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    return find_title(reader, entry).bid;
}

static size_t count_blanks(kdbib_str text) {
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++)
        blanks += text.data[i] == ' ';
    return blanks;
}

static bool begins_with_article(kdbib_str text) {
    return kdb_starts_with(text, KDBIB_STR("A ")) || kdb_starts_with(text, KDBIB_STR("An ")) ||
           kdb_starts_with(text, KDBIB_STR("The "));
}

/* Most words of four letters and more begin with a capital, as in no description. */
static bool is_title_case(kdbib_str text) {
    size_t words = 0, capitals = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && !kdb_is_space(text.data[end]))
            end++;
        words += end - at > 3;
        capitals += end - at > 3 && kdb_is_upper(text.data[at]);
        at = end + 1;
    }
    return words > 1 && capitals * 10 >= words * 8;
}

/* A link's text that is only the begin of the title: `[Autellix](url): An Efficient …`,
 * `[Oobleck:](url) Resilient …`, `[Ring Soup](url) with Many Spoons`, `[Raft](url) In Search of …`.
 */
static kdbib_str with_continuation(kdb_reader *reader, kdb_entry *entry, size_t at) {
    kdbib_str title = kdb_trim(entry->tokens[at].text);
    kdb_token *next = at + 1 < entry->count ? &entry->tokens[at + 1] : NULL;
    if (!next || next->kind != KDB_TOKEN_TEXT || next->used || title.size > 120)
        return title;
    kdbib_str rest = kdb_trim(next->text);
    bool colon = title.data[title.size - 1] == ':', blank = next->text.data[0] == ' ';
    if (colon)
        title = kdb_trim(kdb_slice(title, 0, title.size - 1));
    if (!colon && rest.size && rest.data[0] == ':') {
        colon = rest.size > 1 && (rest.data[1] == ' ' || blank);
        rest = kdb_trim(kdb_slice(rest, 1, rest.size));
    }
    if (rest.size && rest.data[rest.size - 1] == '.')
        rest.size--;
    if (rest.size < 12 || title.size == 0 || kdb_find(rest, KDBIB_STR(". "), 0) != SIZE_MAX)
        return title;
    bool several = title.size > 40 || count_blanks(title) > 3,
         with = kdb_starts_with(rest, KDBIB_STR("with ")),
         own = blank && kdb_find_char(title, ' ', 0) == SIZE_MAX && is_title_case(rest);
    if (colon ? several && !(begins_with_article(rest) && is_title_case(rest))
              : !(own || (with && blank && count_blanks(title) < 4)) ||
                    !kdb_hosts_papers(kdb_link_leads_to(reader, &entry->tokens[at])))
        return title;
    if (kdb_score_title(reader, rest) < 60 || kdb_score_names(reader, rest) >= 50)
        return title;
    const char *join = colon || !with ? ": " : " ";
    if (!colon && own && !begins_with_article(rest))
        title.size = 0; /* a name of the curator's */
    next->used = true;
    return title.size == 0
               ? rest
               : kdb_arena_format(reader->arena, "%.*s%s%.*s", (int)title.size, title.data, join,
                                  (int)(rest.size > 1000 ? 1000 : rest.size), rest.data);
}

static bool holds_year(kdbib_str text) {
    for (size_t i = 0; i + 4 <= text.size; i++)
        if ((memcmp(text.data + i, "19", 2) == 0 || memcmp(text.data + i, "20", 2) == 0) &&
            kdb_is_digit(text.data[i + 2]) && kdb_is_digit(text.data[i + 3]))
            return true;
    return false;
}

/* The whole citation may be the link: `[Lee, A. "Title." Venue (2020)](url)`. */
static bool read_as_citation(kdb_reader *reader, kdb_draft *draft, kdbib_str text) {
    if (text.size < 60 || kdb_find(text, KDBIB_STR(". "), 0) == SIZE_MAX || !holds_year(text))
        return false;
    kdb_span span = {text, 0};
    kdb_citation citation;
    if (!kdb_citation_parse(reader->arena, reader->fields, &span, 1, &citation)) {
        reader->failed = true;
        return false;
    }
    if (citation.score < 60 || citation.authors.count == 0 || citation.title.size < 10)
        return false;
    kdb_draft_set_title(reader, draft, citation.title);
    draft->authors = citation.authors;
    draft->editors = citation.editors;
    draft->citation = true;
    kdb_draft_add_venue(draft, &citation.venue, 75);
    return true;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    size_t at = find_title(reader, entry).at;
    if (at == SIZE_MAX)
        return;
    kdb_token *token = &entry->tokens[at];
    token->used = true;
    bool bare = kdb_link_is_bare_title(reader, token);
    if (bare || !read_as_citation(reader, draft, token->text)) {
        kdb_span span = {with_continuation(reader, entry, at), 0};
        if (bare && kdbib_str_equal(span.text, token->text))
            kdb_draft_set_bare_title(reader, draft, span.text);
        else
            kdb_draft_title_from(reader, draft, &span, 1);
    }
    /* "code [Title](…)": the word before says what the link is */
    kdb_label label = {.role = KDBIB_ROLE_COUNT};
    if (at && entry->tokens[at - 1].kind == KDB_TOKEN_TEXT) {
        kdbib_str word = kdb_strip(kdb_without_emoji(reader->arena, entry->tokens[at - 1].text));
        if (word.size && word.size < 30)
            kdb_label_parse(reader->arena, reader->fields, word, &label);
    }
    bool labelled = label.is_label && label.role != KDBIB_ROLE_COUNT;
    kdb_draft_add_link(reader, draft, token, labelled ? label.role : KDBIB_ROLE_COUNT,
                       !labelled || label.role == KDBIB_LINK_PAPER || label.role == KDBIB_LINK_PDF);
}

const kdb_shape kdb_shape_link_title = {"link-title", bid, read};
