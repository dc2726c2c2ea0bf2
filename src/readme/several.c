/* Several papers in one entry: `[Title](url) and [Title](url), CVPR 2021`, a cell with two links.
 */
#include "base/strings.h"
#include "readme/reader.h"

/* `hosted`: the host must be one of papers, too. */
static bool is_paper_title(kdb_reader *reader, const kdb_token *token, unsigned least,
                           bool hosted) {
    if (token->kind != KDB_TOKEN_LINK || token->bare || token->picture || token->boxed ||
        token->text.size < 12 || kdb_says_label(reader, token->text))
        return false;
    kdb_label host = {.role = KDBIB_ROLE_COUNT};
    kdb_link_host(reader->fields, token->url, &host);
    bool paper = host.role == KDBIB_LINK_PAPER || host.role == KDBIB_LINK_PDF ||
                 (!hosted && host.role == KDBIB_ROLE_COUNT);
    return paper && !host.search && kdb_score_title(reader, token->text) >= least &&
           kdb_score_names(reader, token->text) < 50;
}

/* `(2003) and` between two titles. */
static bool is_dated_joint(const kdb_token *token) {
    kdbib_str text = kdb_trim(token->text);
    return token->kind == KDB_TOKEN_TEXT && text.size >= 10 && text.data[0] == '(' &&
           text.data[5] == ')' && kdb_is_digit(text.data[1]) && kdb_is_digit(text.data[4]) &&
           kdb_starts_with(kdb_trim(kdb_slice(text, 6, 16)), KDBIB_STR("and"));
}

/* Nothing but "and", a comma, a break. */
static bool is_joint(const kdb_token *token) {
    if (token->kind == KDB_TOKEN_BREAK)
        return !token->part;
    kdbib_str text = kdb_strip(token->text);
    return token->kind == KDB_TOKEN_TEXT &&
           (text.size < 2 || kdbib_str_equal(text, KDBIB_STR("and")));
}

size_t kdb_entry_next_paper(kdb_reader *reader, const kdb_entry *entry) {
    size_t last = SIZE_MAX;
    bool dated = false;
    for (size_t i = 0; i < entry->lead; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_LINK) {
            if (last == SIZE_MAX || is_joint(token))
                continue;
            if (!is_dated_joint(token))
                return SIZE_MAX;
            dated = true;
            continue;
        }
        if (last != SIZE_MAX) {
            kdbib_str one = entry->tokens[last].text, two = token->text;
            size_t size = one.size < two.size ? one.size : two.size;
            return is_paper_title(reader, token, 60, !dated) &&
                           is_paper_title(reader, &entry->tokens[last], 42, !dated) &&
                           !kdb_equal_nocase(kdb_slice(one, 0, size), kdb_slice(two, 0, size))
                       ? i
                       : SIZE_MAX;
        }
        if (!is_paper_title(reader, token, 42, false))
            return SIZE_MAX;
        last = i;
    }
    return SIZE_MAX;
}

kdb_entry kdb_entry_cut(kdb_reader *reader, kdb_entry *entry, size_t at) {
    kdb_entry rest = {.tokens = entry->tokens + at,
                      .count = entry->count - at,
                      .capacity = entry->count - at,
                      .line = entry->tokens[at].line,
                      .lead = entry->lead - at};
    kdb_token *tokens = kdb_arena_array(reader->arena, entry->count, sizeof *tokens);
    if (!tokens)
        return rest;
    memcpy(tokens, entry->tokens, at * sizeof *tokens);
    size_t count = at; /* what is said behind the last one is said of all, if nothing is before */
    bool own = false;
    for (size_t i = 0; i < at; i++)
        own = own || (tokens[i].kind == KDB_TOKEN_TEXT && kdb_has_digit(tokens[i].text));
    for (size_t i = at + 1; i < entry->lead && !own; i++)
        if (entry->tokens[i].kind == KDB_TOKEN_TEXT)
            tokens[count++] = entry->tokens[i];
    entry->tokens = tokens;
    entry->count = entry->capacity = count;
    entry->lead = count;
    return rest;
}
