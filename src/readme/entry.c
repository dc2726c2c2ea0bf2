/* The text of an entry as flat tokens, out of one block or several. */
#include "base/strings.h"
#include "readme/reader.h"

static kdb_token *add(kdb_reader *reader, kdb_entry *entry) {
    kdb_token *tokens = kdb_arena_grow(reader->arena, entry->tokens, entry->count, &entry->capacity,
                                       sizeof *tokens);
    if (!tokens)
        return NULL;
    entry->tokens = tokens;
    kdb_token *token = &entry->tokens[entry->count++];
    *token = (kdb_token){0};
    return token;
}

static kdbib_str join(kdb_arena *arena, kdbib_str a, kdbib_str b) {
    if (a.size == 0)
        return b;
    if (b.size == 0)
        return a;
    char *text = kdb_arena_alloc(arena, a.size + b.size + 1);
    if (!text)
        return a;
    memcpy(text, a.data, a.size);
    memcpy(text + a.size, b.data, b.size);
    text[a.size + b.size] = '\0';
    return (kdbib_str){text, a.size + b.size};
}

/* What a run adds to a label or a text: sub- and superscripts keep their tags, for the title. */
static kdbib_str typed(kdb_arena *arena, const kdb_inline *run) {
    if (run->style & KDBIB_SUB)
        return join(arena, join(arena, KDBIB_STR("<sub>"), run->text), KDBIB_STR("</sub>"));
    if (run->style & KDBIB_SUP)
        return join(arena, join(arena, KDBIB_STR("<sup>"), run->text), KDBIB_STR("</sup>"));
    return run->text;
}

static void add_break(kdb_reader *reader, kdb_entry *entry, uint32_t line, bool part, bool soft) {
    kdb_token *token = add(reader, entry);
    if (token)
        *token = (kdb_token){.kind = KDB_TOKEN_BREAK, .line = line, .part = part, .soft = soft};
}

/* The runs of one link are one token. Returns how many runs were taken. */
static size_t add_link(kdb_reader *reader, kdb_entry *entry, const kdb_block *block, size_t from) {
    const kdb_inline *first = &block->inlines[from];
    kdb_token *token = add(reader, entry);
    if (!token)
        return 1;
    token->kind = KDB_TOKEN_LINK;
    token->style = first->style;
    token->line = first->line;
    token->url = first->link->url;
    token->bare = first->link->bare;
    kdbib_str label = {"", 0}, alt = {"", 0};
    size_t i = from;
    for (; i < block->inline_count && block->inlines[i].link == first->link; i++) {
        const kdb_inline *run = &block->inlines[i];
        token->style &= run->style;
        if (run->kind == KDB_INLINE_TEXT)
            label = join(reader->arena, label, typed(reader->arena, run));
        else if (run->kind == KDB_INLINE_IMAGE)
            alt = run->text, token->picture = true;
        else
            label = join(reader->arena, label, KDBIB_STR(" "));
    }
    token->picture = token->picture && kdb_trim(label).size == 0;
    token->text = kdb_trim(token->picture ? alt : label);
    if (token->picture) { /* the badge itself may say venue and year */
        for (size_t k = from; k < i; k++)
            if (block->inlines[k].kind == KDB_INLINE_IMAGE) {
                kdb_token *image = add(reader, entry);
                if (image)
                    *image = (kdb_token){.kind = KDB_TOKEN_IMAGE,
                                         .line = block->inlines[k].line,
                                         .text = block->inlines[k].text,
                                         .url = block->inlines[k].url};
            }
    }
    return i - from;
}

static void add_leaf(kdb_reader *reader, kdb_entry *entry, const kdb_block *block) {
    if (block->inline_count == 0)
        return;
    if (entry->count)
        add_break(reader, entry, block->line, true, false);
    else if (entry->line == 0)
        entry->line = block->line;
    for (size_t i = 0; i < block->inline_count;) {
        const kdb_inline *run = &block->inlines[i];
        if (run->link) {
            i += add_link(reader, entry, block, i);
            continue;
        }
        i++;
        if (run->kind == KDB_INLINE_BREAK || run->kind == KDB_INLINE_SOFT_BREAK) {
            add_break(reader, entry, run->line, false, run->kind == KDB_INLINE_SOFT_BREAK);
            continue;
        }
        unsigned style = run->style & ~(unsigned)(KDBIB_SUB | KDBIB_SUP);
        kdb_token *last = entry->count ? &entry->tokens[entry->count - 1] : NULL;
        if (run->kind == KDB_INLINE_TEXT && last && last->kind == KDB_TOKEN_TEXT &&
            last->style == style) {
            last->text = join(reader->arena, last->text, typed(reader->arena, run));
            continue;
        }
        kdb_token *token = add(reader, entry);
        if (!token)
            return;
        *token =
            (kdb_token){.kind = run->kind == KDB_INLINE_IMAGE ? KDB_TOKEN_IMAGE : KDB_TOKEN_TEXT,
                        .style = style,
                        .line = run->line,
                        .text = typed(reader->arena, run),
                        .url = run->url};
    }
    if (entry->lead == 0)
        entry->lead = entry->count;
}

