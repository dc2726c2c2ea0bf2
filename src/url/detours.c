/* URLs that only lead to another: redirectors, and the hosts of library proxies. */
#include "base/strings.h"
#include "url/escapes.h"
#include "url/split.h"

/* ---- redirectors ---- */

static bool is_absolute(kdbib_str text) {
    return kdb_starts_with_nocase(text, KDBIB_STR("http://")) ||
           kdb_starts_with_nocase(text, KDBIB_STR("https://")) ||
           kdb_starts_with_nocase(text, KDBIB_STR("ftp://"));
}

/* The URL inside of `inner`: absolute, or a path of the same host. */
static kdbib_str complete(kdb_arena *arena, const kdb_raw_url *outer, kdbib_str inner) {
    if (is_absolute(inner))
        return inner;
    if (inner.size > 1 && inner.data[0] == '/' && inner.data[1] != '/') {
        char *text = kdb_arena_alloc(arena, 8 + outer->host.size + inner.size);
        if (!text)
            return (kdbib_str){NULL, 0};
        memcpy(text, "https://", 8);
        memcpy(text + 8, outer->host.data, outer->host.size);
        memcpy(text + 8 + outer->host.size, inner.data, inner.size);
        return (kdbib_str){text, 8 + outer->host.size + inner.size};
    }
    return (kdbib_str){NULL, 0};
}

static kdbib_str in_parameter(kdb_arena *arena, const kdb_raw_url *url, kdbib_str name, bool rest) {
    for (size_t at = 0; at < url->query.size;) {
        size_t end = kdb_find_char(url->query, '&', at);
        if (end == SIZE_MAX)
            end = url->query.size;
        kdbib_str item = kdb_slice(url->query, at, end);
        if (item.size > name.size && item.data[name.size] == '=' &&
            kdb_starts_with_nocase(item, name)) {
            kdbib_str value = kdb_slice(item, name.size + 1, item.size);
            if (rest && is_absolute(value))
                return kdb_slice(url->query, at + name.size + 1, url->query.size);
            return complete(arena, url, kdb_url_decode_once(arena, value));
        }
        at = end + 1;
    }
    return (kdbib_str){NULL, 0};
}

/* The first URL behind the prefix of the path, query and all. */
static kdbib_str in_path(kdb_arena *arena, const kdb_raw_url *url, size_t prefix) {
    kdbib_str path = url->path;
    for (size_t at = prefix; at < path.size && at < prefix + 64; at++) {
        if (path.data[at - 1] != '/')
            continue;
        kdbib_str rest = kdb_slice(path, at, path.size);
        bool escaped = kdb_starts_with_nocase(rest, KDBIB_STR("http%3A")) ||
                       kdb_starts_with_nocase(rest, KDBIB_STR("https%3A"));
        bool absolute = kdb_starts_with_nocase(rest, KDBIB_STR("http:/")) ||
                        kdb_starts_with_nocase(rest, KDBIB_STR("https:/")) ||
                        kdb_starts_with_nocase(rest, KDBIB_STR("ftp:/"));
        if (escaped)
            return kdb_url_decode_once(arena, rest);
        if (!absolute)
            continue;
        if (url->query.size) /* it follows the path in the same text */
            rest.size = (size_t)(url->query.data + url->query.size - rest.data);
        return rest;
    }
    return (kdbib_str){NULL, 0};
}

/* Rows of data/url-redirectors.csv: a host, or "*"; a prefix of the path, for "*" its end; the
 * parameter that holds the URL, or the path does; what of it: with "rest" an unescaped URL reaches
 * to the end of the query. */
static kdbib_str try_redirectors(const kdb_url_tables *tables, kdb_arena *arena,
                                 const kdb_raw_url *url, kdbib_str host, bool any) {
    const kdb_table *table = &tables->redirectors;
    kdb_table_walk walk = {0};
    for (size_t row; (row = kdb_table_find(table, host, &walk)) != SIZE_MAX;) {
        const kdbib_str part = kdb_table_cell(table, row, tables->path);
        const kdbib_str path = url->path.size ? url->path : KDBIB_STR("/");
        if (any ? !kdb_ends_with(path, part) : !kdb_starts_with(path, part))
            continue;
        const kdbib_str parameter = kdb_table_cell(table, row, tables->parameter);
        const kdbib_str takes = kdb_table_cell(table, row, tables->takes);
        const kdbib_str target =
            parameter.size
                ? in_parameter(arena, url, parameter, kdbib_str_equal(takes, KDBIB_STR("rest")))
                : in_path(arena, url, part.size);
        if (target.size)
            return target;
    }
    return (kdbib_str){NULL, 0};
}

/* There is neither a colon nor an escape in the text. */
static bool holds_no_url(kdbib_str text) {
    return kdb_find_char(text, ':', 0) == SIZE_MAX && kdb_find_char(text, '%', 0) == SIZE_MAX;
}

