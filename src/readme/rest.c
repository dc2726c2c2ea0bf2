/* What stands around a title: links, authors, venue and date, line by line. */
#include "base/strings.h"
#include "fields/citation.h"
#include "readme/reader.h"

size_t kdb_field_label_before(kdb_reader *reader, kdbib_str line, kdb_field_label *label) {
    size_t colon = kdb_find_char(kdb_slice(line, 0, 48), ':', 0), size = 1;
    size_t wide = kdb_find_char(kdb_slice(line, 0, 60), '\xEF', 0); /* few have one */
    if (wide != SIZE_MAX)
        wide = kdb_find(kdb_slice(line, 0, 60), KDBIB_STR("\xEF\xBC\x9A"), wide);
    if (wide < colon) {
        colon = wide;
        size = 3;
    }
    if (colon == SIZE_MAX || colon == 0)
        return 0;
    kdbib_str word = kdb_strip(kdb_without_emoji(reader->arena, kdb_slice(line, 0, colon)));
    *label = kdb_field_label_of(reader->fields, word, NULL);
    return *label == KDB_FIELD_LABEL_NONE ? 0 : colon + size;
}

/* A label that tells neither venue nor date. */
static bool is_mere_label(kdb_reader *reader, kdbib_str text) {
    kdb_label label;
    kdb_label_parse(reader->arena, reader->fields, text, &label);
    return label.is_label && !label.preprint && label.venue.name.size == 0 &&
           label.venue.date.year == 0;
}

/* Brackets that held links, unresolved references and the like are no text. */
static kdbib_str without_debris(kdb_reader *reader, kdbib_str text) {
    if (kdb_find_char(text, '[', 0) == SIZE_MAX && kdb_find_char(text, '(', 0) == SIZE_MAX)
        return text;
    char *out = kdb_arena_alloc(reader->arena, text.size + 1);
    if (!out)
        return text;
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        size_t from = i;
        while (i < text.size && text.data[i] != '[' && text.data[i] != '(')
            i++;
        memcpy(out + size, text.data + from, i - from);
        size += i - from;
        if (i == text.size)
            break;
        char c = text.data[i];
        size_t end = kdb_find_char(text, c == '[' ? ']' : ')', i);
        kdbib_str inside = end == SIZE_MAX ? (kdbib_str){NULL, 0} : kdb_slice(text, i + 1, end);
        if (end == SIZE_MAX || end - i >= 60 ||
            !(kdb_strip(inside).size == 0 || (c == '[' && is_mere_label(reader, inside)))) {
            out[size++] = c;
            continue;
        }
        i = end;
        if (c == '[' && i + 1 < text.size && text.data[i + 1] == '[') {
            i = kdb_find_char(text, ']', i + 1);
            if (i == SIZE_MAX)
                i = end;
        }
        out[size++] = ' ';
    }
    out[size] = '\0';
    return (kdbib_str){out, size};
}

static void take_citation_rest(kdb_reader *reader, kdb_draft *draft, const kdb_span *spans,
                               size_t count) {
    kdb_citation rest;
    if (!kdb_citation_parse_rest(reader->arena, reader->fields, spans, count, &rest)) {
        reader->failed = true;
        return;
    }
    if (rest.score < 40 && !rest.authors.count && !rest.venue.date.year)
        return;
    if (!draft->authors.count)
        draft->authors = rest.authors;
    if (!draft->editors.count)
        draft->editors = rest.editors;
    kdb_draft_add_venue(draft, &rest.venue, rest.score < 60 ? 60 : rest.score);
}

/* "Ann Lee and Bo Li. arXiv, 2020." */
static bool take_authors_and_venue(kdb_reader *reader, kdb_draft *draft, const kdb_span *spans,
                                   size_t count) {
    kdb_citation rest;
    if (!kdb_citation_parse_rest(reader->arena, reader->fields, spans, count, &rest)) {
        reader->failed = true;
        return false;
    }
    if (!rest.authors.count || rest.score < 60)
        return false;
    draft->authors = rest.authors;
    kdb_draft_add_venue(draft, &rest.venue, rest.score);
    return true;
}

