/* Where the title of a citation stands: by marks, quotes, the sign of GB/T 7714, the year in front
 * of it, or else by the order of its sentences and phrases. */
#include "fields/citation_inside.h"

#include "fields/chars.h"
#include "fields/dates.h"
#include "fields/title.h"
#include "fields/words.h"

static bool is_year_sentence(const kdb_citation_reader *r, size_t at) {
    kdbib_str rest = kdb_slice(r->text, at, at + 8);
    return rest.size >= 4 && kdb_is_digit(rest.data[0]) && kdb_is_digit(rest.data[1]) &&
           kdb_is_digit(rest.data[2]) && kdb_is_digit(rest.data[3]) &&
           (rest.size == 4 || !kdb_is_alnum(rest.data[4]));
}

/* The `.`, `?` or `!` at `at` ends a sentence. */
static bool ends_sentence(const kdb_citation_reader *r, size_t at) {
    kdbib_str text = r->text;
    char c = text.data[at];
    if (c != '.' && c != '?' && c != '!')
        return false;
    size_t next = at + 1;
    while (next < text.size && kdb_is_one_of(text.data[next], "\"')]*_"))
        next++;
    if (next < text.size && !kdb_is_space(text.data[next]))
        return false;
    while (next < text.size && kdb_is_space(text.data[next]))
        next++;
    if (next >= text.size || c != '.')
        return true;
    size_t word = at;
    while (word &&
           (kdb_is_alpha(text.data[word - 1]) || (unsigned char)text.data[word - 1] >= 0x80))
        word--;
    size_t letters = at - word;
    char first = text.data[next];
    if (first == ',' || first == '&' || first == ';')
        return false;
    if (kdb_starts_with(kdb_slice(text, next, text.size), KDBIB_STR("and ")))
        return false;
    if (letters && letters <= 2 && kdb_is_upper(text.data[word]) &&
        (letters == 1 || kdb_is_upper(text.data[word + 1])))
        /* "Lee A, Li B. Deep learning of …" against "John B. Smith, …" */
        return kdb_is_digit(first) ? is_year_sentence(r, next)
                                   : kdb_words_until_stop(text, next, 4) >= 4 ||
                                         !(kdb_is_upper(first) || (unsigned char)first >= 0x80);
    if (kdb_is_digit(first))
        return is_year_sentence(r, next) || letters > 4;
    if (kdb_is_lower(first)) {
        size_t end = next;
        while (end < text.size && !kdb_is_space(text.data[end]) &&
               !kdb_is_one_of(text.data[end], ",:"))
            end++;
        return kdb_venue_find(r->fields, kdb_slice(text, next, end)) != NULL ||
               kdb_starts_with(kdb_slice(text, next, text.size), KDBIB_STR("in "));
    }
    return true;
}

#define MOST_SENTENCES 16

/* Sentences of [from, to). */
static size_t sentences(const kdb_citation_reader *r, size_t from, size_t to, kdb_range *out) {
    size_t count = 0, start = from;
    for (size_t at = from; at < to && count + 1 < MOST_SENTENCES; at++) {
        bool wide = at + 3 <= to && memcmp(r->text.data + at, "\xE3\x80\x82", 3) == 0;
        bool line = r->text.data[at] == '\n' ||
                    (r->text.data[at] == '|' && at > from && kdb_is_space(r->text.data[at - 1]));
        if (!wide && !line && !ends_sentence(r, at))
            continue;
        size_t end = line || r->text.data[at] == '.' || wide ? at : at + 1;
        if (kdb_citation_part(r, start, end).size)
            out[count++] = (kdb_range){start, end};
        start = wide ? at + 3 : at + 1;
    }
    if (kdb_citation_part(r, start, to).size)
        out[count++] = (kdb_range){start, to};
    return count;
}

static bool is_title(const kdb_citation_reader *r, kdbib_str text, unsigned least) {
    return kdb_title_score(r->arena, r->fields, text) >= least;
}

