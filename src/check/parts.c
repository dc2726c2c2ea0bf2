/* The parts of a URL as it is spelt. */
#include "check/parts.h"

kdb_url_parts kdb_url_parts_of(kdbib_str url) {
    kdb_url_parts p = {0};
    size_t at = kdb_starts_with_nocase(url, KDBIB_STR("https://"))  ? 8
                : kdb_starts_with_nocase(url, KDBIB_STR("http://")) ? 7
                                                                    : 0;
    if (!at)
        return p;
    p.web = true;
    p.secure = at == 8;
    p.host = at;
    while (at < url.size && !kdb_is_one_of(url.data[at], "/?#"))
        at++;
    p.host_end = at;
    kdbib_str host = kdb_slice(url, p.host, p.host_end);
    p.plain = host.size && kdb_find_char(host, '@', 0) == SIZE_MAX &&
              kdb_find_char(host, ':', 0) == SIZE_MAX;
    size_t hash = kdb_find_char(url, '#', at);
    p.fragment = hash == SIZE_MAX ? url.size : hash;
    size_t question = kdb_find_char(kdb_slice(url, 0, p.fragment), '?', at);
    p.query = question == SIZE_MAX ? p.fragment : question;
    p.query_end = p.fragment;
    return p;
}

bool kdb_host_fits(kdbib_str pattern, kdbib_str host) {
    if (kdb_starts_with(pattern, KDBIB_STR("*."))) {
        kdbib_str end = kdb_slice(pattern, 1, pattern.size);
        return host.size > end.size &&
               kdb_equal_nocase(kdb_slice(host, host.size - end.size, host.size), end);
    }
    if (kdb_starts_with_nocase(host, KDBIB_STR("www.")))
        host = kdb_slice(host, 4, host.size);
    return kdb_equal_nocase(pattern, host);
}
