/* A DOI and an arXiv number within a phrase that names a venue. */
#include "fields/venue_phrase.h"

void kdb_phrase_take_doi(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_text(p);
    size_t at = kdb_find(text, KDBIB_STR("10."), 0);
    if (at == SIZE_MAX)
        return;
    size_t slash = kdb_find_char(text, '/', at);
    if (slash == SIZE_MAX || slash - at < 7 || slash - at > 12 ||
        (at && kdb_is_digit(text.data[at - 1])))
        return;
    size_t end = slash;
    while (end < text.size && !kdb_is_space(text.data[end]) &&
           !kdb_is_one_of(text.data[end], ",;\"<>"))
        end++;
    while (end > slash && kdb_is_one_of(text.data[end - 1], ".)]") &&
           !(text.data[end - 1] == ')' &&
             kdb_find_char(kdb_slice(text, slash, end), '(', 0) != SIZE_MAX))
        end--;
    p->venue->doi = kdb_arena_copy(p->arena, kdb_slice(text, at, end));
    /* "DOI=http://dx.doi.org/", "doi:" */
    size_t from = at;
    while (from && !kdb_is_space(text.data[from - 1]))
        from--;
    kdbib_str before = kdb_trim(kdb_slice(text, 0, from));
    if (before.size >= 3 &&
        kdb_starts_with_nocase(kdb_slice(before, before.size - 3, before.size), KDBIB_STR("doi")))
        from = before.size - 3;
    if (before.size >= 4 &&
        kdb_starts_with_nocase(kdb_slice(before, before.size - 4, before.size), KDBIB_STR("doi:")))
        from = before.size - 4;
    kdb_phrase_erase(p, from, end);
}

/* A new arXiv number at `at` ("2101.08471"): where it ends, or `at`. */
static size_t arxiv_number(kdbib_str text, size_t at) {
    size_t end = at;
    while (end < text.size && kdb_is_digit(text.data[end]))
        end++;
    if (end - at != 4 || end >= text.size || text.data[end] != '.')
        return at;
    size_t rest = ++end;
    while (end < text.size && kdb_is_digit(text.data[end]))
        end++;
    if (end - rest < 4 || end - rest > 5 || text.data[at + 2] > '1')
        return at;
    return end;
}

void kdb_phrase_take_abs(kdb_phrase *p) {
    kdbib_str text = kdb_phrase_text(p);
    size_t at = kdb_find(text, KDBIB_STR("abs/"), 0);
    size_t end = at == SIZE_MAX ? at : arxiv_number(text, at + 4);
    if (at == SIZE_MAX || end == at + 4)
        return;
    p->venue->arxiv = kdb_arena_copy(p->arena, kdb_slice(text, at + 4, end));
    kdb_phrase_erase(p, at, end);
}

bool kdb_phrase_take_arxiv(kdb_phrase *p, size_t *from, size_t *to) {
    kdbib_str text = kdb_phrase_text(p);
    for (size_t at = 0; at + 9 <= text.size; at++) {
        if (!kdb_is_digit(text.data[at]) || (at && kdb_is_alnum(text.data[at - 1])) ||
            (at && kdb_is_one_of(text.data[at - 1], "./")))
            continue;
        size_t end = arxiv_number(text, at);
        if (end == at)
            continue;
        p->venue->arxiv = kdb_arena_copy(p->arena, kdb_slice(text, at, end));
        if (end + 1 < text.size && text.data[end] == 'v' && kdb_is_digit(text.data[end + 1])) {
            end += 2;
            while (end < text.size && kdb_is_digit(text.data[end]))
                end++;
        }
        *from = at;
        *to = end;
        return true;
    }
    return false;
}

bool kdb_phrase_erase_before_venue(kdb_phrase *p, size_t from, size_t to) {
    kdbib_str text = kdb_phrase_text(p), before = kdb_slice(text, 0, from);
    size_t slash = to;
    while (slash < text.size && text.data[slash] == ' ')
        slash++;
    if (slash == to || slash + 4 > text.size || text.data[slash + 1] != ' ' ||
        text.data[slash] != '/' || before.size != 6 ||
        !kdb_equal_nocase(before, KDBIB_STR("arxiv:")))
        return false;
    kdb_phrase_erase(p, 0, slash + 1);
    return true;
}
