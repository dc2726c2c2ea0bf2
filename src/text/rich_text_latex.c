/* LaTeX in rich text: commands, accents, and braces. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/strings.h"
#include "text/latex_input.h"
#include "text/rich_text_parser.h"

/* A group that begins with `{` at `at`: where it is closed, or 0. */
static size_t closing(const kdb_rich_parser *p, size_t at) {
    return p->braces && at < p->text.size && p->text.data[at] == '{' ? p->braces[at] : 0;
}

/* One letter with an accent, composed. */
static void add_accented(kdb_rich_parser *p, kdbib_str letter, unsigned accent) {
    kdb_buffer pair = {0};
    kdb_buffer_add_str(&pair, letter);
    kdb_buffer_add_code_point(&pair, accent);
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size = -1;
    if (!pair.failed)
        size = utf8proc_map((const utf8proc_uint8_t *)pair.data, (utf8proc_ssize_t)pair.size,
                            &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size > 0)
        kdb_rich_add(p, (kdbib_str){(const char *)composed, (size_t)size});
    else if (pair.failed || size == UTF8PROC_ERROR_NOMEM)
        p->run.failed = true;
    else
        kdb_rich_add(p, letter);
    free(composed);
    kdb_buffer_free(&pair);
}

/* `\"u`, `\"{u}`, `\'{\i}`, `\c c`: the argument behind the accent at `at`. */
static bool take_accent(kdb_rich_parser *p, size_t at, bool word, unsigned accent) {
    kdbib_str text = p->text, letter = {0};
    size_t end = at;
    if (word)
        while (end < text.size && text.data[end] == ' ')
            end++;
    if (end >= text.size)
        return false;
    size_t close = closing(p, end), from = close ? end + 1 : end;
    if (close && close - from > 8)
        return false;
    if (from + 1 < text.size && text.data[from] == '\\' &&
        (text.data[from + 1] == 'i' || text.data[from + 1] == 'j')) {
        letter = kdb_slice(text, from + 1, from + 2); /* \i takes its dot back under an accent */
        end = close ? close + 1 : from + 2;
    } else {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + from,
                                                 (utf8proc_ssize_t)(text.size - from), &c);
        if (size <= 0 || (close && from + (size_t)size > close))
            return false;
        utf8proc_category_t category = utf8proc_category(c);
        if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO)
            return false;
        letter = kdb_slice(text, from, from + (size_t)size);
        if (close && from + (size_t)size != close) { /* \={ab}: the first carries it */
            add_accented(p, letter, accent);
            kdb_rich_add(p, kdb_slice(text, from + (size_t)size, close));
            p->at = close + 1;
            return true;
        }
        end = close ? close + 1 : from + (size_t)size;
    }
    add_accented(p, letter, accent);
    p->at = end;
    return true;
}

/* A `{` that is text, and so will be its `}`. */
static void take_literal_brace(kdb_rich_parser *p) {
    kdb_rich_add(p, KDBIB_STR("{"));
    p->open[p->depth++] = (kdb_rich_open){p->style, '}'};
    p->at++;
}

