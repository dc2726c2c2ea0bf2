/* LaTeX in one walk: what stands in a group is read by the same function, in its style. */
#include "text/bibtex_value.h"

#include <utf8proc.h>

#include "base/strings.h"
#include "text/bibtex_accent.h"
#include "text/bibtex_signs.h"
#include "text/latex_input.h"
#include "text/rich_text_parser.h"

#define DEEPEST 48 /* groups in groups; deeper braces are passed over */

typedef struct decoder {
    kdb_rich_parser p; /* its runs and its style; `at` is ours */
    kdb_bibtex_values *values;
    kdbib_str text;
    size_t at;
    unsigned depth;
    bool blank;           /* one waits: it is written before the next character … */
    unsigned blank_style; /* … in the style that it stood in */
} decoder;

/* The character that `latex` prints, or 0. */
static uint32_t sign_of(decoder *x, kdbib_str latex) {
    uint32_t sign;
    if (!kdb_bibtex_sign(x->values, latex, &sign))
        x->p.arena->failed = true;
    return sign;
}

/* ---- text ---- */

static void add_blank(decoder *x) {
    if (!x->blank)
        x->blank_style = x->p.style;
    x->blank = true;
}

static void flush_blank(decoder *x) {
    unsigned style = x->p.style;
    x->p.style = x->blank_style & style;
    if (x->blank && (x->p.run.size || x->p.count))
        kdb_rich_add(&x->p, KDBIB_STR(" "));
    x->p.style = style;
    x->blank = false;
}

static void add(decoder *x, kdbib_str text) {
    if (!text.size)
        return;
    flush_blank(x);
    kdb_rich_add(&x->p, text);
}

static void add_code(decoder *x, uint32_t code) {
    char bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)code, (unsigned char *)bytes);
    if (code == 0xA0 || code == ' ')
        add_blank(x);
    else
        add(x, (kdbib_str){bytes, (size_t)size});
}

static char peek(const decoder *x, size_t ahead) {
    return x->at + ahead < x->text.size ? x->text.data[x->at + ahead] : '\0';
}

/* ---- formulas ---- */

/* The text of a sub- or superscript, when it is nothing but characters and known signs. */
static bool script_text(decoder *x, kdbib_str tex, kdb_buffer *text) {
    for (size_t i = 0; i < tex.size;) {
        if (tex.data[i] == '\\') {
            size_t end = i + 1;
            while (end < tex.size && kdb_is_alpha(tex.data[end]))
                end++;
            uint32_t code = sign_of(x, kdb_slice(tex, i, end));
            if (!code)
                return false;
            kdb_buffer_add_code_point(text, code);
            i = end;
            if (kdb_starts_with(kdb_slice(tex, i, tex.size), KDBIB_STR("{}")))
                i += 2;
        } else if (kdb_is_one_of(tex.data[i], "{}^_$&#%~")) {
            return false;
        } else {
            kdb_buffer_add_char(text, tex.data[i++]);
        }
    }
    return text->size > 0;
}

/* `^{…}` or `^x` and nothing else. */
static bool take_script(decoder *x, kdbib_str tex) {
    if (tex.size < 2 || (tex.data[0] != '^' && tex.data[0] != '_'))
        return false;
    kdbib_str inside = kdb_slice(tex, 1, tex.size);
    if (inside.data[0] == '{' && inside.data[inside.size - 1] == '}')
        inside = kdb_slice(inside, 1, inside.size - 1);
    else if (inside.size > 1 && inside.data[0] != '\\')
        return false;
    kdb_buffer text = {0};
    bool script = script_text(x, inside, &text);
    if (script) {
        unsigned before = x->p.style;
        x->p.style = (before & ~(unsigned)(KDBIB_SUB | KDBIB_SUP | KDBIB_NOCASE)) |
                     (tex.data[0] == '^' ? KDBIB_SUP : KDBIB_SUB);
        add(x, kdb_buffer_str(&text));
        x->p.style = before;
    }
    x->p.arena->failed |= text.failed;
    kdb_buffer_free(&text);
    return script;
}

static void add_formula(decoder *x, kdbib_str tex) {
    if (!tex.size || take_script(x, tex))
        return;
    flush_blank(x);
    kdb_rich_add_run(&x->p, tex, KDBIB_MATH);
}