/* The words of a line, or of the part of it before or behind the title. */
static void read_words(kdb_reader *reader, kdb_draft *draft, const kdb_span *spans, size_t count,
                       bool first) {
    if (count == 0)
        return;
    kdbib_str text = kdb_strip(kdb_spans_text(reader->arena, spans, count));
    if (text.size < 2)
        return;
    kdb_field_label label;
    size_t head = kdb_field_label_before(reader, text, &label);
    bool id = head && label == KDB_FIELD_LABEL_LINK && head < text.size &&
              kdb_is_digit(text.data[head]); /* "arXiv preprint arXiv:1412.6980 (2014)" */
    if (head && !id) {
        kdb_draft_read_field(reader, draft, label, kdb_strip(kdb_slice(text, head, text.size)));
        return;
    }
    kdb_venue venue = {0};
    size_t end = text.size - (text.data[text.size - 1] == '.');
    if (first && draft->authors.count && !draft->venue.name.size && text.size < 100 &&
        kdb_is_upper(text.data[0]) && kdb_is_digit(text.data[end - 1]) &&
        kdb_score_venue(reader, text, &venue) >= 20 && venue.date.year && venue.name.size) {
        kdb_draft_add_venue(draft, &venue, 60); /* "Ann Lee. **Title.** J COMPUT SCI, 2011" */
        return;
    }
    if (first) {
        take_citation_rest(reader, draft, spans, count);
        return;
    }
    venue = (kdb_venue){0};
    unsigned score = text.size < 160 ? kdb_score_venue(reader, text, &venue) : 0;
    unsigned names = draft->authors.count || text.size > 4000 ? 0 : kdb_score_names(reader, text);
    if (score >= 60 && score >= names && !draft->authors.count && text.size > 40 &&
        take_authors_and_venue(reader, draft, spans, count))
        return;
    if (score >= 60 && score >= names) {
        kdb_draft_add_venue(draft, &venue, score);
        return;
    }
    /* "Current Protocols, May 2021" on a line behind that of the authors */
    if (score >= 30 && names < 60 && draft->authors.count && !draft->venue.name.size &&
        venue.date.year && venue.name.size && venue.name.size < 80) {
        kdb_draft_add_venue(draft, &venue, 60);
        return;
    }
    if (names >= 60 && kdb_is_digit(text.data[text.size - 1]) &&
        take_authors_and_venue(reader, draft, spans, count))
        return; /* "Ann Lee, Bo Li, [pdf](url), 2022.1" */
    if (names >= 60)
        kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS, text);
    else if (text.size < 600 && (!draft->authors.count || !draft->venue.date.year))
        take_citation_rest(reader, draft, spans, count);
}

/* "Lee, Ann.", "Lee, Ann (2019):" or "[7] Lee, Ann. \"" before a title: the name, or nothing. */
static kdbib_str inverted_name(kdb_reader *reader, const kdb_span *spans, size_t count,
                               kdbib_str *year) {
    kdbib_str text =
        count ? kdb_trim(kdb_spans_text(reader->arena, spans, count)) : (kdbib_str){"", 0};
    *year = (kdbib_str){"", 0};
    size_t close = text.size && text.data[0] == '[' ? kdb_find_char(text, ']', 0) : SIZE_MAX;
    if (close < 6 && kdb_is_digit(text.data[1]))
        text = kdb_trim(kdb_slice(text, close + 1, text.size));
    while (text.size && kdb_is_one_of(text.data[text.size - 1], " \"\x9C\x80\xE2"))
        text.size--; /* the quote before the title */
    bool ends = text.size && kdb_is_one_of(text.data[text.size - 1], ".:");
    if (ends && text.data[text.size - 1] == ':')
        text.size--;
    kdbib_str dated = text;
    if (kdb_ends_with(dated, KDBIB_STR(").")))
        dated.size--;
    size_t open = kdb_year_at_end(dated, year);
    if (open != SIZE_MAX)
        text = kdb_trim(kdb_slice(text, 0, open));
    size_t comma = kdb_find_char(text, ',', 0), blank = kdb_find_char(text, ' ', 0);
    bool is = ends && comma != SIZE_MAX && comma > 1 && blank == comma + 1 && text.size < 48 &&
              kdb_is_upper(text.data[0]) && kdb_is_upper(text.data[blank + 1]) &&
              kdb_find_char(text, ' ', blank + 1) == SIZE_MAX &&
              kdb_score_names(reader, text) >= 25;
    return is ? text : (kdbib_str){"", 0};
}

/* "[NeurIPS 2017] [SchNet] Lee, Ann" before a title: the venue is kept, what the curator calls the
 * paper goes. */
