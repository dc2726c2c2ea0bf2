/* Shape: the text of a link is the title: `[Title](url), authors, venue`. */
#include "base/strings.h"
#include "fields/title.h"
#include "readme/reader.h"

static size_t find_title(kdb_reader *reader, const kdb_entry *entry, unsigned *score) {
    size_t best = SIZE_MAX;
    *score = 0;
    for (size_t i = 0; i < entry->lead; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind != KDB_TOKEN_LINK || token->bare || token->picture || token->used ||
            token->text.size < 3 || (token->url.size && token->url.data[0] == '#') ||
            kdb_is_label(reader->arena, reader->fields, token->text))
            continue;
        unsigned s = kdb_title_score(reader->arena, reader->fields, token->text);
        if (s > *score) {
            *score = s;
            best = i;
        }
    }
    return best;
}

static unsigned bid(kdb_reader *reader, const kdb_entry *entry) {
    unsigned score;
    return find_title(reader, entry, &score) == SIZE_MAX ? 0 : 40 + score / 2;
}

static void read(kdb_reader *reader, kdb_entry *entry, kdb_draft *draft) {
    unsigned score;
    size_t at = find_title(reader, entry, &score);
    kdb_token *token = &entry->tokens[at];
    token->used = true;
    kdb_draft_set_title(reader, draft, token->text);
    kdb_draft_add_link(reader, draft, token, KDBIB_ROLE_COUNT);
    if (draft->link_count)
        draft->links[draft->link_count - 1].title = true;
}

const kdb_shape kdb_shape_link_title = {"link-title", bid, read};