/* The first quoted text that is long enough. */
static bool quoted_title(const kdb_citation_reader *r, kdb_range *title) {
    static const struct {
        const char *open, *close;
    } quotes[] = {{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\"", "\""},
                  {"\xC2\xAB", "\xC2\xBB"},         {"``", "''"},
                  {"\xE2\x80\x9C", "\""},           {"\"", "\xE2\x80\x9D"},
                  {"\xE2\x80\x9D", "\xE2\x80\x9D"}, {"\xE3\x80\x8A", "\xE3\x80\x8B"},
                  {"\xE3\x80\x8C", "\xE3\x80\x8D"}};
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
        size_t open = kdb_find(r->text, kdbib_str_of(quotes[i].open), r->from);
        if (open == SIZE_MAX || open >= r->to)
            continue;
        size_t inside = open + strlen(quotes[i].open);
        size_t close = kdb_find(r->text, kdbib_str_of(quotes[i].close), inside);
        if (close == SIZE_MAX || close >= r->to || close - inside < 5)
            continue;
        kdbib_str text = kdb_citation_part(r, inside, close);
        /* a quotation inside a title is short and stands in the midst of words */
        size_t before = open;
        while (before > r->from && kdb_is_space(r->text.data[before - 1]))
            before--;
        bool after_stop = before == r->from ||
                          kdb_is_one_of(r->text.data[before - 1], ".,:;)*_\n|") ||
                          kdb_count_words(text) >= 5;
        if (after_stop && (kdb_count_words(text) >= 3 || is_title(r, text, 40))) {
            *title = (kdb_range){inside, close};
            return true;
        }
    }
    return false;
}

/* The longest run of spans with `mark` that may be a title. */
static bool marked_title(const kdb_citation_reader *r, unsigned mark, unsigned least,
                         kdb_range *title) {
    size_t at = 0, start = SIZE_MAX, best = 0;
    for (size_t i = 0; i <= r->count; i++) {
        bool has = i < r->count && (r->spans[i].marks & mark);
        if (has && start == SIZE_MAX)
            start = at;
        if (!has && start != SIZE_MAX) {
            kdbib_str text = kdb_citation_part(r, start, at);
            bool whole = start <= r->from && at >= r->to;
            if (!whole && kdb_count_words(text) >= 2 && text.size > best &&
                is_title(r, text, least)) {
                *title = (kdb_range){start, at};
                best = text.size;
            }
            start = SIZE_MAX;
        }
        if (i < r->count)
            at += r->spans[i].text.size;
    }
    return best > 0;
}

/* "Title[J]." of GB/T 7714: the sign's place and its end. */
static bool find_document_sign(const kdb_citation_reader *r, size_t *sign, size_t *behind) {
    for (size_t at = r->from; at + 2 < r->to; at++) {
        if (r->text.data[at] != '[' || !strchr("JCDMPRNSZ", r->text.data[at + 1]))
            continue;
        size_t end = at + 2;
        if (r->text.data[end] == '/') /* [J/OL], [EB/OL] */
            while (end < r->to && r->text.data[end] != ']')
                end++;
        if (end < r->to && r->text.data[end] == ']') {
            *sign = at;
            *behind = end + 1;
            return true;
        }
    }
    return false;
}

/* Where a title that ends at `end` begins: behind the author list in front of it. */
static size_t behind_authors(const kdb_citation_reader *r, size_t end) {
    kdb_range list[MOST_SENTENCES];
    size_t count = sentences(r, r->from, end, list);
    if (count < 2)
        return r->from;
    for (size_t i = 1; i < count; i++)
        if (kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, list[i].from)) >= 50)
            return list[i].from;
    return r->from;
}

/* "What Is a Soup? A Study of Pots": a question, and a phrase that is no venue. */
static bool goes_on(const kdb_citation_reader *r, kdb_range question, kdb_range next) {
    kdbib_str text = kdb_citation_part(r, next.from, next.to);
    kdb_venue venue;
    return r->text.data[question.to - 1] == '?' && is_title(r, text, 60) &&
           kdb_venue_parse(r->arena, r->fields, text, &venue) < 60;
}

