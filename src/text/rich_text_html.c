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

/* A dollar of one run and the next one, of another run, hug what stands between them: a reader
 * could take that for a formula. */
static bool has_distant_dollars(const kdbib_record *record) {
    kdbib_run run;
    bool open = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        size_t first = run.style & KDBIB_MATH ? SIZE_MAX : kdb_find_char(run.text, '$', 0);
        if (first == SIZE_MAX)
            continue;
        if (open && (first == 0 || !kdb_is_space(run.text.data[first - 1])))
            return true;
        size_t last = run.text.size - 1;
        while (run.text.data[last] != '$')
            last--;
        open = last + 1 == run.text.size || !kdb_is_space(run.text.data[last + 1]);
    }
    return false;
}

/* What is escaped. */
typedef struct escaping {
    bool all;     /* CSL-JSON wants but what could be misread */
    bool math;    /* the text is TeX */
    bool dollars; /* every dollar */
    bool tags;    /* every `<`: one that is escaped could make a tag of the one before it */
} escaping;

/* What must stand for the character at `at` so that it is read as text again; NULL: itself. */
static const char *entity_for(kdbib_str text, size_t at, const escaping *what) {
    kdbib_str rest = kdb_slice(text, at, text.size), inside;
    unsigned code;
    char before = at ? text.data[at - 1] : '\0';
    switch (text.data[at]) {
    case '<':
        return what->all || what->tags ? "&lt;" : NULL;
    case '>':
        return what->all ? "&gt;" : NULL;
    case '&':
        return what->all || kdb_rich_entity_size(rest, &code) ? "&amp;" : NULL;
    case '$':
        return !what->math && (what->dollars || kdb_rich_math_size(rest, before, &inside)) ? "&#36;"
                                                                                           : NULL;
    case '\\':
        return !what->math && kdb_rich_math_size(rest, before, &inside) ? "&#92;" : NULL;
    default:
        return NULL;
    }
}

static bool has_tag(kdbib_str text) {
    for (size_t at = 0; (at = kdb_find_char(text, '<', at)) != SIZE_MAX; at++)
        if (kdb_rich_tag_size(kdb_slice(text, at, text.size)))
            return true;
    return false;
}

static void add_text(kdb_buffer *html, kdbib_str text, escaping what) {
    size_t plain = 0;
    what.tags = !what.math && has_tag(text);
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
    add_text(html, tex, (escaping){.all = escape, .dollars = true});
    kdb_buffer_add_str(html, KDBIB_STR("&#36;"));
}

void kdb_rich_text_to_html(const kdbib_record *record, bool escape, kdb_buffer *html) {
    const escaping what = {.all = escape, .dollars = has_distant_dollars(record)};
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
