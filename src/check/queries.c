/* Parameters of a URL that say where a reader came from, not what is read. */
#include "base/csv.h"
#include "base/embedded.h"
#include "base/strings.h"
#include "check/parts.h"
#include "check/registry.h"

typedef struct queries {
    const kdb_list *list;
    kdb_arena arena;
    kdb_table parameters; /* data/url-parameters.csv */
    size_t name, host, tracks;
} queries;

static bool tracks(const queries *q, kdbib_str host, kdbib_str item) {
    kdbib_str name = kdb_slice(item, 0, kdb_find_char(item, '=', 0));
    for (size_t row = 0; row < q->parameters.rows; row++) {
        kdbib_str pattern = kdb_table_cell(&q->parameters, row, q->name);
        kdbib_str of = kdb_table_cell(&q->parameters, row, q->host);
        bool any = kdb_ends_with(pattern, KDBIB_STR("*"));
        if (kdb_table_cell(&q->parameters, row, q->tracks).size &&
            (any ? kdb_starts_with_nocase(name, kdb_slice(pattern, 0, pattern.size - 1))
                 : kdb_equal_nocase(name, pattern)) &&
            (!of.size || kdb_host_fits(of, host)))
            return true;
    }
    return false;
}

static void add_item(kdb_buffer *list, const char *between, kdbib_str item) {
    if (list->size)
        kdb_buffer_add_str(list, kdbib_str_of(between));
    kdb_buffer_add_str(list, item);
}

static bool check_link(const queries *q, const kdb_list_link *link) {
    kdb_url_parts p = kdb_url_parts_of(link->url);
    kdb_buffer kept = {0}, dropped = {0};
    kdbib_str host = kdb_slice(link->url, p.host, p.host_end);
    for (size_t at = p.query + 1; at <= p.query_end && p.query < p.query_end;) {
        size_t end = kdb_find_char(kdb_slice(link->url, 0, p.query_end), '&', at);
        if (end == SIZE_MAX)
            end = p.query_end;
        kdbib_str item = kdb_slice(link->url, at, end);
        if (tracks(q, host, item))
            add_item(&dropped, ", ", kdb_slice(item, 0, kdb_find_char(item, '=', 0)));
        else
            add_item(&kept, "&", item);
        at = end + 1;
    }
    if (dropped.size && !dropped.failed && !kept.failed) {
        kdb_buffer query = {0};
        if (kept.size)
            kdb_buffer_add_char(&query, '?');
        kdb_buffer_add_str(&query, kdb_buffer_str(&kept));
        kdb_list_report(q->list, KDBIB_SEVERITY_WARNING, "tracking-parameter",
                        kdb_place_part(link->place, p.query, p.query_end),
                        link->twice || query.failed ? NULL : kdb_buffer_str(&query).data,
                        "%.*s in a URL: where a reader came from, not what is read",
                        (int)(dropped.size > 200 ? 200 : dropped.size), dropped.data);
        kdb_buffer_free(&query);
    }
    bool fine = !dropped.failed && !kept.failed;
    kdb_buffer_free(&kept);
    kdb_buffer_free(&dropped);
    return fine;
}

bool kdb_check_queries(const kdb_list *list) {
    queries q = {.list = list};
    bool fine =
        kdb_table_read(&q.arena, kdb_embedded(KDBIB_STR("url-parameters.csv")), &q.parameters);
    q.name = kdb_table_column(&q.parameters, KDBIB_STR("parameter"));
    q.host = kdb_table_column(&q.parameters, KDBIB_STR("host"));
    q.tracks = kdb_table_column(&q.parameters, KDBIB_STR("tracks"));
    for (size_t i = 0; fine && i < list->link_count; i++)
        fine = check_link(&q, &list->links[i]);
    fine = fine && !kdb_arena_failed(&q.arena);
    kdb_arena_free(&q.arena);
    return fine;
}
