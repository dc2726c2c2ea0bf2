/* URLs as most are written, "https://host/path?query": one look at each byte tells that no rule of
 * canonical.c has anything to do but the few that are asked here, too. */
#include "base/strings.h"
#include "url/canonical_inside.h"
#include "url/escapes.h"
#include "url/split.h"

/* The size of the scheme with its slashes; 0: it is another one, or something is odd about it. */
static size_t scheme_size(kdbib_str text) {
    size_t size = kdb_starts_with(text, KDBIB_STR("https://"))  ? 8
                  : kdb_starts_with(text, KDBIB_STR("http://")) ? 7
                                                                : 0;
    kdbib_str rest = kdb_slice(text, size, text.size);
    bool again =
        kdb_starts_with(rest, KDBIB_STR("http")) || kdb_starts_with(rest, KDBIB_STR("ftp"));
    return again ? 0 : size;
}

/* The size of the host at the beginning of `text`; 0: not plainly one. */
static size_t host_size(kdbib_str text) {
    size_t size = 0, dots = 0;
    for (; size < text.size && text.data[size] != '/'; size++) {
        const char c = text.data[size];
        if (!kdb_has_class(c, KDB_LOWER | KDB_DIGIT) && c != '.' && c != '-')
            return 0;
        dots += c == '.';
    }
    return dots && text.data[size - 1] != '.' ? size : 0;
}

/* The path at `at`, and the query behind it, which may be absent. False: something in them may mean
 * more than itself. */
static bool take_path(kdbib_str text, size_t at, kdbib_str *path, kdbib_str *query) {
    size_t end = at + kdb_url_plain_run(text, at);
    *path = kdb_slice(text, at, end);
    *query = (kdbib_str){NULL, 0};
    if (end == text.size)
        return true;
    if (text.data[end] != '?')
        return false;
    *query = kdb_slice(text, end + 1, text.size);
    for (; end < text.size && (text.data[end] == '?' || text.data[end] == '&'); end++)
        end += kdb_url_plain_run(text, end + 1);
    return end == text.size && kdb_find_char(*query, '?', 0) == SIZE_MAX &&
           kdb_find_char(*query, '/', 0) == SIZE_MAX;
}

bool kdb_url_glance(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text, kdb_url *url) {
    const size_t scheme = scheme_size(text);
    const kdbib_str rest = kdb_slice(text, scheme, text.size);
    const size_t end = scheme ? host_size(rest) : 0;
    kdbib_str path, query;
    if (!end || !take_path(rest, end, &path, &query))
        return false;
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    if (!path.size)
        path = KDBIB_STR("/");
    *url = (kdb_url){.scheme = KDBIB_STR("https"), .path = path, .plain = true};
    url->host = kdb_url_behind_proxy(tables, arena, kdb_url_without_www(kdb_slice(rest, 0, end)));
    url->query = kdb_url_clean_query(tables, arena, url->host, query);
    const char *last = url->query.size ? &url->query.data[url->query.size - 1] : NULL;
    return !kdb_starts_with(path, KDBIB_STR("//")) &&
           !tables->debris_end[(unsigned char)text.data[text.size - 1]] &&
           !tables->debris_end[(unsigned char)path.data[path.size - 1]] &&
           !(last && tables->debris_end[(unsigned char)*last]) &&
           kdb_url_with_right_tail(tables, arena, url).data == path.data &&
           !kdb_arena_failed(arena);
}
