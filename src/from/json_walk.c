/* A walk over values of JSON. */
#include "from/json_walk.h"

#include "base/strings.h"

static void skip(kdb_json_walk *w, const char *signs) {
    while (w->at < w->text.size &&
           (kdb_is_space(w->text.data[w->at]) ||
            (w->text.data[w->at] && kdb_is_one_of(w->text.data[w->at], signs))))
        w->at++;
}

static void count_lines(kdb_json_walk *w) {
    if (!w->next_line)
        w->next_line = 1;
    for (; w->counted < w->at; w->counted++)
        w->next_line += w->text.data[w->counted] == '\n';
    w->line = w->next_line;
}

/* Behind the broken value at `at`: past its closing bracket, as far as it has one. */
static void pass_over(kdb_json_walk *w) {
    size_t depth = 0;
    bool quoted = false;
    for (; w->at < w->text.size; w->at++) {
        char c = w->text.data[w->at];
        if (quoted) {
            if (c == '\\')
                w->at++;
            else if (c == '"' ||
                     c == '\n') /* no string goes over lines: a quotation mark is lost */
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if ((c == '}' || c == ']') && (depth == 0 || --depth == 0)) {
            w->at++;
            return;
        } else if (depth == 0 && c == ',') {
            return;
        }
    }
}

/* The object at `at`, which is passed; NULL: reported, or memory is out. */
static const kdb_json *read_object(kdb_from *from, kdb_json_walk *w) {
    kdb_json_mistake mistake;
    kdbib_str rest = kdb_slice(w->text, w->at, w->text.size);
    size_t size;
    kdb_arena_reset(&w->values);
    const kdb_json *value = kdb_json_read(&w->values, rest, &size, &mistake);
    if (value) {
        w->at += size;
        return value;
    }
    from->arena->failed |= kdb_arena_failed(&w->values);
    if (kdb_arena_failed(from->arena))
        return NULL;
    uint32_t line = w->line;
    for (size_t i = 0; i < mistake.at; i++)
        line += rest.data[i] == '\n';
    kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-json", line,
                    "this is no JSON: it is left out", mistake.message);
    return NULL;
}

/* Into an array, or behind what ends one. */
static void enter(kdb_json_walk *w) {
    skip(w, "");
    w->in_array = w->at < w->text.size && w->text.data[w->at] == '[';
    w->at += w->in_array;
}

const kdb_json *kdb_json_next(kdb_from *from, kdb_json_walk *w) {
    if (!w->begun)
        enter(w);
    w->begun = true;
    while (!kdb_arena_failed(from->arena)) {
        skip(w, w->in_array ? "," : "");
        if (w->at >= w->text.size)
            return NULL;
        if (w->in_array && w->text.data[w->at] == ']') { /* what follows may be another array */
            w->at++;
            enter(w);
            continue;
        }
        count_lines(w);
        bool object = w->text.data[w->at] == '{';
        const kdb_json *value = object ? read_object(from, w) : NULL;
        if (value || kdb_arena_failed(from->arena))
            return value;
        if (!object)
            kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-json", w->line,
                            "an object was expected here", kdb_slice(w->text, w->at, w->at + 20));
        size_t before = w->at;
        pass_over(w);
        w->at += w->at == before;
    }
    return NULL;
}
