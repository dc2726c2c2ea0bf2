/* Shape: the title is the bold text: `**Title** *authors* [pdf](url)`, `Authors. **Title**. Venue`.
 */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

/* The bold run that begins at token `from`: texts in bold, over the ends of lines. */
static size_t run_end(const kdb_entry *entry, size_t from) {
    size_t i = from, end = from;
    for (; i < entry->count; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind == KDB_TOKEN_TEXT && (token->style & KDBIB_BOLD) && !token->used)
            end = i + 1;
        else if (token->kind != KDB_TOKEN_BREAK || !token->soft)
            break;
    }
    return end;
}

/* The text behind the bold run goes on with the sentence: "**Boundary loss** for highly …". */
static bool goes_on(const kdb_entry *entry, size_t end) {
    if (end >= entry->count || entry->tokens[end].kind != KDB_TOKEN_TEXT)
        return false;
    kdbib_str next = entry->tokens[end].text;
    if (next.size > 1 && next.data[0] == '-' && kdb_is_alpha(next.data[1]))
        return true;
    next = kdb_trim(next);
    if (kdb_starts_with(next, KDBIB_STR("by ")) || kdb_starts_with(next, KDBIB_STR("in ")) ||
        kdb_starts_with(next, KDBIB_STR("et ")))
        return false;
    return next.size > 8 && kdb_is_lower(next.data[0]) &&
           !kdb_starts_with_nocase(next, KDBIB_STR("arxiv"));
}

/* "**(Three Giants' Survey)**": a remark. */
static bool is_bracket(kdbib_str text) {
    text = kdb_trim(text);
    return text.data[0] == '(' && text.data[text.size - 1] == ')';
}

/* "(ICDE 2022, **best demo award**)": the bold text at `at` stands in a bracket. */
static bool is_in_bracket(const kdb_entry *entry, size_t at) {
    if (at == 0 || entry->tokens[at - 1].kind != KDB_TOKEN_TEXT)
        return false;
    kdbib_str before = entry->tokens[at - 1].text;
    size_t i = before.size;
    while (i && before.data[i - 1] != '(' && before.data[i - 1] != ')')
        i--;
    return i && before.data[i - 1] == '(';
}

static bool ends_with_colon(kdbib_str text) {
    text = kdb_trim(text);
    return kdb_ends_with(text, KDBIB_STR(":")) || kdb_ends_with(text, KDBIB_STR("\xEF\xBC\x9A"));
}

/* "**PointNet (2017)** [[Paper]](url)": nothing before it but emoji, a label behind it; whatever
 * its words are, it is the title unless it is a label or a venue itself. */
static bool stands_before_label(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t end,
                                kdbib_str text) {
    for (size_t i = 0; i < from; i++)
        if (kdb_strip(kdb_without_emoji(reader->arena, entry->tokens[i].text)).size)
            return false;
    while (end < entry->lead && entry->tokens[end].kind == KDB_TOKEN_TEXT &&
           kdb_trim(entry->tokens[end].text).size == 0)
        end++;
    if (end >= entry->lead || entry->tokens[end].kind != KDB_TOKEN_LINK ||
        !kdb_link_says_label(reader, &entry->tokens[end]))
        return false;
    size_t open = kdb_find_char(text, '(', 0);
    kdb_venue venue;
    return open != SIZE_MAX && open > 3 && text.data[text.size - 1] == ')' &&
           kdb_score_venue(reader, text, &venue) >= 60 && venue.date.year && !venue.known &&
           !kdb_says_label(reader, kdb_trim(kdb_slice(text, 0, open)));
}

/* "A Soup-Based **Topological Loss** Function for …": bold words amid a title. */
static bool is_amid_words(const kdb_entry *entry, size_t from, size_t end) {
    if (from == 0 || end >= entry->count || entry->tokens[from - 1].kind != KDB_TOKEN_TEXT ||
        entry->tokens[end].kind != KDB_TOKEN_TEXT || entry->tokens[from - 1].style)
        return false;
    kdbib_str before = entry->tokens[from - 1].text, behind = entry->tokens[end].text;
    size_t last = before.size, first = 0;
    while (last && kdb_is_space(before.data[last - 1]))
        last--;
    while (first < behind.size && kdb_is_space(behind.data[first]))
        first++;
    return last && kdb_is_alpha(before.data[last - 1]) && first < behind.size &&
           kdb_is_alpha(behind.data[first]) && kdb_find_char(before, ' ', 0) < last;
}

