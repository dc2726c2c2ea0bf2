/* Titles as CSL-JSON writes them, so that kdb_rich_text_from_html() reads the same again. */
#include "base/strings.h"
#include "text/rich_text_parser.h"

static const struct {
    unsigned style;
    const char *open, *close;
} tags[] = {
    {KDBIB_NOCASE, "<span class=\"nocase\">", "</span>"},
    {KDBIB_BOLD, "<b>", "</b>"},
    {KDBIB_ITALIC, "<i>", "</i>"},
    {KDBIB_SMALL_CAPS, "<span style=\"font-variant:small-caps;\">", "</span>"},
    {KDBIB_SUB, "<sub>", "</sub>"},
    {KDBIB_SUP, "<sup>", "</sup>"},
};
#define TAGS (sizeof tags / sizeof *tags)

/* Something in a run of text that a reader would take for a formula. */
static bool has_formula(kdbib_str text) {
    kdbib_str inside;
    for (size_t at = 0; at < text.size; at++)
        if ((text.data[at] == '$' || text.data[at] == '\\') &&
            kdb_rich_math_size(kdb_slice(text, at, text.size), at ? text.data[at - 1] : '\0',
                               &inside))
            return true;
    return false;
}

/* The same of several runs: a dollar of one and the next one, of another, hug what stands between
 * them, or one has `\(` and another `\)`. */
static bool spans_formula(const kdbib_record *record) {
    kdbib_run run;
    bool dollar = false, parenthesis = false;
    char before = ' ';
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        bool math = run.style & KDBIB_MATH;
        size_t first = math ? 0 : kdb_find_char(run.text, '$', 0);
        if (run.style && !math)
            before = '>'; /* its tag */
        if (dollar && first != SIZE_MAX && !kdb_is_space(first ? run.text.data[first - 1] : before))
            return true;
        if (parenthesis && kdb_find(run.text, KDBIB_STR("\\)"), 0) != SIZE_MAX)
            return true;
        before = run.style ? '>' : run.text.data[run.text.size - 1];
        if (math)
            continue;
        parenthesis |= kdb_find(run.text, KDBIB_STR("\\("), 0) != SIZE_MAX;
        if (first == SIZE_MAX)
            continue;
        size_t last = run.text.size - 1;
        while (run.text.data[last] != '$')
            last--;
        dollar = last + 1 == run.text.size || !kdb_is_space(run.text.data[last + 1]);
    }
    return false;
}

/* Must what begins formulas be escaped? All of it then, or what is left could make another one. */
static bool misleads(const kdbib_record *record) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);)
        if (!(run.style & KDBIB_MATH) && has_formula(run.text))
            return true;
    return spans_formula(record);
}

static bool has_tag(kdbib_str text) {
    for (size_t at = 0; (at = kdb_find_char(text, '<', at)) != SIZE_MAX; at++)
        if (kdb_rich_tag_size(kdb_slice(text, at, text.size)))
            return true;
    return false;
}

/* Something that a reader would take for a tag, in one run or from one to another. */
static bool has_tags(const kdbib_record *record) {
    kdbib_run run;
    bool open = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        if (open && kdb_find_char(run.text, '>', 0) != SIZE_MAX)
            return true;
        if (run.style & KDBIB_MATH)
            continue;
        if (has_tag(run.text))
            return true;
        for (size_t at = 0; (at = kdb_find_char(run.text, '<', at)) != SIZE_MAX; at++)
            open |= at + 1 == run.text.size || run.text.data[at + 1] == '/' ||
                    kdb_is_alpha(run.text.data[at + 1]);
    }
    return false;
}

/* What is escaped. */
typedef struct escaping {
    bool all;      /* CSL-JSON wants but what could be misread */
    bool math;     /* the text is TeX */
    bool formulas; /* every `$` and `\(` */
    bool tags;     /* every `<`: one that is escaped could make a tag of the one before it */
} escaping;