/* `$…$` at `at`. */
static void take_dollar(decoder *x) {
    size_t signs = peek(x, 1) == '$' ? 2 : 1, from = x->at + signs, end = from;
    while (end < x->text.size && x->text.data[end] != '$')
        end += x->text.data[end] == '\\' && end + 1 < x->text.size ? 2 : 1;
    if (end >= x->text.size) { /* a price */
        add(x, KDBIB_STR("$"));
        x->at++;
        return;
    }
    add_formula(x, kdb_trim(kdb_slice(x->text, from, end)));
    x->at = end;
    while (signs-- && peek(x, 0) == '$') /* of `$$…$` one is lost */
        x->at++;
}

/* `{$\alpha$}`: so the writer writes a character for which text has no command. */
static bool take_sign_group(decoder *x) {
    if (peek(x, 1) != '$')
        return false;
    size_t close = kdb_find_char(kdb_slice(x->text, 0, x->at + 40), '$', x->at + 2);
    if (close == SIZE_MAX || close + 1 >= x->text.size || x->text.data[close + 1] != '}')
        return false;
    uint32_t code = sign_of(x, kdb_slice(x->text, x->at + 2, close));
    if (!code)
        return false;
    add_code(x, code);
    x->at = close + 2;
    return true;
}

/* ---- commands ---- */

static void decode(decoder *x, bool group);

/* What a command has for its argument: a group, or one character or command. */
static void take_argument(decoder *x) {
    while (kdb_is_space(peek(x, 0)))
        x->at++;
    if (peek(x, 0) == '{') {
        x->at++;
        decode(x, true);
        return;
    }
    size_t end = x->at + 1;
    bool word = false;
    if (peek(x, 0) == '\\') {
        while (end < x->text.size && kdb_is_alpha(x->text.data[end]))
            end++;
        word = end > x->at + 1;
        end += !word;
    }
    while (!word && end < x->text.size && ((unsigned char)x->text.data[end] & 0xC0) == 0x80)
        end++;
    kdbib_str all = x->text;
    if (end > all.size || peek(x, 0) == '}')
        return;
    x->text = kdb_slice(all, 0, end);
    decode(x, false);
    x->text = all;
}

static void take_accent(decoder *x, unsigned mark) {
    flush_blank(x);
    bool goes_on = x->p.run.size && x->p.run_style == x->p.style;
    size_t from = goes_on ? x->p.run.size : 0, before = x->at;
    size_t runs = x->p.count + (!goes_on && x->p.run.size);
    take_argument(x);
    if (x->at > before && x->p.count == runs && x->p.run.size > from &&
        x->p.run_style == x->p.style)
        kdb_bibtex_put_mark(&x->p, from, mark);
    else
        add(x, kdbib_str_of(kdb_bibtex_mark_alone(mark)));
}

/* {\it …}: to the end of the group. */
static bool is_declaration(kdbib_str name) {
    static const char *const names[] = {"it", "em", "bf",      "sc",       "tt",      "sl",
                                        "rm", "sf", "itshape", "bfseries", "scshape", "ttfamily"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdbib_str_equal(name, kdbib_str_of(names[i])))
            return true;
    return false;
}

/* What stands in the group that begins at `at`, as it stands; it is passed over. */
static kdbib_str raw_group(decoder *x) {
    size_t depth = 0, from = x->at + 1;
    for (; x->at < x->text.size; x->at++) {
        char c = peek(x, 0);
        if (c == '\\' && x->at + 1 < x->text.size)
            x->at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            return kdb_slice(x->text, from, x->at++);
    }
    return kdb_slice(x->text, from, x->at);
}

static void take_style(decoder *x, kdbib_str name, unsigned style) {
    if (is_declaration(name)) {
        x->p.style |= style;
        return;
    }
    unsigned before = x->p.style;
    x->p.style |= style;
    if (style & (KDBIB_SUB | KDBIB_SUP))
        x->p.style &= ~(unsigned)KDBIB_NOCASE;
    take_argument(x);
    x->p.style = before;
}

/* Commands whose argument is no text. True: it was one. */
static bool take_special(decoder *x, kdbib_str name) {
    bool group = peek(x, 0) == '{';
    if (group &&
        (kdbib_str_equal(name, KDBIB_STR("url")) || kdbib_str_equal(name, KDBIB_STR("path")) ||
         kdbib_str_equal(name, KDBIB_STR("nolinkurl")))) {
        kdbib_str url = raw_group(x);
        for (size_t i = 0; i < url.size; i++) /* \url{a\_b} */
            if (url.data[i] != '\\' || i + 1 == url.size || kdb_is_alnum(url.data[i + 1]))
                add(x, kdb_slice(url, i, i + 1));
        return true;
    }
    if (group && kdbib_str_equal(name, KDBIB_STR("href"))) {
        raw_group(x);
        take_argument(x);
        return true;
    }
    if (group && kdbib_str_equal(name, KDBIB_STR("ensuremath"))) {
        add_formula(x, kdb_trim(raw_group(x)));
        return true;
    }
    if (group && kdbib_str_equal(name, KDBIB_STR("enquote"))) {
        add(x, KDBIB_STR("\u201C"));
        take_argument(x);
        add(x, KDBIB_STR("\u201D"));
        return true;
    }
    return false;
}

