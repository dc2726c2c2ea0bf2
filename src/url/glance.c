/* URLs as most are written, "https://host/path": one look at each byte tells that no rule of
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

bool kdb_url_glance(const kdb_url_tables *tables, kdb_arena *arena, kdbib_str text, kdb_url *url) {
    const size_t scheme = scheme_size(text);
    const kdbib_str rest = kdb_slice(text, scheme, text.size);
    const size_t end = scheme ? host_size(rest) : 0;
    if (!end || kdb_url_plain_run(rest, end) != rest.size - end)
        return false;
    const kdbib_str host = kdb_url_without_www(kdb_slice(rest, 0, end));
    kdbib_str path = kdb_slice(rest, end, rest.size);
    while (path.size > 1 && path.data[path.size - 1] == '/')
        path.size--;
    if (!path.size)
        path = KDBIB_STR("/");
    if (tables->debris_end[(unsigned char)text.data[text.size - 1]] ||
        tables->debris_end[(unsigned char)path.data[path.size - 1]] ||
        kdb_starts_with(path, KDBIB_STR("//")) ||
        kdb_index_get(&tables->redirector_hosts, host) != KDB_INDEX_NONE)
        return false;
    *url = (kdb_url){.scheme = KDBIB_STR("https"), .path = path, .plain = true};
    url->host = kdb_url_behind_proxy(tables, arena, host);
    return kdb_url_with_right_tail(tables, arena, url).data == path.data &&
           !kdb_arena_failed(arena);
}
