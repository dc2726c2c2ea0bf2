/* Titles as CSL-JSON writes them. */
#include "base/strings.h"
#include "text/rich_text.h"

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

/* True when a reader of CSL-JSON would take what follows the `<` at `at` for one of its tags. */
static bool looks_like_tag(kdbib_str text, size_t at) {
    static const char *const names[] = {"i", "b", "sub", "sup", "sc", "span", "em", "strong"};
    size_t from = at + 1 + (at + 1 < text.size && text.data[at + 1] == '/'), to = from;
    while (to < text.size && to - from < 8 && kdb_is_alpha(text.data[to]))
        to++;
    if (to == text.size || (text.data[to] != '>' && !kdb_is_space(text.data[to])))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (kdb_equal_nocase(kdb_slice(text, from, to), kdbib_str_of(names[i])))
            return true;
    return false;
}

static void add_text(kdb_buffer *html, kdbib_str text, bool escape) {
    size_t plain = 0;
    for (size_t i = 0; i < text.size; i++) {
        const char *entity = NULL;
        if (text.data[i] == '<' && (escape || looks_like_tag(text, i)))
            entity = "&lt;";
        else if (escape && text.data[i] == '>')
            entity = "&gt;";
        else if (escape && text.data[i] == '&')
            entity = "&amp;";
        if (!entity)
            continue;
        kdb_buffer_add(html, text.data + plain, i - plain);
        kdb_buffer_add_str(html, kdbib_str_of(entity));
        plain = i + 1;
    }
    kdb_buffer_add_str(html, kdb_slice(text, plain, text.size));
}

void kdb_rich_text_to_html(const kdbib_record *record, bool escape, kdb_buffer *html) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        bool math = run.style & KDBIB_MATH;
        for (size_t i = 0; i < TAGS; i++)
            if (run.style & tags[i].style)
                kdb_buffer_add_str(html, kdbib_str_of(tags[i].open));
        if (math)
            kdb_buffer_add_char(html, '$');
        add_text(html, run.text, escape);
        if (math)
            kdb_buffer_add_char(html, '$');
        for (size_t i = TAGS; i--;)
            if (run.style & tags[i].style)
                kdb_buffer_add_str(html, kdbib_str_of(tags[i].close));
    }
}