/* What must stand for the character at `at` so that it is read as text again; NULL: itself. */
static const char *entity_for(kdbib_str text, size_t at, const escaping *what) {
    kdbib_str rest = kdb_slice(text, at, text.size);
    unsigned code;
    switch (text.data[at]) {
    case '<':
        return what->all || what->tags ? "&lt;" : NULL;
    case '>':
        return what->all ? "&gt;" : NULL;
    case '&':
        return what->all || kdb_rich_entity_size(rest, &code) ? "&amp;" : NULL;
    case '$':
        return what->formulas ? "&#36;" : NULL;
    case '\\':
        return what->formulas && kdb_starts_with(rest, KDBIB_STR("\\(")) ? "&#92;" : NULL;
    default:
        return NULL;
    }
}

static void add_text(kdb_buffer *html, kdbib_str text, escaping what) {
    size_t plain = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *entity =
            kdb_is_one_of(text.data[i], "<>&$\\") ? entity_for(text, i, &what) : NULL;
        if (!entity)
            continue;
        kdb_buffer_add(html, text.data + plain, i - plain);
        kdb_buffer_add_str(html, kdbib_str_of(entity));
        plain = i + 1;
    }
    kdb_buffer_add_str(html, kdb_slice(text, plain, text.size));
}

/* Between dollars when it is read back from them, else between \( and \), else as text. */
static void add_math(kdb_buffer *html, kdbib_str tex, bool escape) {
    size_t from = html->size;
    char before = from ? html->data[from - 1] : '\0';
    kdbib_str inside;
    kdb_buffer_add_char(html, '$');
    add_text(html, tex, (escaping){.all = escape, .math = true});
    kdb_buffer_add_char(html, '$');
    kdbib_str written = kdb_slice(kdb_buffer_str(html), from, html->size);
    if (html->failed || (kdb_rich_math_size(written, before, &inside) == written.size &&
                         inside.size + 2 == written.size))
        return;
    html->size = from;
    kdb_buffer_add_str(html, KDBIB_STR("\\("));
    add_text(html, tex, (escaping){.all = escape, .math = true});
    kdb_buffer_add_str(html, KDBIB_STR("\\)"));
    written = kdb_slice(kdb_buffer_str(html), from, html->size);
    if (html->failed || kdb_rich_math_size(written, before, &inside) == written.size)
        return;
    html->size = from; /* no formula that could be read: text, and so are its dollars */
    kdb_buffer_add_str(html, KDBIB_STR("&#36;"));
    add_text(html, tex, (escaping){.all = escape, .formulas = true, .tags = true});
    kdb_buffer_add_str(html, KDBIB_STR("&#36;"));
}

/* The title has no markup, and nothing that could be taken for some: it is written as it is. */
static bool is_plain(const kdbib_record *record, kdbib_str title) {
    kdbib_cursor cursor = {0};
    kdbib_run run;
    return kdbib_record_next_run(record, &cursor, &run) && !run.style &&
           run.text.size == title.size && strcspn(title.data, "<>&$\\") == title.size;
}

void kdb_rich_text_to_html(const kdbib_record *record, bool escape, kdb_buffer *html) {
    const kdbib_str title = kdbib_record_text(record, KDBIB_TITLE);
    if (is_plain(record, title)) {
        kdb_buffer_add_str(html, title);
        return;
    }
    const escaping what = {.all = escape, .formulas = misleads(record), .tags = has_tags(record)};
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        if (run.style & KDBIB_MATH) {
            add_math(html, run.text, escape);
            continue;
        }
        for (size_t i = 0; i < TAGS; i++)
            if (run.style & tags[i].style)
                kdb_buffer_add_str(html, kdbib_str_of(tags[i].open));
        add_text(html, run.text, what);
        for (size_t i = TAGS; i--;)
            if (run.style & tags[i].style)
                kdb_buffer_add_str(html, kdbib_str_of(tags[i].close));
    }
}