/* "Authors (2015). Title. …", "Authors. 1993. Title. …". */
static bool title_behind_year(const kdb_citation_reader *r, kdb_range *title, size_t *authors_end) {
    kdbib_date date;
    size_t at = r->from, from, to;
    if (!kdb_date_find(r->fields, kdb_slice(r->text, 0, r->to), at, &date, &from, &to))
        return false;
    bool bracket =
        from > r->from && r->text.data[from - 1] == '(' && to < r->to && r->text.data[to] == ')';
    size_t before = bracket ? from - 1 : from;
    while (before > r->from && kdb_is_space(r->text.data[before - 1]))
        before--;
    bool stopped =
        before > r->from && (r->text.data[before - 1] == '.' || r->text.data[before - 1] == ',');
    size_t behind = bracket ? to + 1 : to;
    if (before <= r->from + 2 ||
        !(bracket || (stopped && behind < r->to && kdb_is_one_of(r->text.data[behind], ".:"))))
        return false;
    if (kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, before)) < 50)
        return false;
    while (behind < r->to && kdb_is_one_of(r->text.data[behind], " .,:;\t\n"))
        behind++;
    kdb_range list[MOST_SENTENCES];
    size_t count = sentences(r, behind, r->to, list);
    if (!count || !is_title(r, kdb_citation_part(r, list[0].from, list[0].to), 35))
        return false;
    *title = list[0];
    if (count > 1 && goes_on(r, list[0], list[1]))
        title->to = list[1].to;
    *authors_end = before;
    r->out->venue.date = date;
    return true;
}

/* "Ann Lee, Bo Li, Title, …": two whole names, and then something else. */
static bool begins_with_names(const kdb_citation_reader *r, kdbib_str sentence) {
    size_t at = 0;
    for (int i = 0; i < 2; i++) {
        size_t comma = kdb_find_char(sentence, ',', at);
        if (comma == SIZE_MAX || kdb_count_words(kdb_slice(sentence, at, comma)) < 2)
            return false;
        at = comma + 1;
    }
    return kdb_names_score(r->arena, r->fields, kdb_slice(sentence, 0, at - 1)) >= 60;
}

/* "Title (TIP 2014), Ann Lee, Bo Li.": a venue in brackets, and names behind it. */
static bool title_before_bracket(const kdb_citation_reader *r, kdb_range *title) {
    size_t open = kdb_find_char(r->text, '(', r->from);
    while (open != SIZE_MAX && open < r->to) {
        size_t close = kdb_find_char(r->text, ')', open);
        if (close == SIZE_MAX || close >= r->to)
            return false;
        kdb_venue venue;
        kdbib_str rest = kdb_citation_part(r, close + 1, r->to);
        if (rest.size > 4 && rest.data[0] == ',' &&
            kdb_venue_parse(r->arena, r->fields, kdb_slice(r->text, open + 1, close), &venue) >=
                75 &&
            kdb_names_score(r->arena, r->fields, kdb_slice(rest, 1, rest.size)) >= 50 &&
            is_title(r, kdb_citation_part(r, r->from, open), 42)) {
            *title = (kdb_range){r->from, open};
            return true;
        }
        open = kdb_find_char(r->text, '(', close);
    }
    return false;
}

/* "Ann Lee and Bo Li": nothing else has four capitals around an "and". */
static bool joins_names(kdbib_str text) {
    size_t and = kdb_find(text, KDBIB_STR(" and "), 0);
    if (and == SIZE_MAX || kdb_count_words(kdb_slice(text, 0, and)) < 2 ||
        kdb_count_words(kdb_slice(text, and+5, text.size)) < 2)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (i != and+1 && (i == 0 || kdb_is_space(text.data[i - 1])) && kdb_is_lower(text.data[i]))
            return false;
    return true;
}