bool kdb_rich_take_command(kdb_rich_parser *p) {
    kdbib_str text = p->text;
    size_t from = p->at + 1, end = from;
    if (from >= text.size)
        return false;
    bool word = kdb_is_alpha(text.data[from]);
    while (word && end < text.size && end < from + 24 && kdb_is_alpha(text.data[end]))
        end++;
    if (!word)
        end = from + 1;
    kdb_latex_command command = kdb_latex_command_of(kdb_slice(text, from, end));
    switch (command.kind) {
    case KDB_LATEX_ACCENT:
        return take_accent(p, end, word, command.code);
    case KDB_LATEX_TEXT: {
        if (!word && text.data[from] == ' ' && !(p->at && text.data[p->at - 1] == '.'))
            return false; /* "C:\ drive" is no LaTeX */
        kdb_buffer sign = {0};
        kdb_latex_add_text(&sign, command.value);
        kdb_rich_add(p, kdb_buffer_str(&sign));
        if (sign.failed)
            p->arena->failed = true;
        kdb_buffer_free(&sign);
        if (word && end + 1 < text.size && text.data[end] == '{' && text.data[end + 1] == '}')
            end += 2; /* \ss{} */
        else if (word && end < text.size && text.data[end] == ' ' && end + 1 < text.size)
            end++; /* the blank ends the command */
        p->at = end;
        return true;
    }
    case KDB_LATEX_STYLE: {
        size_t close = closing(p, end);
        if (close) { /* \textit{…}: the brace opens, its style differs */
            if (p->depth < KDB_RICH_DEPTH) {
                p->open[p->depth++] = (kdb_rich_open){p->style, '{'};
                p->style |= command.style;
            }
            p->at = end + 1;
            return true;
        }
        /* {\it …}: to the end of the group */
        bool in_group = false;
        for (size_t i = 0; i < p->depth; i++)
            in_group |= p->open[i].by == '{';
        if (!in_group)
            return false;
        p->style |= command.style;
        while (end < text.size && text.data[end] == ' ')
            end++;
        p->at = end;
        return true;
    }
    default:
        if (!closing(p, end) || p->depth >= KDB_RICH_DEPTH)
            return false;
        kdb_rich_add(p, kdb_slice(text, p->at, end)); /* \foo{x} stays */
        p->at = end;
        take_literal_brace(p);
        return true;
    }
}

/* What stands between braces that are markup: a word with a capital, one letter, a command. A set
 * "{a, b}" is text. */
static bool is_group(kdbib_str inside) {
    if (!inside.size || inside.data[0] == '\\' || inside.data[0] == '{')
        return true;
    bool capital = false, letters = false;
    for (size_t i = 0; i < inside.size; i++) {
        if (inside.data[i] == ',' && i + 1 < inside.size && inside.data[i + 1] == ' ')
            return false;
        if (inside.data[i] == '|')
            return false;
        capital |= kdb_is_upper(inside.data[i]) || (unsigned char)inside.data[i] >= 0x80 ||
                   inside.data[i] == '\\' || inside.data[i] == '$';
        letters |= kdb_is_alpha(inside.data[i]);
    }
    return capital || inside.size == 1 || !letters;
}

bool kdb_rich_take_brace(kdb_rich_parser *p) {
    if (p->text.data[p->at] == '}') {
        for (size_t i = p->depth; i > 0; i--)
            if (p->open[i - 1].by == '{' || p->open[i - 1].by == '}') {
                if (p->open[i - 1].by == '}')
                    kdb_rich_add(p, KDBIB_STR("}"));
                p->style = p->open[i - 1].style;
                p->depth = i - 1;
                p->at++;
                return true;
            }
        return false;
    }
    size_t close = closing(p, p->at);
    if (!close || p->depth >= KDB_RICH_DEPTH)
        return false;
    kdbib_str inside = kdb_slice(p->text, p->at + 1, close);
    if (inside.size > 200)
        inside = kdb_slice(inside, 0, 200);
    if (!is_group(inside)) {
        take_literal_brace(p);
        return true;
    }
    /* braces around everything protect nothing */
    bool whole = true;
    for (size_t i = 0; i < p->at && whole; i++)
        whole = p->text.data[i] == '{' || p->text.data[i] == ' ';
    for (size_t i = close; i < p->text.size && whole; i++)
        whole = p->text.data[i] == '}' || p->text.data[i] == ' ';
    bool nocase = inside.size && inside.data[0] != '\\' && inside.data[0] != '{' && !whole;
    p->open[p->depth++] = (kdb_rich_open){p->style, '{'};
    if (nocase)
        p->style |= KDBIB_NOCASE;
    p->at++;
    return true;
}
