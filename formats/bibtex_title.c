/* Titles: markup, case protection and escaping of one word after the other. */
#include "base/strings.h"
#include "bibtex_entry.h"

#define TEXT_STYLES (KDBIB_ITALIC | KDBIB_BOLD | KDBIB_SMALL_CAPS | KDBIB_CODE)
#define MATH_STYLES (KDBIB_SUB | KDBIB_SUP | KDBIB_MATH)

/* A title on its way: the runs are walked beside the words of the text they make up. */
typedef struct title {
    kdb_bib *bib;
    const kdbib_record *record; /* NULL: the text is one plain run */
    kdbib_str text;
    kdbib_cursor cursor;
    unsigned style;   /* of the present run */
    size_t run_start; /* where the present run begins and ends in the text */
    size_t run_end;
    unsigned open; /* the text styles whose commands are open */
    bool in_group; /* of case protection */
} title;

static void next_run(title *t) {
    kdbib_run run = {{NULL, 0}, 0};
    t->run_start = t->run_end;
    if (t->record && kdbib_record_next_run(t->record, &t->cursor, &run)) {
        t->style = run.style;
        t->run_end += run.text.size;
    } else {
        t->style = 0;
        t->run_end = t->text.size;
    }
}

static void run_at(title *t, size_t at) {
    while (at >= t->run_end && t->run_end < t->text.size)
        next_run(t);
}

static void close_group(title *t) {
    if (t->in_group)
        kdbib_output_char(t->bib->out, '}');
    t->in_group = false;
}

static void set_style(title *t, unsigned style) {
    static const struct {
        unsigned bit;
        const char *command;
    } commands[] = {{KDBIB_ITALIC, "\\textit{"},
                    {KDBIB_BOLD, "\\textbf{"},
                    {KDBIB_SMALL_CAPS, "\\textsc{"},
                    {KDBIB_CODE, "\\texttt{"}};
    style &= TEXT_STYLES;
    if (style == t->open)
        return;
    close_group(t);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (t->open & commands[i].bit)
            kdbib_output_char(t->bib->out, '}');
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (style & commands[i].bit)
            kdbib_output_text(t->bib->out, commands[i].command);
    t->open = style;
}

static void write_script(title *t, kdbib_str text) {
    kdbib_output *out = t->bib->out;
    const bool up = t->style & KDBIB_SUP;
    if (kdb_latex_is_script(&t->bib->latex, text)) {
        /* the form that Zotero and pandoc read too */
        kdbib_output_text(out, up ? "$^{" : "$_{");
        kdb_latex_script(&t->bib->latex, out, text);
        kdbib_output_text(out, "}$");
        return;
    }
    kdbib_output_text(out, up ? "\\textsuperscript{" : "\\textsubscript{");
    kdb_latex_text(&t->bib->latex, out, text);
    kdbib_output_char(out, '}');
}

/* A piece of one run. */
static void write_piece(title *t, kdbib_str piece) {
    kdbib_output *out = t->bib->out;
    if (!(t->style & KDBIB_MATH)) {
        if (t->style & MATH_STYLES)
            write_script(t, piece);
        else
            kdb_latex_text(&t->bib->latex, out, piece);
        return;
    }
    const bool safe = kdb_tex_math_is_safe(&t->bib->math, piece);
    kdbib_output_text(out, safe ? "$" : "\\$");
    if (safe)
        kdbib_output_str(out, piece);
    else
        kdb_latex_text(&t->bib->latex, out, piece);
    kdbib_output_text(out, safe ? "$" : "\\$");
}

/* The end of the word that begins at `start`. Formulas are never cut; `*kept` is the stretch of the
 * word that holds all its formulas and all that is marked to keep its case. */
static size_t word_end(title t, size_t start, kdb_protected *kept) {
    size_t at = start;
    *kept = (kdb_protected){SIZE_MAX, 0};
    while (at < t.text.size) {
        run_at(&t, at);
        if (t.style & (MATH_STYLES | KDBIB_NOCASE)) {
            if (kept->from == SIZE_MAX)
                kept->from = at - start;
            kept->to = (t.style & MATH_STYLES ? t.run_end : at + 1) - start;
        }
        if (t.style & MATH_STYLES) {
            at = t.run_end;
            continue;
        }
        if (kdb_is_space(t.text.data[at]))
            break;
        at++;
    }
    return at;
}

