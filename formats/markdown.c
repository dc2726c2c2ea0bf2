/* markdown: a reference list for people, under the list's headings (GitHub-flavoured Markdown). */
#include <utf8proc.h>

#include "base/strings.h"
#include "kdbib/kdbib.h"
#include "parts.h"
#include "reference.h"

typedef struct markdown_state {
    kdb_buffer clean, text, line;
    const kdbib_section *section; /* of the paper before */
    bool begun;
} markdown_state;

static void put(kdbib_writer *writer, const char *markup) {
    kdbib_output_text(kdbib_writer_output(writer), markup);
}

/* Signs that mean something anywhere in a line, and those that do at its beginning. `:` begins
 * emoji and the middle of an address that GitHub would link; `@` a mention. */
static bool means_something(kdbib_str text, size_t i) {
    char c = text.data[i];
    if (memchr("\\`*_[]<>~|$", c, 11))
        return true;
    if (c == '&')
        return i + 1 < text.size && text.data[i + 1] != ' ';
    if (c == ':')
        return i + 1 < text.size && text.data[i + 1] != ' ';
    if (i == 0)
        return memchr("#+-=.)", c, 6) != NULL;
    bool ordinal = c == '.' || c == ')';
    for (size_t j = 0; ordinal && j < i; j++)
        ordinal = j < 9 && kdb_is_digit(text.data[j]);
    return ordinal;
}

/* The one place where text becomes Markdown: one line, and a backslash before what is no text. */
static void put_text(kdbib_writer *writer, kdbib_str text) {
    markdown_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    kdbib_str clean = kdb_clean(text, KDB_ONE_LINE, &state->clean);
    size_t plain = 0;
    for (size_t i = 0; i < clean.size; i++)
        if (means_something(clean, i)) {
            kdbib_output_bytes(out, clean.data + plain, i - plain);
            kdbib_output_char(out, '\\');
            plain = i;
        }
    kdbib_output_bytes(out, clean.data + plain, clean.size - plain);
}

/* An address between the parentheses of a link; only for kdb_is_web_url(). */
static void put_url(kdbib_writer *writer, kdbib_str url) {
    markdown_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    for (size_t i = 0; i < url.size; i++) {
        if (url.data[i] == '&') {
            kdbib_output_text(out, "&amp;");
        } else if (memchr("()<>\\\"'`", url.data[i], 8)) {
            kdb_buffer_clear(&state->clean);
            kdb_add_percent(&state->clean, kdb_slice(url, i, i + 1), "");
            kdbib_output_str(out, kdb_buffer_str(&state->clean));
        } else {
            kdbib_output_char(out, url.data[i]);
        }
    }
}

/* What stands before a run. */
typedef enum gap { GAP_START, GAP_NONE, GAP_BLANK } gap;

/* Without spaces of any width at its ends. */
static kdbib_str trim_wide(kdbib_str text) {
    utf8proc_int32_t c;
    for (;;) {
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size, &c);
        if (size <= 0 || utf8proc_category(c) != UTF8PROC_CATEGORY_ZS)
            break;
        text = kdb_slice(text, (size_t)size, text.size);
    }
    while (text.size) {
        size_t last = text.size - 1;
        while (last && ((unsigned char)text.data[last] & 0xC0) == 0x80)
            last--;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.data + last,
                                                 (utf8proc_ssize_t)(text.size - last), &c);
        if (size <= 0 || utf8proc_category(c) != UTF8PROC_CATEGORY_ZS)
            break;
        text.size = last;
    }
    return text;
}

/* A run keeps the blanks at its ends; but not those at the ends of the title, which would keep it
 * from being bold. */
static void put_run(kdbib_writer *writer, const kdbib_run *run, gap *before) {
    static const struct {
        unsigned style;
        const char *open, *close;
    } styles[] = {
        {KDBIB_ITALIC, "<em>", "</em>"},
        {KDBIB_SUB, "<sub>", "</sub>"},
        {KDBIB_SUP, "<sup>", "</sup>"},
        {KDBIB_CODE | KDBIB_MATH, "<code>", "</code>"},
    };
    const size_t count = sizeof styles / sizeof *styles;
    markdown_state *state = kdbib_writer_state(writer);
    kdbib_str clean = kdb_clean(run->text, KDB_ONE_LINE, &state->clean), text = trim_wide(clean);
    if (*before == GAP_NONE &&
        (!text.size || kdb_is_space(run->text.data[0]) || text.data != clean.data))
        *before = GAP_BLANK;
    if (!text.size)
        return;
    if (*before == GAP_BLANK)
        put(writer, " ");
    for (size_t i = 0; i < count; i++)
        if (run->style & styles[i].style)
            put(writer, styles[i].open);
    put_text(writer, text);
    for (size_t i = count; i--;)
        if (run->style & styles[i].style)
            put(writer, styles[i].close);
    bool gap_behind = kdb_is_space(run->text.data[run->text.size - 1]) ||
                      text.data + text.size != clean.data + clean.size;
    *before = gap_behind ? GAP_BLANK : GAP_NONE;
}

