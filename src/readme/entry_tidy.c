/* The tokens of an entry put in order: brackets off links, labels joined with their links, lines
 * cut where bars, dots and dashes part fields. */
#include "base/strings.h"
#include "readme/reader.h"

static bool ends_open(kdbib_str text) {
    return text.size && kdb_is_one_of(text.data[text.size - 1], "[(");
}
static bool begins_closed(kdbib_str text) {
    return text.size && kdb_is_one_of(text.data[0], "])");
}

/* "PDF", "Project+Code", "Paper / Code": every part is a label. */
static bool is_label(kdb_reader *reader, kdbib_str word) {
    if (word.size == 0 || word.size > 40)
        return false;
    if (kdb_says_label(reader, word))
        return true;
    size_t from = 0;
    bool several = false;
    for (size_t i = 0; i <= word.size; i++) {
        if (i < word.size && !kdb_is_one_of(word.data[i], "+/&"))
            continue;
        several = several || i < word.size;
        if (!kdb_says_label(reader, kdb_trim(kdb_slice(word, from, i))))
            return false;
        from = i + 1;
    }
    return several;
}

/* A full-width comma, semicolon or stop. */
static bool ends_wide(kdbib_str text) {
    return kdb_ends_with(text, KDBIB_STR("\xEF\xBC\x8C")) ||
           kdb_ends_with(text, KDBIB_STR("\xEF\xBC\x9B")) ||
           kdb_ends_with(text, KDBIB_STR("\xE3\x80\x82"));
}

/* `[label](` or `Label: ` at the end of `text`, before a URL that stands there bare: the label, and
 * what of the text remains before it. */
static bool label_before(kdb_reader *reader, kdbib_str text, kdbib_str *label, kdbib_str *rest) {
    kdbib_str t = kdb_trim(text);
    if (kdb_ends_with(t, KDBIB_STR("]("))) {
        size_t open = t.size - 2, depth = 1;
        while (open && depth) {
            open--;
            depth += t.data[open] == ']';
            depth -= t.data[open] == '[';
        }
        if (depth == 0) {
            *label = kdb_slice(t, open + 1, t.size - 2);
            *rest = kdb_slice(t, 0, open);
            return true;
        }
    }
    bool colon = false;
    while (t.size && (kdb_is_one_of(t.data[t.size - 1], ":=([<- ")))
        colon = t.data[--t.size] == ':' || colon;
    if (t.size >= 3 && (unsigned char)t.data[t.size - 3] == 0xEF &&
        memcmp(t.data + t.size - 3, "\xEF\xBC\x9A", 3) == 0) { /* full-width colon */
        t.size -= 3;
        colon = true;
    }
    size_t from = t.size;
    if (kdb_ends_with(t, KDBIB_STR(")"))) /* "Paper (oral): " */
        while (from && t.data[from - 1] != '(')
            from--;
    from = from > 1 && from < t.size ? from - 1 : t.size;
    while (from && !kdb_is_one_of(t.data[from - 1], ",;.|([\t") &&
           !ends_wide(kdb_slice(t, 0, from)))
        from--;
    kdbib_str word = kdb_trim(kdb_slice(t, from, t.size));
    if (!is_label(reader, word)) {
        if (!colon)
            return false;
        from = t.size;
        while (from && !kdb_is_space(t.data[from - 1]))
            from--;
        word = kdb_slice(t, from, t.size);
        if (!is_label(reader, word))
            return false;
    }
    *label = word;
    *rest = kdb_slice(t, 0, from);
    return true;
}