/* By the order of sentences: authors first, or title first. */
static bool title_by_sentences(const kdb_citation_reader *r, kdb_range *title) {
    kdb_range list[MOST_SENTENCES];
    size_t count = sentences(r, r->from, r->to, list);
    if (count < 2)
        return false;
    kdbib_str first = kdb_citation_part(r, list[0].from, list[0].to),
              second = kdb_citation_part(r, list[1].from, list[1].to);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    unsigned as_title = kdb_title_score(r->arena, r->fields, first);
    if (names >= 50 && (names > as_title || joins_names(first)) && is_title(r, second, 30)) {
        *title = list[1];
        if (count > 2 && goes_on(r, list[1], list[2]))
            title->to = list[2].to;
        return true;
    }
    if (as_title < 40 || begins_with_names(r, first))
        return false;
    *title = list[0];
    size_t et_al = kdb_find(kdb_slice(r->text, 0, title->to), KDBIB_STR(" et al"), title->from);
    while (et_al != SIZE_MAX && et_al > title->from && r->text.data[et_al] != ',')
        et_al--;
    if (et_al != SIZE_MAX && et_al > title->from + 12) /* "Title, Lee et al, 2013. Remark." */
        title->to = et_al;
    return true;
}

/* "…, Ann Lee, Show, Attend, and Tell: Neural …": words before the phrase behind commas[i] that are
 * no names, in a list of whole names, belong to the title. Behind which comma it begins. */
static size_t title_with_commas(const kdb_citation_reader *r, const size_t *commas, size_t i) {
    size_t begin = i;
    while (begin > 0 &&
           kdb_count_words(kdb_citation_part(r, commas[begin - 1] + 1, commas[begin])) == 1)
        begin--;
    for (size_t k = 0; k < begin; k++) {
        size_t from = k ? commas[k - 1] + 1 : r->from;
        if (kdb_count_words(kdb_citation_part(r, from, commas[k])) < 2)
            return i; /* "Lee, Ann" */
    }
    return begin;
}

/* "…: Trees, Graphs, and Covers, ICML, 2012": the title goes on to the comma before the venue. */
static size_t title_before_venue(const kdb_citation_reader *r, const size_t *commas, size_t i,
                                 size_t count) {
    kdb_venue venue;
    for (size_t k = i; k < count; k++)
        if (kdb_venue_parse(r->arena, r->fields, kdb_citation_part(r, commas[k] + 1, commas[k + 1]),
                            &venue) >= 60)
            return k;
    return i;
}

/* "Ann Lee, Bo Li, Deep Soups, ICML": between two names and a venue few words are a title. */
static bool is_before_venue(const kdb_citation_reader *r, const size_t *commas, size_t i,
                            size_t count) {
    kdbib_str phrase = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
    kdb_venue venue;
    return i > 0 && i + 1 < count && kdb_count_words(phrase) > 2 &&
           kdb_names_score(r->arena, r->fields, phrase) < 30 &&
           kdb_venue_parse(r->arena, r->fields,
                           kdb_citation_part(r, commas[i + 1] + 1, commas[i + 2]), &venue) >= 75;
}

/* "…, Ann van den den Lee, A Title of Words, …": four words that say nothing, before a title. */
static bool is_long_name(const kdb_citation_reader *r, kdbib_str phrase, const size_t *commas,
                         size_t i, size_t count) {
    return i < count && kdb_count_words(phrase) <= 5 && !is_title(r, phrase, 61) &&
           is_title(r, kdb_citation_part(r, commas[i] + 1, commas[i + 1]), 70);
}

/* "Ann Lee, A Title of Words, CVPR, 2015": one name, a title, a venue. */
static bool is_title_of_one(const kdb_citation_reader *r, kdbib_str name, kdbib_str phrase,
                            const size_t *commas, size_t count) {
    kdb_venue venue;
    return count > 1 && kdb_count_words(name) > 1 && kdb_find_char(phrase, ':', 0) == SIZE_MAX &&
           is_title(r, phrase, 70) &&
           kdb_venue_parse(r->arena, r->fields, kdb_citation_part(r, commas[1] + 1, commas[2]),
                           &venue) >= 75;
}

