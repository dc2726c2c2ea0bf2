/* Several papers in one entry: `[Title](url) and [Title](url), CVPR 2021`, a cell with two links.
 */
#include "base/strings.h"
#include "readme/reader.h"

/* `hosted`: the host must be one of papers, too. */
static bool is_paper_title(kdb_reader *reader, kdb_token *token, unsigned least, bool hosted) {
    if (token->bare || token->picture || token->boxed || token->text.size < 12 ||
        kdb_link_says_label(reader, token))
        return false;
    kdb_link_word host = kdb_link_leads_to(reader, token);
    bool paper = kdb_hosts_papers(host) || (!hosted && host.role == KDBIB_ROLE_COUNT);
    return paper && !host.search && kdb_link_score_title(reader, token) >= least &&
           kdb_link_score_names(reader, token) < 50;
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
    kdb_token *one = NULL;
    bool dated = false;
    for (size_t i = 0; i < entry->lead; i++) {
        kdb_token *two = &entry->tokens[i];
        if (!one) {
            one = two->kind == KDB_TOKEN_LINK ? two : NULL;
            continue;
        }
        if (is_joint(two))
            continue;
        if (two->kind != KDB_TOKEN_LINK) {
            if (!is_dated_joint(two))
                return SIZE_MAX;
            dated = true;
            continue;
        }
        size_t size = one->text.size < two->text.size ? one->text.size : two->text.size;
        return !kdb_equal_nocase(kdb_slice(one->text, 0, size), kdb_slice(two->text, 0, size)) &&
                       is_paper_title(reader, one, 42, !dated) &&
                       is_paper_title(reader, two, 60, !dated)
                   ? i
                   : SIZE_MAX;
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
