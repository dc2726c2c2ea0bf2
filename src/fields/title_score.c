/* How much a text looks like the title of a work. */
#include "fields/chars.h"
#include "fields/labels.h"
#include "fields/names.h"
#include "fields/names_cut.h"
#include "fields/text_memo.h"
#include "fields/title.h"
#include "fields/venue_phrase.h"
#include "fields/word.h"

#define MOST_WORDS 40 /* whose kinds count */

/* What the words of a text are. */
typedef struct counts {
    size_t words, function, topic, cjk;
    bool colon; /* or a question mark */
} counts;

static void count_kinds(counts *n, unsigned kinds) {
    n->function += (kinds & KDB_WORD_FUNCTION) != 0;
    n->topic += (kinds & KDB_WORD_TOPIC) != 0;
}

static unsigned at_most_two(size_t count) {
    return count > 2 ? 2 : (unsigned)count;
}

static unsigned sum(const counts *n) {
    unsigned score = n->words >= 4 || n->cjk >= 6 ? 60 : n->words >= 2 || n->cjk >= 3 ? 42 : 22;
    score += at_most_two(n->function) * 10 + at_most_two(n->topic) * 8;
    score += n->colon && n->words > 3 ? 8 : 0;
    return score > 100 ? 100 : score;
}

static bool is_address(kdbib_str text) {
    return kdb_starts_with_nocase(text, KDBIB_STR("http")) ||
           kdb_starts_with_nocase(text, KDBIB_STR("www."));
}

/* ---- by all the rules ---- */

/* Returns how many letters there are. */
static size_t count_words(const kdb_fields *fields, kdbib_str text, counts *n) {
    size_t letters = 0;
    for (size_t at = 0; at < text.size;) {
        size_t next, end = at;
        if (text.data[at] == ' ') {
            at++;
            continue;
        }
        int32_t c = kdb_char_at(text, at, &next);
        if (!kdb_char_is_letter(c) && !(c >= '0' && c <= '9')) {
            n->colon |= c == ':' || c == '?';
            at = next;
            continue;
        }
        while (end < text.size) {
            if (kdb_is_alpha(text.data[end])) { /* most are */
                letters++;
                end++;
                continue;
            }
            if (text.data[end] == ' ')
                break;
            c = kdb_char_at(text, end, &next);
            if (!kdb_char_is_letter(c) && !(c >= '0' && c <= '9') && c != '-' &&
                !kdb_char_is_mark(c))
                break;
            n->cjk += kdb_char_is_cjk(c);
            letters += kdb_char_is_letter(c);
            end = next;
        }
        if (++n->words < MOST_WORDS)
            count_kinds(n, kdb_word_of(fields, kdb_slice(text, at, end)).title_kinds);
        at = end;
    }
    return letters;
}

unsigned kdb_title_score_by_rules(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    text = kdb_trim(text);
    counts n = {0};
    if (text.size < 2 || is_address(text) || count_words(fields, text, &n) < 2)
        return 0;
    kdb_label label = {0};
    bool asked = n.words <= 6 && text.size < 80;
    if (asked)
        kdb_label_parse(arena, fields, text, &label);
    if (label.is_label)
        return 0;
    unsigned score = sum(&n);
    if (!n.function && n.topic < 2 && n.words > 1 && kdb_names_score(arena, fields, text) >= 60)
        score = 12;
    /* what has no number in it and reads like a sentence names no venue */
    if (n.words <= 12 && (n.function < 2 || kdb_has_digit(text))) {
        kdb_venue venue;
        unsigned sure = asked ? label.score : kdb_venue_parse_likely(arena, fields, text, &venue);
        if (sure >= 85 || (sure >= 75 && n.function < 2))
            score = 10;
    }
    return score;
}

/* ---- at a glance ---- */

/* No address, and nothing in front that announces names, a label or a venue. */
static bool begins_plainly(const kdb_fields *fields, kdbib_str text, kdb_word first) {
    return !is_address(text) && kdb_names_skip_prefix(text).size == text.size &&
           !((first.places & KDB_LABEL_BEGINS) && kdb_may_be_label(fields, text)) &&
           !kdb_phrase_opening(text);
}

typedef struct glance {
    const kdb_fields *fields;
    kdbib_str text;
    size_t end; /* of the words; behind it is a sign or nothing */
    kdb_word first;
    size_t joined; /* where the words end that hyphens join to one word of the title */
    counts counts;
    size_t colon; /* the first one */
    bool blanks;  /* a sign behind a blank: more than one blank, a dash */
    /* as a list of names, of pieces between "and" */
    size_t joints, topics; /* topics: pieces with a word of titles in it */
    size_t words;          /* of this piece */
    bool topic;            /* in this piece */
} glance;

