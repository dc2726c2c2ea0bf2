/* The readers by the name of their format, and the comparison. */
#include "reread.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <utf8proc.h>

#include "base/strings.h"
#include "text/latex_input.h"

static const struct {
    const char *format;
    reread_fn *read;
} readers[] = {
    {"bibtex", reread_bibtex},       {"biblatex", reread_bibtex},     {"ris", reread_ris},
    {"csl-json", reread_csl_json},   {"jats", reread_jats},           {"mods", reread_mods},
    {"endnote-xml", reread_endnote}, {"hayagriva", reread_hayagriva}, {"csv", reread_csv},
    {"html", reread_html},           {"markdown", reread_markdown},   {"jsonl", reread_jsonl},
};

bool reread_refuse(reread *result, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (!*result->problem)
        vsnprintf(result->problem, sizeof result->problem, format, args);
    va_end(args);
    return false;
}

void reread_title(reread *result, const char *text, size_t size) {
    kdb_buffer_add(&result->titles, text, size);
    kdb_buffer_add_char(&result->titles, '\0');
    result->count++;
}

/* `\mathbf{R}` at `at`: a letter like ℝ. Its size, or 0; `*letter` is absent for `\mathrm{N}` and
 * `\mathit{o}`, a Greek letter that looks like a Latin one. */
static size_t lettered(kdbib_str text, size_t at, kdbib_str *letter) {
    const kdbib_str rest = kdb_slice(text, at, text.size);
    const size_t open = kdb_find_char(rest, '{', 0);
    if (!kdb_starts_with(rest, KDBIB_STR("\\math")) || open > 10 || open + 2 >= rest.size ||
        rest.data[open + 2] != '}')
        return 0;
    const bool greek = kdb_starts_with(rest, KDBIB_STR("\\mathrm")) ||
                       kdb_starts_with(rest, KDBIB_STR("\\mathit"));
    *letter = greek ? (kdbib_str){NULL, 0} : kdb_slice(rest, open + 1, open + 2);
    return open + 3;
}

static void add_formula(kdb_buffer *plain, kdbib_str tex) {
    for (size_t at = 0; at < tex.size;) {
        kdbib_str letter;
        size_t size = tex.data[at] == '\\' ? lettered(tex, at, &letter) : 0;
        if (size) {
            kdb_buffer_add_str(plain, letter);
            at += size;
            continue;
        }
        size_t end = at + 1;
        while (tex.data[at] == '\\' && end < tex.size && kdb_is_alpha(tex.data[end]))
            end++;
        const kdb_latex_command command = kdb_latex_command_of(kdb_slice(tex, at + 1, end));
        if (end > at + 1 && command.kind == KDB_LATEX_TEXT)
            kdb_latex_add_text(plain, command.value);
        else
            kdb_buffer_add_str(plain, kdb_slice(tex, at, end));
        at = end;
    }
}

void reread_add_run(kdb_buffer *plain, const kdbib_run *run) {
    if (run->style & KDBIB_MATH)
        add_formula(plain, run->text);
    else
        kdb_buffer_add_str(plain, run->text);
}

/* Controls but tab and line ends, C1, noncharacters: no format may hold them. */
static bool is_forbidden(utf8proc_int32_t c) {
    return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0) ||
           (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

bool reread_format(const char *format, kdbib_str text, reread *result) {
    *result = (reread){0};
    for (size_t at = 0; at < text.size;) {
        utf8proc_int32_t c;
        const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + at,
                                                       (utf8proc_ssize_t)(text.size - at), &c);
        if (size <= 0)
            return reread_refuse(result, "no UTF-8 at byte %zu", at);
        if (is_forbidden(c) && !strstr(format, "json"))
            return reread_refuse(result, "U+%04X at byte %zu", (unsigned)c, at);
        at += (size_t)size;
    }
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (strcmp(format, readers[i].format) == 0)
            return readers[i].read(text, result) && !*result->problem && !result->titles.failed;
    return reread_refuse(result, "no reader for %s", format);
}

void reread_free(reread *result) {
    kdb_buffer_free(&result->titles);
}

bool reread_is_harmless_url(const char *url) {
    static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:"};
    for (const char *c = url; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7F)
            return false;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return url[0] == '#';
}

/* ---- comparison ---- */

/* Letters (no modifier letters, which look like quotes) and digits, without compatibility forms,
 * marks and case, and without Greek ones unless `greek`; NULL: `text` is no UTF-8. */
static char *skeleton(kdbib_str text, bool greek) {
    utf8proc_uint8_t *folded = NULL;
    const utf8proc_ssize_t size =
        utf8proc_map((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, &folded,
                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD |
                         UTF8PROC_IGNORE);
    size_t kept = 0;
    for (utf8proc_ssize_t at = 0; at < size;) {
        utf8proc_int32_t c;
        const utf8proc_ssize_t width = utf8proc_iterate(folded + at, size - at, &c);
        if (width <= 0)
            break;
        const utf8proc_category_t category = utf8proc_category(c);
        if (!greek && c >= 0x370 && c < 0x400) {
            at += width;
            continue;
        }
        if ((category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO &&
             category != UTF8PROC_CATEGORY_LM) ||
            category == UTF8PROC_CATEGORY_ND) {
            memmove(folded + kept, folded + at, (size_t)width);
            kept += (size_t)width;
        }
        at += width;
    }
    if (folded)
        folded[kept] = '\0';
    return (char *)folded;
}

static bool same_text(kdbib_str want, kdbib_str got, bool greek) {
    char *a = skeleton(want, greek), *b = skeleton(got, greek);
    const bool same = !a || (b && strcmp(a, b) == 0);
    free(a);
    free(b);
    return same;
}

static bool same_title(const kdbib_record *record, kdbib_str got, reread *result) {
    const kdbib_str want = kdbib_record_text(record, KDBIB_TITLE);
    if (same_text(want, got, true) || same_text(want, got, false))
        return true;
    kdb_buffer decoded = {0};
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);)
        reread_add_run(&decoded, &run);
    const bool same = same_text(kdb_buffer_str(&decoded), got, false);
    kdb_buffer_free(&decoded);
    return same || reread_refuse(result, "title “%.90s” became “%.90s”", want.data, got.data);
}

bool reread_is_same(const kdbib_bibliography *bibliography, reread *result) {
    const size_t count = kdbib_bibliography_count(bibliography);
    if (count != result->count)
        return reread_refuse(result, "%zu entries became %zu", count, result->count);
    const char *got = result->titles.data;
    for (size_t i = 0; i < count; i++) {
        if (!same_title(kdbib_bibliography_record(bibliography, i), kdbib_str_of(got), result))
            return false;
        got += strlen(got) + 1;
    }
    return true;
}