static void put_title(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_run run;
    kdbib_cursor cursor = {0};
    gap before = GAP_START;
    if (!kdbib_record_next_run(record, &cursor, &run))
        return;
    put(writer, "**");
    do
        put_run(writer, &run, &before);
    while (kdbib_record_next_run(record, &cursor, &run));
    put(writer, "**  \n");
}

static void put_headings(kdbib_writer *writer, const kdbib_section *section, int *level) {
    markdown_state *state = kdbib_writer_state(writer);
    if (!section || section->document_title) {
        *level = 2;
        return;
    }
    put_headings(writer, section->parent, level);
    if (!kdb_section_is_in(state->section, section)) {
        put(writer, "\n");
        for (int i = 0; i < *level; i++)
            put(writer, "#");
        put(writer, " ");
        put_text(writer, section->title);
        put(writer, "\n\n");
    }
    if (*level < 6)
        ++*level;
}

/* A line of an item; nothing when it would be blank. */
static void put_line(kdbib_writer *writer, kdbib_str text) {
    if (!text.size)
        return;
    put(writer, "  ");
    put_text(writer, text);
    put(writer, "  \n");
}

static void put_names(kdbib_writer *writer, const kdbib_record *record) {
    markdown_state *state = kdbib_writer_state(writer);
    kdb_buffer_clear(&state->text);
    kdb_reference_names(record, &state->text);
    put_line(writer, kdb_buffer_str(&state->text));
}

static void put_place(kdbib_writer *writer, const kdbib_record *record) {
    markdown_state *state = kdbib_writer_state(writer);
    kdbib_str container;
    kdb_reference_place(record, &container, &state->text);
    kdb_join(container, "", kdb_buffer_str(&state->text), &state->line);
    put_line(writer, kdb_buffer_str(&state->line));
}

static void put_links(kdbib_writer *writer, const kdbib_record *record) {
    markdown_state *state = kdbib_writer_state(writer);
    kdb_reference_links walk = {0};
    const char *label;
    kdbib_str url;
    bool any = false;
    while (kdb_reference_next_link(record, &walk, &state->text, &url, &label)) {
        put(writer, any ? " · " : "  ");
        any = true;
        if (!kdb_is_web_url(url)) {
            put_text(writer, url);
            continue;
        }
        put(writer, "[");
        put(writer, label);
        put(writer, "](");
        put_url(writer, url);
        put(writer, ")");
    }
    if (any)
        put(writer, "\n");
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    markdown_state *state = kdbib_writer_state(writer);
    const kdbib_section *section;
    if (!state->begun) {
        kdbib_str title = kdb_list_title(record);
        put(writer, "# ");
        put_text(writer, title.size ? title : KDBIB_STR("References"));
        put(writer, "\n");
        if (!kdbib_record_next_section(record, &(kdbib_cursor){0}, &section) ||
            section->document_title)
            put(writer, "\n");
    }
    state->begun = true;
    kdbib_cursor cursor = {0};
    int level;
    if (!kdbib_record_next_section(record, &cursor, &section))
        section = NULL;
    if (section != state->section)
        put_headings(writer, section, &level);
    state->section = section;
    put(writer, "- ");
    put_title(writer, record);
    put_names(writer, record);
    put_place(writer, record);
    put_links(writer, record);
    return !state->clean.failed && !state->text.failed && !state->line.failed;
}

static void cleanup(kdbib_writer *writer) {
    markdown_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->clean);
    kdb_buffer_free(&state->text);
    kdb_buffer_free(&state->line);
}

const kdbib_writer_class kdb_markdown_writer = {
    .name = "markdown",
    .aliases = (const char *const[]){"md", "gfm", NULL},
    .extension = "md",
    .description = "a reference list for people, in Markdown",
    .state_size = sizeof(markdown_state),
    .record = write_record,
    .cleanup = cleanup,
};
