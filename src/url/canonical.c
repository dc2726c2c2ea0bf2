/* One URL, one spelling: clean it, follow what only leads to it, and keep what names the work. */
#include "url/canonical.h"

#include "base/strings.h"
#include "url/canonical_inside.h"
#include "url/escapes.h"
#include "url/split.h"

/* A URL hidden in more redirectors than this stays as it is. */
#define MOST_DETOURS 8

static bool is_tracking(const kdb_url_tables *tables, kdbib_str host, kdbib_str item) {
    size_t size = 0;
    while (size < item.size && item.data[size] != '=' && item.data[size] != '%')
        size++;
    const kdbib_str name = kdb_slice(item, 0, size);
    const kdb_table *table = &tables->parameters;
    const size_t column = kdb_table_column(table, KDBIB_STR("host"));
    kdb_table_walk walk = {0};
    for (size_t row; (row = kdb_table_find(table, name, &walk)) != SIZE_MAX;) {
        const kdbib_str of = kdb_table_cell(table, row, column);
        if (!of.size || kdbib_str_equal(of, host))
            return true;
    }
    for (size_t i = 0; i < tables->prefix_count; i++)
        if (kdb_starts_with_nocase(name, tables->parameter_prefixes[i]))
            return true;
    return false;
}

kdbib_str kdb_url_clean_query(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str host,
                              kdbib_str raw) {
    if (!raw.size)
        return raw;
    if (raw.size > SIZE_MAX / 8)
        return (kdbib_str){NULL, 0};
    char *normal = kdb_arena_alloc(arena, raw.size * 3 + 1);
    if (!normal)
        return (kdbib_str){NULL, 0};
    kdbib_str query = {normal, (size_t)(kdb_url_normalize_query(normal, raw) - normal)};
    char *end = normal; /* the kept items move to the front */
    for (size_t at = 0; at < query.size;) {
        size_t stop = kdb_find_char(query, '&', at);
        if (stop == SIZE_MAX)
            stop = query.size;
        kdbib_str item = kdb_slice(query, at, stop);
        at = stop + 1;
        if (!item.size || is_tracking(tables, host, item))
            continue;
        if (end != normal)
            *end++ = '&';
        memmove(end, item.data, item.size);
        end += item.size;
    }
    return (kdbib_str){normal, (size_t)(end - normal)};
}

/* `;jsessionid=…` in a path is a session's. */
static kdbib_str without_session(kdb_arena *arena, kdbib_str path) {
    static const char name[] = ";jsessionid=";
    size_t at = 0;
    do {
        at = kdb_find_char(path, ';', at);
        if (at == SIZE_MAX)
            return path;
    } while (!kdb_starts_with_nocase(kdb_slice(path, at++, path.size), KDBIB_STR(";jsessionid=")));
    size_t from = at - 1, to = kdb_find_char(path, '/', at + sizeof name - 2);
    if (to == SIZE_MAX)
        return kdb_slice(path, 0, from);
    char *out = kdb_arena_alloc(arena, path.size);
    if (!out)
        return path;
    memcpy(out, path.data, from);
    memcpy(out + from, path.data + to, path.size - to);
    return (kdbib_str){out, path.size - (to - from)};
}

static kdbib_str clean_path(kdb_arena *arena, kdbib_str raw) {
    kdbib_str path = without_session(arena, kdb_url_decode(arena, raw));
    while (path.size > 1 && kdb_is_one_of(path.data[0], "/\\") && path.data[1] &&
           kdb_is_one_of(path.data[1], "/\\"))
        path = kdb_slice(path, 1, path.size);
    if (path.size && path.data[0] != '/') { /* "https:\\host\path" */
        char *copy = kdb_arena_alloc(arena, path.size);
        if (!copy)
            return KDBIB_STR("/");
        memcpy(copy, path.data, path.size);
        copy[0] = '/';
        path.data = copy;
    }
    return path;
}

static bool has_doi(kdbib_str text) {
    size_t at = kdb_find(text, KDBIB_STR("10."), 0);
    return at != SIZE_MAX && kdb_find_char(text, '/', at) != SIZE_MAX;
}

/* A fragment is kept when it leads to a page (`#/…`, `#!/…`) or when the DOI stands there only. */
static bool is_kept_fragment(const kdb_url *url, kdbib_str fragment) {
    return (kdb_starts_with(fragment, KDBIB_STR("/")) && fragment.size > 1) ||
           kdb_starts_with(fragment, KDBIB_STR("!/")) ||
           (has_doi(fragment) && !has_doi(url->path) && !has_doi(url->query));
}

static kdbib_str without_slashes(kdbib_str path) {
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    return path.size ? path : KDBIB_STR("/");
}

/* What the list's markup left at the end, whichever part that is. */
static void cut_end(const kdb_url_tables *tables, kdb_url *url) {
    for (;;) {
        kdbib_str *last = url->fragment.size ? &url->fragment
                          : url->query.size  ? &url->query
                                             : &url->path;
        size_t before = last->size;
        *last = kdb_url_cut_debris(tables, *last, 0);
        if (last == &url->query && last->size && last->data[last->size - 1] == '&')
            last->size--;
        if (last == &url->path)
            *last = without_slashes(*last);
        if (last->size == before || (last == &url->path && last->size == 1))
            return;
    }
}