/* What is written at `at` of the present run begins with a backslash that stands in no group. */
static bool begins_with_backslash(const title *t, size_t at) {
    const kdbib_str run = kdb_slice(t->text, t->run_start, t->run_end);
    if (t->style & KDBIB_MATH)
        return !kdb_tex_math_is_safe(&t->bib->math, run);
    if (t->style & MATH_STYLES)
        return !kdb_latex_is_script(&t->bib->latex, run);
    return kdb_latex_is_bare_escape(t->text.data[at]);
}

/* [at, end) of the text, in braces where `guard` is set. */
static void write_stretch(title *t, size_t at, size_t end, bool guard) {
    while (at < end) {
        run_at(t, at);
        set_style(t, t->style);
        const bool math = t->style & MATH_STYLES;
        size_t stop = t->run_end < end ? t->run_end : end;
        if (guard && !t->in_group && !t->open) { /* in a command's braces case is kept anyway */
            if (begins_with_backslash(t, at)) {
                if (!math) /* a group must not begin with a backslash */
                    stop = at + 1;
            } else {
                kdbib_output_char(t->bib->out, '{');
                t->in_group = true;
            }
        }
        write_piece(t, kdb_slice(t->text, at, stop));
        at = stop;
    }
    close_group(t);
}

/* The size of the words at `at`, one blank between two of them, that have no style and are written
 * as they stand. */
static size_t plain_words(const title *t, size_t at) {
    if (t->style || t->open || t->in_group)
        return 0;
    return kdb_ordinary_words(&t->bib->words, kdb_slice(t->text, at, t->run_end),
                              t->run_end != t->text.size);
}

static void write_title(title *t) {
    const bool shouting = kdb_is_shouting(t->text);
    bool first = true;
    for (size_t at = 0; at < t->text.size;) {
        run_at(t, at);
        if (!(t->style & MATH_STYLES) && kdb_is_space(t->text.data[at])) {
            if (!first) {
                set_style(t, t->open & t->style);
                kdbib_output_char(t->bib->out, ' ');
            }
            while (at < t->text.size && kdb_is_space(t->text.data[at]) && at < t->run_end)
                at++;
            continue;
        }
        const size_t plain = plain_words(t, at);
        if (plain) {
            kdbib_output_bytes(t->bib->out, t->text.data + at, plain);
            at += plain;
            first = false;
            continue;
        }
        kdb_protected kept;
        const size_t end = word_end(*t, at, &kept);
        const kdbib_str word = kdb_slice(t->text, at, end);
        kdb_protected part = kept;
        const bool special = kdb_needs_protection(&t->bib->words, word, shouting, &part);
        if (kept.from < part.from)
            part.from = kept.from;
        if (kept.to > part.to)
            part.to = kept.to;
        if (special || kept.to) {
            write_stretch(t, at, at + part.from, false);
            write_stretch(t, at + part.from, at + part.to, true);
            write_stretch(t, at + part.to, end, false);
        } else {
            write_stretch(t, at, end, false);
        }
        at = end;
        first = false;
    }
    set_style(t, 0);
}

void kdb_bib_title_field(kdb_bib *bib, const kdbib_record *record) {
    const kdbib_str text = bib->texts[KDBIB_TITLE];
    if (!kdb_trim(text).size)
        return;
    kdb_bib_open_field(bib, KDB_FIELD("title"));
    title t = {.bib = bib, .record = record, .text = text};
    next_run(&t);
    write_title(&t);
    kdb_bib_close_field(bib);
}

bool kdb_bib_cased_field(kdb_bib *bib, kdbib_str field, kdbib_str text) {
    if (!kdb_trim(text).size)
        return false;
    kdb_bib_open_field(bib, field);
    title t = {.bib = bib, .text = text};
    next_run(&t);
    write_title(&t);
    kdb_bib_close_field(bib);
    return true;
}
