/* A formula is let through when it derives from a small grammar; everything else is text. */
#include "tex_math.h"

#include <stdlib.h>

#include "base/embedded.h"
#include "base/strings.h"

#define DEEPEST 24 /* groups within groups */

typedef struct parser {
    const kdb_tex_math *math;
    kdbib_str text;
    size_t at;
    unsigned depth;
} parser;

bool kdb_tex_math_init(kdb_tex_math *math, kdb_arena *arena) {
    return kdb_table_read(arena, kdb_embedded(KDBIB_STR("tex-math.csv")), &math->table) &&
           math->table.columns >= 2;
}

/* Number of arguments of the command called `name`, or -1. The table is sorted. */
static int arguments_of(const kdb_table *table, kdbib_str name) {
    size_t low = 0, high = table->rows;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = kdb_compare(kdb_table_cell(table, middle, 0), name);
        if (order == 0) {
            const kdbib_str count = kdb_table_cell(table, middle, 1);
            return count.size && kdb_is_digit(count.data[0]) ? count.data[0] - '0' : -1;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

static char peek(const parser *p) {
    return p->at < p->text.size ? p->text.data[p->at] : '\0';
}

static void skip_blanks(parser *p) {
    while (peek(p) == ' ')
        p->at++;
}

static bool sequence(parser *p, bool in_group);

static bool group(parser *p) {
    if (peek(p) != '{' || p->depth == DEEPEST)
        return false;
    p->at++;
    p->depth++;
    const bool fine = sequence(p, true) && peek(p) == '}';
    p->depth--;
    p->at++;
    return fine;
}

static bool command(parser *p) {
    const size_t start = ++p->at; /* behind the backslash */
    while (kdb_is_alpha(peek(p)))
        p->at++;
    if (p->at == start) { /* \, \% \{ and the like */
        const char c = peek(p);
        p->at++;
        return c && kdb_is_one_of(c, ",;:!%&#$_ |");
    }
    const int arguments = arguments_of(&p->math->table, kdb_slice(p->text, start, p->at));
    for (int i = 0; i < arguments; i++) {
        skip_blanks(p);
        if (!group(p))
            return false;
    }
    return arguments >= 0;
}

/* What a script can be put on, or be: a character, a group, a command. */
static bool atom(parser *p) {
    const char c = peek(p);
    if (c == '{')
        return group(p);
    if (c == '\\')
        return command(p);
    if (!kdb_is_alnum(c) && (!c || !kdb_is_one_of(c, "+-=*/<>()[]|.,:;!?")))
        return false;
    p->at++;
    return true;
}

static bool sequence(parser *p, bool in_group) {
    while (p->at < p->text.size && !(in_group && peek(p) == '}')) {
        bool up = false, down = false;
        skip_blanks(p);
        if (p->at == p->text.size || (in_group && peek(p) == '}'))
            break;
        const char c = peek(p);
        if (c != '^' && c != '_' && c != '\'' && !atom(p))
            return false;
        for (skip_blanks(p); peek(p) == '^' || peek(p) == '_' || peek(p) == '\''; skip_blanks(p)) {
            const char script = peek(p);
            bool *seen = script == '_' ? &down : &up;
            if (*seen) /* TeX: double superscript */
                return false;
            *seen = true;
            if (script == '\'') {
                while (peek(p) == '\'')
                    p->at++;
                continue;
            }
            p->at++;
            skip_blanks(p);
            /* a command with arguments as a script would need braces */
            if (peek(p) == '\\' ? !command(p) || p->text.data[p->at - 1] == '}' : !atom(p))
                return false;
        }
    }
    return true;
}

bool kdb_tex_math_is_safe(const kdb_tex_math *math, kdbib_str formula) {
    parser p = {.math = math, .text = formula};
    return sequence(&p, false) && p.at == formula.size;
}
