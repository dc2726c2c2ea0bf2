/* markdown: a reference list for people, under the list's headings (GitHub-flavoured Markdown). */
#include <stdio.h>

#include "base/strings.h"
#include "kdbib/kdbib.h"
#include "parts.h"

typedef struct markdown_state {
    kdb_buffer clean, text;
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
    static const char digits[] = "0123456789ABCDEF";
    kdbib_output *out = kdbib_writer_output(writer);
    for (size_t i = 0; i < url.size; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (c == '&') {
            kdbib_output_text(out, "&amp;");
        } else if (memchr("()<>\\\"'`", c, 8)) {
            const char escaped[3] = {'%', digits[c >> 4], digits[c & 15]};
            kdbib_output_bytes(out, escaped, sizeof escaped);
        } else {
            kdbib_output_char(out, (char)c);
        }
    }
}

/* A run keeps the blanks at its ends, which put_text() takes away. */
static void put_run(kdbib_writer *writer, const kdbib_run *run) {
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
    kdbib_str text = run->text;
    if (kdb_is_space(text.data[0]))
        put(writer, " ");
    for (size_t i = 0; i < count; i++)
        if (run->style & styles[i].style)
            put(writer, styles[i].open);
    put_text(writer, text);
    for (size_t i = count; i--;)
        if (run->style & styles[i].style)
            put(writer, styles[i].close);
    if (text.size > 1 && kdb_is_space(text.data[text.size - 1]))
        put(writer, " ");
}

static void put_title(kdbib_writer *writer, const kdbib_record *record) {
    kdbib_run run;
    kdbib_cursor cursor = {0};
    if (!kdbib_record_next_run(record, &cursor, &run))
        return;
    bool rich = kdbib_record_next_run(record, &cursor, &run) || run.style;
    put(writer, "**");
    if (!rich)
        put_text(writer, kdbib_record_text(record, KDBIB_TITLE));
    for (cursor = (kdbib_cursor){0}; rich && kdbib_record_next_run(record, &cursor, &run);)
        put_run(writer, &run);
    put(writer, "**  \n");
}

static void put_headings(kdbib_writer *writer, const kdbib_section *section, int *level) {
    markdown_state *state = kdbib_writer_state(writer);
    if (!section || section->document_title) {
        *level = 2;
        return;
    }
    put_headings(writer, section->parent, level);
    bool open = false;
    for (const kdbib_section *s = state->section; s; s = s->parent)
        open = open || s == section;
    if (!open) {
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

static void put_names(kdbib_writer *writer, const kdbib_record *record) {
    markdown_state *state = kdbib_writer_state(writer);
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor c = {0}; kdbib_record_next_name(record, KDBIB_AUTHORS, &c, &name);) {
        const kdbib_str parts[] = {name.given, name.particle, name.family, name.suffix};
        put(writer, any ? ", " : "  ");
        any = true;
        kdb_buffer_clear(&state->text);
        if (name.literal.size)
            kdb_buffer_add_str(&state->text, name.literal);
        for (size_t i = 0; i < 4 && !name.literal.size; i++) {
            if (parts[i].size && state->text.size)
                kdb_buffer_add_char(&state->text, ' ');
            kdb_buffer_add_str(&state->text, parts[i]);
        }
        put_text(writer, kdb_buffer_str(&state->text));
    }
    if (any)
        put(writer, kdbib_record_authors_truncated(record) ? " et al.  \n" : "  \n");
}

static void put_piece(kdbib_writer *writer, bool *any, const char *before, kdbib_str text,
                      const char *after) {
    if (!text.size)
        return;
    put(writer, *any ? before : "  ");
    put_text(writer, text);
    put(writer, after);
    *any = true;
}

static void put_place(kdbib_writer *writer, const kdbib_record *record) {
    bool any = false;
    char year[8] = "";
    kdbib_str container = kdb_container(record), first, last;
    kdbib_str volume = kdbib_record_text(record, KDBIB_VOLUME);
    kdb_split_pages(kdbib_record_text(record, KDBIB_PAGES), &first, &last);
    if (kdbib_record_issued(record).year)
        snprintf(year, sizeof year, "%d", kdbib_record_issued(record).year);
    if (!container.size)
        container = kdb_preprint_server(record);
    if (!container.size)
        container = kdbib_record_text(record, KDBIB_PUBLISHER);
    put_piece(writer, &any, "", container, "");
    put_piece(writer, &any, " ", volume, "");
    if (volume.size)
        put_piece(writer, &any, "(", kdbib_record_text(record, KDBIB_ISSUE), ")");
    put_piece(writer, &any, ", ",
              first.size ? first : kdbib_record_text(record, KDBIB_ARTICLE_NUMBER), "");
    put_piece(writer, &any, "–", last, "");
    put_piece(writer, &any, ", ", kdbib_str_of(year), "");
    if (any)
        put(writer, "  \n");
}

static void put_link(kdbib_writer *writer, bool *any, const char *label, const char *prefix,
                     kdbib_str url) {
    put(writer, *any ? " · " : "  ");
    *any = true;
    if (!*prefix && !kdb_is_web_url(url)) {
        put_text(writer, url);
        return;
    }
    put(writer, "[");
    put(writer, label);
    put(writer, "](");
    put(writer, prefix);
    put_url(writer, url);
    put(writer, ")");
}

static void put_links(kdbib_writer *writer, const kdbib_record *record) {
    static const char *const labels[KDBIB_ROLE_COUNT] = {
        [KDBIB_LINK_PAPER] = "paper",   [KDBIB_LINK_PDF] = "PDF",
        [KDBIB_LINK_CODE] = "code",     [KDBIB_LINK_PROJECT] = "project",
        [KDBIB_LINK_DATASET] = "data",  [KDBIB_LINK_VIDEO] = "video",
        [KDBIB_LINK_SLIDES] = "slides", [KDBIB_LINK_BLOG] = "blog",
        [KDBIB_LINK_OTHER] = "link",
    };
    markdown_state *state = kdbib_writer_state(writer);
    bool any = false;
    kdbib_str doi = kdb_clean(kdbib_record_text(record, KDBIB_DOI), KDB_ONE_LINE, &state->clean);
    if (doi.size && kdb_find_char(doi, ' ', 0) == SIZE_MAX)
        put_link(writer, &any, "DOI", "https://doi.org/", doi);
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        kdbib_str url;
        if (role == KDBIB_LINK_PAPER && !kdb_telling_url(record).size)
            continue;
        for (kdbib_cursor c = {0};
             kdbib_record_next_link(record, (kdbib_role)role, &c, &url, NULL);)
            put_link(writer, &any, labels[role], "", url);
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
        if (!kdbib_record_next_section(record, &(kdbib_cursor){0}, &section))
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
    return !state->clean.failed && !state->text.failed;
}

static void cleanup(kdbib_writer *writer) {
    markdown_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->clean);
    kdb_buffer_free(&state->text);
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