void kdb_entry_add(kdb_reader *reader, kdb_entry *entry, const kdb_block *block) {
    if (block->kind == KDB_BLOCK_CODE) {
        kdb_token *token = add(reader, entry);
        if (token)
            *token =
                (kdb_token){.kind = KDB_TOKEN_CODE, .line = block->line, .text = block->literal};
        return;
    }
    add_leaf(reader, entry, block);
    for (const kdb_block *child = block->first; child; child = child->next)
        kdb_entry_add(reader, entry, child);
}

void kdb_entry_add_lead(kdb_reader *reader, kdb_entry *entry, const kdb_block *item) {
    add_leaf(reader, entry, item);
    for (const kdb_block *child = item->first; child; child = child->next)
        if (child->kind != KDB_BLOCK_LIST)
            kdb_entry_add(reader, entry, child);
}

size_t kdb_entry_split(kdb_reader *reader, kdb_entry *entry, size_t index, size_t from, size_t to) {
    kdb_token whole = entry->tokens[index];
    size_t head = from > 0 ? 1 : 0, pieces = head + (to < whole.text.size ? 1 : 0);
    size_t middle = index + head;
    if (pieces == 0)
        return index;
    for (size_t i = 0; i < pieces; i++)
        if (!add(reader, entry))
            return index;
    memmove(&entry->tokens[index + 1 + pieces], &entry->tokens[index + 1],
            (entry->count - pieces - index - 1) * sizeof *entry->tokens);
    if (index < entry->lead)
        entry->lead += pieces;
    for (size_t i = index; i <= index + pieces; i++)
        entry->tokens[i] = whole;
    if (from > 0)
        entry->tokens[index].text = kdb_slice(whole.text, 0, from);
    entry->tokens[middle].text = kdb_slice(whole.text, from, to);
    if (to < whole.text.size)
        entry->tokens[middle + 1].text = kdb_slice(whole.text, to, whole.text.size);
    return middle;
}

kdb_span *kdb_entry_spans(kdb_reader *reader, const kdb_entry *entry, size_t from, size_t to,
                          size_t *count) {
    *count = 0;
    kdb_span *spans = kdb_arena_array(reader->arena, (to - from) * 2 + 1, sizeof *spans);
    if (!spans)
        return NULL;
    bool fresh = false;
    for (size_t i = from; i < to; i++) {
        const kdb_token *token = &entry->tokens[i];
        if (token->kind == KDB_TOKEN_BREAK) {
            if (*count) {
                spans[*count] = (kdb_span){KDBIB_STR(" "), 0};
                ++*count;
            }
            fresh = !token->soft;
            continue;
        }
        if ((token->kind != KDB_TOKEN_TEXT && token->kind != KDB_TOKEN_LINK) || token->bare ||
            token->picture || token->text.size == 0)
            continue;
        unsigned marks = (token->style & KDBIB_BOLD ? KDB_MARK_BOLD : 0u) |
                         (token->style & KDBIB_ITALIC ? KDB_MARK_ITALIC : 0u) |
                         (token->style & KDBIB_CODE ? KDB_MARK_CODE : 0u) |
                         (token->kind == KDB_TOKEN_LINK ? KDB_MARK_LINK : 0u) |
                         (fresh ? KDB_MARK_BREAK : 0u);
        fresh = false;
        spans[(*count)++] = (kdb_span){token->text, marks};
    }
    return spans;
}

bool kdb_entry_names_in_italics(kdb_reader *reader, const kdb_entry *entry, size_t at) {
    const kdb_token *token = &entry->tokens[at], *before = at ? token - 1 : NULL;
    if (!before || token->kind != KDB_TOKEN_TEXT || !(token->style & KDBIB_ITALIC) ||
        before->kind != KDB_TOKEN_TEXT || (before->style & KDBIB_ITALIC))
        return false;
    kdbib_str words = kdb_trim(before->text), names = kdb_trim(token->text);
    if (words.size < 12 || kdb_is_one_of(words.data[words.size - 1], ".,:;([|-"))
        return false;
    size_t end = kdb_find(names, KDBIB_STR(" et al"), 0),
           stop = kdb_find(names, KDBIB_STR(". "), 0);
    if (end < 40)
        return true;
    return kdb_score_names(reader, kdb_slice(names, 0, stop)) >= 60;
}
