/* How much a text looks like an author list. */
#include "fields/chars.h"
#include "fields/names_cut.h"
#include "fields/names_quick.h"
#include "fields/text_memo.h"

#define NAMES_AND_SENTENCE 30 /* the score of "Ann Lee, Bo Moss. Deep soups. ICML" */
#define LONG_TEXT 100         /* to take apart what is shorter costs little */

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

/* It needs not be taken apart: of the pieces that kdb_names_cut() can make of it, every fourth and
 * more is of a title. */
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
                     (end == text.size || text.data[end] == ' ' || text.data[end] == ',');
        if (end > at && whole) {
            bool vowel = c == 'a' || c == 'A' || c == 'o' || c == 'O' || c == 'e' || c == 'E';
            if (vowel && kdb_names_word_is(text, at, KDBIB_STR("and"))) {
                separators++;
                topic = false;
                words = 0;
                continue;
            }
            if (vowel && kdb_names_et_al(text, at) > at)
                return false;
            if (!topic && ++words < KDB_NAME_TOKENS / 2) {
                kdb_word word = kdb_word_of(fields, kdb_slice(text, at, end));
                topic = kdb_name_is_topic((kdb_token_shape)word.shape, word.letters,
                                          word.name_kinds, word.title_kinds);
                topics += topic;
            }
            continue;
        }
        if (end > at)
            continue;
        end = at + 1;
        if (c == ' ')
            continue;
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
        } else if (!kdb_is_digit(c) && !kdb_is_one_of(c, "-:?!/'\"")) {
            return false;
        }
    }
    return topics * 4 > separators + 1;
}

/* Too short, an address, or with a word that no name has. */
static bool is_out(kdbib_str text) {
    return text.size < 2 || kdb_find(text, KDBIB_STR("://"), 0) != SIZE_MAX ||
           holds_dimension(text);
}

static kdb_names_tally tally_of(const kdb_name_pieces *list) {
    kdb_names_tally seen = {.count = list->count, .truncated = list->truncated};
    for (size_t i = 0; i < list->count; i++) {
        const kdb_name_piece *p = &list->at[i];
        bool inverted = p->words == 1 && !p->topic && !p->lower && !p->cjk;
        seen.bad += p->topic || (p->lower && !p->body) ||
                    (!p->name_like && !p->initials && !inverted && !p->suffix && !list->semicolons);
        seen.phrase = seen.phrase || (p->topic && p->words >= (p->body ? 7 : 3));
        seen.singles += p->words == 1 && !p->initials;
        seen.surnames += p->surname;
        seen.initials += p->initials || p->family_initials ||
                         (p->name_like && p->words >= 2 && !p->plain_words && !p->lower);
        seen.words = p->words;
        seen.company = p->company;
    }
    /* "Lee, Ann & Li, Bo": pairs of words between the joints */
    bool pairs = list->count > 2 && list->count % 2 == 0 && seen.singles == list->count;
    for (size_t i = 0; i < list->count && pairs; i++)
        pairs =
            i % 2 == 0 ? i == 0 || list->at[i].before == KDB_NAMES_AND : list->at[i].before == ',';
    seen.initials += pairs;
    return seen;
}

static unsigned weigh_one(const kdb_names_tally *seen) {
    if (seen->company && seen->words <= 2)
        return 55;
    unsigned score = seen->words > 4 ? 10 : seen->words >= 2 ? 35 : seen->words == 1 ? 15 : 0;
    return score + (seen->initials ? 25 : 0) + (seen->surnames ? 20 : 0);
}

static unsigned weigh_several(const kdb_names_tally *seen) {
    size_t count = seen->count;
    unsigned score = 55 + (unsigned)(count > 6 ? 6 : count) * 4;
    score += seen->initials ? 15 : 0;
    score += seen->surnames * 3 >= count ? 15 : 0;
    if (seen->singles * 2 > count && !seen->initials && !seen->surnames)
        score -= seen->singles == count ? 35 : 15; /* "Detect, Attend": words, not names */
    else if (seen->singles == count && !seen->surnames)
        score -= 20;
    return score;
}

unsigned kdb_names_weigh(const kdb_names_tally *seen) {
    if (seen->bad * 4 > seen->count)
        return seen->truncated && seen->bad * 2 <= seen->count ? 40 : 5;
    unsigned score = seen->count == 1 ? weigh_one(seen) : weigh_several(seen);
    score += seen->truncated ? 40 : 0;
    score += seen->announced ? 25 : 0;
    if (seen->question)
        score /= 2;
    score -= seen->bad ? score / 5 : 0;
    if (seen->phrase && score > 45)
        score = 45;
    return score > 100 ? 100 : score;
}

unsigned kdb_names_score_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    kdb_name_pieces list;
    text = kdb_trim(text);
    if (is_out(text))
        return 0;
    kdbib_str list_text = kdb_names_skip_prefix(text);
    if (is_phrase(fields, list_text))
        return KDB_NAMES_OF_PHRASE;
    if (!kdb_names_cut(arena, kdb_names_clean(arena, text), &list) || !list.count)
        return 0;
    for (size_t i = 0; i < list.count; i++)
        if (holds_sentence_end(list.at[i].text))
            return list.count == 1 ? 5 : NAMES_AND_SENTENCE;
    kdb_names_describe(fields, &list);
    kdb_names_tally seen = tally_of(&list);
    seen.announced = list_text.size + 2 < text.size && kdb_is_alpha(text.data[0]) &&
                     text.data[0] != list_text.data[0];
    seen.question = kdb_find_char(text, '?', 0) != SIZE_MAX ||
                    (kdb_find_char(text, ':', 0) != SIZE_MAX && !seen.announced);
    return kdb_names_weigh(&seen);
}

/* ---- who asks ---- */

/* A sentence ends and another begins, and no bracket, "others" or "and" makes that doubtful. */
static bool is_prose(kdbib_str text) {
    size_t letters = 0; /* before this character */
    for (size_t at = 0, end; at < text.size; at = end) {
        char c = text.data[at];
        end = at + 1;
        if (kdb_is_alpha(c)) {
            letters++;
            continue;
        }
        if (c == '.' && letters > strlen("others") && at + 2 < text.size && text.data[end] == ' ' &&
            kdb_is_upper(text.data[at + 2]) && !strchr("AEO", text.data[at + 2]))
            return true;
        if ((c == '(' || c == '[') && (end = behind_bracket(text, at)) == SIZE_MAX)
            return false;
        letters = 0;
    }
    return false;
}

static unsigned ask(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, bool likely) {
    kdb_names_glance list;
    kdbib_str bare = kdb_trim(text);
    if (kdb_names_glance_at(fields, bare, &list))
        return list.score;
    if (list.sentence)
        return is_out(bare) ? 0 : NAMES_AND_SENTENCE;
    if (likely && bare.size >= LONG_TEXT && is_prose(bare))
        return 0;
    return kdb_score_once(arena, fields, KDB_ASK_NAMES, text, kdb_names_score_in_full);
}

unsigned kdb_names_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    return ask(arena, fields, text, false);
}

unsigned kdb_names_score_likely(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    return ask(arena, fields, text, true);
}