/* The size of the dash at text[at], with blanks around it, or 0. */
static size_t dash_size(kdbib_str text, size_t at) {
    if (text.data[at] != '-' && text.data[at] != '\xE2') /* as most */
        return 0;
    kdbib_str rest = kdb_slice(text, at, text.size);
    size_t size = kdb_starts_with(rest, KDBIB_STR("-"))              ? 1
                  : kdb_starts_with(rest, KDBIB_STR("\xE2\x80\x93")) ? 3
                  : kdb_starts_with(rest, KDBIB_STR("\xE2\x80\x94")) ? 3
                                                                     : 0;
    bool before = at == 0 || kdb_is_space(text.data[at - 1]);
    bool behind = size >= rest.size || kdb_is_space(rest.data[size]);
    return before && behind ? size : 0;
}

/* The first dash: where, or SIZE_MAX. */
static size_t find_dash(kdbib_str text, size_t *size) {
    for (size_t at = 0; at < text.size; at++)
        if ((*size = dash_size(text, at)) > 0)
            return at;
    return SIZE_MAX;
}

static bool begins_with_dash(kdbib_str text) {
    size_t at = 0;
    while (at < text.size && kdb_is_space(text.data[at]))
        at++;
    return at < text.size && dash_size(text, at) > 0;
}

/* `**Title** - **2025** - *authors* - Venue - [pdf](url)`: when two texts begin with a dash, dashes
 * are separators. */
static void split_at_dashes(kdb_reader *reader, kdb_entry *entry) {
    size_t begins = 0, size, at;
    for (size_t i = 1; i < entry->lead; i++)
        begins += entry->tokens[i].kind == KDB_TOKEN_TEXT && !entry->tokens[i].style &&
                  begins_with_dash(entry->tokens[i].text);
    for (size_t i = 1; i < entry->lead && begins > 1; i++) {
        if (entry->tokens[i].kind != KDB_TOKEN_TEXT || entry->tokens[i].style ||
            (at = find_dash(entry->tokens[i].text, &size)) == SIZE_MAX)
            continue;
        i = kdb_entry_split(reader, entry, i, at, at + size);
        entry->tokens[i].kind = KDB_TOKEN_BREAK;
    }
}

/* `A | B | C` in running text are parts of a line, like the cells of a row. */
static void split_at_dots(kdb_reader *reader, kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++) { /* "A · B" */
        kdbib_str text = entry->tokens[i].text;
        size_t at =
            entry->tokens[i].kind == KDB_TOKEN_TEXT ? kdb_find_char(text, '\xC2', 0) : SIZE_MAX;
        if (at != SIZE_MAX)
            at = kdb_find(text, KDBIB_STR("\xC2\xB7"), at);
        if (at == SIZE_MAX || (at && !kdb_is_space(text.data[at - 1])) ||
            (at + 2 < text.size && !kdb_is_space(text.data[at + 2])))
            continue;
        i = kdb_entry_split(reader, entry, i, at, at + 2);
        entry->tokens[i].kind = KDB_TOKEN_BREAK;
    }
}

static void split_at_pipes(kdb_reader *reader, kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_TEXT || (token->style & KDBIB_CODE))
            continue;
        kdbib_str text = token->text;
        for (size_t at = 0; (at = kdb_find_char(text, '|', at)) != SIZE_MAX; at++) {
            bool before = at == 0 || kdb_is_space(text.data[at - 1]);
            bool after = at + 1 == text.size || kdb_is_space(text.data[at + 1]);
            if (!before && !after)
                continue;
            i = kdb_entry_split(reader, entry, i, at, at + 1);
            entry->tokens[i].kind = KDB_TOKEN_BREAK;
            break;
        }
    }
}

/* "20-OSDI-" in front of a title: the size of that, and what it says. */
static size_t venue_in_file_name(kdb_reader *reader, kdbib_str text, kdbib_str *venue) {
    size_t dash = text.size > 8 && text.data[2] == '-' && kdb_is_digit(text.data[0]) &&
                          kdb_is_digit(text.data[1])
                      ? kdb_find_char(kdb_slice(text, 0, 20), '-', 3)
                      : SIZE_MAX;
    if (dash == SIZE_MAX || !kdb_venue_find(reader->fields, kdb_slice(text, 3, dash)))
        return 0;
    kdbib_str name = kdb_slice(text, 3, dash);
    *venue = kdb_arena_format(reader->arena, "%.*s %s%.2s", (int)name.size, name.data,
                              text.data[0] < '4' ? "20" : "19", text.data);
    return dash + 1;
}

