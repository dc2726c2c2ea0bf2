/* Where the title of a citation stands: the forms that are tried, and those of them that marks,
 * quotes and the sign of GB/T 7714 show. */
#include "fields/citation_inside.h"
#include "fields/words.h"

/* The first quoted text that is long enough. */
static bool quoted_title(kdb_citation_reader *r, kdb_title_place *place) {
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
        if (after_stop && (kdb_count_words(text) >= 3 || kdb_citation_is_title(r, text, 40))) {
            place->title = (kdb_range){inside, close};
            return true;
        }
    }
    return false;
}

/* The longest run of spans with `mark` that may be a title. */
static bool marked_title(const kdb_citation_reader *r, unsigned mark, unsigned least,
                         kdb_title_place *place) {
    size_t at = 0, start = SIZE_MAX, best = 0;
    for (size_t i = 0; i <= r->count; i++) {
        bool has = i < r->count && (r->spans[i].marks & mark);
        if (has && start == SIZE_MAX)
            start = at;
        if (!has && start != SIZE_MAX) {
            kdbib_str text = kdb_citation_part(r, start, at);
            bool whole = start <= r->from && at >= r->to;
            if (!whole && kdb_count_words(text) >= 2 && text.size > best &&
                kdb_citation_is_title(r, text, least)) {
                place->title = (kdb_range){start, at};
                best = text.size;
            }
            start = SIZE_MAX;
        }
        if (i < r->count)
            at += r->spans[i].text.size;
    }
    return best > 0;
}

/* Where a title that ends at `end` begins: behind the author list in front of it. */
static size_t behind_authors(const kdb_citation_reader *r, size_t end) {
    kdb_range list[KDB_MOST_SENTENCES];
    size_t count = kdb_citation_sentences(r, r->from, end, list);
    if (count < 2)
        return r->from;
    for (size_t i = 1; i < count; i++)
        if (kdb_names_score(r->arena, r->fields, kdb_citation_part(r, r->from, list[i].from)) >= 50)
            return list[i].from;
    return r->from;
}

/* "Title[J].", "Title[J/OL]." of GB/T 7714. */
static bool signed_title(kdb_citation_reader *r, kdb_title_place *place) {
    for (size_t at = r->from; at + 2 < r->to; at++) {
        if (r->text.data[at] != '[' || !strchr("JCDMPRNSZ", r->text.data[at + 1]))
            continue;
        size_t end = at + 2;
        if (r->text.data[end] == '/') /* [J/OL], [EB/OL] */
            while (end < r->to && r->text.data[end] != ']')
                end++;
        if (end < r->to && r->text.data[end] == ']') {
            place->title = (kdb_range){behind_authors(r, at), at};
            return true;
        }
    }
    return false;
}

static bool bold_title(kdb_citation_reader *r, kdb_title_place *place) {
    return marked_title(r, KDB_MARK_BOLD, 42, place);
}

static bool linked_title(kdb_citation_reader *r, kdb_title_place *place) {
    return marked_title(r, KDB_MARK_LINK, 42, place);
}

static bool italic_title(kdb_citation_reader *r, kdb_title_place *place) {
    return marked_title(r, KDB_MARK_ITALIC, 60, place);
}

unsigned kdb_citation_find_title(kdb_citation_reader *r, kdb_title_place *place) {
    static const struct {
        kdb_title_form *find;
        unsigned sure;
    } forms[] = {
        {quoted_title, 90},
        {signed_title, 90},
        {bold_title, 90},
        {linked_title, 90},
        {kdb_title_behind_year, 90},
        {kdb_title_behind_initials, 90},
        {italic_title, 80},
        {kdb_title_before_bracket, 80},
        {kdb_title_behind_names, 90},
        {kdb_title_of_one_author, 90},
        {kdb_title_by_sentences, 75},
        {kdb_title_by_phrases, 65},
    };
    *place = (kdb_title_place){0};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].find(r, place))
            return r->out->doubtful ? 75 : forms[i].sure;
    place->title = (kdb_range){r->from, r->to};
    return 20;
}
