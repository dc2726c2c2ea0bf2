/* Titles found by the order of sentences, and of what ends the authors before them: a period, a
 * year, a colon. */
#include "fields/chars.h"
#include "fields/citation_inside.h"
#include "fields/dates.h"
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

size_t kdb_citation_sentences(const kdb_citation_reader *r, size_t from, size_t to,
                              kdb_range out[KDB_MOST_SENTENCES]) {
    size_t count = 0, start = from;
    for (size_t at = from; at < to && count + 1 < KDB_MOST_SENTENCES; at++) {
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

/* "What Is a Soup? A Study of Pots": a question, and a phrase that is no venue. */
static bool goes_on(const kdb_citation_reader *r, kdb_range question, kdb_range next) {
    kdbib_str text = kdb_citation_part(r, next.from, next.to);
    kdb_venue venue;
    return r->text.data[question.to - 1] == '?' && kdb_citation_is_title(r, text, 60) &&
           kdb_venue_parse(r->arena, r->fields, text, &venue) < 60;
}

/* "Authors (2015). Title. …", "Authors. 1993. Title. …". */
bool kdb_title_behind_year(kdb_citation_reader *r, kdb_title_place *place) {
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
    kdb_range list[KDB_MOST_SENTENCES];
    size_t count = kdb_citation_sentences(r, behind, r->to, list);
    if (!count || !kdb_citation_is_title(r, kdb_citation_part(r, list[0].from, list[0].to), 35))
        return false;
    place->title = list[0];
    if (count > 1 && goes_on(r, list[0], list[1]))
        place->title.to = list[1].to;
    place->authors_end = before;
    r->out->venue.date = date;
    return true;
}

/* "Title (TIP 2014), Ann Lee, Bo Li.": a venue in brackets, and names behind it. */
bool kdb_title_before_bracket(kdb_citation_reader *r, kdb_title_place *place) {
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
            kdb_citation_is_title(r, kdb_citation_part(r, r->from, open), 42)) {
            place->title = (kdb_range){r->from, open};
            return true;
        }
        open = kdb_find_char(r->text, '(', close);
    }
    return false;
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
bool kdb_title_by_sentences(kdb_citation_reader *r, kdb_title_place *place) {
    kdb_range list[KDB_MOST_SENTENCES];
    size_t count = kdb_citation_sentences(r, r->from, r->to, list);
    if (count < 2)
        return false;
    kdbib_str first = kdb_citation_part(r, list[0].from, list[0].to),
              second = kdb_citation_part(r, list[1].from, list[1].to);
    unsigned names = kdb_names_score(r->arena, r->fields, first);
    unsigned as_title = kdb_title_score(r->arena, r->fields, first);
    if (names >= 50 && (names > as_title || joins_names(first)) &&
        kdb_citation_is_title(r, second, 30)) {
        place->title = list[1];
        if (count > 2 && goes_on(r, list[1], list[2]))
            place->title.to = list[2].to;
        return true;
    }
    if (as_title < 40 || begins_with_names(r, first))
        return false;
    place->title = list[0];
    size_t et_al =
        kdb_find(kdb_slice(r->text, 0, place->title.to), KDBIB_STR(" et al"), place->title.from);
    while (et_al != SIZE_MAX && et_al > place->title.from && r->text.data[et_al] != ',')
        et_al--;
    if (et_al != SIZE_MAX && et_al > place->title.from + 12) /* "Title, Lee et al, 2013. Remark." */
        place->title.to = et_al;
    return true;
}

/* "Lee, A., Li, B.: Title. In: Venue": a colon behind an initial. */
bool kdb_title_behind_initials(kdb_citation_reader *r, kdb_title_place *place) {
    size_t colon = kdb_find(kdb_slice(r->text, 0, r->to), KDBIB_STR(".: "), r->from);
    if (colon == SIZE_MAX || colon < r->from + 4 || colon - r->from > 600 ||
        !kdb_is_upper(r->text.data[colon - 1]) ||
        kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, colon + 1)) < 50)
        return false;
    kdb_range found[KDB_MOST_SENTENCES];
    if (!kdb_citation_sentences(r, colon + 2, r->to, found))
        return false;
    place->title = found[0];
    place->authors_end = colon + 1;
    return true;
}

/* "Ann Lee, et al.: Title, ICML 2013", "Ann Lee: Title, 2009": names and a colon. Only what else
 * the list holds can tell the second from "Some Nickname: Title, 2009". */
bool kdb_title_behind_names(kdb_citation_reader *r, kdb_title_place *place) {
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
        kdb_range found[KDB_MOST_SENTENCES];
        if (names < 50 || !kdb_citation_sentences(r, colon + 2, r->to, found))
            return false;
        end = found[0].to;
    }
    if (!kdb_citation_is_title(r, kdb_citation_part(r, colon + 2, end), 40))
        return false;
    r->out->doubtful = !et_al && kdb_find_char(before, '.', 0) == SIZE_MAX;
    place->title = (kdb_range){colon + 2, end};
    place->authors_end = colon;
    return true;
}

/* "Ann Lee. A Title of Words, ACL 2005." */
bool kdb_title_of_one_author(kdb_citation_reader *r, kdb_title_place *place) {
    kdbib_str head = kdb_slice(r->text, 0, r->from + 40);
    size_t stop = kdb_find(head, KDBIB_STR(". "), r->from), cut;
    if (stop == SIZE_MAX || stop >= r->to || stop < r->from + 4 || r->text.data[stop - 2] == ' ')
        return false; /* "Ann J. Lee" */
    kdbib_str first = kdb_citation_part(r, r->from, stop);
    size_t words = kdb_count_words(first);
    if (words < 2 || words > 3 || kdb_names_score(r->arena, r->fields, first) < 30 ||
        kdb_citation_is_title(r, first, 50))
        return false;
    kdb_venue venue;
    kdbib_str rest = kdb_slice(r->text, stop + 2, r->to);
    if (kdb_venue_at_end(r->arena, r->fields, rest, &cut, &venue) < 90 || !venue.known ||
        !venue.date.year || !kdb_citation_is_title(r, kdb_trim(kdb_slice(rest, 0, cut)), 60))
        return false;
    r->out->doubtful = true;
    place->title = (kdb_range){stop + 2, stop + 2 + cut};
    place->authors_end = stop;
    return true;
}
