/* A URL's parts, as forgiving as people's typing demands. */
#include "url/split.h"

#include "base/strings.h"
#include "url/escapes.h"

/* What stands for a URL although it has no scheme. */
static const struct {
    const char *prefix, *url;
} shorthands[] = {
    {"doi:", "https://doi.org/"},
    {"info:doi/", "https://doi.org/"},
    {"arxiv:", "https://arxiv.org/abs/"},
    {"www.", "https://www."},
    {"//", "https://"},
};

static bool is_bare_doi(kdbib_str text) {
    size_t at = 3;
    if (!kdb_starts_with(text, KDBIB_STR("10.")))
        return false;
    while (at < text.size && (kdb_is_digit(text.data[at]) || text.data[at] == '.'))
        at++;
    return at >= 7 && at + 1 < text.size && text.data[at] == '/';
}

static kdbib_str joined(kdb_arena *arena, const char *prefix, kdbib_str rest) {
    size_t size = strlen(prefix);
    char *text = kdb_arena_alloc(arena, size + rest.size + 1);
    if (!text)
        return (kdbib_str){NULL, 0};
    memcpy(text, prefix, size);
    if (rest.size)
        memcpy(text + size, rest.data, rest.size);
    return (kdbib_str){text, size + rest.size};
}

/* "arxiv.org/abs/…": a publisher's host without a scheme. */
static bool begins_with_publisher(const kdb_url_tables *tables, kdbib_str text) {
    size_t slash = kdb_find_char(text, '/', 0);
    if (slash == SIZE_MAX || slash > 60)
        return false;
    return kdb_url_is_publisher(tables, kdb_slice(text, 0, slash));
}

/* The scheme and its slashes off; false when it is none of ours. `http://https://…` is the second.
 */
static bool take_scheme(kdbib_str *text, kdbib_str *scheme) {
    bool found = false;
    for (;;) {
        size_t at = 0;
        bool web = kdb_starts_with_nocase(*text, KDBIB_STR("http"));
        if (web)
            at = text->size > 4 && kdb_to_lower(text->data[4]) == 's' ? 5 : 4;
        else if (kdb_starts_with_nocase(*text, KDBIB_STR("ftp")))
            at = 3;
        if (!at || at >= text->size)
            return found;
        size_t slashes = at;
        bool colon = text->data[slashes] == ':';
        slashes += colon;
        while (slashes < text->size && (text->data[slashes] == '/' || text->data[slashes] == '\\' ||
                                        (text->data[slashes] == ' ' && slashes > at + colon)))
            slashes++;
        /* "https//host" is a slip of the same kind once a scheme was seen */
        if (slashes == at + colon || (!colon && !found))
            return found;
        *scheme = web ? KDBIB_STR("https") : KDBIB_STR("ftp");
        *text = kdb_slice(*text, slashes, text->size);
        found = true;
    }
}

static bool is_host_byte(char c) {
    return kdb_is_alnum(c) || c == '.' || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

kdbib_str kdb_url_without_www(kdbib_str host) {
    while (kdb_starts_with(host, KDBIB_STR("www.")) && kdb_find_char(host, '.', 4) != SIZE_MAX)
        host = kdb_slice(host, 4, host.size);
    return host;
}

static kdbib_str without_dots(kdbib_str host) {
    while (host.size && host.data[host.size - 1] == '.')
        host.size--;
    return host;
}

/* Lower case, escapes decoded, without user, port, "www." and final dots. */
static kdbib_str clean_host(kdb_arena *arena, kdbib_str raw) {
    size_t at = raw.size;
    while (at && raw.data[at - 1] != '@')
        at--;
    kdbib_str host = kdb_url_decode(arena, kdb_slice(raw, at, raw.size));
    size_t colon = host.size;
    while (colon && kdb_is_digit(host.data[colon - 1]))
        colon--;
    if (colon && host.data[colon - 1] == ':') {
        kdbib_str port = kdb_slice(host, colon, host.size);
        bool standard = port.size == 0 || kdbib_str_equal(port, KDBIB_STR("80")) ||
                        kdbib_str_equal(port, KDBIB_STR("443"));
        if (standard)
            host.size = colon - 1;
    }
    char *lower = kdb_arena_alloc(arena, host.size + 1);
    if (!lower)
        return (kdbib_str){NULL, 0};
    size_t names = host.size;
    for (size_t i = 0; i < host.size; i++) {
        lower[i] = kdb_to_lower(host.data[i]);
        if (lower[i] == ':' && names == host.size)
            names = i;
    }
    bool brackets = host.size && lower[0] == '[';
    for (size_t i = 1; i < host.size && brackets; i++) /* of an address: "[2001:db8::1]:8080" */
        if (!kdb_is_digit(lower[i]) && !(!lower[i] || !strchr("abcdef:.]", lower[i])))
            return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < names && !brackets; i++)
        if (!is_host_byte(lower[i]))
            return (kdbib_str){NULL, 0};
    for (size_t i = names + 1; i < host.size && !brackets; i++)
        if (!kdb_is_digit(lower[i]))
            return (kdbib_str){NULL, 0};
    if (names + 1 == host.size && !brackets && lower[names] == ':')
        return (kdbib_str){NULL, 0};
    kdbib_str result = {lower, host.size};
    return kdb_url_without_www(names == host.size ? without_dots(result) : result);
}

