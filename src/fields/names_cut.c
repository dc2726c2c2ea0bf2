/* Author lists cut into pieces at commas and "and", and what each piece looks like. */
#include "fields/names_cut.h"

#include "fields/chars.h"

bool kdb_names_word_is(kdbib_str text, size_t at, kdbib_str word) {
    return text.size - at >= word.size &&
           kdb_equal_nocase(kdb_slice(text, at, at + word.size), word) &&
           (at + word.size == text.size || !kdb_is_alpha(text.data[at + word.size])) &&
           (at == 0 || kdb_is_space(text.data[at - 1]) ||
            kdb_is_one_of(text.data[at - 1], ",;~\x02."));
}

size_t kdb_names_et_al(kdbib_str text, size_t at) {
    static const char *const words[] = {"et al",      "et. al",    "et.al",  "etal",    "et als",
                                        "and others", "and other", "others", "et alii", "et al."};
    char second = at + 1 < text.size ? kdb_to_lower(text.data[at + 1]) : '\0';
    if (second != 't' && second != 'n')
        return at;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_to_lower(text.data[at]) == words[i][0] &&
            kdb_names_word_is(text, at, kdbib_str_of(words[i]))) {
            size_t end = at + strlen(words[i]);
            while (end < text.size && (text.data[end] == '.' || text.data[end] == ' '))
                end++;
            return end;
        }
    return at;
}

bool kdb_name_is_topic(kdb_token_shape shape, unsigned letters, unsigned name_kinds,
                       unsigned title_kinds) {
    bool venue =
        (title_kinds & KDB_WORD_VENUE) && !(title_kinds & KDB_WORD_PUBLISHER) && letters > 5;
    return (venue || (title_kinds & (KDB_WORD_FUNCTION | KDB_WORD_TOPIC))) &&
           !(name_kinds & (KDB_WORD_PARTICLE | KDB_WORD_JOINER | KDB_WORD_SURNAME)) &&
           shape != KDB_TOKEN_INITIALS;
}

static void describe(const kdb_fields *fields, kdb_name_piece *p) {
    kdb_name_tokens tokens;
    kdb_name_tokens_of(fields, p->text, &tokens);
    p->words = (uint8_t)tokens.count;
    unsigned initials = 0, words = 0, lower = 0, cjk = 0, other = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        const kdb_name_token *t = &tokens.at[i];
        initials += t->shape == KDB_TOKEN_INITIALS;
        words += t->shape == KDB_TOKEN_WORD || t->shape == KDB_TOKEN_CAPITALS;
        cjk += t->shape == KDB_TOKEN_CJK;
        other += t->shape == KDB_TOKEN_OTHER;
        if (t->shape == KDB_TOKEN_LOWER && !(t->kinds & (KDB_WORD_PARTICLE | KDB_WORD_JOINER)))
            lower++;
        p->body |= (t->kinds & (KDB_WORD_BODY | KDB_WORD_COMPANY)) != 0;
        p->company |= (t->kinds & KDB_WORD_COMPANY) != 0;
        p->surname |= (t->kinds & KDB_WORD_SURNAME) != 0 ||
                      (t->shape == KDB_TOKEN_CJK && kdb_cjk_family_size(fields, t->text));
        p->topic |= kdb_name_is_topic(t->shape, t->letters, t->kinds, t->title_kinds);
    }
    size_t syllables = 0;
    for (size_t i = 0; i < tokens.count && cjk; i++)
        syllables += tokens.at[i].text.size / 3;
    const kdb_name_token *first = &tokens.at[0],
                         *last = &tokens.at[tokens.count ? tokens.count - 1 : 0];
    p->lower = lower > 0;
    p->cjk = cjk > 0;
    p->suffix = tokens.count == 1 && (first->kinds & KDB_WORD_SUFFIX);
    p->initials = tokens.count && initials == tokens.count;
    if (tokens.count == 1 && first->shape == KDB_TOKEN_CAPITALS && first->letters <= 2)
        p->initials = true;
    p->plain_words = tokens.count && words == tokens.count;
    p->given_like = tokens.count && tokens.count <= 3 && !lower && !other && !cjk && words <= 2;
    p->family_initials = tokens.count >= 2 && words && first->shape != KDB_TOKEN_INITIALS &&
                         (last->shape == KDB_TOKEN_INITIALS ||
                          (last->shape == KDB_TOKEN_CAPITALS && last->letters <= 2 &&
                           !(last->kinds & KDB_WORD_SURNAME)));
    p->name_like = !tokens.overflow && tokens.count && !other && !p->topic &&
                   (cjk ? tokens.count <= 3 && syllables <= 6
                        : words >= 1 && tokens.count <= 6 && lower == 0 &&
                              (tokens.count >= 2 || initials == 0));
    if (p->body && !p->topic && tokens.count && !other)
        p->name_like = true;
}