/* `ICML 2022 oral, Title, [arXiv](url)`: how much of the text says where and when, with the comma.
 */
static size_t venue_before_comma(kdb_reader *reader, const kdb_entry *entry) {
    kdbib_str text = entry->tokens[0].text;
    size_t comma = kdb_find_char(kdb_slice(text, 0, 64), ',', 0), digits = 0, at = 0;
    if (comma == SIZE_MAX || (comma + 1 < text.size && !kdb_is_space(text.data[comma + 1])))
        return 0;
    for (; at < comma && digits < 4; at++)
        digits = kdb_is_digit(text.data[at]) ? digits + 1 : 0;
    kdbib_str behind = kdb_trim(kdb_slice(text, comma + 1, text.size));
    bool bold = kdb_find_char(behind, ' ', 0) == SIZE_MAX && entry->lead > 1 &&
                entry->tokens[1].kind == KDB_TOKEN_TEXT && entry->tokens[1].text.size > 1;
    size_t end = kdb_find_char(behind, ',', 0);
    kdb_venue venue, more;
    return digits == 4 && (bold || (behind.size > 2 && kdb_find_char(behind, ' ', 0) < end)) &&
                   kdb_score_venue(reader, kdb_slice(text, 0, comma), &venue) >= 75 &&
                   venue.date.year && (venue.known || venue.name.size == 0) &&
                   (bold || kdb_score_venue(reader, kdb_slice(behind, 0, end), &more) < 60)
               ? comma + 1
               : 0;
}

static void split_behind_venue(kdb_reader *reader, kdb_entry *entry) {
    if (entry->lead == 0 || entry->tokens[0].kind != KDB_TOKEN_TEXT ||
        (entry->tokens[0].style & KDBIB_CODE))
        return;
    kdbib_str venue = {NULL, 0};
    size_t size = venue_in_file_name(reader, entry->tokens[0].text, &venue);
    if (!size)
        size = venue_before_comma(reader, entry);
    if (!size)
        return;
    if (!venue.size)
        venue = kdb_slice(entry->tokens[0].text, 0, size - 1);
    size_t at = kdb_entry_split(reader, entry, 0, size - 1, size);
    if (at != 1)
        return;
    entry->tokens[0].text = venue;
    entry->tokens[1].kind = KDB_TOKEN_BREAK;
}

/* Full-width punctuation behind ASCII letters is a slip of the keyboard. */
static kdbib_str half_width(kdb_reader *reader, kdbib_str text) {
    if (kdb_find_char(text, '\xEF', 0) == SIZE_MAX)
        return text;
    char *out = kdb_arena_alloc(reader->arena, text.size * 2 + 1);
    if (!out)
        return text;
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (kdb_starts_with(kdb_slice(text, i, i + 3), KDBIB_STR("\xEF\xBD\x9C"))) { /* a bar */
            out[size++] = '|';
            i += 2;
            continue;
        }
        unsigned char c = i + 2 < text.size ? (unsigned char)text.data[i + 2] : 0;
        bool ascii = size && (unsigned char)out[size - 1] < 0x80;
        if ((unsigned char)text.data[i] == 0xEF && (unsigned char)text.data[i + 1] == 0xBC &&
            c >= 0x81 && c <= 0x9F && (ascii || c == 0x88 || c == 0x89)) { /* U+FF01 to U+FF1F */
            out[size++] = (char)(c - 0x81 + '!');
            i += 2;
            if (kdb_is_one_of(out[size - 1], ",:;") && i + 1 < text.size && text.data[i + 1] != ' ')
                out[size++] = ' ';
        } else {
            out[size++] = text.data[i];
        }
    }
    out[size] = '\0';
    return (kdbib_str){out, size};
}

