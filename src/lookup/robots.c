/* robots.txt, as RFC 9309 reads it. */
#include "lookup/robots.h"

#include <stdlib.h>

#include "base/strings.h"

/* What a page waits for. */
typedef struct question {
    kdb_robots *robots;
    kdbib_str path;
    kdb_robots_fn *answer;
    void *user;
} question;

struct kdb_robots {
    kdb_http *http;
    kdb_arena arena;
};

kdb_robots *kdb_robots_new(kdb_http *http) {
    kdb_robots *robots = calloc(1, sizeof *robots);
    if (robots)
        robots->http = http;
    return robots;
}

void kdb_robots_free(kdb_robots *robots) {
    if (robots)
        kdb_arena_free(&robots->arena);
    free(robots);
}

/* `rule` matches the beginning of `path`; `*` stands for anything, a last `$` for the end. Linear:
 * only the last star is ever tried again. */
static bool matches(kdbib_str rule, kdbib_str path) {
    bool ends = kdb_ends_with(rule, KDBIB_STR("$"));
    if (ends)
        rule.size--;
    size_t r = 0, p = 0, star = SIZE_MAX, star_path = 0;
    while (r < rule.size || (ends && p < path.size)) {
        if (r < rule.size && rule.data[r] == '*') {
            star = r++;
            star_path = p;
        } else if (r < rule.size && p < path.size && rule.data[r] == path.data[p]) {
            r++;
            p++;
        } else if (star != SIZE_MAX && star_path < path.size) {
            r = star + 1;
            p = ++star_path;
        } else {
            return false;
        }
    }
    return true;
}

typedef struct reading {
    size_t best; /* length of the longest rule that matches, plus one; 0: none */
    bool allowed, seen;
} reading;

static void take_rule(reading *group, bool allow, kdbib_str rule, kdbib_str path) {
    if (!rule.size || !matches(rule, path))
        return;
    if (rule.size + 1 > group->best || (rule.size + 1 == group->best && allow)) {
        group->best = rule.size + 1;
        group->allowed = allow;
    }
}

bool kdb_robots_allow(kdbib_str file, kdbib_str path) {
    reading ours = {0, true, false}, all = {0, true, false};
    bool in_ours = false, in_all = false, agents = false;
    for (size_t at = 0, end; at < file.size; at = end + 1) {
        end = at;
        while (end < file.size && file.data[end] != '\n' && file.data[end] != '\r')
            end++;
        kdbib_str line = kdb_slice(file, at, end);
        line = kdb_slice(line, 0, kdb_find_char(line, '#', 0));
        size_t colon = kdb_find_char(line, ':', 0);
        if (colon == SIZE_MAX)
            continue;
        kdbib_str name = kdb_trim(kdb_slice(line, 0, colon));
        kdbib_str value = kdb_trim(kdb_slice(line, colon + 1, line.size));
        if (kdb_equal_nocase(name, KDBIB_STR("user-agent"))) {
            if (!agents) /* a new group */
                in_ours = in_all = false;
            agents = true;
            in_ours |= kdb_starts_with_nocase(value, KDBIB_STR("kdbib"));
            in_all |= kdbib_str_equal(value, KDBIB_STR("*"));
            ours.seen |= in_ours;
            continue;
        }
        bool allow = kdb_equal_nocase(name, KDBIB_STR("allow"));
        if (!allow && !kdb_equal_nocase(name, KDBIB_STR("disallow")))
            continue;
        agents = false;
        if (in_ours)
            take_rule(&ours, allow, value, path);
        if (in_all)
            take_rule(&all, allow, value, path);
    }
    return ours.seen ? ours.allowed : all.allowed;
}

/* No file: everything may be read. A server in trouble: nothing. */
static void take_file(void *user, const kdb_response *response) {
    question *q = user;
    bool allowed =
        response->outcome == KDB_GOT ? kdb_robots_allow(response->body, q->path)
        : response->outcome == KDB_ABSENT
            ? true
            : response->outcome == KDB_REFUSED && response->status >= 400 && response->status < 500;
    q->answer(q->user, allowed);
}

bool kdb_robots_ask(kdb_robots *robots, kdbib_str url, kdb_robots_fn *answer, void *user) {
    size_t at = kdb_find(url, KDBIB_STR("://"), 0);
    if (at == SIZE_MAX || !kdb_starts_with_nocase(url, KDBIB_STR("http")))
        return false;
    size_t slash = kdb_find_char(url, '/', at + 3);
    kdbib_str host = kdb_slice(url, 0, slash);
    kdbib_str file = kdb_arena_format(&robots->arena, "%.*s/robots.txt", (int)host.size, host.data);
    question *q = kdb_arena_alloc(&robots->arena, sizeof *q);
    if (!q)
        return false;
    kdbib_str path = slash == SIZE_MAX ? KDBIB_STR("/") : kdb_slice(url, slash, url.size);
    *q = (question){robots, kdb_arena_copy(&robots->arena, path), answer, user};
    return !kdb_arena_failed(&robots->arena) &&
           kdb_http_ask(robots->http, KDB_AT_PAGES, KDB_ASK_PAGE, file, (kdbib_str){NULL, 0},
                        take_file, q);
}