void kdb_names_describe(const kdb_fields *fields, kdb_name_pieces *list) {
    for (size_t i = 0; i < list->count; i++)
        describe(fields, &list->at[i]);
}

/* A piece without the signs around it; empty when there is nothing else. */
static kdbib_str bare(kdbib_str text) {
    text = kdb_trim(text);
    while (text.size && kdb_is_one_of(text.data[0], ".-:/!?~"))
        text = kdb_trim(kdb_slice(text, 1, text.size));
    while (text.size && kdb_is_one_of(text.data[text.size - 1], ":/-!?~"))
        text = kdb_trim(kdb_slice(text, 0, text.size - 1));
    size_t word = text.size ? text.size - 1 : 0;
    while (word && kdb_is_lower(text.data[word - 1]))
        word--;
    if (text.size && text.data[text.size - 1] == '.' && text.size - word > 3)
        text.size--; /* the end of the sentence; "Jr.", "Wm." stay */
    return text;
}

static bool add_piece(kdb_arena *arena, kdb_name_pieces *list, kdbib_str text, char before) {
    text = bare(text);
    if (!text.size)
        return true;
    kdb_name_piece *pieces =
        kdb_arena_grow(arena, list->at, list->count, &list->capacity, sizeof *pieces);
    if (!pieces)
        return false;
    list->at = pieces;
    kdb_name_piece *p = &list->at[list->count++];
    *p = (kdb_name_piece){.text = text, .before = list->count == 1 ? 0 : before};
    return true;
}

/* Chinese and Japanese "and others" behind the last name. */
static bool ends_list(kdbib_str text, size_t at, size_t *size) {
    static const char *const words[] = {"等人", "等", "ほか", "他"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *size = strlen(words[i]);
        if (kdb_starts_with(kdb_slice(text, at, text.size), kdbib_str_of(words[i])) &&
            kdb_trim(kdb_slice(text, at + *size, text.size)).size <= 1)
            return true;
    }
    return false;
}

bool kdb_names_cut(kdb_arena *arena, kdbib_str text, kdb_name_pieces *list) {
    *list = (kdb_name_pieces){0};
    list->semicolons = kdb_find_char(text, ';', 0) != SIZE_MAX;
    size_t from = 0;
    char before = 0;
    int depth = 0;
    bool glued = kdb_find(text, KDBIB_STR("et al"), 0) != SIZE_MAX; /* to a name, perhaps */
    for (size_t at = 0; at <= text.size; at++) {
        char c = at < text.size ? text.data[at] : ',';
        if (at && kdb_is_alpha(c) && kdb_is_alpha(text.data[at - 1]) && !(glued && c == 'e'))
            continue; /* within a word */
        if (c == ' ')
            continue;
        size_t behind = at + 1, size;
        depth += c == '{' ? 1 : c == '}' && depth ? -1 : 0;
        if (depth && at < text.size)
            continue;
        bool boundary = at == 0 || kdb_is_space(text.data[at - 1]) || text.data[at - 1] == ',' ||
                        text.data[at - 1] == KDB_NAMES_AND;
        /* "Leeet al.": a blank was forgotten */
        if (c == 'e' && !boundary && at > from + 2 && kdb_is_alpha(text.data[at - 1]) &&
            kdb_starts_with(kdb_slice(text, at, text.size), KDBIB_STR("et al"))) {
            list->truncated = true;
            behind = at + 5;
            while (behind < text.size && text.data[behind] == '.')
                behind++;
            c = ',';
        } else if (at < text.size && c == '~') {
            list->truncated = true;
            c = ',';
        } else if (boundary && (c == 'e' || c == 'E' || c == 'o' || c == 'a') &&
                   kdb_names_et_al(text, at) > at) {
            list->truncated = true;
            behind = kdb_names_et_al(text, at);
            c = ',';
        } else if (boundary && (c == 'a' || c == 'A') &&
                   kdb_names_word_is(text, at, KDBIB_STR("and"))) {
            c = KDB_NAMES_AND;
            behind = at + 3;
        } else if (at && (unsigned char)c >= 0xE3 && ends_list(text, at, &size)) {
            list->truncated = true;
            c = ',';
            behind = at + size;
        } else if (c != ',' && c != ';' && c != KDB_NAMES_AND) {
            continue;
        }
        if (list->semicolons && c == ',' && at < text.size)
            continue; /* "Family, Given; Family, Given" */
        if (!add_piece(arena, list, kdb_slice(text, from, at), before))
            return false;
        if (at >= text.size)
            break;
        before = before == KDB_NAMES_AND && kdb_trim(kdb_slice(text, from, at)).size == 0
                     ? KDB_NAMES_AND
                     : c;
        from = behind;
        at = behind - 1;
    }
    return true;
}