static size_t find_title(kdb_reader *reader, const kdb_entry *entry, size_t *end, unsigned *score) {
    for (size_t i = 0; i < entry->lead; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_TEXT || !(token->style & KDBIB_BOLD) || token->used ||
            kdb_trim(token->text).size < 8 || is_in_bracket(entry, i) || is_bracket(token->text))
            continue;
        size_t count;
        *end = run_end(entry, i);
        kdb_span *spans = kdb_entry_spans(reader, entry, i, *end, &count);
        kdbib_str text =
            kdb_trim(kdb_without_emoji(reader->arena, kdb_spans_text(reader->arena, spans, count)));
        *score = kdb_score_title(reader, text);
        if (*score < 42 && stands_before_label(reader, entry, i, *end, text))
            *score = 42;
        bool colon = ends_with_colon(text) ||
                     (*end < entry->count && entry->tokens[*end].kind == KDB_TOKEN_TEXT &&
                      kdb_starts_with(kdb_trim(entry->tokens[*end].text), KDBIB_STR(":")));
        if (*score >= 30 && !(colon && text.size < 40) && !goes_on(entry, *end) &&
            !is_amid_words(entry, i, *end))
            return i;
        i = *end - 1;
    }
    return SIZE_MAX;
}

/* "Ann Lee and Bo Moss, " */
static bool are_authors(kdb_reader *reader, const kdb_token *token) {
    kdbib_str text =
        token->kind == KDB_TOKEN_TEXT && !token->style ? kdb_trim(token->text) : (kdbib_str){"", 0};
    return text.size > 8 && kdb_is_one_of(text.data[text.size - 1], ",.") &&
           kdb_score_names(reader, kdb_strip(text)) >= 60;
}

/* `*Title*. Authors. Venue`, `Authors, *Title*`: italics at the very begin, or behind authors and
 * alone, with the words of a title. */
static size_t find_italic(kdb_reader *reader, const kdb_entry *entry, size_t *end,
                          unsigned *score) {
    size_t i = 0, count;
    while (i < entry->lead && entry->tokens[i].kind == KDB_TOKEN_TEXT &&
           kdb_strip(kdb_without_emoji(reader->arena, entry->tokens[i].text)).size == 0)
        i++;
    bool behind = i + 1 < entry->lead && are_authors(reader, &entry->tokens[i]);
    i += behind;
    *end = i;
    while (*end < entry->lead && entry->tokens[*end].kind == KDB_TOKEN_TEXT &&
           (entry->tokens[*end].style & KDBIB_ITALIC))
        ++*end;
    if (*end == i)
        return SIZE_MAX;
    for (size_t k = *end; k < entry->lead && behind; k++) /* else it is a citation */
        if (entry->tokens[k].kind == KDB_TOKEN_TEXT && kdb_strip(entry->tokens[k].text).size > 1)
            return SIZE_MAX;
    kdb_span *spans = kdb_entry_spans(reader, entry, i, *end, &count);
    kdbib_str text = kdb_trim(kdb_spans_text(reader->arena, spans, count));
    *score = kdb_score_title(reader, text);
    bool stop = *end == entry->lead || entry->tokens[*end].kind != KDB_TOKEN_TEXT ||
                strchr(".,([ ", entry->tokens[*end].text.data[0]) != NULL;
    return *score >= 60 && stop && kdb_score_names(reader, text) < 50 && !goes_on(entry, *end)
               ? i
               : SIZE_MAX;
}