/* Of hosts as most are written: nothing of them is to be changed. */
static bool is_clean_host_byte(char c) {
    return kdb_has_class(c, KDB_LOWER | KDB_DIGIT) || c == '.' || c == '-';
}

static bool ends_host(char c) {
    return c == '/' || c == '?' || c == '#' || c == '\\';
}

bool kdb_url_split(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text,
                   kdb_raw_url *url) {
    *url = (kdb_raw_url){0};
    text = kdb_trim(text);
    while (text.size && strchr("<\"'([", text.data[0]) && text.data[0])
        text = kdb_trim(kdb_slice(text, 1, text.size));
    if (!take_scheme(&text, &url->scheme)) {
        const char *prefix = NULL;
        size_t skip = 0;
        for (size_t i = 0; i < sizeof shorthands / sizeof *shorthands && !prefix; i++)
            if (kdb_starts_with_nocase(text, kdbib_str_of(shorthands[i].prefix))) {
                prefix = shorthands[i].url;
                skip = strlen(shorthands[i].prefix);
            }
        if (!prefix && is_bare_doi(text))
            prefix = "https://doi.org/";
        if (!prefix && begins_with_publisher(tables, text))
            prefix = "https://";
        if (!prefix)
            return false;
        text = joined(arena, prefix, kdb_trim(kdb_slice(text, skip, text.size)));
        if (!take_scheme(&text, &url->scheme))
            return false;
    }
    size_t markup = kdb_find_char(text, ']', 0);
    if (markup != SIZE_MAX)
        text = kdb_slice(text, 0, kdb_find(text, KDBIB_STR("]("), markup));
    size_t end = 0, clean = 0;
    while (clean < text.size && is_clean_host_byte(text.data[clean]))
        clean++;
    for (end = clean; end < text.size && !ends_host(text.data[end]);)
        end++;
    kdbib_str host = kdb_slice(text, 0, end);
    url->host = end == clean ? kdb_url_without_www(without_dots(host)) : clean_host(arena, host);
    kdbib_str rest = kdb_slice(text, end, text.size);
    size_t hash = kdb_find_char(rest, '#', 0);
    if (hash != SIZE_MAX) {
        url->fragment = kdb_slice(rest, hash + 1, rest.size);
        rest = kdb_slice(rest, 0, hash);
    }
    size_t question = kdb_find_char(rest, '?', 0);
    if (question != SIZE_MAX) {
        url->query = kdb_slice(rest, question + 1, rest.size);
        rest = kdb_slice(rest, 0, question);
    }
    url->path = rest;
    return url->host.size > 0 && (kdb_find_char(url->host, '.', 0) != SIZE_MAX ||
                                  kdb_starts_with(url->host, KDBIB_STR("localhost")));
}

/* Of round, square and curly brackets: how many. */
static void count_brackets(kdbib_str text, size_t open[3], size_t closed[3]) {
    static const char opening[] = "([{", closing[] = ")]}";
    for (size_t i = 0; i < text.size; i++)
        for (size_t kind = 0; kind < 3; kind++) {
            open[kind] += text.data[i] == opening[kind];
            closed[kind] += text.data[i] == closing[kind];
        }
}

kdbib_str kdb_url_cut_debris(const kdb_url_tables *tables, kdbib_str text, size_t least) {
    bool counted = false; /* the brackets are, when the first one is met */
    size_t open[3] = {0}, closed[3] = {0};
    for (;;) {
        if (text.size <= least)
            return text;
        if (kdb_is_space(text.data[text.size - 1])) {
            text.size--;
            continue;
        }
        if (!tables->debris_end[(unsigned char)text.data[text.size - 1]])
            return text;
        size_t i = 0;
        while (i < tables->debris_count && !kdb_ends_with(text, tables->debris[i]))
            i++;
        if (i == tables->debris_count || text.size - tables->debris[i].size < least)
            return text;
        char c = tables->debris[i].data[0];
        const char *brackets = ")]}", *which = strchr(brackets, c);
        if (c && which && tables->debris[i].size == 1) {
            size_t kind = (size_t)(which - brackets);
            if (!counted)
                count_brackets(text, open, closed);
            counted = true;
            if (closed[kind] <= open[kind])
                return text; /* it closes what was opened */
            closed[kind]--;
        }
        /* DOIs of the FAO end in an asterisk */
        if (c == '*' && kdb_find(text, KDBIB_STR("10.18730/"), 0) != SIZE_MAX)
            return text;
        text.size -= tables->debris[i].size;
    }
}
