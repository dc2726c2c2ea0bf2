/* One name: its words, and which of them are family name, given name, particle and suffix. */
#include "fields/name_split.h"

#include "fields/chars.h"

/* "A.Graves" in [at, end): where the word behind the initials begins, or `end`. */
static size_t glued_word(kdbib_str text, size_t at, size_t end) {
    size_t from = at;
    while (from + 2 < end && kdb_is_upper(text.data[from]) && text.data[from + 1] == '.')
        from += 2;
    return from > at && from + 2 < end && kdb_is_upper(text.data[from]) &&
                   kdb_is_lower(text.data[from + 1])
               ? from
               : end;
}

void kdb_name_tokens_of(const kdb_fields *fields, kdbib_str text, kdb_name_tokens *tokens) {
    tokens->count = 0;
    tokens->overflow = false;
    for (size_t at = 0; at < text.size;) {
        if (kdb_is_space(text.data[at])) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < text.size && !kdb_is_space(text.data[end]))
            end++;
        end = glued_word(text, at, end);
        if (tokens->count == KDB_NAME_TOKENS) {
            tokens->overflow = true;
            return;
        }
        kdb_name_token *token = &tokens->at[tokens->count++];
        token->text = kdb_slice(text, at, end);
        kdb_word word = kdb_word_of(fields, token->text);
        token->shape = (kdb_token_shape)word.shape;
        token->letters = word.letters;
        token->period = word.period;
        token->kinds = word.name_kinds;
        token->title_kinds = word.title_kinds;
        at = end;
    }
}

/* ---- Chinese, Japanese, Korean ---- */

static bool is_surname(const kdb_fields *fields, kdbib_str text) {
    uint32_t kinds = kdb_word_index_find(&fields->name_words, text);
    return kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_SURNAME);
}

size_t kdb_cjk_family_size(const kdb_fields *fields, kdbib_str text) {
    size_t ends[4] = {0}, count = 0;
    for (size_t at = 0; at < text.size && count < 6; count++) {
        size_t next;
        if (!kdb_char_is_cjk(kdb_char_at(text, at, &next)))
            return 0;
        if (count < 4)
            ends[count] = next;
        at = next;
    }
    if (count >= 3 && count <= 5 && is_surname(fields, kdb_slice(text, 0, ends[1])))
        return ends[1];
    return count >= 2 && count <= 3 && is_surname(fields, kdb_slice(text, 0, ends[0])) ? ends[0]
                                                                                       : 0;
}

/* "张三", "山田太郎", "김철수": the family name comes first; how long it is, a table must know. */
static bool split_cjk(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                      kdbib_name *name) {
    size_t family = kdb_cjk_family_size(fields, text);
    if (!family) {
        name->literal = kdb_arena_copy(arena, text);
        return !kdb_arena_failed(arena);
    }
    name->family = kdb_arena_copy(arena, kdb_slice(text, 0, family));
    name->given = kdb_arena_copy(arena, kdb_slice(text, family, text.size));
    return !kdb_arena_failed(arena);
}

/* ---- words ---- */

/* Words [from, to) with one blank between them. */
static kdbib_str join(kdb_arena *arena, const kdb_name_token *tokens, size_t from, size_t to) {
    size_t size = 0;
    for (size_t i = from; i < to; i++)
        size += tokens[i].text.size + 1;
    if (!size)
        return (kdbib_str){0};
    char *text = kdb_arena_alloc(arena, size);
    if (!text)
        return (kdbib_str){0};
    size = 0;
    for (size_t i = from; i < to; i++) {
        if (i > from)
            text[size++] = ' ';
        memcpy(text + size, tokens[i].text.data, tokens[i].text.size);
        size += tokens[i].text.size;
    }
    text[size] = '\0';
    return (kdbib_str){text, size};
}

static kdbib_str joined(kdb_arena *arena, const kdb_name_token *tokens, size_t from, size_t to) {
    kdbib_str text = join(arena, tokens, from, to);
    while (text.size && kdb_is_one_of(text.data[text.size - 1], ".,;:") &&
           !(text.data[text.size - 1] == '.' && tokens[to - 1].shape == KDB_TOKEN_INITIALS))
        text.size--;
    if (text.size)
        ((char *)text.data)[text.size] = '\0';
    return text;
}

static bool is_body(const kdb_name_token *tokens, size_t count) {
    size_t companies = 0;
    for (size_t i = 0; i < count; i++) {
        companies += (tokens[i].kinds & KDB_WORD_COMPANY) != 0;
        if ((tokens[i].kinds & KDB_WORD_BODY) &&
            (i + 1 == count || i == 0 || tokens[i].shape == KDB_TOKEN_LOWER))
            return true;
        if ((tokens[i].kinds & KDB_WORD_BODY) && count > 2)
            return true;
    }
    return companies == count || companies > 1;
}

