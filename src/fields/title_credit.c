/* Who wrote it, in front of a title or behind it. */
#include "fields/labels.h"
#include "fields/names.h"
#include "fields/title_inside.h"
#include "fields/word.h"
#include "fields/words.h"

/* "Title (Lee et al., ICML 2015)", "Title, Lee et al.", "Title【论文】". */
bool kdb_title_take_credit(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    kdbib_str now = kdb_slice(c->text, t->from, t->to);
    if (kdb_ends_with(now, KDBIB_STR("\xE3\x80\x91"))) {
        size_t open = now.size - 3;
        while (open && now.size - open < 40 && memcmp(now.data + open, "\xE3\x80\x90", 3) != 0)
            open--;
        if (!open || memcmp(now.data + open, "\xE3\x80\x90", 3) != 0 ||
            !kdb_is_label(c->arena, c->fields, kdb_slice(now, open + 3, now.size - 3)))
            return false;
        t->to = t->from + open;
        return true;
    }
    if (now.size > 16 && now.data[now.size - 1] == ']') { /* "Title [Paper]", the link missing */
        size_t open = now.size - 1;
        while (open && now.data[open] != '[' && now.size - open < 24)
            open--;
        kdb_label label = {0};
        if (now.data[open] == '[')
            kdb_label_parse(c->arena, c->fields, kdb_slice(now, open + 1, now.size - 1), &label);
        if (open > 8 && label.is_label && !label.venue.name.size &&
            label.role != KDBIB_ROLE_COUNT) {
            t->to = t->from + open;
            return true;
        }
    }
    size_t by = now.size > 12 ? kdb_find(now, KDBIB_STR(", by "), 0) : SIZE_MAX;
    if (by != SIZE_MAX && by > 8 && !t->authors.size &&
        kdb_names_score(c->arena, c->fields, kdb_slice(now, by + 5, now.size)) >= 60) {
        t->authors = kdb_slice(now, by + 5, now.size); /* "Title, by Ann Lee" */
        t->to = t->from + by;
        return true;
    }
    size_t et_al = now.size > 12 ? kdb_find(now, KDBIB_STR(" et al"), 0) : SIZE_MAX, from = 0;
    if (et_al == SIZE_MAX || t->authors.size)
        return false;
    size_t end = et_al + 6;
    while (end < now.size && strchr("., ", now.data[end]))
        end++;
    for (from = et_al; from && !strchr("()[];|.", now.data[from - 1]);)
        from--;
    if (!from || now.data[from - 1] != '.' || kdb_count_words(kdb_slice(now, from, et_al)) > 4 ||
        kdb_names_score(c->arena, c->fields, kdb_slice(now, from, et_al + 6)) < 60)
        for (from = et_al; from && !strchr(",()[];|", now.data[from - 1]);)
            from--;
    kdbib_str names = kdb_trim(kdb_slice(now, from, et_al)), rest = kdb_slice(now, end, now.size);
    if (from < 8 || kdb_count_words(names) > 3 || names.size < 2)
        return false;
    if (rest.size) { /* in a bracket, with the venue */
        kdb_venue venue;
        if (now.data[from - 1] != '(' || rest.data[rest.size - 1] != ')' ||
            kdb_find_char(rest, ')', 0) + 1 != rest.size)
            return false;
        unsigned score =
            kdb_venue_parse(c->arena, c->fields, kdb_slice(rest, 0, rest.size - 1), &venue);
        if (score < 60)
            return false;
        if (score > t->score) {
            t->venue = venue;
            t->score = score;
        }
    }
    t->authors = kdb_slice(now, from, et_al + 6);
    t->to = t->from + from - 1;
    return true;
}

/* Where the word at `at` ends, and what it is. */
static kdb_word word_at(const kdb_title_cutter *c, size_t at, size_t *end) {
    for (*end = at; *end < c->title->to && !kdb_is_one_of(c->text.data[*end], " ,");)
        ++*end;
    return kdb_word_of(c->fields, kdb_slice(c->text, at, *end));
}

static bool is_family(kdb_word word) {
    return word.of_names || (word.shape == KDB_TOKEN_WORD &&
                             (word.name_kinds & (KDB_WORD_SURNAME | KDB_WORD_PREFIX)));
}