static void take_brackets(kdb_reader *reader, kdb_draft *draft, kdb_span *spans, size_t count) {
    for (kdbib_str text; count && (text = kdb_trim(spans[0].text)).size && text.data[0] == '[';) {
        size_t close = kdb_find_char(text, ']', 0);
        kdbib_str inside = kdb_trim(kdb_slice(text, 1, close)),
                  rest = close < text.size ? kdb_slice(text, close + 1, text.size) : inside;
        kdb_venue venue = {0};
        if (close >= text.size || kdb_trim(rest).size == 0 || inside.size > 60 || !inside.size ||
            !kdb_is_alpha(inside.data[0]))
            return;
        unsigned score = kdb_score_venue(reader, inside, &venue);
        bool told = venue.name.size && venue.date.year && score >= 20;
        if (told || score >= 60)
            kdb_draft_add_venue(draft, &venue, score < 60 ? 60 : score);
        else if (!draft->venue.name.size || kdb_find_char(inside, ',', 0) != SIZE_MAX)
            return; /* names, a number, … */
        spans[0].text = rest;
    }
}

/* "LMCF: " before a title. */
static bool is_nickname(kdb_reader *reader, const kdb_span *spans, size_t count) {
    kdbib_str text =
        count ? kdb_trim(kdb_spans_text(reader->arena, spans, count)) : (kdbib_str){"", 0};
    kdb_field_label label;
    kdb_venue venue;
    return text.size > 1 && text.size < 32 && text.data[text.size - 1] == ':' &&
           kdb_find_char(text, ' ', 0) == SIZE_MAX &&
           !kdb_field_label_before(reader, text, &label) &&
           !(kdb_score_venue(reader, kdb_strip(text), &venue) >= 90 && venue.date.year);
}

/* "[FUSION]<" before a title: what the curator calls it, unless it is known to be a venue. */
static bool is_bracketed_tag(kdb_reader *reader, const kdb_span *spans, size_t count) {
    kdbib_str text =
        count ? kdb_trim(kdb_spans_text(reader->arena, spans, count)) : (kdbib_str){"", 0};
    size_t close = text.size && text.data[0] == '[' ? kdb_find_char(text, ']', 0) : SIZE_MAX;
    if (close == SIZE_MAX || close > 40 || close + 3 < text.size)
        return false;
    kdb_venue venue;
    kdb_score_venue(reader, kdb_slice(text, 1, close), &venue);
    return !venue.known && !venue.date.year;
}

/* "[[pdf](url)] **(Three Giants' Survey)**": what the curator says of the paper. */
static bool is_remark(kdb_reader *reader, kdbib_str text) {
    kdb_venue venue;
    text = kdb_trim(text);
    return text.size > 2 && text.data[0] == '(' && text.data[text.size - 1] == ')' &&
           kdb_score_venue(reader, text, &venue) < 60;
}

/* One of the words is "award", "best", "recommended". */
static bool holds_remark(kdb_reader *reader, kdbib_str text) {
    for (size_t at = 0, end; at < text.size; at = end + 1) {
        for (end = at; end < text.size && text.data[end] != ' ';)
            end++;
        kdbib_str word = kdb_strip(kdb_slice(text, at, end));
        uint32_t kinds = kdb_word_index_find(&reader->fields->title_words, word);
        if (kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_REMARK))
            return true;
    }
    return false;
}

/* "[[pdf](url)] *Codec*": a word or two behind the links that is neither surely a name nor dated.
 */
static bool is_mark(kdb_reader *reader, const kdb_span *spans, size_t count) {
    kdbib_str text = kdb_strip(kdb_spans_text(reader->arena, spans, count));
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++) {
        blanks += text.data[i] == ' ';
        if (text.data[i] == ',' || kdb_is_digit(text.data[i]))
            return false;
    }
    kdb_venue venue;
    if (text.size >= 2 && blanks <= 3 && holds_remark(reader, text))
        return true; /* "[[pdf](url)] Best Paper Award!" */
    if (text.size < 2 || blanks > 2 || !(spans[0].marks & KDB_MARK_ITALIC))
        return false;
    return text.size <= 3 ||
           (kdb_score_names(reader, text) < 50 && kdb_score_venue(reader, text, &venue) < 60);
}