/* Where the family name with its particles begins in [0, count); the particle ends at `*behind`. */
static size_t family_start(const kdb_name_token *t, size_t count, size_t *behind) {
    size_t last = count - 1;
    *behind = last;
    if (count == 1)
        return 0;
    /* "José Ortega y Gasset" */
    if (last >= 3 && t[last - 1].shape == KDB_TOKEN_LOWER &&
        (t[last - 1].kinds & KDB_WORD_JOINER)) {
        *behind = last - 2;
        return last - 2;
    }
    size_t from = last;
    while (from > 0 && t[from - 1].shape == KDB_TOKEN_LOWER &&
           (t[from - 1].kinds & KDB_WORD_PARTICLE))
        from--;
    if (from < last)
        return from;
    /* a particle farther to the left: "Ana de la Cruz Soto" */
    for (size_t i = 1; i + 1 < last; i++)
        if (t[i].shape == KDB_TOKEN_LOWER && (t[i].kinds & KDB_WORD_PARTICLE)) {
            *behind = i + 1;
            while (*behind < last && t[*behind].shape == KDB_TOKEN_LOWER &&
                   (t[*behind].kinds & KDB_WORD_PARTICLE))
                ++*behind;
            return i;
        }
    /* "Luc Van Gool": written with a capital it is part of the name; not so before a family name
     * that stands alone ("Anh Van Nguyen") */
    while (from > 1 && t[from - 1].shape == KDB_TOKEN_WORD &&
           (t[from - 1].kinds & KDB_WORD_PREFIX) && !(t[last].kinds & KDB_WORD_SURNAME))
        from--;
    *behind = from;
    return from;
}

/* "Lee JB", "Lee J.-B.", "Lee J": the initials come last. */
static bool initials_last(const kdb_name_token *t, size_t count, kdb_name_order order) {
    if (count < 2)
        return false;
    const kdb_name_token *last = &t[count - 1];
    for (size_t i = 0; i + 1 < count; i++)
        if (t[i].shape == KDB_TOKEN_INITIALS && !(i > 0 && last->shape == KDB_TOKEN_INITIALS))
            return false;
    if (t[0].shape == KDB_TOKEN_INITIALS)
        return false;
    if (last->shape == KDB_TOKEN_INITIALS)
        return true;
    if (last->shape != KDB_TOKEN_CAPITALS || last->letters > 3)
        return false;
    if (order == KDB_ORDER_FAMILY_INITIALS)
        return true;
    return last->letters == 2 && t[0].shape == KDB_TOKEN_WORD && !(last->kinds & KDB_WORD_SURNAME);
}

/* "Md Ali", "Md. Ali": a given name, unlike "MD". */
static bool is_mohammed(const kdb_name_token *token) {
    return token->shape == KDB_TOKEN_WORD && token->letters == 2 &&
           kdb_starts_with(token->text, KDBIB_STR("Md"));
}

bool kdb_name_of_tokens(kdb_arena *arena, const kdb_fields *fields, const kdb_name_tokens *tokens,
                        kdb_name_order order, kdbib_name *name) {
    *name = (kdbib_name){0};
    const kdb_name_token *t = tokens->at;
    size_t count = tokens->count;
    while (count > 1 && (t->kinds & KDB_WORD_HONORIFIC) && !is_mohammed(t)) {
        t++;
        count--;
    }
    if (!count)
        return true;
    if (tokens->overflow || is_body(t, count)) {
        name->literal = joined(arena, t, 0, count);
        return !kdb_arena_failed(arena);
    }
    while (count > 2 && (t[count - 1].kinds & KDB_WORD_HONORIFIC))
        count--;
    size_t all = count;
    while (count > 1 && (t[count - 1].kinds & KDB_WORD_SUFFIX))
        count--;
    name->suffix = joined(arena, t, count, all);
    if (name->suffix.size == 2 && name->suffix.data[1] == 'r') /* "Jr" lost its period */
        name->suffix = kdb_arena_format(arena, "%s.", name->suffix.data);

    if (t[0].shape == KDB_TOKEN_CJK) {
        if (count == 1)
            return split_cjk(arena, fields, t[0].text, name);
        name->family = joined(arena, t, 0, 1);
        name->given = joined(arena, t, 1, count);
        return !kdb_arena_failed(arena);
    }
    if (initials_last(t, count, order)) {
        size_t given = count - 1;
        while (given > 1 && t[given - 1].shape == KDB_TOKEN_INITIALS)
            given--;
        size_t family = 0;
        while (family + 1 < given && t[family].shape == KDB_TOKEN_LOWER &&
               (t[family].kinds & KDB_WORD_PARTICLE))
            family++;
        name->particle = joined(arena, t, 0, family);
        name->family = joined(arena, t, family, given);
        name->given = joined(arena, t, given, count);
        return !kdb_arena_failed(arena);
    }
    /* "ZHANG Wei": capitals name the family, wherever they stand */
    if (count >= 2 && t[0].shape == KDB_TOKEN_CAPITALS && !t[0].period &&
        (t[0].letters > 2 || (t[0].kinds & KDB_WORD_SURNAME))) {
        bool only = true;
        for (size_t i = 1; i < count; i++)
            only &= t[i].shape == KDB_TOKEN_WORD;
        if (only && (count == 2 || (t[0].kinds & KDB_WORD_SURNAME))) {
            name->family = joined(arena, t, 0, 1);
            name->given = joined(arena, t, 1, count);
            return !kdb_arena_failed(arena);
        }
    }
    size_t behind, from = family_start(t, count, &behind);
    name->given = joined(arena, t, 0, from);
    name->particle = joined(arena, t, from, behind);
    name->family = joined(arena, t, behind, count);
    if (!name->family.size)
        *name = (kdbib_name){0};
    return !kdb_arena_failed(arena);
}

