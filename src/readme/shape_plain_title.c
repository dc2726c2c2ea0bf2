/* Shape: the title is plain text between links, breaks or pipes: `Title [pdf](url)`,
 * `2016-10 | Title | authors | [bioRxiv](url)`, `[[ICCV](url)] Title [code](url)`. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

#define LONGEST_TITLE 240 /* bytes; longer text is prose */

typedef struct segment {
    size_t from, to;
    unsigned score;
} segment;

/* A link that is no label but words of the sentence. */
static bool is_words(kdb_reader *reader, kdb_token *token) {
    return token->kind == KDB_TOKEN_LINK && !token->bare && !token->boxed && !token->picture &&
           token->text.size > 2 && !kdb_link_is_labelled(reader, token);
}

/* The last word is one that no title ends with: "the", "of", "a". */
static bool ends_amid_sentence(kdb_reader *reader, kdbib_str text) {
    size_t from = text.size;
    while (from && kdb_is_alpha(text.data[from - 1]))
        from--;
    kdbib_str word = kdb_slice(text, from, text.size);
    uint32_t kinds = kdb_word_index_find(&reader->fields->title_words, word);
    return kdbib_str_equal(word, KDBIB_STR("a")) ||
           (kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_FUNCTION));
}

/* "… an [interesting paper](url) discussing soups": the first word is all small letters. */
static bool goes_on(kdbib_str text) {
    size_t end = 0;
    while (end < text.size && kdb_is_lower(text.data[end]))
        end++;
    return end > 1 && (end == text.size || kdb_is_space(text.data[end]));
}

/* What the links around a stretch say against it: it goes on with a sentence. */
static unsigned objections(kdb_reader *reader, const kdb_entry *entry, const segment *s) {
    unsigned worse = 0;
    kdbib_str text = kdb_strip(entry->tokens[s->from].text);
    if (s->from && text.size && kdb_is_lower(text.data[0]) &&
        entry->tokens[s->from - 1].kind == KDB_TOKEN_LINK && !entry->tokens[s->from - 1].boxed &&
        kdb_find_char(kdb_slice(text, 0, 4), ' ', 0) != SIZE_MAX)
        worse += 40; /* "…](url), an international forum for" */
    if (s->from && is_words(reader, &entry->tokens[s->from - 1]))
        worse += goes_on(text) ? 100 : 60;
    if (s->to < entry->count && is_words(reader, &entry->tokens[s->to]))
        worse += kdb_find(text, KDBIB_STR(". "), 0) != SIZE_MAX ? 60 : 30;
    /* "We wrote a [review](url) of …" */
    if (s->to < entry->count && entry->tokens[s->to].kind == KDB_TOKEN_LINK &&
        !entry->tokens[s->to].boxed && ends_amid_sentence(reader, text))
        worse += 60;
    return worse;
}

/* "**[CVPR 2021]** Title", "`2023.05` Title": a venue or a date in a style of its own. */
static bool is_venue_before(kdb_reader *reader, const kdb_entry *entry, size_t i) {
    const kdb_token *token = &entry->tokens[i];
    kdb_venue venue;
    return token->style && i + 1 < entry->lead && entry->tokens[i + 1].kind == KDB_TOKEN_TEXT &&
           entry->tokens[i + 1].style != token->style && token->text.size < 60 &&
           kdb_score_venue(reader, kdb_trim(token->text), &venue) >= 75;
}

/* The best of the stretches of text that links, pictures and breaks leave; an earlier one wins. */
static segment find_title(kdb_reader *reader, const kdb_entry *entry) {
    segment best = {0, 0, 0};
    unsigned seen = 0;
    for (size_t i = 0; i < entry->lead && seen < 6;) {
        if (entry->tokens[i].used || entry->tokens[i].kind != KDB_TOKEN_TEXT) {
            i++;
            continue;
        }
        if (is_venue_before(reader, entry, i)) {
            i++;
            continue;
        }
        segment s = {i, i, 0};
        while (i < entry->lead && !entry->tokens[i].used &&
               !(i > s.from && kdb_entry_names_in_italics(reader, entry, i)) &&
               (entry->tokens[i].kind == KDB_TOKEN_TEXT ||
                (entry->tokens[i].kind == KDB_TOKEN_BREAK && entry->tokens[i].soft)))
            i++;
        s.to = i;
        size_t count;
        kdb_span *spans = kdb_entry_spans(reader, entry, s.from, s.to, &count);
        kdbib_str text = kdb_strip(
            kdb_without_emoji(reader->arena, kdb_spans_text(reader->arena, spans, count)));
        bool remark =
            text.data && text.data[0] == '(' && kdb_find_char(text, ')', 0) + 1 == text.size;
        if (text.size < 4 || text.size > LONGEST_TITLE || remark)
            continue;
        s.score = kdb_score_title(reader, text);
        if (s.score > 30 && kdb_find(text, KDBIB_STR(" et al"), 0) != SIZE_MAX)
            s.score = 30; /* there are authors in it */
        unsigned worse = 6 * seen++ + objections(reader, entry, &s);
        s.score = s.score > worse ? s.score - worse : 0;
        if (s.score > best.score)
            best = s;
    }
    return best;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    segment s = find_title(reader, entry);
    return s.score ? 30 + s.score / 2 : 0;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    segment s = find_title(reader, entry);
    size_t count;
    kdb_span *spans = kdb_entry_spans(reader, entry, s.from, s.to, &count);
    kdb_draft_title_from(reader, draft, spans, count);
    for (size_t i = s.from; i < s.to; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_plain_title = {"plain-title", bid, read};