/* "Title, Authors, Venue Year": the title ends where names or a venue begin. "Authors, Title,
 * Venue": it begins where the names end. */
static bool title_by_commas(const kdb_citation_reader *r, kdb_range *title) {
    size_t commas[64], count = 0;
    for (size_t at = r->from; at < r->to && count < 62; at++)
        if (r->text.data[at] == ',' || (r->text.data[at] == '|') ||
            (r->text.data[at] == '-' && at > r->from && kdb_is_space(r->text.data[at - 1]) &&
             at + 1 < r->to && kdb_is_space(r->text.data[at + 1])))
            commas[count++] = at;
    if (!count)
        return false;
    commas[count] = r->to;
    size_t start = r->from;
    kdbib_str first = kdb_citation_part(r, r->from, commas[0]);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    if (count > 3 && kdb_count_words(first) == 1) /* "Lee, Ann, Bo Li, …" */
        names = kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, commas[2]));
    if ((names >= 50 || (names >= 30 && kdb_count_words(first) <= 3)) && !is_title(r, first, 60)) {
        /* names first: the title is the first phrase that is none */
        for (size_t i = 0; i < count; i++) {
            kdbib_str phrase = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
            if (is_title(r, phrase, is_before_venue(r, commas, i, count) ? 45 : 60) &&
                !is_long_name(r, phrase, commas, i + 1, count) &&
                (kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, commas[i])) >=
                     50 ||
                 (i == 0 && is_title_of_one(r, first, phrase, commas, count)))) {
                size_t begin = title_with_commas(r, commas, i),
                       end = title_before_venue(r, commas, i + 1, count);
                *title = (kdb_range){commas[begin] + 1, commas[end]};
                return true;
            }
        }
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        kdbib_str behind = kdb_citation_part(r, commas[i] + 1, commas[i + 1]);
        kdb_venue venue;
        unsigned name = kdb_names_score(r->arena, r->fields, behind);
        bool is_name =
            name >= 50 || (name >= 30 && kdb_count_words(behind) >= 2 && !is_title(r, behind, 50));
        bool is_venue = kdb_venue_parse(r->arena, r->fields, behind, &venue) >= 75;
        if (is_name || is_venue) {
            *title = (kdb_range){start, commas[i]};
            return is_title(r, kdb_citation_part(r, start, commas[i]), 40);
        }
    }
    return false;
}

/* "Lee, A., Li, B.: Title. In: Venue": a colon behind an initial. */
static bool title_behind_colon(const kdb_citation_reader *r, kdb_range *title,
                               size_t *authors_end) {
    size_t colon = kdb_find(kdb_slice(r->text, 0, r->to), KDBIB_STR(".: "), r->from);
    if (colon == SIZE_MAX || colon < r->from + 4 || colon - r->from > 600 ||
        !kdb_is_upper(r->text.data[colon - 1]) ||
        kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, colon + 1)) < 50)
        return false;
    kdb_range found[MOST_SENTENCES];
    if (!sentences(r, colon + 2, r->to, found))
        return false;
    *title = found[0];
    *authors_end = colon + 1;
    return true;
}

/* "Ann Lee, et al.: Title, ICML 2013", "Ann Lee: Title, 2009": names and a colon. Only what else
 * the list holds can tell the second from "Some Nickname: Title, 2009". */
