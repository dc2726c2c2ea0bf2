/* How much a text looks like an author list. */
#include "fields/chars.h"
#include "fields/names_cut.h"
#include "fields/names_quick.h"
#include "fields/text_memo.h"

#define NAMES_AND_SENTENCE 30 /* the score of "Ann Lee, Bo Moss. Deep soups. ICML" */

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

typedef enum glance {
    NOTHING_SURE,
    A_PHRASE,  /* of the pieces that kdb_names_cut() can make of it, every fourth and more is of a
                  title */
    ONE_PIECE, /* which is cut and clean already */
} glance;

/* What the usual text shows without being taken apart. */
static glance glance_at(const kdb_fields *fields, kdbib_str text) {
    size_t topics = 0, separators = 0, words = 0;
    bool clean = true;  /* nothing but letters, blanks and hyphens */
    bool topic = false; /* in this piece */
    if (kdb_find(text, KDBIB_STR("et al"), 0) != SIZE_MAX)
        return NOTHING_SURE;
    for (size_t at = 0, end; at < text.size; at = end) {
        char c = text.data[at];
        for (end = at; end < text.size && kdb_is_alpha(text.data[end]);)
            end++;
        bool whole = (at == 0 || text.data[at - 1] == ' ') &&
                     (end == text.size || kdb_is_one_of(text.data[end], " ,"));
        if (end > at && whole) {
            bool vowel = c == 'a' || c == 'A' || c == 'o' || c == 'O' || c == 'e' || c == 'E';
            if (vowel && kdb_names_word_is(text, at, KDBIB_STR("and"))) {
                separators++;
                topic = false;
                words = 0;
                continue;
            }
            if (vowel && kdb_names_et_al(text, at) > at)
                return NOTHING_SURE;
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
        clean = clean && (c == ' ' || c == '-');
        if (c == ',' || c == '&') {
            if (at && kdb_is_digit(text.data[at - 1]))
                return NOTHING_SURE; /* "Lee1,2": no separator */
            separators++;
            topic = false;
            words = 0;
        } else if (c == '(' || c == '[') {
            end = behind_bracket(text, at);
            if (end == SIZE_MAX)
                return NOTHING_SURE;
        } else if (!kdb_is_digit(c) && !kdb_is_one_of(c, " -:?!/'\"")) {
            return NOTHING_SURE;
        }
    }
    if (topics * 4 > separators + 1)
        return A_PHRASE;
    return clean && !separators ? ONE_PIECE : NOTHING_SURE;
}

/* Too short, an address, or with a word that no name has. */
static bool is_out(kdbib_str text) {
    return text.size < 2 || kdb_find(text, KDBIB_STR("://"), 0) != SIZE_MAX ||
           holds_dimension(text);
}

unsigned kdb_names_score_in_full(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    kdb_name_pieces list;
    text = kdb_trim(text);
    if (is_out(text))
        return 0;
    kdbib_str list_text = kdb_names_skip_prefix(text);
    glance seen = glance_at(fields, list_text);
    if (seen == A_PHRASE)
        return KDB_NAMES_OF_PHRASE;
    bool announced = list_text.size + 2 < text.size && kdb_is_alpha(text.data[0]) &&
                     text.data[0] != list_text.data[0];
    kdb_name_piece one;
    if (seen == ONE_PIECE) {
        one = (kdb_name_piece){.text = kdb_name_bare(list_text)};
        list = (kdb_name_pieces){.at = &one, .count = one.text.size > 0};
        kdb_name_describe(fields, &one);
    } else if (!kdb_names_cut(arena, fields, kdb_names_clean(arena, text), &list)) {
        return 0;
    }
    if (!list.count)
        return 0;
    size_t bad = 0, sure = 0, singles = 0, surnames = 0;
    bool phrase = false; /* "…, Deep Soup Filters, ICML": no name in any list */
    for (size_t i = 0; i < list.count; i++) {
        const kdb_name_piece *p = &list.at[i];
        if (holds_sentence_end(p->text))
            return list.count == 1 ? 5 : NAMES_AND_SENTENCE;
        bool inverted = p->words == 1 && !p->topic && !p->lower && !p->cjk;
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
        const kdb_name_piece *p = &list.at[0];
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
    kdb_names_glance list;
    kdbib_str bare = kdb_trim(text);
    if (kdb_names_glance_at(fields, bare, &list))
        return list.score;
    if (list.sentence)
        return is_out(bare) ? 0 : NAMES_AND_SENTENCE;
    return kdb_score_once(arena, fields, KDB_ASK_NAMES, text, kdb_names_score_in_full);
}
