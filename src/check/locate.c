/* Where the links of a list stand: cmark tells what is a link, and in which line or soon behind it;
 * its spelling is looked for there. */
#include "base/index.h"
#include "base/strings.h"
#include "check/list.h"

/* A link is looked for in its line and so many behind it. */
#define LINES_BEHIND 12
/* So many bytes of them. */
#define LONGEST_SEARCH ((size_t)64 * 1024)

typedef struct search {
    kdb_list *list;
    kdb_index definitions; /* URL of a link definition -> its offset */
    size_t cursor;         /* behind the link found last */
} search;

static bool opens(char c) {
    return c == '(' || c == '<' || c == '"' || c == '\'' || c == '=' || c == ' ' || c == '\t';
}

static bool closes(char c) {
    return c == ')' || c == '>' || c == '"' || c == '\'' || kdb_is_space(c);
}

static bool goes_on(char c) {
    return kdb_is_alnum(c) || c == '/' || c == '-' || c == '_' || c == '=' || c == '%' || c == '&';
}

/* The text of a link is its URL: it stands alone, or in angle brackets, but not as the text of
 * `[URL](URL)`. */
static bool stands_bare(kdbib_str bytes, size_t at, size_t end) {
    return (at == 0 || !kdb_is_alnum(bytes.data[at - 1])) &&
           (end == bytes.size || !goes_on(bytes.data[end])) &&
           !kdb_starts_with(kdb_slice(bytes, end, bytes.size), KDBIB_STR("]("));
}

static bool stands_as_target(kdbib_str bytes, size_t at, size_t end) {
    return at > 0 && opens(bytes.data[at - 1]) && (end == bytes.size || closes(bytes.data[end]));
}

/* `[Code]()`, from its bracket on where that can be seen. */
static bool find_empty(const kdb_list *list, kdb_list_link *link, size_t from, size_t to) {
    kdbib_str bytes = kdb_slice(list->bytes, 0, to);
    for (size_t at = from; (at = kdb_find(bytes, KDBIB_STR("]("), at)) != SIZE_MAX; at += 2) {
        size_t end = at + 2;
        while (end < to &&
               (bytes.data[end] == ' ' || bytes.data[end] == '<' || bytes.data[end] == '>'))
            end++;
        if (end >= to || bytes.data[end] != ')')
            continue;
        size_t size = link->text.size;
        size_t begin = at > size && bytes.data[at - size - 1] == '[' ? at - size - 1 : at;
        link->place.offset = begin;
        link->place.size = end + 1 - begin;
        return true;
    }
    return false;
}

static bool find_in(const kdb_list *list, kdb_list_link *link, size_t from, size_t to) {
    kdbib_str bytes = list->bytes, range = kdb_slice(bytes, 0, to);
    if (link->url.size == 0)
        return find_empty(list, link, from, to);
    bool text = false;
    for (size_t at = from; (at = kdb_find(range, link->url, at)) != SIZE_MAX; at++) {
        size_t end = at + link->url.size;
        if (stands_as_target(bytes, at, end) || (link->bare && stands_bare(bytes, at, end))) {
            link->place.offset = at;
            link->place.size = link->url.size;
            link->twice = text;
            return true;
        }
        text = true;
    }
    return false;
}

static size_t end_of_search(const kdb_list *list, size_t line) {
    size_t last = line - 1 + LINES_BEHIND;
    size_t to = list->lines.starts[last < list->lines.count ? last : list->lines.count];
    size_t from = list->lines.starts[line - 1];
    return to - from > LONGEST_SEARCH ? from + LONGEST_SEARCH : to;
}

static void set_line(const kdb_list *list, kdb_place *place) {
    size_t line = place->line ? place->line : 1;
    if (list->lines.starts[line - 1] > place->offset)
        line = 1;
    if (place->offset - list->lines.starts[line - 1] > LONGEST_SEARCH || line == 1) {
        size_t low = 1, high = list->lines.count; /* a definition far away */
        while (low < high) {
            size_t middle = (low + high + 1) / 2;
            if (list->lines.starts[middle - 1] <= place->offset)
                low = middle;
            else
                high = middle - 1;
        }
        line = low;
    }
    while (line < list->lines.count && list->lines.starts[line] <= place->offset)
        line++;
    place->line = (uint32_t)line;
    place->column = (uint32_t)(place->offset - list->lines.starts[line - 1] + 1);
}

static void locate(search *s, kdb_list_link *link) {
    kdb_list *list = s->list;
    size_t line = link->place.line;
    if (line == 0 || line > list->lines.count)
        return;
    size_t from = list->lines.starts[line - 1], to = end_of_search(list, line);
    size_t begin = s->cursor > from && s->cursor < to ? s->cursor : from;
    bool found =
        find_in(list, link, begin, to) || (begin > from && find_in(list, link, from, begin));
    if (found) {
        s->cursor = link->place.offset + link->place.size;
    } else if (link->url.size) {
        uint32_t at = kdb_index_get(&s->definitions, link->url);
        if (at == KDB_INDEX_NONE)
            return;
        link->place.offset = at;
        link->place.size = link->url.size;
    } else {
        return;
    }
    set_line(list, &link->place);
}

/* `[label]: url` */
static bool note_definition(search *s, size_t from, kdbib_str line) {
    size_t at = 0;
    while (at < line.size && at < 3 && line.data[at] == ' ')
        at++;
    if (at >= line.size || line.data[at] != '[')
        return true;
    size_t colon = kdb_find(line, KDBIB_STR("]:"), at);
    if (colon == SIZE_MAX)
        return true;
    for (at = colon + 2; at < line.size && (kdb_is_space(line.data[at]) || line.data[at] == '<');)
        at++;
    size_t end = at;
    while (end < line.size && !kdb_is_space(line.data[end]) && line.data[end] != '>')
        end++;
    if (end == at || from + at >= KDB_INDEX_NONE)
        return true;
    uint32_t *place = kdb_index_put(&s->definitions, kdb_slice(line, at, end));
    if (place && *place == KDB_INDEX_NONE)
        *place = (uint32_t)(from + at);
    return place != NULL;
}

bool kdb_list_locate_links(kdb_list *list) {
    search s = {.list = list};
    bool fine = true;
    for (size_t i = 0; fine && i < list->lines.count; i++)
        fine = note_definition(&s, list->lines.starts[i], kdb_list_line(list, (uint32_t)i + 1));
    for (size_t i = 0; fine && i < list->link_count; i++)
        locate(&s, &list->links[i]);
    kdb_index_free(&s.definitions);
    return fine;
}