/* "**NAME** (Lee et al.) - *Title*. Venue", "**Lee and Moss** - *Title*. Venue": the italics. */
static size_t find_behind_nickname(kdb_reader *reader, const kdb_entry *entry, size_t *end) {
    size_t bold = 0, count;
    while (bold < entry->lead && entry->tokens[bold].kind == KDB_TOKEN_TEXT &&
           kdb_trim(entry->tokens[bold].text).size == 0)
        bold++;
    size_t from = bold + 2;
    if (from >= entry->lead)
        return SIZE_MAX;
    const kdb_token *token = &entry->tokens[bold];
    if (token->kind != KDB_TOKEN_TEXT || token->style != KDBIB_BOLD || token->text.size > 60 ||
        token[1].kind != KDB_TOKEN_TEXT || token[1].style || token[2].kind != KDB_TOKEN_TEXT ||
        !(token[2].style & KDBIB_ITALIC) || token[2].used)
        return SIZE_MAX;
    kdbib_str between = kdb_trim(token[1].text);
    if (!between.size || !(kdb_ends_with(between, KDBIB_STR("-")) ||
                           kdb_ends_with(between, KDBIB_STR("\xE2\x80\x93")) ||
                           kdb_ends_with(between, KDBIB_STR("\xE2\x80\x94"))))
        return SIZE_MAX;
    for (*end = from; *end < entry->lead && entry->tokens[*end].kind == KDB_TOKEN_TEXT &&
                      (entry->tokens[*end].style & KDBIB_ITALIC);)
        ++*end;
    kdb_span *spans = kdb_entry_spans(reader, entry, from, *end, &count);
    kdbib_str text = kdb_trim(kdb_spans_text(reader->arena, spans, count));
    bool is = between.data[0] == '(' ||
              (kdb_score_title(reader, text) >= 42 && kdb_score_names(reader, text) < 50);
    return is && text.size > 12 && !goes_on(entry, *end) ? from : SIZE_MAX;
}

/* The nickname goes; names before the title, or in a bracket behind the nickname, stay. */
static void read_nickname(kdb_reader *reader, kdb_draft *draft, kdb_token *bold) {
    kdbib_str name = kdb_trim(bold[0].text), between = kdb_trim(bold[1].text);
    kdb_venue venue;
    size_t close = kdb_find_char(between, ')', 0);
    bool is_name =
        kdb_find(name, KDBIB_STR(" et al"), 0) != SIZE_MAX ||
        (kdb_find(name, KDBIB_STR(" and "), 0) != SIZE_MAX && kdb_score_names(reader, name) >= 25);
    kdbib_str inside = between.data[0] == '(' && close != SIZE_MAX ? kdb_slice(between, 1, close)
                                                                   : (kdbib_str){"", 0};
    if (is_name)
        kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS, name);
    else if (inside.size > 1 && inside.size < 60 && !kdb_has_digit(inside) &&
             kdb_is_upper(inside.data[0]) && kdb_score_venue(reader, inside, &venue) < 60)
        kdb_draft_read_field(reader, draft, KDB_FIELD_LABEL_AUTHORS, inside);
    else if (inside.size)
        return;
    bold[0].used = bold[1].used = true;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    unsigned score;
    size_t end;
    if (find_behind_nickname(reader, entry, &end) != SIZE_MAX)
        return 92;
    if (find_title(reader, entry, &end, &score) != SIZE_MAX)
        return 45 + score / 2;
    return find_italic(reader, entry, &end, &score) == SIZE_MAX ? 0 : 40 + score / 2;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    unsigned score;
    size_t end, count, from = find_behind_nickname(reader, entry, &end);
    if (from != SIZE_MAX)
        read_nickname(reader, draft, &entry->tokens[from - 2]);
    else
        from = find_title(reader, entry, &end, &score);
    if (from == SIZE_MAX)
        from = find_italic(reader, entry, &end, &score);
    kdb_span *spans = kdb_entry_spans(reader, entry, from, end, &count);
    for (size_t i = 0; i < count; i++)
        spans[i].marks &= ~(unsigned)KDB_MARK_BOLD;
    kdb_draft_title_from(reader, draft, spans, count);
    for (size_t i = from; i < end; i++)
        entry->tokens[i].used = true;
}

const kdb_shape kdb_shape_bold_title = {"bold-title", bid, read};
