/* URLs that only lead to another: library proxies, redirectors. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "check/parts.h"
#include "check/registry.h"
#include "url/canonical.h"
#include "url/split.h"

typedef struct detours {
    const kdb_list *list;
    const kdb_url_tables *tables;
    kdb_arena arena;
    kdb_table redirectors; /* data/url-redirectors.csv */
    size_t host, path, meant;
} detours;

/* A copy in the Internet Archive is meant, and so is a translation. */
static bool is_meant(const detours *d, const kdb_raw_url *url) {
    for (size_t row = 0; row < d->redirectors.rows; row++) {
        kdbib_str host = kdb_table_cell(&d->redirectors, row, d->host);
        bool any_end = kdb_ends_with(host, KDBIB_STR(".*"));
        bool fits = any_end ? kdb_starts_with(url->host, kdb_slice(host, 0, host.size - 1))
                            : kdb_host_fits(host, url->host);
        if (fits && kdb_table_cell(&d->redirectors, row, d->meant).size &&
            kdb_starts_with(url->path, kdb_table_cell(&d->redirectors, row, d->path)))
            return true;
    }
    return false;
}

/* May stand in Markdown as the target of a link without further ado. */
static bool is_tame(kdbib_str url) {
    for (size_t i = 0; i < url.size; i++)
        if ((unsigned char)url.data[i] <= ' ' || (unsigned char)url.data[i] >= 0x7F ||
            kdb_is_one_of(url.data[i], "()<>|\\\"'`[]&*"))
            return false;
    return url.size > 0;
}

static void check_redirector(detours *d, const kdb_list_link *link, const kdb_raw_url *raw) {
    kdbib_str target = kdb_url_target(d->tables, &d->arena, raw);
    if (!target.size || is_meant(d, raw))
        return;
    /* the same work, and not only the same redirector once more */
    kdbib_str here = kdb_canonical_url(d->list->context, &d->arena, link->url),
              there = kdb_canonical_url(d->list->context, &d->arena, target);
    bool sure = is_tame(target) && here.size && kdbib_str_equal(here, there);
    kdb_list_report(d->list, KDBIB_SEVERITY_WARNING, "redirector", link->place,
                    sure && !link->twice ? kdb_arena_copy(&d->arena, target).data : NULL,
                    "%.*s only leads to %.*s", (int)raw->host.size, raw->host.data,
                    (int)(target.size > 300 ? 300 : target.size), target.data);
}

static void check_link(detours *d, const kdb_list_link *link) {
    kdb_raw_url raw;
    kdb_url_parts p = kdb_url_parts_of(link->url);
    if (!p.web || !kdb_url_split(d->tables, &d->arena, link->url, &raw))
        return;
    kdbib_str behind = kdb_url_behind_proxy(d->tables, &d->arena, raw.host);
    if (kdbib_str_equal(behind, raw.host)) {
        check_redirector(d, link, &raw);
        return;
    }
    const char *fix = p.plain ? kdb_arena_copy(&d->arena, behind).data : NULL;
    kdb_list_report(d->list, KDBIB_SEVERITY_WARNING, "proxy",
                    kdb_place_part(link->place, p.host, p.host_end), link->twice ? NULL : fix,
                    "a library's proxy, closed to others, stands before %.*s", (int)behind.size,
                    behind.data);
}

bool kdb_check_detours(const kdb_list *list) {
    detours d = {.list = list, .tables = kdb_url_tables_of(list->context)};
    kdb_arena table = {0};
    bool fine = d.tables && kdb_table_read(&table, kdb_embedded(KDBIB_STR("url-redirectors.csv")),
                                           &d.redirectors);
    d.host = kdb_table_column(&d.redirectors, KDBIB_STR("host"));
    d.path = kdb_table_column(&d.redirectors, KDBIB_STR("path"));
    d.meant = kdb_table_column(&d.redirectors, KDBIB_STR("meant"));
    for (size_t i = 0; fine && i < list->link_count; i++) {
        check_link(&d, &list->links[i]);
        fine = !kdb_arena_failed(&d.arena);
        kdb_arena_reset(&d.arena);
    }
    kdb_arena_free(&d.arena);
    kdb_arena_free(&table);
    return fine;
}