kdbib_str kdb_url_target(const kdb_url_tables *tables, kdb_arena *arena, const kdb_raw_url *url) {
    if (holds_no_url(url->path) && holds_no_url(url->query) &&
        kdb_find_char(url->query, '/', 0) == SIZE_MAX)
        return (kdbib_str){NULL, 0};
    kdbib_str target = try_redirectors(tables, arena, url, url->host, false);
    if (target.size)
        return target;
    if (!url->query.size && kdb_find_char(url->path, ':', 0) == SIZE_MAX)
        return target;
    /* "*.safelinks.protection.outlook.com", "google.*" */
    char pattern[80];
    size_t dot = kdb_find_char(url->host, '.', 0);
    if (dot != SIZE_MAX && url->host.size - dot + 1 < sizeof pattern) {
        size_t size = url->host.size - dot;
        pattern[0] = '*';
        memcpy(pattern + 1, url->host.data + dot, size);
        target = try_redirectors(tables, arena, url, (kdbib_str){pattern, size + 1}, false);
        if (target.size)
            return target;
    }
    for (size_t at = dot; at != SIZE_MAX && at + 2 < sizeof pattern;
         at = kdb_find_char(url->host, '.', at + 1)) {
        memcpy(pattern, url->host.data, at);
        memcpy(pattern + at, ".*", 2);
        target = try_redirectors(tables, arena, url, (kdbib_str){pattern, at + 2}, false);
        if (target.size)
            return target;
    }
    return try_redirectors(tables, arena, url, KDBIB_STR("*"), true);
}

/* ---- library proxies ---- */

#define MOST_LABELS 12

bool kdb_url_is_publisher(const kdb_url_tables *tables, kdbib_str host) {
    for (size_t at = 0; at < host.size; at++)
        if ((at == 0 || host.data[at - 1] == '.') &&
            kdb_url_is_listed(tables, kdb_slice(host, at, host.size), KDBIB_STR("host")))
            return true;
    return false;
}

/* Some label says that this is a proxy's domain. */
static bool sounds_like_proxy(const kdb_url_tables *tables, kdbib_str domain) {
    for (size_t i = 0; i < tables->part_count; i++)
        if (kdb_find(domain, tables->proxy_parts[i], 0) != SIZE_MAX)
            return true;
    for (size_t at = 0; at < domain.size;) {
        size_t dot = kdb_find_char(domain, '.', at);
        size_t end = dot == SIZE_MAX ? domain.size : dot;
        if (kdb_url_is_listed(tables, kdb_slice(domain, at, end), KDBIB_STR("label")))
            return true;
        at = end + 1;
    }
    return false;
}

static bool is_common_domain(kdbib_str host) {
    static const char *const ends[] = {".com", ".org", ".net", ".edu", ".gov",  ".uk", ".de",
                                       ".fr",  ".ch",  ".nl",  ".jp",  ".info", ".io", ".eu"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (kdb_ends_with(host, kdbib_str_of(ends[i])))
            return true;
    return false;
}

/* "ieeexplore-ieee-org" -> "ieeexplore.ieee.org"; a doubled hyphen is one. */
static kdbib_str undo_hyphens(kdb_arena *arena, kdbib_str label) {
    static const char *const ports[] = {"-443", "-80", "-s", "-https", "-http"};
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++)
        if (kdb_ends_with(label, kdbib_str_of(ports[i])))
            label.size -= strlen(ports[i]);
    char *out = kdb_arena_alloc(arena, label.size + 1), *end = out;
    if (!out)
        return (kdbib_str){NULL, 0};
    for (size_t i = 0; i < label.size; i++) {
        bool doubled = label.data[i] == '-' && i + 1 < label.size && label.data[i + 1] == '-';
        *end++ = label.data[i] != '-' ? label.data[i] : doubled ? '-' : '.';
        i += doubled;
    }
    return (kdbib_str){out, (size_t)(end - out)};
}

kdbib_str kdb_url_behind_proxy(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str host) {
    kdbib_str full = host;
    if (kdb_starts_with(host, KDBIB_STR("0-")))
        host = kdb_url_without_www(kdb_slice(host, 2, host.size));
    size_t dots[MOST_LABELS], count = 0;
    for (size_t at = kdb_find_char(host, '.', 0); at != SIZE_MAX && count < MOST_LABELS;
         at = kdb_find_char(host, '.', at + 1))
        dots[count++] = at;
    if (count < 2 || host.size > 253)
        return full;

    kdbib_str first = kdb_slice(host, 0, dots[0]);
    kdbib_str rest = kdb_slice(host, dots[0] + 1, host.size);
    if (kdb_find_char(first, '-', 0) != SIZE_MAX) {
        kdbib_str hidden = kdb_url_without_www(undo_hyphens(arena, first));
        if (kdb_find_char(hidden, '.', 0) != SIZE_MAX &&
            (kdb_url_is_publisher(tables, hidden) ||
             (is_common_domain(hidden) && sounds_like_proxy(tables, rest))))
            return hidden;
    }
    for (size_t i = 1; i + 1 < count; i++) { /* two labels at least on either side */
        kdbib_str hidden = kdb_slice(host, 0, dots[i]);
        kdbib_str domain = kdb_slice(host, dots[i] + 1, host.size);
        if (kdb_url_is_publisher(tables, hidden) ||
            (is_common_domain(hidden) && sounds_like_proxy(tables, domain)))
            return kdb_url_without_www(hidden);
    }
    return full;
}