static void take_command(decoder *x) {
    size_t from = x->at + 1, end = from;
    if (from >= x->text.size) {
        x->at++;
        return;
    }
    bool word = kdb_is_alpha(x->text.data[from]);
    while (word && end < x->text.size && kdb_is_alpha(x->text.data[end]))
        end++;
    if (!word)
        end = from + 1;
    while (!word && end < x->text.size && ((unsigned char)x->text.data[end] & 0xC0) == 0x80)
        end++;
    kdbib_str name = kdb_slice(x->text, from, end);
    size_t behind = end;
    while (word && behind < x->text.size && kdb_is_space(x->text.data[behind]))
        behind++; /* the blank ends the command */
    x->at = behind;
    char first = name.data[0];
    if (!word && kdb_is_one_of(first, "{}\\")) {
        add(x, first == '\\' ? KDBIB_STR("") : name);
        if (first == '\\')
            add_blank(x);
        return;
    }
    if (!word && first == '(') {
        size_t close = kdb_find(x->text, KDBIB_STR("\\)"), x->at);
        if (close != SIZE_MAX) {
            add_formula(x, kdb_trim(kdb_slice(x->text, x->at, close)));
            x->at = close + 2;
            return;
        }
    }
    if (word && take_special(x, name))
        return;
    kdb_latex_command command = kdb_latex_command_of(name);
    uint32_t code;
    if (command.kind == KDB_LATEX_ACCENT) {
        take_accent(x, command.code);
    } else if (command.kind == KDB_LATEX_STYLE) {
        take_style(x, name, command.style);
    } else if (command.kind == KDB_LATEX_TEXT) {
        kdb_buffer sign = {0};
        kdb_latex_add_text(&sign, command.value);
        if (kdbib_str_equal(kdb_buffer_str(&sign), KDBIB_STR(" ")))
            add_blank(x);
        else
            add(x, kdb_buffer_str(&sign));
        x->p.arena->failed |= sign.failed;
        kdb_buffer_free(&sign);
    } else if ((code = sign_of(x, kdb_slice(x->text, from - 1, end)))) {
        add_code(x, code);
    } else if (peek(x, 0) == '{') {
        take_argument(x); /* what it does is not known, what it shows is */
    } else {
        add(x, kdb_slice(x->text, from - 1, end));
        if (behind > end)
            add_blank(x);
    }
}

/* ---- the walk ---- */

static void take_group(decoder *x) {
    if (take_sign_group(x))
        return;
    x->at++;
    unsigned before = x->p.style;
    if (peek(x, 0) != '\\' && peek(x, 0) != '{')
        x->p.style |= KDBIB_NOCASE;
    decode(x, true);
    x->p.style = before;
}

/* Two of a sign that TeX sets as one, or the sign itself. */
static void take_ligature(decoder *x, char c) {
    if (c == '-' && peek(x, 1) == '-') {
        bool three = peek(x, 2) == '-';
        add(x, three ? KDBIB_STR("\u2014") : KDBIB_STR("\u2013"));
        x->at += three ? 3 : 2;
    } else if (c == '`') {
        bool two = peek(x, 1) == '`';
        add(x, two ? KDBIB_STR("\u201C") : KDBIB_STR("\u2018"));
        x->at += two ? 2 : 1;
    } else if (c == '\'' && peek(x, 1) == '\'') {
        add(x, KDBIB_STR("\u201D"));
        x->at += 2;
    } else {
        add(x, kdb_slice(x->text, x->at, x->at + 1));
        x->at++;
    }
}

/* To the end of the text, or of the group whose brace was taken. */
static void decode(decoder *x, bool group) {
    unsigned before = x->p.style;
    x->depth++;
    while (x->at < x->text.size) {
        size_t plain = x->at;
        while (plain < x->text.size && !kdb_is_space(x->text.data[plain]) &&
               (x->text.data[plain] == '\0' || !kdb_is_one_of(x->text.data[plain], "\\{}$~-`'")))
            plain++;
        if (plain > x->at) {
            add(x, kdb_slice(x->text, x->at, plain));
            x->at = plain;
            continue;
        }
        char c = peek(x, 0);
        if (c == '}') {
            x->at++;
            if (group)
                break;
        } else if (c == '{' && x->depth < DEEPEST) {
            take_group(x);
        } else if (c == '\\' && x->depth < DEEPEST) {
            take_command(x);
        } else if (c == '$') {
            take_dollar(x);
        } else if (c == '~' || kdb_is_space(c)) {
            add_blank(x);
            x->at++;
        } else if (c == '{' || c == '\\') {
            x->at++;
        } else {
            take_ligature(x, c);
        }
    }
    x->depth--;
    x->p.style = before;
}

