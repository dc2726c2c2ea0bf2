/* Author lists: cut at commas and "and", and the pieces joined again where a list prints
 * "Family, Given". */
#include "fields/name_split.h"

#include "fields/chars.h"
#include "fields/text_memo.h"
#include "fields/word.h"

/* ---- pieces ---- */

typedef struct piece {
    kdbib_str text;
    char before; /* the separator: ',', ';', KDB_NAMES_AND, or 0 for the first */
    uint8_t words;
    bool initials;   /* nothing but initials */
    bool given_like; /* one or two words, or a word and initials */
    bool name_like;
    bool plain_words; /* only words with a capital */
    bool company, body, suffix, surname, family_initials, topic, lower;
} piece;

typedef struct pieces {
    piece *at;
    size_t count, capacity;
    bool truncated, semicolons;
} pieces;

static bool word_is(kdbib_str text, size_t at, kdbib_str word) {
    return text.size - at >= word.size &&
           kdb_equal_nocase(kdb_slice(text, at, at + word.size), word) &&
           (at + word.size == text.size || !kdb_is_alpha(text.data[at + word.size])) &&
           (at == 0 || kdb_is_space(text.data[at - 1]) ||
            kdb_is_one_of(text.data[at - 1], ",;~\x02."));
}

/* "et al." and its likes at `at`: where it ends, or `at`. */
static size_t et_al(kdbib_str text, size_t at) {
    static const char *const words[] = {"et al",      "et. al",    "et.al",  "etal",    "et als",
                                        "and others", "and other", "others", "et alii", "et al."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (kdb_to_lower(text.data[at]) == words[i][0] &&
            word_is(text, at, kdbib_str_of(words[i]))) {
            size_t end = at + strlen(words[i]);
            while (end < text.size && (text.data[end] == '.' || text.data[end] == ' '))
                end++;
            return end;
        }
    return at;
}

/* A word that titles have and names do not. */
static bool is_topic(kdb_token_shape shape, unsigned name_kinds, unsigned title_kinds) {
    return (title_kinds & (KDB_WORD_FUNCTION | KDB_WORD_TOPIC)) &&
           !(name_kinds & (KDB_WORD_PARTICLE | KDB_WORD_JOINER | KDB_WORD_SURNAME)) &&
           shape != KDB_TOKEN_INITIALS;
}

static void describe(const kdb_fields *fields, piece *p) {
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
        p->topic |= is_topic(t->shape, t->kinds, t->title_kinds);
    }
    size_t syllables = 0;
    for (size_t i = 0; i < tokens.count && cjk; i++)
        syllables += tokens.at[i].text.size / 3;
    const kdb_name_token *first = &tokens.at[0],
                         *last = &tokens.at[tokens.count ? tokens.count - 1 : 0];
    p->lower = lower > 0;
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

static bool add_piece(kdb_arena *arena, const kdb_fields *fields, pieces *list, kdbib_str text,
                      char before) {
    text = kdb_trim(text);
    while (text.size && kdb_is_one_of(text.data[0], ".-:/!?~"))
        text = kdb_trim(kdb_slice(text, 1, text.size));
    while (text.size && kdb_is_one_of(text.data[text.size - 1], ":/-!?~"))
        text = kdb_trim(kdb_slice(text, 0, text.size - 1));
    size_t word = text.size ? text.size - 1 : 0;
    while (word && kdb_is_lower(text.data[word - 1]))
        word--;
    if (text.size && text.data[text.size - 1] == '.' && text.size - word > 4)
        text.size--; /* the end of the sentence; "Jr.", "Wm." stay */
    if (!text.size)
        return true;
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        piece *more = kdb_arena_array(arena, capacity, sizeof *more);
        if (!more)
            return false;
        if (list->count)
            memcpy(more, list->at, list->count * sizeof *more);
        list->at = more;
        list->capacity = capacity;
    }
    piece *p = &list->at[list->count++];
    *p = (piece){.text = text, .before = list->count == 1 ? 0 : before};
    describe(fields, p);
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

static bool cut(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, pieces *list) {
    *list = (pieces){0};
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
                   et_al(text, at) > at) {
            list->truncated = true;
            behind = et_al(text, at);
            c = ',';
        } else if (boundary && (c == 'a' || c == 'A') && word_is(text, at, KDBIB_STR("and"))) {
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
        if (!add_piece(arena, fields, list, kdb_slice(text, from, at), before))
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

/* ---- pieces to names ---- */

static bool is_single(const piece *p) {
    return p->words == 1 && !p->initials && !p->body;
}

/* A family name alone: one word, or particles and one word. */
static bool is_family(const kdb_fields *fields, const piece *p) {
    if (is_single(p))
        return true;
    if (p->words < 2 || p->words > 4 || p->body)
        return false;
    kdb_name_tokens tokens;
    kdb_name_tokens_of(fields, p->text, &tokens);
    for (size_t i = 0; i + 1 < tokens.count; i++)
        if (!(tokens.at[i].kinds & KDB_WORD_PARTICLE) || tokens.at[i].period) /* "T. Lee" */
            return false;
    return true;
}

/* How many pieces from `at` on make one name. */
static size_t name_length(const kdb_fields *fields, const pieces *list, size_t at) {
    const piece *p = &list->at[at], *next = at + 1 < list->count ? p + 1 : NULL;
    if (!next || next->before != ',')
        return 1;
    if (next->initials) /* "Lee, J. B.", and a double family name, "Lopez Garcia, M." */
        return p->words <= 4 && !p->initials ? 2 : 1;
    if (next->suffix)
        return 1;
    if (is_family(fields, p) && next->given_like) {
        if (!is_single(next))
            return p->family_initials ? 1 : 2;
        /* two single words: "Feng, Yue", unless the list is one of family names only */
        size_t run = 0;
        for (size_t i = at; i < list->count && i < at + 64; i++) {
            if (i > at && list->at[i].before != ',')
                break;
            if (!is_single(&list->at[i]))
                return 2;
            run++;
        }
        return run % 2 == 0 ? 2 : 1;
    }
    return 1;
}

static bool add_name(kdb_arena *arena, const kdb_fields *fields, kdb_name_list *out,
                     const pieces *list, size_t at, size_t length, kdb_name_order order) {
    const piece *p = &list->at[at];
    kdbib_name *name = &out->names[out->count];
    bool done;
    if (list->semicolons || p->text.data[0] == '{') {
        done = kdb_name_split(arena, fields, p->text, name);
    } else if (length == 2) {
        done = kdb_name_from_parts(arena, fields, p->text, p[1].text, name);
    } else {
        kdb_name_tokens tokens;
        kdb_name_tokens_of(fields, p->text, &tokens);
        done = kdb_name_of_tokens(arena, fields, &tokens, order, name);
    }
    if (name->family.size || name->literal.size)
        out->count++;
    return done;
}

/* Fills `out` from the pieces. */
static bool build(kdb_arena *arena, const kdb_fields *fields, const pieces *list,
                  kdb_name_list *out) {
    out->truncated = list->truncated;
    out->names = kdb_arena_array(arena, list->count + 1, sizeof *out->names);
    if (!out->names)
        return false;
    size_t family_first = 0;
    for (size_t i = 0; i < list->count; i++)
        family_first += list->at[i].family_initials;
    kdb_name_order order =
        family_first * 2 > list->count ? KDB_ORDER_FAMILY_INITIALS : KDB_ORDER_UNKNOWN;
    for (size_t i = 0; i < list->count;) {
        const piece *p = &list->at[i];
        if (p->suffix && out->count) { /* "…, Jr." */
            if (!out->names[out->count - 1].suffix.size)
                out->names[out->count - 1].suffix = kdb_arena_copy(arena, p->text);
            i++;
            continue;
        }
        size_t length = name_length(fields, list, i);
        if (!add_name(arena, fields, out, list, i, length, order))
            return false;
        i += length;
    }
    return true;
}

bool kdb_names_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                     kdb_name_list *list) {
    *list = (kdb_name_list){0};
    pieces cuts;
    kdbib_str cleaned = kdb_names_clean(arena, text);
    return cut(arena, fields, cleaned, &cuts) && build(arena, fields, &cuts, list) &&
           !kdb_arena_failed(arena);
}

/* ---- score ---- */

/* "Ann Lee. ICML": a period behind a whole word ends a sentence. */
static bool holds_sentence_end(kdbib_str text) {
    for (size_t at = 4; (at = kdb_find_char(text, '.', at)) != SIZE_MAX && at + 2 < text.size;
         at++) {
        if (text.data[at + 1] != ' ')
            continue;
        size_t word = at;
        while (word && kdb_is_alpha(text.data[word - 1]))
            word--;
        size_t capitals = 0, end = at + 2;
        for (; end < text.size && kdb_is_alnum(text.data[end]); end++)
            capitals += kdb_is_upper(text.data[end]);
        bool acronym = capitals > 2 || kdb_starts_with_nocase(kdb_slice(text, at + 2, text.size),
                                                              KDBIB_STR("arxiv"));
        if (at - word > 3 || (at - word > 1 && kdb_is_lower(text.data[word + 1]) && acronym))
            return true;
    }
    return false;
}

/* "2D", "3D", "4D" as a word: of a title. */
static bool holds_dimension(kdbib_str text) {
    for (size_t at = 0; (at = kdb_find_char(text, 'D', at + 1)) != SIZE_MAX;)
        if (text.data[at - 1] >= '2' && text.data[at - 1] <= '4' &&
            (at == 1 || kdb_is_space(text.data[at - 2])) &&
            (at + 1 == text.size || !kdb_is_alnum(text.data[at + 1])))
            return true;
    return false;
}

/* Behind the bracket at `at`, which holds no other; else SIZE_MAX. */
static size_t behind_bracket(kdbib_str text, size_t at) {
    size_t close = kdb_find_char(text, text.data[at] == '(' ? ')' : ']', at);
    size_t open = kdb_find_char(text, text.data[at], at + 1);
    return close != SIZE_MAX && open > close ? close + 1 : SIZE_MAX;
}

/* At once, of the usual text that is no list of names: of the pieces that cut() can make of it, at
 * least every fourth would hold a word of titles. False: it is not sure. */
static bool is_phrase(const kdb_fields *fields, kdbib_str text) {
    size_t topics = 0, separators = 0, words = 0;
    bool topic = false; /* in this piece */
    if (kdb_find(text, KDBIB_STR("et al"), 0) != SIZE_MAX)
        return false;
    for (size_t at = 0, end; at < text.size; at = end) {
        char c = text.data[at];
        for (end = at; end < text.size && kdb_is_alpha(text.data[end]);)
            end++;
        bool whole = (at == 0 || text.data[at - 1] == ' ') &&
                     (end == text.size || kdb_is_one_of(text.data[end], " ,"));
        if (end > at && whole) {
            bool vowel = c == 'a' || c == 'A' || c == 'o' || c == 'O' || c == 'e' || c == 'E';
            if (vowel && word_is(text, at, KDBIB_STR("and"))) {
                separators++;
                topic = false;
                words = 0;
                continue;
            }
            if (vowel && et_al(text, at) > at)
                return false;
            if (!topic && ++words < KDB_NAME_TOKENS / 2) {
                kdb_word word = kdb_word_of(fields, kdb_slice(text, at, end));
                topic = is_topic((kdb_token_shape)word.shape, word.name_kinds, word.title_kinds);
                topics += topic;
            }
            continue;
        }
        if (end > at)
            continue;
        end = at + 1;
        if (c == ',' || c == '&') {
            if (at && kdb_is_digit(text.data[at - 1]))
                return false; /* "Lee1,2": no separator */
            separators++;
            topic = false;
            words = 0;
        } else if (c == '(' || c == '[') {
            end = behind_bracket(text, at);
            if (end == SIZE_MAX)
                return false;
        } else if (!kdb_is_digit(c) && !kdb_is_one_of(c, " -:?!/'\"")) {
            return false;
        }
    }
    return topics * 4 > separators + 1;
}

static unsigned score_of(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    pieces list;
    text = kdb_trim(text);
    if (text.size < 2 || kdb_find(text, KDBIB_STR("://"), 0) != SIZE_MAX || holds_dimension(text))
        return 0;
    kdbib_str list_text = kdb_names_skip_prefix(text);
    if (is_phrase(fields, list_text))
        return 5;
    bool announced = list_text.size + 2 < text.size && kdb_is_alpha(text.data[0]) &&
                     text.data[0] != list_text.data[0];
    kdbib_str cleaned = kdb_names_clean(arena, text);
    if (!cut(arena, fields, cleaned, &list) || !list.count)
        return 0;
    size_t bad = 0, sure = 0, singles = 0, surnames = 0;
    bool phrase = false; /* "…, Deep Soup Filters, ICML": no name in any list */
    for (size_t i = 0; i < list.count; i++) {
        const piece *p = &list.at[i];
        if (holds_sentence_end(p->text))
            return list.count == 1 ? 5 : 30;
        bool inverted = p->words == 1 && !p->topic && !p->lower;
        if (p->topic || (p->lower && !p->body) ||
            (!p->name_like && !p->initials && !inverted && !p->suffix && !list.semicolons))
            bad++;
        phrase = phrase || (p->topic && p->words >= (p->body ? 7 : 3));
        singles += p->words == 1 && !p->initials;
        surnames += p->surname;
        sure += p->initials || p->family_initials ||
                (p->name_like && p->words >= 2 && !p->plain_words && !p->lower);
    }
    /* "Lee, Ann & Li, Bo": pairs of words between the joints */
    bool pairs = list.count > 2 && list.count % 2 == 0 && singles == list.count;
    for (size_t i = 0; i < list.count && pairs; i++)
        pairs =
            i % 2 == 0 ? i == 0 || list.at[i].before == KDB_NAMES_AND : list.at[i].before == ',';
    sure += pairs;
    bool questions = kdb_find_char(text, '?', 0) != SIZE_MAX ||
                     (kdb_find_char(text, ':', 0) != SIZE_MAX && !announced);
    unsigned score;
    if (bad * 4 > list.count)
        return list.truncated && bad * 2 <= list.count ? 40 : 5;
    if (list.count == 1) {
        const piece *p = &list.at[0];
        score = p->words >= 2 ? 35 : p->words == 1 ? 15 : 0;
        if (p->words > 4)
            score = 10;
        score += sure ? 25 : 0;
        score += p->surname ? 20 : 0;
        if (p->company && p->words <= 2)
            score = 55;
    } else {
        score = 55;
        score += (unsigned)(list.count > 6 ? 6 : list.count) * 4;
        score += sure ? 15 : 0;
        score += surnames * 3 >= list.count ? 15 : 0;
        if (singles * 2 > list.count && !sure && !surnames)
            score -= singles == list.count ? 35 : 15; /* "Detect, Attend": words, not names */
        else if (singles == list.count && !surnames)
            score -= 20;
    }
    if (list.truncated)
        score += 40;
    if (announced)
        score += 25;
    if (questions)
        score /= 2;
    score -= bad ? score / 5 : 0;
    if (phrase && score > 45)
        score = 45;
    return score > 100 ? 100 : score;
}

unsigned kdb_names_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    return kdb_score_once(arena, fields, KDB_ASK_NAMES, text, score_of);
}

bool kdb_names_to_record(const kdb_name_list *list, kdbib_record *record, kdbib_field which,
                         kdbib_basis basis) {
    kdbib_record_clear_names(record, which);
    for (size_t i = 0; i < list->count; i++)
        if (!kdbib_record_add_name(record, which, &list->names[i], basis))
            return false;
    if (which == KDBIB_AUTHORS)
        kdbib_record_set_authors_truncated(record, list->truncated);
    return true;
}