static bool title_behind_names(const kdb_citation_reader *r, kdb_range *title,
                               size_t *authors_end) {
    size_t colon = kdb_find(kdb_slice(r->text, 0, r->to), KDBIB_STR(": "), r->from);
    if (colon == SIZE_MAX || colon < r->from + 6 || colon - r->from > 400)
        return false;
    kdbib_str before = kdb_citation_part(r, r->from, colon);
    size_t words = kdb_count_words(before);
    bool et_al = kdb_find(before, KDBIB_STR("et al"), 0) != SIZE_MAX;
    size_t last = before.size; /* "Ann Lee, Bo Li, BERT: …": the nickname is of the title */
    while (last && before.data[last - 1] != ',')
        last--;
    kdbib_str piece = kdb_trim(kdb_slice(before, last, before.size));
    bool and = kdb_starts_with(piece, KDBIB_STR("and ")); /* "…, Forks, and Knives: One …" */
    if (words < 2 || (!et_al && last && !(and&&kdb_count_words(piece) > 2) && !joins_names(piece) &&
                      kdb_names_score(r->arena, r->fields, piece) < 50))
        return false;
    unsigned names = kdb_names_score(r->arena, r->fields, before);
    if (names < 30 || (names < 50 && words > 4))
        return false;
    kdbib_str rest = kdb_slice(r->text, colon + 2, r->to);
    kdb_venue venue;
    size_t cut, end;
    bool told = kdb_venue_at_end(r->arena, r->fields, rest, &cut, &venue) >= 75 && cut > 8;
    if (told) {
        end = colon + 2 + cut;
    } else {
        kdb_range found[MOST_SENTENCES];
        if (names < 50 || !sentences(r, colon + 2, r->to, found))
            return false;
        end = found[0].to;
    }
    if (!is_title(r, kdb_citation_part(r, colon + 2, end), 40))
        return false;
    r->out->doubtful = !et_al && kdb_find_char(before, '.', 0) == SIZE_MAX;
    *title = (kdb_range){colon + 2, end};
    *authors_end = colon;
    return true;
}

/* "Ann Lee. A Title of Words, ACL 2005." */
static bool title_of_one_author(const kdb_citation_reader *r, kdb_range *title,
                                size_t *authors_end) {
    kdbib_str head = kdb_slice(r->text, 0, r->from + 40);
    size_t stop = kdb_find(head, KDBIB_STR(". "), r->from), cut;
    if (stop == SIZE_MAX || stop >= r->to || stop < r->from + 4 || r->text.data[stop - 2] == ' ')
        return false; /* "Ann J. Lee" */
    kdbib_str first = kdb_citation_part(r, r->from, stop);
    size_t words = kdb_count_words(first);
    if (words < 2 || words > 3 || kdb_names_score(r->arena, r->fields, first) < 30 ||
        is_title(r, first, 50))
        return false;
    kdb_venue venue;
    kdbib_str rest = kdb_slice(r->text, stop + 2, r->to);
    if (kdb_venue_at_end(r->arena, r->fields, rest, &cut, &venue) < 90 || !venue.known ||
        !venue.date.year || !is_title(r, kdb_trim(kdb_slice(rest, 0, cut)), 60))
        return false;
    r->out->doubtful = true;
    *title = (kdb_range){stop + 2, stop + 2 + cut};
    *authors_end = stop;
    return true;
}

unsigned kdb_citation_find_title(kdb_citation_reader *r, kdb_range *title, size_t *authors_end) {
    size_t sign, behind;
    *authors_end = 0;
    if (quoted_title(r, title))
        return 90;
    if (find_document_sign(r, &sign, &behind)) {
        *title = (kdb_range){behind_authors(r, sign), sign};
        return 90;
    }
    if (marked_title(r, KDB_MARK_BOLD, 42, title) || marked_title(r, KDB_MARK_LINK, 42, title) ||
        title_behind_year(r, title, authors_end) || title_behind_colon(r, title, authors_end))
        return 90;
    if (marked_title(r, KDB_MARK_ITALIC, 60, title))
        return 80;
    if (title_before_bracket(r, title))
        return 80;
    if (title_behind_names(r, title, authors_end) || title_of_one_author(r, title, authors_end))
        return r->out->doubtful ? 75 : 90;
    if (title_by_sentences(r, title))
        return 75;
    bool commas = title_by_commas(r, title);
    if (!commas)
        *title = (kdb_range){r->from, r->to};
    return commas ? 65 : 20;
}
