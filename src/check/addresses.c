/* How a URL is spelt: without its scheme, by http, with a fragment that means nothing, with an odd
 * end. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "check/parts.h"
#include "check/registry.h"
#include "url/canonical.h"
#include "url/split.h"

typedef struct addresses {
    const kdb_list *list;
    const kdb_url_tables *tables;
    kdb_arena arena;
    kdb_table https, fragments, tails;
} addresses;

static int shown(kdbib_str text) {
    return (int)(text.size > 200 ? 200 : text.size);
}

static const char *fix_unless_twice(const kdb_list_link *link, const char *replacement) {
    return link->twice ? NULL : replacement;
}

static bool serves_https(const addresses *a, kdbib_str host) {
    for (size_t row = 0; row < a->https.rows; row++)
        if (kdb_host_fits(kdb_table_cell(&a->https, row, 0), host))
            return true;
    return false;
}

static void check_http(const addresses *a, const kdb_list_link *link, const kdb_url_parts *p) {
    kdbib_str host = kdb_slice(link->url, p->host, p->host_end);
    kdb_place place = kdb_place_part(link->place, 0, 4);
    if (!p->plain)
        return;
    if (serves_https(a, host))
        kdb_list_report(a->list, KDBIB_SEVERITY_WARNING, "http", place,
                        fix_unless_twice(link, "https"), "%.*s is reached by https", shown(host),
                        host.data);
    else
        kdb_list_report(a->list, KDBIB_SEVERITY_NOTE, "http", place, NULL,
                        "http, not https; nothing is known of %.*s", shown(host), host.data);
}

static bool matches(kdbib_str pattern, kdbib_str text) {
    if (kdb_ends_with(pattern, KDBIB_STR("*")))
        return kdb_starts_with(text, kdb_slice(pattern, 0, pattern.size - 1));
    return kdbib_str_equal(pattern, text);
}

static void check_fragment(const addresses *a, const kdb_list_link *link, const kdb_url_parts *p) {
    kdbib_str fragment = kdb_slice(link->url, p->fragment + 1, link->url.size);
    for (size_t row = 0; row < a->fragments.rows; row++) {
        if (!matches(kdb_table_cell(&a->fragments, row, 0), fragment))
            continue;
        kdbib_str what = kdb_table_cell(&a->fragments, row, 1);
        kdb_list_report(a->list, KDBIB_SEVERITY_WARNING, "url-fragment",
                        kdb_place_part(link->place, p->fragment, link->url.size),
                        fix_unless_twice(link, ""), "“#%.*s” is no part of the page: %.*s",
                        shown(fragment), fragment.data, shown(what), what.data);
        return;
    }
}

static void check_tail(const addresses *a, const kdb_list_link *link, const kdb_url_parts *p) {
    kdbib_str host = kdb_slice(link->url, p->host, p->host_end);
    kdbib_str path = kdb_slice(link->url, p->host_end, p->query);
    for (size_t row = 0; row < a->tails.rows; row++) {
        kdbib_str written = kdb_table_cell(&a->tails, row, 1),
                  right = kdb_table_cell(&a->tails, row, 2);
        if (!kdb_host_fits(kdb_table_cell(&a->tails, row, 0), host) ||
            !kdb_ends_with(path, written))
            continue;
        kdb_list_report(a->list, KDBIB_SEVERITY_WARNING, "url-tail",
                        kdb_place_part(link->place, p->query - written.size, p->query),
                        fix_unless_twice(link, right.data), "pages of %.*s end in “%s”, not “%s”",
                        shown(host), host.data, right.data, written.data);
        return;
    }
}

/* `[PDF](arxiv.org/…)`, `[DOI](10.1000/1)`: to a browser, files beside the list. */
static void check_scheme(addresses *a, const kdb_list_link *link) {
    kdbib_str url = link->url;
    size_t colon = kdb_find_char(url, ':', 0), slash = kdb_find_char(url, '/', 0);
    bool doi = kdb_starts_with_nocase(url, KDBIB_STR("doi:")),
         arxiv = kdb_starts_with_nocase(url, KDBIB_STR("arxiv:"));
    if (link->bare || url.size < 5 || kdb_is_one_of(url.data[0], "#./?\\") ||
        (colon < slash && !doi && !arxiv))
        return;
    kdbib_str canonical = kdb_canonical_url(a->list->context, &a->arena, url);
    if (!canonical.size)
        return;
    kdbib_str host = kdb_slice(url, 0, slash);
    const char *fix = NULL;
    if (doi || kdb_starts_with(url, KDBIB_STR("10.")))
        fix = kdb_arena_format(&a->arena, "https://doi.org/%.*s", (int)url.size - (doi ? 4 : 0),
                               url.data + (doi ? 4 : 0))
                  .data;
    else if (!arxiv && serves_https(a, host))
        fix = kdb_arena_format(&a->arena, "https://%.*s", (int)url.size, url.data).data;
    kdb_list_report(a->list, KDBIB_SEVERITY_WARNING, "no-scheme", link->place,
                    fix_unless_twice(link, fix),
                    "a browser takes “%.*s” for a file beside the list: https:// is missing",
                    shown(url), url.data);
}

/* Marks of the list's own that got into the target of a link. */
static void check_debris(const addresses *a, const kdb_list_link *link) {
    kdbib_str url = link->url, rest = kdb_url_cut_debris(a->tables, url, 0);
    if (link->bare || rest.size == url.size || rest.size < 10)
        return;
    kdbib_str debris = kdb_slice(url, rest.size, url.size);
    /* a name may end in a period, an id in an asterisk */
    if (debris.size == 1 && kdb_is_one_of(debris.data[0], ".*"))
        return;
    kdb_list_report(a->list, KDBIB_SEVERITY_WARNING, "url-debris",
                    kdb_place_part(link->place, rest.size, url.size), fix_unless_twice(link, ""),
                    "“%.*s” at the end is hardly a part of the URL", shown(debris), debris.data);
}

static void check_link(addresses *a, const kdb_list_link *link) {
    kdb_url_parts p = kdb_url_parts_of(link->url);
    if (!p.web) {
        check_scheme(a, link);
        return;
    }
    if (p.host == p.host_end)
        return;
    if (!p.secure)
        check_http(a, link, &p);
    if (p.fragment < link->url.size)
        check_fragment(a, link, &p);
    check_tail(a, link, &p);
    check_debris(a, link);
}

static bool read_table(addresses *a, kdbib_str name, kdb_table *table) {
    return kdb_table_read(&a->arena, kdb_embedded(name), table);
}

bool kdb_check_addresses(const kdb_list *list) {
    addresses a = {.list = list, .tables = kdb_url_tables_of(list->context)};
    bool fine = a.tables && read_table(&a, KDBIB_STR("https-hosts.csv"), &a.https) &&
                read_table(&a, KDBIB_STR("url-fragments.csv"), &a.fragments) &&
                read_table(&a, KDBIB_STR("url-tails.csv"), &a.tails);
    for (size_t i = 0; fine && i < list->link_count; i++)
        check_link(&a, &list->links[i]);
    fine = fine && !kdb_arena_failed(&a.arena);
    kdb_arena_free(&a.arena);
    return fine;
}
