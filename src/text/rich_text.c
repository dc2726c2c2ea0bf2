/* Rich text from and to the notations in which titles come: one walk over the text, in which every
 * character that may begin markup is offered to those who know it. */
#include "text/rich_text.h"

#include <stdlib.h>

#include "base/strings.h"
#include "text/rich_text_parser.h"

/* ---- runs ---- */

static void end_run(kdb_rich_parser *p) {
    if (!p->run.size)
        return;
    kdbib_run *runs = kdb_arena_grow(p->arena, p->runs, p->count, &p->capacity, sizeof *runs);
    if (!runs)
        return;
    p->runs = runs;
    p->runs[p->count++] =
        (kdbib_run){kdb_arena_copy(p->arena, kdb_buffer_str(&p->run)), p->run_style};
    kdb_buffer_clear(&p->run);
}

void kdb_rich_add(kdb_rich_parser *p, kdbib_str text) {
    if (!text.size)
        return;
    if (p->run.size && p->run_style != p->style)
        end_run(p);
    p->run_style = p->style;
    kdb_buffer_add_str(&p->run, text);
}

void kdb_rich_add_run(kdb_rich_parser *p, kdbib_str text, unsigned style) {
    unsigned before = p->style;
    end_run(p); /* two formulas side by side stay two: their TeX must not be glued */
    p->style = style;
    kdb_rich_add(p, text);
    p->style = before;
}

bool kdb_rich_finish(kdb_rich_parser *p, kdb_rich_text *text) {
    end_run(p);
    p->arena->failed |= p->run.failed;
    kdb_buffer_free(&p->run);
    free(p->braces);
    *text = (kdb_rich_text){p->runs, p->count};
    return !kdb_arena_failed(p->arena);
}

/* ---- reading ---- */

static bool match_braces(kdb_rich_parser *p) {
    kdbib_str text = p->text;
    if (kdb_find_char(text, '{', 0) == SIZE_MAX || text.size >= UINT32_MAX)
        return true;
    p->braces = calloc(text.size, sizeof *p->braces);
    uint32_t *open = malloc(text.size * sizeof *open);
    if (p->braces && open) {
        size_t depth = 0;
        for (size_t i = 0; i < text.size; i++) {
            if (text.data[i] == '\\')
                i++;
            else if (text.data[i] == '{')
                open[depth++] = (uint32_t)i;
            else if (text.data[i] == '}' && depth)
                p->braces[open[--depth]] = (uint32_t)i;
        }
    }
    bool done = p->braces && open;
    free(open);
    return done;
}

static bool take(kdb_rich_parser *p) {
    switch (p->text.data[p->at]) {
    case '<':
        return kdb_rich_take_tag(p);
    case '&':
        return kdb_rich_take_entity(p);
    case '$':
        return kdb_rich_take_math(p);
    case '\\':
        return kdb_rich_take_math(p) || (p->latex && kdb_rich_take_command(p));
    case '{':
    case '}':
        return p->latex && kdb_rich_take_brace(p);
    default:
        return false;
    }
}

static inline bool begins_markup(char c) {
    static const bool signs[256] = {['<'] = true, ['&'] = true, ['$'] = true, ['\\'] = true,
                                    ['{'] = true, ['}'] = true, ['\0'] = true};
    return signs[(unsigned char)c];
}

/* The begin of markup at or behind `at`, or the end; a NUL is looked at alone. */
static size_t plain_end(kdbib_str typed, size_t at) {
    while (at < typed.size && !begins_markup(typed.data[at]))
        at++;
    return at;
}

bool kdb_rich_text_plain(kdb_arena *arena, kdbib_str text, kdb_rich_text *rich) {
    kdbib_run *run = kdb_arena_alloc(arena, sizeof *run);
    if (run)
        *run = (kdbib_run){text, 0};
    *rich = (kdb_rich_text){run, run != NULL};
    return !kdb_arena_failed(arena);
}

static bool parse(kdb_arena *arena, kdbib_str typed, bool latex, kdb_rich_text *text) {
    if (typed.size && plain_end(typed, 0) == typed.size) /* most titles are one run */
        return kdb_rich_text_plain(arena, kdb_arena_copy(arena, typed), text);
    kdb_rich_parser p = {.arena = arena, .text = typed, .latex = latex};
    if (latex && !match_braces(&p)) {
        free(p.braces);
        arena->failed = true;
        return false;
    }
    kdb_rich_count_tags(&p);
    while (p.at < typed.size) {
        size_t plain = plain_end(typed, p.at);
        if (plain < typed.size && typed.data[plain] == '\0')
            plain++;
        if (plain > p.at) {
            kdb_rich_add(&p, kdb_slice(typed, p.at, plain));
            p.at = plain;
        } else if (!take(&p)) {
            kdb_rich_add(&p, kdb_slice(typed, p.at, p.at + 1));
            p.at++;
        }
    }
    return kdb_rich_finish(&p, text);
}

bool kdb_rich_text_from_html(kdb_arena *arena, kdbib_str html, kdb_rich_text *text) {
    return parse(arena, html, false, text);
}

bool kdb_rich_text_from_list(kdb_arena *arena, kdbib_str typed, kdb_rich_text *text) {
    return parse(arena, typed, true, text);
}
