/* Templates are short and rarely expanded, so they are read anew each time. */
#include "resolve/template.h"

#include "base/strings.h"

/* `$1` or `$host` at `*at`; false when there is none. */
static bool take_variable(kdbib_str source, size_t *at, const kdb_template_values *values,
                          kdb_buffer *out) {
    if (source.data[*at] != '$' || *at + 1 == source.size)
        return false;
    char next = source.data[*at + 1];
    if (kdb_is_digit(next)) {
        kdb_buffer_add_str(out, values->groups[next - '0']);
        *at += 2;
        return true;
    }
    if (!kdb_starts_with(kdb_slice(source, *at, source.size), KDBIB_STR("$host")))
        return false;
    kdb_buffer_add_str(out, values->host);
    *at += 5;
    return true;
}

static void expand_argument(kdbib_str source, const kdb_template_values *values, kdb_buffer *out) {
    for (size_t at = 0; at < source.size;)
        if (!take_variable(source, &at, values, out))
            kdb_buffer_add_char(out, source.data[at++]);
}

static bool add_number(kdbib_str format, kdbib_str digits, kdb_buffer *out) {
    uint32_t width = 0;
    size_t zeros = 0;
    if (!digits.size || !kdb_read_number(kdb_slice(format, 1, format.size - 1), &width))
        width = 0;
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

static bool add_sum(kdbib_str function, kdbib_str digits, kdb_buffer *out) {
    uint32_t a = 0, b = 0;
    if (!kdb_read_number(kdb_slice(function, 1, function.size), &a) ||
        !kdb_read_number(digits, &b) || b > 1000000 || (function.data[0] == '-' && a > b))
        return false;
    uint32_t sum = function.data[0] == '-' ? b - a : b + a;
    char text[12];
    size_t at = sizeof text;
    do
        text[--at] = (char)('0' + sum % 10);
    while (sum /= 10);
    kdb_buffer_add(out, text + at, sizeof text - at);
    return true;
}

/* "table.column" taken apart; false when there is no dot. */
static bool table_and_column(kdbib_str function, kdbib_str *table, kdbib_str *column) {
    size_t dot = kdb_find_char(function, '.', 0);
    *table = kdb_slice(function, 0, dot);
    *column = kdb_slice(function, dot == SIZE_MAX ? dot : dot + 1, function.size);
    return dot != SIZE_MAX;
}

static bool add_cell(kdbib_str function, kdbib_str key, kdbib_str number,
                     const kdb_template_values *values, kdb_buffer *out) {
    kdbib_str name, column;
    table_and_column(function, &name, &column);
    const kdb_lookup *table = kdb_lookup_table(values->lookups, name);
    kdbib_str cell = table ? kdb_lookup_cell(table, column, key, number) : (kdbib_str){NULL, 0};
    kdb_buffer_add_str(out, cell);
    return cell.size > 0;
}

static void change_case(char *text, size_t size, char how) {
    for (size_t i = 0; i < size; i++) {
        bool up = how == 'u' || (how == 'c' && (i == 0 || !kdb_is_alpha(text[i - 1])));
        if (up && kdb_is_lower(text[i]))
            text[i] = (char)(text[i] - 'a' + 'A');
        else if (!up)
            text[i] = how == 'c' ? text[i] : kdb_to_lower(text[i]);
    }
}

/* "{function argument argument}" without its braces. */
static bool call(kdbib_str body, const kdb_template_values *values, kdb_buffer *out) {
    size_t blank = kdb_find_char(body, ' ', 0);
    kdbib_str function = kdb_slice(body, 0, blank);
    kdbib_str rest = kdb_slice(body, blank == SIZE_MAX ? blank : blank + 1, body.size);
    size_t second = kdb_find_char(rest, ' ', 0);
    kdb_buffer *arguments = values->arguments;
    kdb_buffer_clear(arguments);
    expand_argument(kdb_slice(rest, 0, second), values, arguments);
    size_t middle = arguments->size, start = out->size;
    if (second != SIZE_MAX)
        expand_argument(kdb_slice(rest, second + 1, rest.size), values, arguments);
    out->failed |= arguments->failed;
    if (out->failed || !function.size)
        return false;
    kdbib_str both = kdb_buffer_str(arguments), first = kdb_slice(both, 0, middle);
    char kind = function.data[0];
    if (kdb_is_lower(kind) && kdb_find_char(function, '.', 0) == SIZE_MAX) {
        kdb_buffer_add_str(out, both);
        change_case(out->data + start, out->size - start, kind);
        return true;
    }
    return kind == '%' ? add_number(function, first, out)
           : kind == '+' || kind == '-'
               ? add_sum(function, first, out)
               : add_cell(function, first, kdb_slice(both, middle, both.size), values, out);
}

bool kdb_template_expand(kdbib_str source, const kdb_template_values *values, kdb_buffer *out) {
    size_t start = out->size;
    for (size_t at = 0; at < source.size;) {
        size_t plain = at;
        while (plain < source.size && source.data[plain] != '$' && source.data[plain] != '{')
            plain++;
        kdb_buffer_add_str(out, kdb_slice(source, at, plain));
        at = plain;
        if (at == source.size || take_variable(source, &at, values, out))
            continue;
        size_t end = source.data[at] == '{' ? kdb_find_char(source, '}', at) : SIZE_MAX;
        if (end == SIZE_MAX) {
            kdb_buffer_add_char(out, source.data[at++]);
            continue;
        }
        if (!call(kdb_slice(source, at + 1, end), values, out)) {
            out->size = start;
            return false;
        }
        at = end + 1;
    }
    return !out->failed;
}

static bool is_number_format(kdbib_str function) {
    for (size_t i = 1; i + 1 < function.size; i++)
        if (!kdb_is_digit(function.data[i]))
            return false;
    return function.size >= 2 && function.data[function.size - 1] == 'd';
}

static const char *call_fault(kdbib_str body, kdb_lookups *lookups) {
    size_t blank = kdb_find_char(body, ' ', 0);
    kdbib_str function = kdb_slice(body, 0, blank), name, column;
    uint32_t number;
    if (blank == SIZE_MAX || blank == 0)
        return "{…} needs a function and an argument";
    if (function.data[0] == '%')
        return is_number_format(function) ? NULL : "a number is written {%d $1} or {%04d $1}";
    if (function.data[0] == '+' || function.data[0] == '-')
        return kdb_read_number(kdb_slice(function, 1, function.size), &number)
                   ? NULL
                   : "a sum is written {+1986 $1}";
    if (!table_and_column(function, &name, &column))
        return kdbib_str_equal(function, KDBIB_STR("lower")) ||
                       kdbib_str_equal(function, KDBIB_STR("upper")) ||
                       kdbib_str_equal(function, KDBIB_STR("capital"))
                   ? NULL
                   : "no such function";
    const kdb_lookup *table = kdb_lookup_table(lookups, name);
    if (!table)
        return "no such table";
    return kdb_table_column(&table->table, column) == SIZE_MAX ? "the table has no such column"
                                                               : NULL;
}

const char *kdb_template_fault(kdbib_str source, kdb_lookups *lookups) {
    for (size_t at = 0; at < source.size; at++) {
        kdbib_str rest = kdb_slice(source, at, source.size);
        if (rest.data[0] == '$' && !(rest.size > 1 && kdb_is_digit(rest.data[1])) &&
            !kdb_starts_with(rest, KDBIB_STR("$host")))
            return "after $ comes a group's number or “host”";
        if (rest.data[0] == '}')
            return "a } without {";
        if (rest.data[0] != '{')
            continue;
        size_t end = kdb_find_char(source, '}', at);
        if (end == SIZE_MAX)
            return "a { without }";
        const char *fault = call_fault(kdb_slice(source, at + 1, end), lookups);
        if (fault)
            return fault;
        at = end;
    }
    return NULL;
}
