/* Templates: taken apart into texts, variables and calls, then expanded again and again. */
#include "resolve/template.h"

#include "base/strings.h"

typedef enum part_kind {
    TEXT,
    GROUP, /* $1 */
    HOST,  /* $host */
    NUMBER,
    SUM,
    DIFFERENCE,
    LOWER,
    UPPER,
    CAPITAL,
    CELL,
} part_kind;

typedef struct part {
    part_kind kind;
    kdbib_str text;          /* of TEXT */
    kdbib_str arguments[2];  /* of a function, as they are written; the second may be absent */
    uint32_t number;         /* which group; how many digits; what is added or taken away */
    const kdb_lookup *table; /* of CELL */
    size_t column;
} part;

struct kdb_template {
    size_t count;
    part parts[];
};

/* ---- taking apart ---- */

/* The size of the variable at `at`, `$1` or `$host`, and what it is; 0: there is none. */
static size_t read_variable(kdbib_str source, size_t at, part *p) {
    const kdbib_str rest = kdb_slice(source, at, source.size);
    if (rest.size > 1 && rest.data[0] == '$' && kdb_is_digit(rest.data[1])) {
        *p = (part){.kind = GROUP, .number = (uint32_t)(rest.data[1] - '0')};
        return 2;
    }
    *p = (part){.kind = HOST};
    return kdb_starts_with(rest, KDBIB_STR("$host")) ? 5 : 0;
}

/* "d", "04d": how many digits. */
static bool read_width(kdbib_str format, uint32_t *width) {
    *width = 0;
    if (!format.size || format.data[format.size - 1] != 'd')
        return false;
    const kdbib_str digits = kdb_slice(format, 0, format.size - 1);
    return !digits.size || kdb_read_number(digits, width);
}