static void read_line(kdb_reader *reader, kdb_draft *draft, kdb_entry *entry, size_t from,
                      size_t to, bool first) {
    kdb_span *spans = kdb_arena_array(reader->arena, to - from + 1, sizeof *spans);
    kdb_token **late = kdb_arena_array(reader->arena, to - from + 1, sizeof(kdb_token *));
    size_t count = 0, late_count = 0;
    bool links = false, behind = false; /* all the words stand behind links */
    if (!spans || !late)
        return;
    for (size_t i = from; i < to; i++) {
        kdb_token *token = &entry->tokens[i];
        if (token->used) { /* the title: what is before it and what is behind it are two things */
            kdbib_str year,
                name = inverted_name(reader, spans, draft->authors.count ? 0 : count, &year);
            if (name.size) {
                kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS, name);
                kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_DATE, year);
                count = 0;
                continue;
            }
            take_brackets(reader, draft, spans, count);
            if (!is_nickname(reader, spans, count) && !is_bracketed_tag(reader, spans, count))
                read_words(reader, draft, spans, count, first);
            count = 0;
            continue;
        }
        if (token->kind == KDB_TOKEN_BREAK) {
            if (count)
                spans[count++] = (kdb_span){KDBIB_STR(" "), 0};
            continue;
        }
        if (token->kind == KDB_TOKEN_CODE) {
            kdb_draft_read_bibtex(reader, draft, token->text);
            token->used = true;
            continue;
        }
        token->used = true;
        if (token->kind == KDB_TOKEN_IMAGE) {
            kdb_venue venue = {0};
            unsigned score =
                kdb_venue_from_badge(reader->arena, reader->fields, token->url, &venue);
            if (score)
                kdb_draft_add_venue(draft, &venue, score);
            continue;
        }
        if (token->kind == KDB_TOKEN_LINK) {
            if (!token->bare && !token->boxed && !token->picture && !draft->authors.count &&
                !kdb_link_says_label(reader, token) && kdb_link_score_names(reader, token) >= 60) {
                spans[count++] = (kdb_span){token->text, 0}; /* an author's page */
                continue;
            }
            links = true; /* added below: words say where it appeared better than labels do */
            late[late_count++] = token;
            continue;
        }
        if (token->kind != KDB_TOKEN_TEXT)
            continue;
        kdbib_str text = without_debris(reader, kdb_without_emoji(reader->arena, token->text));
        if (links && (token->style & KDBIB_BOLD) && is_remark(reader, text))
            continue;
        behind = behind || (links && (count == 0 || kdb_strip(spans[0].text).size == 0));
        if (behind && count == 1 && kdb_strip(spans[0].text).size == 0)
            count = 0;
        kdbib_str bare = links ? kdb_trim(text) : text;
        if (bare.size && !(links && bare.size == 1 && kdb_is_one_of(bare.data[0], "/|,;&+")))
            spans[count++] =
                (kdb_span){text, (token->style & KDBIB_BOLD ? KDB_MARK_BOLD : 0u) |
                                     (token->style & KDBIB_ITALIC ? KDB_MARK_ITALIC : 0u)};
    }
    if (!(behind && count && is_mark(reader, spans, count)))
        read_words(reader, draft, spans, count, first);
    for (size_t i = 0; i < late_count; i++)
        kdb_draft_add_link(reader, draft, late[i], KDBIB_ROLE_COUNT, false);
}

/* The words of a source line: tokens [from, to). */
static kdbib_str line_text(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t to) {
    size_t count;
    for (size_t i = from; i < to; i++)
        if (entry->tokens[i].used)
            from = i + 1;
    kdb_span *spans = kdb_entry_spans(reader, entry, from, to, &count);
    return kdb_strip(kdb_spans_text(reader->arena, spans, count));
}

/* Authors end at the soft break entry->tokens[at], and a venue begins behind it. */
static bool parts_fields(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t at) {
    size_t end = at + 1;
    while (end < entry->count && entry->tokens[end].kind != KDB_TOKEN_BREAK)
        end++;
    kdbib_str before = line_text(reader, entry, from, at),
              behind = line_text(reader, entry, at + 1, end);
    kdb_venue venue;
    if (before.size < 4 || behind.size < 3 || behind.size > 160 ||
        kdb_score_venue(reader, behind, &venue) < 75)
        return false;
    return kdb_score_names(reader, before) >= 60;
}

void kdb_draft_read_rest(kdb_reader *reader, kdb_draft *draft, kdb_entry *entry) {
    size_t from = 0;
    bool first = true;
    for (size_t i = 0; i <= entry->count; i++) {
        bool end = i == entry->count;
        if (!end && entry->tokens[i].kind == KDB_TOKEN_BREAK) {
            const kdb_token *next = i + 1 < entry->count ? &entry->tokens[i + 1] : NULL;
            const kdb_token *last = i ? &entry->tokens[i - 1] : NULL;
            end = !entry->tokens[i].soft ||
                  (next && last && (next->style != last->style || next->kind != last->kind)) ||
                  parts_fields(reader, entry, from, i);
        }
        if (!end)
            continue;
        bool any = false;
        for (size_t k = from; k < i; k++)
            any = any || (!entry->tokens[k].used && entry->tokens[k].kind != KDB_TOKEN_BREAK &&
                          kdb_trim(entry->tokens[k].text).size);
        if (any)
            read_line(reader, draft, entry, from, i, first);
        if (i < entry->count && !entry->tokens[i].soft)
            first = false;
        from = i + 1;
    }
}
