/* Text in HTML. */
#include "html_text.h"

#include "parts.h"

static const char *entity(char c) {
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void kdb_html_text(kdbib_output *out, kdbib_str text, kdb_buffer *scratch) {
    kdbib_str clean = kdb_clean(text, KDB_KEEP_BREAKS, scratch);
    size_t plain = 0;
    for (size_t i = 0; i < clean.size; i++) {
        const char *escaped = entity(clean.data[i]);
        if (!escaped)
            continue;
        kdbib_output_bytes(out, clean.data + plain, i - plain);
        kdbib_output_text(out, escaped);
        plain = i + 1;
    }
    kdbib_output_bytes(out, clean.data + plain, clean.size - plain);
}

static const struct {
    unsigned style;
    const char *open, *close;
} styles[] = {
    {KDBIB_BOLD, "<b>", "</b>"},
    {KDBIB_ITALIC, "<i>", "</i>"},
    {KDBIB_SMALL_CAPS, "<span class=\"sc\">", "</span>"},
    {KDBIB_SUB, "<sub>", "</sub>"},
    {KDBIB_SUP, "<sup>", "</sup>"},
    {KDBIB_CODE, "<code>", "</code>"},
    {KDBIB_MATH, "<code class=\"tex\">", "</code>"},
};
#define STYLES (sizeof styles / sizeof *styles)

void kdb_html_title(kdbib_output *out, const kdbib_record *record, kdb_buffer *scratch) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);) {
        for (size_t i = 0; i < STYLES; i++)
            if (run.style & styles[i].style)
                kdbib_output_text(out, styles[i].open);
        kdb_html_text(out, run.text, scratch);
        for (size_t i = STYLES; i--;)
            if (run.style & styles[i].style)
                kdbib_output_text(out, styles[i].close);
    }
}