/* The word at text[at, end) as one of names, unless a hyphen or a sign joins it to others. False:
 * "et al." */
static bool add_to_names(glance *g, size_t at, size_t end, kdb_word word) {
    kdbib_str text = g->text;
    char second = end - at > 1 ? kdb_to_lower(text.data[at + 1]) : '\0';
    if (second == 'l' && at > 2 && memcmp(text.data + at - 3, "et al", 5) == 0)
        return false; /* "budget allocation" */
    if ((at && text.data[at - 1] != ' ') ||
        (end < text.size && text.data[end] != ' ' && text.data[end] != ','))
        return true;
    if (second == 't' && kdb_names_et_al(text, at) > at)
        return false;
    if (second == 'n' && end - at == 3 && kdb_names_word_is(text, at, KDBIB_STR("and"))) {
        g->joints++;
        g->words = 0;
        g->topic = false;
    } else if (!g->topic && ++g->words < KDB_NAME_TOKENS / 2) {
        g->topic = kdb_name_is_topic((kdb_token_shape)word.shape, word.letters, word.name_kinds,
                                     word.title_kinds);
        g->topics += g->topic;
    }
    return true;
}

/* The kinds of the word that begins at `at`, with what hyphens join to it; `kinds`: without. */
static unsigned join_hyphens(glance *g, size_t at, size_t end, unsigned kinds) {
    g->joined = end;
    if (end == g->end || g->text.data[end] != '-')
        return kinds;
    while (g->joined < g->end &&
           (g->text.data[g->joined] == '-' || kdb_is_alpha(g->text.data[g->joined])))
        g->joined++;
    uint32_t found =
        kdb_word_index_find(&g->fields->title_words, kdb_slice(g->text, at, g->joined));
    return found == KDB_NOT_FOUND ? 0 : found;
}

/* False: the word may be one of a venue, a remark or a list of names. */
static bool add_word(glance *g, size_t at, size_t end) {
    kdb_word word = kdb_word_of(g->fields, kdb_slice(g->text, at, end));
    unsigned ends = (at ? 0u : KDB_REMARK_BEGINS) | (end < g->end ? 0u : KDB_REMARK_ENDS);
    if ((word.title_kinds & (KDB_WORD_VENUE | KDB_WORD_REMARK)) || (word.places & ends) ||
        !add_to_names(g, at, end, word))
        return false;
    if (!at)
        g->first = word;
    if (at < g->joined)
        return true;
    count_kinds(&g->counts, join_hyphens(g, at, end, word.title_kinds));
    return ++g->counts.words < MOST_WORDS;
}

/* A blank, hyphen or apostrophe, or the first colon, at text[at]. */
static bool add_sign(glance *g, size_t at) {
    char c = g->text.data[at];
    g->blanks = g->blanks || g->text.data[at - 1] == ' ';
    if (c != ':')
        return c == ' ' || c == '-' || c == '\'';
    bool first = !g->colon;
    g->colon = at;
    return first;
}

bool kdb_title_is_plain(const kdb_fields *fields, kdbib_str text, kdb_plain_title *title) {
    if (text.size < 12 || text.size > 300 || !kdb_is_alpha(text.data[0]))
        return false;
    char last = text.data[text.size - 1];
    glance g = {.fields = fields,
                .text = text,
                .end = text.size - (last == '?' || last == ','),
                .joints = last == ','};
    for (size_t at = 0, end; at < g.end; at = end) {
        for (end = at; end < g.end && kdb_is_alpha(text.data[end]);)
            end++;
        if (end > at ? !add_word(&g, at, end) : !add_sign(&g, end++))
            return false;
    }
    title->colon = g.colon;
    title->bare = !g.blanks && last != ',';
    g.counts.colon = g.colon || last == '?';
    title->score = sum(&g.counts);
    return g.topics * 4 > g.joints + 1 && kdb_is_alpha(text.data[g.end - 1]) &&
           begins_plainly(fields, text, g.first) &&
           kdb_venue_is_unknown(fields, kdb_slice(text, 0, g.end), g.first);
}

/* ---- the score ---- */

static unsigned score_of(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    kdb_plain_title plain;
    return kdb_title_is_plain(fields, text, &plain) ? plain.score
                                                    : kdb_title_score_by_rules(arena, fields, text);
}

unsigned kdb_title_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text) {
    return kdb_score_once(arena, fields, KDB_ASK_TITLE, text, score_of);
}
