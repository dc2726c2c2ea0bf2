/* JSON by jansson, value after value. */
#include "from/json.h"

#include <stdlib.h>

#include "base/strings.h"

#define LARGEST_STEP ((size_t)1 << 16) /* more than one value of JSON needs at once */
#define FLAGS (JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL)

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

static void report(kdb_from *from, uint32_t line, const json_error_t *error) {
    kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-json",
                    line + (uint32_t)(error->line > 0 ? error->line - 1 : 0),
                    "this is no JSON: it is left out", kdbib_str_of(error->text));
}

/* Want of memory looks to jansson like a mistake in the text: a mistake is one that is there when
 * there is memory. */
static json_t *load(kdb_from *from, kdbib_str text, size_t flags, json_error_t *error) {
    json_t *value = json_loadb(text.data, text.size, flags, error);
    if (value)
        return value;
    void *room = malloc((size_t)(error->position > 0 ? error->position : 0) + LARGEST_STEP);
    from->arena->failed |= !room;
    free(room);
    return room ? json_loadb(text.data, text.size, flags, error) : NULL;
}

json_t *kdb_json_next(kdb_from *from, kdb_json_walk *w) {
    if (!w->begun) {
        w->begun = true;
        skip(w, "");
        w->in_array = w->at < w->text.size && w->text.data[w->at] == '[';
        w->at += w->in_array;
    }
    while (!kdb_arena_failed(from->arena)) {
        skip(w, w->in_array ? "," : "");
        if (w->at >= w->text.size)
            return NULL;
        if (w->in_array && w->text.data[w->at] == ']') { /* what follows may be another array */
            w->at++;
            skip(w, "");
            w->in_array = w->at < w->text.size && w->text.data[w->at] == '[';
            w->at += w->in_array;
            continue;
        }
        count_lines(w);
        json_error_t error;
        char first = w->text.data[w->at];
        json_t *value = NULL;
        if (first == '{')
            value = load(from, kdb_slice(w->text, w->at, w->text.size),
                         FLAGS | JSON_DISABLE_EOF_CHECK, &error);
        if (value) {
            w->at += (size_t)error.position;
            return value;
        }
        if (kdb_arena_failed(from->arena))
            return NULL;
        if (first == '{')
            report(from, w->line, &error);
        else
            kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-json", w->line,
                            "an object was expected here", kdb_slice(w->text, w->at, w->at + 20));
        size_t before = w->at;
        pass_over(w);
        w->at += w->at == before;
    }
    return NULL;
}

json_t *kdb_json_object(kdb_from *from, kdbib_str text, uint32_t line) {
    json_error_t error;
    json_t *value = load(from, text, FLAGS, &error);
    if (!value && kdb_arena_failed(from->arena))
        return NULL;
    if (!value) {
        error.line = 1;
        report(from, line, &error);
    } else if (!json_is_object(value)) {
        kdb_from_report(from, KDBIB_SEVERITY_WARNING, "bad-json", line,
                        "an object was expected here", kdb_slice(text, 0, 20));
        json_decref(value);
        value = NULL;
    }
    return value;
}

kdbib_str kdb_from_json_value(kdb_from *from, const json_t *value) {
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_string(value))
        return kdbib_str_of(json_string_value(value)); /* up to a NUL: no text goes on behind one */
    if (json_is_number(value))
        return kdb_arena_format(from->arena, "%.15g", json_number_value(value));
    return (kdbib_str){NULL, 0};
}

kdbib_str kdb_from_json_text(kdb_from *from, const json_t *object, const char *member) {
    return kdb_from_json_value(from, json_object_get(object, member));
}

long kdb_from_json_number(const json_t *value) {
    double number =
        json_is_string(value) ? strtod(json_string_value(value), NULL) : json_number_value(value);
    return number > -1e9 && number < 1e9 ? (long)number : 0;
}