/* The path with the end that the pages of the host have. */
kdbib_str kdb_url_with_right_tail(const kdb_url_tables *tables, kdb_arena *arena,
                                  const kdb_url *url) {
    for (size_t i = 0; i < tables->tail_count; i++) {
        const kdb_url_tail *tail = &tables->tails[i];
        if (!kdbib_str_equal(url->host, tail->host) || !kdb_ends_with(url->path, tail->written))
            continue;
        size_t kept = url->path.size - tail->written.size;
        char *path = kdb_arena_alloc(arena, kept + tail->right.size + 1);
        if (!path)
            return url->path;
        memcpy(path, url->path.data, kept);
        memcpy(path + kept, tail->right.data, tail->right.size);
        return (kdbib_str){path, kept + tail->right.size};
    }
    return url->path;
}

static bool read_once(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text,
                      kdb_url *url) {
    kdb_raw_url raw, inner;
    text = kdb_url_unescape_html(arena, text);
    text = kdb_url_cut_debris(tables, kdb_trim(text), 0);
    if (!kdb_url_split(tables, arena, text, &raw))
        return false;
    kdb_raw_url outer = raw;
    kdbib_str target = kdb_url_target(tables, arena, &raw);
    for (int detours = 0; target.size; detours++) {
        if (detours == MOST_DETOURS || !kdb_url_split(tables, arena, target, &inner)) {
            if (detours == MOST_DETOURS)
                raw = outer;
            break;
        }
        raw = inner;
        target = kdb_url_target(tables, arena, &raw);
    }
    *url = (kdb_url){.scheme = raw.scheme};
    url->host = kdb_url_behind_proxy(tables, arena, raw.host);
    url->path = without_slashes(clean_path(arena, raw.path));
    url->query = kdb_url_clean_query(tables, arena, url->host, raw.query);
    kdbib_str fragment = kdb_url_decode(arena, raw.fragment);
    if (is_kept_fragment(url, fragment))
        url->fragment = fragment;
    cut_end(tables, url);
    url->path = kdb_url_with_right_tail(tables, arena, url);
    return !kdb_arena_failed(arena);
}

kdbib_str kdb_url_text(kdb_arena *arena, const kdb_url *url) {
    size_t most = url->host.size + url->path.size + url->query.size + url->fragment.size;
    if (most > SIZE_MAX / 8)
        return (kdbib_str){NULL, 0};
    char *text = kdb_arena_alloc(arena, most * 3 + 16), *end = text;
    if (!text)
        return (kdbib_str){NULL, 0};
    memcpy(end, url->scheme.data, url->scheme.size);
    end += url->scheme.size;
    memcpy(end, "://", 3);
    end += 3;
    if (url->plain) {
        memcpy(end, url->host.data, url->host.size);
        memcpy(end + url->host.size, url->path.data, url->path.size);
        end += url->host.size + url->path.size;
    } else {
        end = kdb_url_encode_path(end, url->host);
        end = kdb_url_encode_path(end, url->path);
    }
    if (url->query.size) {
        *end++ = '?';
        memcpy(end, url->query.data, url->query.size);
        end += url->query.size;
    }
    if (url->fragment.size) {
        *end++ = '#';
        end = kdb_url_encode_path(end, url->fragment);
    }
    *end = '\0';
    return (kdbib_str){text, (size_t)(end - text)};
}

/* What was uncovered may itself have something to be cleaned: rare, and each pass makes it shorter.
 */
static bool has_entity(kdbib_str text) {
    size_t amp = kdb_find_char(text, '&', 0);
    return amp != SIZE_MAX && kdb_find_char(text, ';', amp) != SIZE_MAX;
}

/* "](" or "://", looked for by their rarest byte. */
static bool has_sign(kdbib_str text) {
    return (kdb_find_char(text, ']', 0) != SIZE_MAX &&
            kdb_find(text, KDBIB_STR("]("), 0) != SIZE_MAX) ||
           (kdb_find_char(text, ':', 0) != SIZE_MAX &&
            kdb_find(text, KDBIB_STR("://"), 0) != SIZE_MAX);
}

static bool is_suspicious(const kdb_url_tables *tables, kdb_arena *arena, const kdb_url *url) {
    if (has_entity(url->path) || has_entity(url->query) || has_entity(url->fragment) ||
        has_sign(url->path) || has_sign(url->query) || has_sign(url->fragment))
        return true;
    kdb_raw_url raw = {url->scheme, url->host, url->path, url->query, url->fragment};
    return (url->query.size || kdb_find(url->path, KDBIB_STR(":/"), 0) != SIZE_MAX) &&
           kdb_url_target(tables, arena, &raw).size;
}

bool kdb_url_read_in_full(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text,
                          kdb_url *url) {
    if (!read_once(tables, arena, text, url))
        return false;
    for (int pass = 0; pass < 16 && is_suspicious(tables, arena, url); pass++) {
        kdb_url again;
        if (!read_once(tables, arena, kdb_url_text(arena, url), &again))
            break;
        *url = again;
    }
    return true;
}

bool kdb_url_read(kdbib *context, kdb_arena *arena, kdbib_str text, kdb_url *url) {
    const kdb_url_tables *tables = kdb_url_tables_of(context);
    if (!tables) {
        *url = (kdb_url){0};
        arena->failed = true;
        return false;
    }
    return kdb_url_glance(tables, arena, text, url) ||
           kdb_url_read_in_full(tables, arena, text, url);
}

kdbib_str kdb_canonical_url(kdbib *context, kdb_arena *arena, kdbib_str url) {
    kdb_url parts;
    return kdb_url_read(context, arena, url, &parts) ? kdb_url_text(arena, &parts)
                                                     : (kdbib_str){NULL, 0};
}