/* `[Title](two words)` is no link to Markdown: its text is a link's, to nowhere or to an address
 * with blanks in it. */
static void mend_links(kdb_reader *reader, kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_TEXT || (token->style & KDBIB_CODE))
            continue;
        kdbib_str text = token->text;
        size_t middle = kdb_find_char(text, ']', 0); /* few have one */
        if (middle != SIZE_MAX)
            middle = kdb_find(text, KDBIB_STR("]("), middle);
        size_t close = middle == SIZE_MAX ? middle : kdb_find_char(text, ')', middle);
        if (close == SIZE_MAX)
            continue;
        size_t open = middle, depth = 1;
        while (open && depth) {
            open--;
            depth += text.data[open] == ']';
            depth -= text.data[open] == '[';
        }
        kdbib_str url = kdb_trim(kdb_slice(text, middle + 2, close));
        if (depth || open + 1 == middle)
            continue;
        if (kdb_find(url, KDBIB_STR("://"), 0) == SIZE_MAX)
            url.size = 0;
        i = kdb_entry_split(reader, entry, i, open, close + 1);
        kdb_token *link = &entry->tokens[i];
        link->kind = KDB_TOKEN_LINK;
        link->text = kdb_trim(kdb_slice(text, open + 1, middle));
        link->url = url;
        link->mended = true;
    }
}

void kdb_entry_tidy(kdb_reader *reader, kdb_entry *entry) {
    for (size_t i = 0; i < entry->count; i++)
        if (entry->tokens[i].kind == KDB_TOKEN_TEXT || entry->tokens[i].kind == KDB_TOKEN_LINK)
            entry->tokens[i].text = half_width(reader, entry->tokens[i].text);
    for (size_t i = 0; i + 1 < entry->count; i++) { /* "Authors: …" on a line of its own */
        kdb_field_label label;
        if (entry->tokens[i].kind == KDB_TOKEN_BREAK && entry->tokens[i].soft &&
            entry->tokens[i + 1].kind == KDB_TOKEN_TEXT &&
            kdb_field_label_before(reader, entry->tokens[i + 1].text, &label))
            entry->tokens[i].soft = false;
    }
    mend_links(reader, entry);
    split_at_pipes(reader, entry);
    split_at_dots(reader, entry);
    split_at_dashes(reader, entry);
    split_behind_venue(reader, entry);
    for (size_t i = 0; i < entry->count; i++) {
        kdb_token *link = &entry->tokens[i];
        if (link->kind != KDB_TOKEN_LINK)
            continue;
        kdb_token *before = i ? link - 1 : NULL, *after = i + 1 < entry->count ? link + 1 : NULL;
        if (before && before->kind != KDB_TOKEN_TEXT)
            before = NULL;
        if (after && after->kind != KDB_TOKEN_TEXT)
            after = NULL;
        kdbib_str label, rest;
        if (link->bare && before && label_before(reader, before->text, &label, &rest)) {
            link->text = label;
            link->bare = false;
            link->boxed = true;
            link->mended = kdb_ends_with(kdb_trim(before->text), KDBIB_STR("]("));
            before->text = rest;
            if (after && begins_closed(after->text))
                after->text = kdb_slice(after->text, 1, after->text.size);
        }
        while (before && after && ends_open(before->text) && begins_closed(after->text)) {
            before->text.size--;
            after->text = kdb_slice(after->text, 1, after->text.size);
            link->boxed = true;
        }
        /* "[[code](…)" without its end, "[code](…)]" without its begin */
        if (before && !after && ends_open(before->text))
            before->text.size--;
        if (after && begins_closed(after->text) &&
            (!before ||
             kdb_find_char(before->text, after->text.data[0] == ']' ? '[' : '(', 0) == SIZE_MAX))
            after->text = kdb_slice(after->text, 1, after->text.size);
        kdb_find_citing_link(reader, entry, i);
    }
}