/* "{function argument argument}" without its braces. NULL, or what is wrong with it. */
static const char *read_call(kdbib_str body, kdb_lookups *lookups, part *p) {
    static const struct {
        kdbib_str name;
        part_kind kind;
    } functions[] = {{{"lower", 5}, LOWER}, {{"upper", 5}, UPPER}, {{"capital", 7}, CAPITAL}};
    const size_t blank = kdb_find_char(body, ' ', 0);
    if (blank == SIZE_MAX || blank == 0)
        return "{…} needs a function and an argument";
    const kdbib_str function = kdb_slice(body, 0, blank),
                    rest = kdb_slice(body, blank + 1, body.size);
    const size_t second = kdb_find_char(rest, ' ', 0);
    *p = (part){.arguments = {kdb_slice(rest, 0, second)}};
    if (second != SIZE_MAX)
        p->arguments[1] = kdb_slice(rest, second + 1, rest.size);
    const kdbib_str behind = kdb_slice(function, 1, function.size);
    if (function.data[0] == '%') {
        p->kind = NUMBER;
        return read_width(behind, &p->number) ? NULL : "a number is written {%d $1} or {%04d $1}";
    }
    if (function.data[0] == '+' || function.data[0] == '-') {
        p->kind = function.data[0] == '+' ? SUM : DIFFERENCE;
        return kdb_read_number(behind, &p->number) ? NULL : "a sum is written {+1986 $1}";
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (kdbib_str_equal(function, functions[i].name)) {
            p->kind = functions[i].kind;
            return NULL;
        }
    const size_t dot = kdb_find_char(function, '.', 0);
    if (dot == SIZE_MAX)
        return "no such function";
    p->kind = CELL;
    p->table = kdb_lookup_table(lookups, kdb_slice(function, 0, dot));
    if (!p->table)
        return "no such table";
    p->column = kdb_table_column(&p->table->table, kdb_slice(function, dot + 1, function.size));
    return p->column == SIZE_MAX ? "the table has no such column" : NULL;
}

static bool is_sign(char c) {
    return c == '$' || c == '{' || c == '}';
}

static size_t text_size(kdbib_str source, size_t at) {
    size_t end = at;
    while (end < source.size && !is_sign(source.data[end]))
        end++;
    return end - at;
}

/* One part of `source` at `*at`. NULL, or what is wrong with it. */
static const char *read_part(kdbib_str source, size_t *at, kdb_lookups *lookups, part *p) {
    const char c = source.data[*at];
    if (c == '$') {
        const size_t size = read_variable(source, *at, p);
        *at += size;
        return size ? NULL : "after $ comes a group's number or “host”";
    }
    if (c == '{') {
        const size_t end = kdb_find_char(source, '}', *at);
        const kdbib_str body = kdb_slice(source, *at + 1, end);
        *at = end + 1;
        return end == SIZE_MAX ? "a { without }" : read_call(body, lookups, p);
    }
    const size_t size = text_size(source, *at);
    *p = (part){.kind = TEXT, .text = kdb_slice(source, *at, *at + size)};
    *at += size;
    return size ? NULL : "a } without {";
}

const kdb_template *kdb_template_read(kdb_arena *arena, kdbib_str source, kdb_lookups *lookups,
                                      const char **fault) {
    size_t room = 1; /* each sign begins a part, and another one may follow */
    for (size_t i = 0; i < source.size; i++)
        room += source.data[i] == '$' || source.data[i] == '{' ? 2 : 0;
    kdb_template *t = kdb_arena_alloc(arena, sizeof *t + room * sizeof *t->parts);
    *fault = NULL;
    if (!t)
        return NULL;
    t->count = 0;
    for (size_t at = 0; at < source.size && !*fault;)
        *fault = read_part(source, &at, lookups, &t->parts[t->count++]);
    return *fault ? NULL : t;
}

/* ---- expanding ---- */

static void add_argument(kdbib_str source, const kdb_template_values *values, kdb_buffer *out) {
    part p;
    for (size_t at = 0, size; at < source.size; at += size) {
        size = read_variable(source, at, &p);
        if (size) {
            kdb_buffer_add_str(out, p.kind == GROUP ? values->groups[p.number] : values->host);
        } else {
            kdb_buffer_add_char(out, source.data[at]);
            size = 1;
        }
    }
}

/* The texts of a call's arguments, one behind the other. */
static kdbib_str arguments_of(const part *p, const kdb_template_values *values, kdbib_str *first,
                              kdbib_str *second) {
    const kdbib_str only = p->arguments[0];
    if (only.size == 2 && only.data[0] == '$' && kdb_is_digit(only.data[1]) &&
        !p->arguments[1].size) { /* a group, as most are */
        *second = (kdbib_str){NULL, 0};
        return *first = values->groups[only.data[1] - '0'];
    }
    kdb_buffer *both = values->arguments;
    kdb_buffer_clear(both);
    add_argument(p->arguments[0], values, both);
    const size_t middle = both->size;
    add_argument(p->arguments[1], values, both);
    const kdbib_str text = kdb_buffer_str(both);
    *first = kdb_slice(text, 0, middle);
    *second = kdb_slice(text, middle, text.size);
    return text;
}

static bool add_number(uint32_t width, kdbib_str digits, kdb_buffer *out) {
    size_t zeros = 0;
    for (size_t i = 0; i < digits.size; i++)
        if (!kdb_is_digit(digits.data[i]))
            return false;
    while (zeros + 1 < digits.size && digits.data[zeros] == '0')
        zeros++;
    digits = kdb_slice(digits, zeros, digits.size);
    for (size_t i = digits.size; i < width && digits.size; i++)
        kdb_buffer_add_char(out, '0');
    kdb_buffer_add_str(out, digits);
    return digits.size > 0;
}

static bool add_sum(const part *p, kdbib_str digits, kdb_buffer *out) {
    const bool minus = p->kind == DIFFERENCE;
    uint32_t a = p->number, b = 0;
    if (!kdb_read_number(digits, &b) || b > 1000000 || (minus && a > b))
        return false;
    uint32_t sum = minus ? b - a : b + a;
    char text[12];
    size_t at = sizeof text;
    do
        text[--at] = (char)('0' + sum % 10);
    while (sum /= 10);
    kdb_buffer_add(out, text + at, sizeof text - at);
    return true;
}

static void add_in_case(part_kind kind, kdbib_str text, kdb_buffer *out) {
    const size_t start = out->size;
    kdb_buffer_add_str(out, text);
    if (out->size == start)
        return;
    char *added = out->data + start;
    for (size_t i = 0; i < text.size; i++) {
        const bool up =
            kind == UPPER || (kind == CAPITAL && (i == 0 || !kdb_is_alpha(added[i - 1])));
        if (up && kdb_is_lower(added[i]))
            added[i] = (char)(added[i] - 'a' + 'A');
        else if (kind == LOWER)
            added[i] = kdb_to_lower(added[i]);
    }
}

/* False: it gives nothing. */
static bool call(const part *p, const kdb_template_values *values, kdb_buffer *out) {
    kdbib_str first, second, both = arguments_of(p, values, &first, &second);
    out->failed |= values->arguments->failed;
    if (out->failed)
        return false;
    switch (p->kind) {
    case NUMBER:
        return add_number(p->number, first, out);
    case SUM:
    case DIFFERENCE:
        return add_sum(p, first, out);
    case CELL: {
        const kdbib_str cell = kdb_lookup_cell(p->table, p->column, first, second);
        kdb_buffer_add_str(out, cell);
        return cell.size > 0;
    }
    default:
        add_in_case(p->kind, both, out);
        return true;
    }
}

bool kdb_template_expand(const kdb_template *template, const kdb_template_values *values,
                         kdb_buffer *out) {
    const size_t start = out->size;
    for (size_t i = 0; i < template->count; i++) {
        const part *p = &template->parts[i];
        if (p->kind == TEXT) {
            kdb_buffer_add_str(out, p->text);
        } else if (p->kind == GROUP) {
            kdb_buffer_add_str(out, values->groups[p->number]);
        } else if (p->kind == HOST) {
            kdb_buffer_add_str(out, values->host);
        } else if (!call(p, values, out)) {
            out->size = start;
            return false;
        }
    }
    return !out->failed;
}