/* Braces around everything protect nothing. */
static kdbib_str without_outer_braces(kdbib_str value) {
    for (int i = 0; i < 4; i++) {
        size_t depth = 0, at = 0;
        value = kdb_trim(value);
        if (value.size < 2 || value.data[0] != '{' || value.data[value.size - 1] != '}' ||
            value.data[1] == '\\' || value.data[1] == '$')
            return value;
        for (; at < value.size; at++) {
            if (value.data[at] == '\\')
                at++;
            else if (value.data[at] == '{')
                depth++;
            else if (value.data[at] == '}' && --depth == 0)
                break;
        }
        if (at + 1 != value.size)
            return value;
        value = kdb_slice(value, 1, value.size - 1);
    }
    return value;
}

bool kdb_bibtex_rich(kdb_bibtex_values *values, kdb_arena *arena, kdbib_str value,
                     kdb_rich_text *text) {
    decoder x = {.p = {.arena = arena}, .values = values, .text = without_outer_braces(value)};
    decode(&x, false);
    return kdb_rich_finish(&x.p, text);
}

/* Nothing that LaTeX would change. */
static bool is_plain(kdbib_str value) {
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i], next = i + 1 < value.size ? value.data[i + 1] : '\0';
        if (((c == ' ' || c == '-' || c == '\'') && next == c) || (c != ' ' && kdb_is_space(c)) ||
            (c && kdb_is_one_of(c, "\\{}$~`")))
            return false;
    }
    return true;
}

kdbib_str kdb_bibtex_plain(kdb_bibtex_values *values, kdb_arena *arena, kdbib_str value) {
    value = kdb_trim(value);
    if (is_plain(value))
        return kdb_arena_copy(arena, value);
    decoder x = {.p = {.arena = arena}, .values = values, .text = value};
    kdb_rich_text rich = {0};
    kdb_buffer plain = {0};
    decode(&x, false);
    if (!kdb_rich_finish(&x.p, &rich))
        return (kdbib_str){"", 0};
    for (size_t i = 0; i < rich.count; i++) {
        uint32_t code = rich.runs[i].style & KDBIB_MATH ? sign_of(&x, rich.runs[i].text) : 0;
        if (code)
            kdb_buffer_add_code_point(&plain, code);
        else
            kdb_buffer_add_str(&plain, rich.runs[i].text);
    }
    kdbib_str copy = kdb_arena_copy(arena, kdb_buffer_str(&plain));
    arena->failed |= plain.failed;
    kdb_buffer_free(&plain);
    return copy;
}

kdbib_str kdb_bibtex_verbatim(kdb_arena *arena, kdbib_str value) {
    static const char *const tildes[] = {"{\\textasciitilde}",
                                         "\\textasciitilde{}",
                                         "\\textasciitilde ",
                                         "\\textasciitilde",
                                         "$\\sim$",
                                         "{\\~{}}",
                                         "\\~{}",
                                         "\\url"};
    kdb_buffer plain = {0};
    value = kdb_trim(value);
    for (size_t at = 0; at < value.size;) {
        kdbib_str rest = kdb_slice(value, at, value.size);
        size_t tilde = 0;
        char c = value.data[at];
        for (size_t i = 0; !tilde && kdb_is_one_of(c, "{\\$") && i < sizeof tildes / sizeof *tildes;
             i++)
            if (kdb_starts_with(rest, kdbib_str_of(tildes[i])))
                tilde = strlen(tildes[i]);
        if (tilde && !kdb_starts_with(rest, KDBIB_STR("\\url")))
            kdb_buffer_add_char(&plain, '~');
        else if (c != '{' && c != '}' &&
                 !(c == '\\' && at + 1 < value.size && !kdb_is_alnum(value.data[at + 1])))
            if (!tilde)
                kdb_buffer_add_char(&plain, c);
        at += tilde ? tilde : 1;
    }
    kdbib_str copy = kdb_arena_copy(arena, kdb_trim(kdb_buffer_str(&plain)));
    arena->failed |= plain.failed;
    kdb_buffer_free(&plain);
    return copy;
}