/* "Lee, A., " at `at`: where it ends, or `at`. */
static size_t inverted_name(const kdb_title_cutter *c, size_t at) {
    size_t end, to = c->title->to;
    kdb_word family = word_at(c, at, &end);
    if (!is_family(family) || end >= to || c->text.data[end] != ',')
        return at;
    size_t given = kdb_title_skip_spaces(c->text, end + 1, to);
    kdb_word initials = word_at(c, given, &end);
    return initials.shape == KDB_TOKEN_INITIALS && initials.period && end < to &&
                   c->text.data[end] == ','
               ? kdb_title_skip_spaces(c->text, end + 1, to)
               : at;
}

/* "A. B. Lee" at `at`: where it ends, or `at`. */
static size_t short_name(const kdb_title_cutter *c, size_t at) {
    size_t end = at, from = at, to = c->title->to;
    kdb_word word = word_at(c, at, &end);
    if (word.shape != KDB_TOKEN_INITIALS || end >= to || c->text.data[end] != ' ')
        return at;
    while (word.shape == KDB_TOKEN_INITIALS && end < to && c->text.data[end] == ' ') {
        from = end + 1;
        word = word_at(c, from, &end);
    }
    if (end > from && c->text.data[end - 1] == '.')
        word = kdb_word_of(c->fields, kdb_slice(c->text, from, --end));
    return is_family(word) ? end : at;
}

/* "Lee A, Moss F J, et al. " or "Lee A, Moss B. " at the front: where it ends, or `from`. */
static size_t family_first(const kdb_title_cutter *c, size_t from, size_t *stop) {
    size_t at = from, end, to = c->title->to;
    for (size_t names = 1;; names++) {
        if (names > 1 && kdb_starts_with(kdb_slice(c->text, at, to), KDBIB_STR("et al. "))) {
            *stop = at + 5;
            return at + 7;
        }
        kdb_word word = word_at(c, at, &end);
        if (!is_family(word) || end >= to || c->text.data[end] != ' ')
            return from;
        do {
            word = word_at(c, end + 1, &end);
            if (word.shape != KDB_TOKEN_INITIALS || end >= to)
                return from;
        } while (c->text.data[end] == ' ' && !word.period);
        if (word.period) {
            *stop = end - 1;
            return names > 1 && c->text.data[end] == ' ' ? end + 1 : from;
        }
        for (at = end + 1; at < to && c->text.data[at] == ' ';)
            at++;
    }
}

/* "Lee, Ann & Moss, Bo - Title": where it ends, or `from`. */
static size_t before_dash(const kdb_title_cutter *c, size_t from, size_t *stop) {
    size_t dash = kdb_find(kdb_slice(c->text, 0, c->title->to), KDBIB_STR(" - "), from);
    if (dash == SIZE_MAX || dash - from > 100)
        return from;
    kdbib_str names = kdb_slice(c->text, from, dash);
    size_t comma = kdb_find_char(names, ',', 0);
    if (comma > kdb_find_char(names, ' ', 0) || kdb_count_words(names) < 3 ||
        kdb_names_score(c->arena, c->fields, names) < 60) /* not "Soup, Salad - What Cooks Say" */
        return from;
    *stop = dash;
    return dash + 3;
}

/* "Lee, A., Moss, B., Title", "A. Lee, B. Moss. Title": authors in front. */
bool kdb_title_take_authors(kdb_title_cutter *c) {
    kdb_title *t = c->title;
    size_t at = t->from, end, names = 0;
    while ((end = inverted_name(c, at)) > at)
        at = end;
    size_t stop = at;
    if (at == t->from)
        at = family_first(c, at, &stop);
    if (at == t->from)
        at = before_dash(c, at, &stop);
    if (at == t->from) {
        while ((end = short_name(c, at)) > at && ++names) {
            stop = end;
            at = kdb_title_skip_spaces(c->text, end + (end < t->to && c->text.data[end] == ','),
                                       t->to);
            if (kdb_starts_with(kdb_slice(c->text, at, t->to), KDBIB_STR("and ")))
                at += 4;
        }
        if (names < 2 || at != stop || at + 2 >= t->to || c->text.data[at] != '.' ||
            c->text.data[at + 1] != ' ')
            return false;
        at = kdb_title_skip_spaces(c->text, at + 1, t->to);
    }
    kdbib_str rest = kdb_slice(c->text, at, t->to);
    if (at == t->from || kdb_count_words(rest) < 3 || kdb_starts_with(rest, KDBIB_STR("&")) ||
        kdb_starts_with(rest, KDBIB_STR("and ")) || kdb_starts_with(rest, KDBIB_STR("et ")))
        return false;
    t->authors = kdb_slice(c->text, t->from, stop);
    t->from = at;
    return true;
}