/* ---- entrances ---- */

static kdbib_str without_braces(kdbib_str text, bool *braced) {
    text = kdb_trim(text);
    *braced = text.size > 2 && text.data[0] == '{' && text.data[text.size - 1] == '}';
    return *braced ? kdb_trim(kdb_slice(text, 1, text.size - 1)) : text;
}

bool kdb_name_from_parts(kdb_arena *arena, const kdb_fields *fields, kdbib_str family,
                         kdbib_str given, kdbib_name *name) {
    kdb_name_tokens tokens;
    *name = (kdbib_name){0};
    kdb_name_tokens_of(fields, family, &tokens);
    size_t from = 0, to = tokens.count;
    while (from + 1 < to && tokens.at[from].shape == KDB_TOKEN_LOWER &&
           (tokens.at[from].kinds & KDB_WORD_PARTICLE))
        from++;
    while (to > from + 1 && (tokens.at[to - 1].kinds & KDB_WORD_SUFFIX))
        to--;
    if (tokens.overflow) {
        name->family = kdb_arena_copy(arena, kdb_trim(family));
    } else {
        name->particle = joined(arena, tokens.at, 0, from);
        name->family = join(arena, tokens.at, from, to);
        name->suffix = join(arena, tokens.at, to, tokens.count);
    }
    given = kdb_trim(given);
    if (!name->family.size) { /* one word must be the family name */
        name->family = kdb_arena_copy(arena, given);
        return !kdb_arena_failed(arena);
    }
    kdb_name_tokens_of(fields, given, &tokens);
    /* "Maaten, Laurens van der": the particle stands behind the given name */
    size_t end = tokens.overflow ? 0 : tokens.count, start = end;
    while (start > 1 && tokens.at[start - 1].shape == KDB_TOKEN_LOWER &&
           (tokens.at[start - 1].kinds & KDB_WORD_PARTICLE))
        start--;
    if (start < end && !name->particle.size) {
        name->particle = join(arena, tokens.at, start, end);
        name->given = join(arena, tokens.at, 0, start);
    } else {
        name->given =
            tokens.overflow ? kdb_arena_copy(arena, given) : join(arena, tokens.at, 0, end);
    }
    return !kdb_arena_failed(arena);
}

bool kdb_name_split(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdbib_name *name) {
    bool braced;
    *name = (kdbib_name){0};
    text = without_braces(text, &braced);
    if (braced) {
        name->literal = kdb_arena_copy(arena, text);
        return !kdb_arena_failed(arena);
    }
    size_t comma = kdb_find_char(text, ',', 0);
    if (comma == SIZE_MAX) {
        kdb_name_tokens tokens;
        kdb_name_tokens_of(fields, text, &tokens);
        return kdb_name_of_tokens(arena, fields, &tokens, KDB_ORDER_UNKNOWN, name);
    }
    kdbib_str family = kdb_slice(text, 0, comma), given = kdb_slice(text, comma + 1, text.size);
    size_t second = kdb_find_char(given, ',', 0);
    kdbib_str suffix = {0};
    if (second != SIZE_MAX) {
        kdbib_str middle = kdb_trim(kdb_slice(given, 0, second));
        kdbib_str rest = kdb_trim(kdb_slice(given, second + 1, given.size));
        uint32_t kinds = kdb_word_index_find(&fields->name_words, middle);
        bool bibtex = kinds != KDB_NOT_FOUND && (kinds & KDB_WORD_SUFFIX); /* "King, Jr., Martin" */
        suffix = bibtex ? middle : rest;
        given = bibtex ? rest : middle;
    }
    if (!kdb_name_from_parts(arena, fields, family, given, name))
        return false;
    if (suffix.size)
        name->suffix = kdb_arena_copy(arena, suffix);
    return !kdb_arena_failed(arena);
}
