/* html: one page for people that needs nothing else: sections, a search box, charts, links, and
 * COinS for reference managers. It works without JavaScript, which only searches. */
#include <stdio.h>

#include "base/embedded.h"
#include "base/strings.h"
#include "coins.h"
#include "html_charts.h"
#include "html_text.h"
#include "kdbib/kdbib.h"
#include "parts.h"
#include "reference.h"

#define DEEPEST_HEADING 6

typedef struct html_state {
    kdb_buffer scratch, text;
    kdb_charts charts;
    const kdbib_section *section; /* that the open list belongs to */
    long long records, sections;
    bool begun, list_open, section_open;
} html_state;

static void put(kdbib_writer *writer, const char *markup) {
    kdbib_output_text(kdbib_writer_output(writer), markup);
}

static void put_text(kdbib_writer *writer, kdbib_str text) {
    html_state *state = kdbib_writer_state(writer);
    kdb_html_text(kdbib_writer_output(writer), text, &state->scratch);
}

/* ---- the page ---- */

/* Nothing may be loaded from anywhere, and no form sent: what stands in the page is all there is.
 */
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\">\n"
    "<meta name=\"generator\" content=\"kdbib " KDBIB_RELEASE "\">\n"
    "<title>";

static const char search_box[] =
    "<form class=\"search\" id=\"search\" role=\"search\" hidden>\n"
    "<label for=\"q\">Search</label>\n"
    "<input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
    "placeholder=\"title, author, venue, year\">\n"
    "<output id=\"count\" for=\"q\" aria-live=\"polite\"></output>\n"
    "</form>\n";

static void begin_page(kdbib_writer *writer, kdbib_str title) {
    html_state *state = kdbib_writer_state(writer);
    if (state->begun)
        return;
    state->begun = true;
    const char *given = kdbib_writer_get_option(writer, "title");
    if (given && *given)
        title = kdbib_str_of(given);
    if (!title.size)
        title = KDBIB_STR("Bibliography");
    put(writer, head);
    put_text(writer, title);
    put(writer, "</title>\n<style>\n");
    kdbib_output_str(kdbib_writer_output(writer), kdb_embedded(KDBIB_STR("page.css")));
    put(writer, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#list\">Skip to the "
                "papers</a>\n<header>\n<h1 dir=\"auto\">");
    put_text(writer, title);
    put(writer, "</h1>\n");
    put(writer, search_box);
    put(writer, "</header>\n<div class=\"layout\">\n<main id=\"list\">\n");
}

/* ---- sections ---- */

static void close_section(kdbib_writer *writer) {
    html_state *state = kdbib_writer_state(writer);
    if (state->list_open)
        put(writer, "</ol>\n");
    if (state->section_open)
        put(writer, "</section>\n");
    state->list_open = state->section_open = false;
}

/* Headings of `section` and of those above it that do not stand over the last paper too. Each opens
 * a section of its own, so that the search can hide those without a hit. */
static int write_headings(kdbib_writer *writer, const kdbib_section *section) {
    html_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    if (!section || section->document_title)
        return 2;
    int level = write_headings(writer, section->parent);
    if (kdb_section_is_in(state->section, section))
        return level < DEEPEST_HEADING ? level + 1 : level;
    close_section(writer);
    char number[32];
    snprintf(number, sizeof number, "s%lld", ++state->sections);
    put(writer, "<section aria-labelledby=\"");
    put(writer, number);
    put(writer, "\">\n<h");
    kdbib_output_number(out, level);
    put(writer, " dir=\"auto\" id=\"");
    put(writer, number);
    put(writer, "\">");
    put_text(writer, section->title);
    put(writer, "</h");
    kdbib_output_number(out, level);
    put(writer, ">\n");
    state->section_open = true;
    return level < DEEPEST_HEADING ? level + 1 : level;
}

static void enter_section(kdbib_writer *writer, const kdbib_record *record) {
    html_state *state = kdbib_writer_state(writer);
    const kdbib_section *section = NULL;
    kdbib_cursor cursor = {0};
    if (!kdbib_record_next_section(record, &cursor, &section))
        section = NULL;
    if (state->list_open && section == state->section)
        return;
    close_section(writer);
    write_headings(writer, section);
    state->section = section;
    if (!state->section_open) {
        put(writer, "<section>\n");
        state->section_open = true;
    }
    put(writer, "<ol>\n");
    state->list_open = true;
}

/* ---- a paper ---- */

/* A link, or for what is no web address its text. */
static void write_link(kdbib_writer *writer, kdbib_str url, kdbib_str label) {
    if (!kdb_is_web_url(url)) {
        put(writer, "<span>");
        put_text(writer, url);
        put(writer, "</span>\n");
        return;
    }
    put(writer, "<a href=\"");
    put_text(writer, url);
    put(writer, "\" rel=\"noopener\">");
    put_text(writer, label);
    put(writer, "</a>\n");
}

static void write_title(kdbib_writer *writer, const kdbib_record *record, kdbib_str target) {
    html_state *state = kdbib_writer_state(writer);
    bool linked = kdb_is_web_url(target);
    put(writer, "<p class=\"title\" dir=\"auto\">");
    if (linked) {
        put(writer, "<a href=\"");
        put_text(writer, target);
        put(writer, "\" rel=\"noopener\">");
    }
    kdb_html_title(kdbib_writer_output(writer), record, &state->scratch);
    put(writer, linked ? "</a></p>\n" : "</p>\n");
}

static void write_names(kdbib_writer *writer, const kdbib_record *record) {
    html_state *state = kdbib_writer_state(writer);
    kdb_buffer_clear(&state->text);
    kdb_reference_names(record, &state->text);
    if (!state->text.size)
        return;
    put(writer, "<p class=\"by\" dir=\"auto\">");
    put_text(writer, kdb_buffer_str(&state->text));
    put(writer, "</p>\n");
}

static void write_place(kdbib_writer *writer, const kdbib_record *record) {
    html_state *state = kdbib_writer_state(writer);
    kdbib_str container;
    kdb_reference_place(record, &container, &state->text);
    if (!container.size && !state->text.size)
        return;
    put(writer, "<p class=\"in\" dir=\"auto\">");
    if (container.size) {
        put(writer, "<cite>");
        put_text(writer, container);
        put(writer, "</cite>");
    }
    put_text(writer, kdb_buffer_str(&state->text));
    put(writer, "</p>\n");
}

static void write_links(kdbib_writer *writer, const kdbib_record *record) {
    html_state *state = kdbib_writer_state(writer);
    kdb_reference_links walk = {0};
    const char *label;
    kdbib_str url;
    put(writer, "<p class=\"links\">\n");
    while (kdb_reference_next_link(record, &walk, &state->text, &url, &label))
        write_link(writer, url, kdbib_str_of(label));
    put(writer, "</p>\n");
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    html_state *state = kdbib_writer_state(writer);
    begin_page(writer, kdb_list_title(record));
    enter_section(writer, record);
    if (!kdb_charts_count(&state->charts, record))
        return false;
    state->records++;
    kdb_buffer_clear(&state->text);
    kdb_xml_id(record, (size_t)state->records, &state->text);
    put(writer, "<li class=\"ref\" id=\"ref-");
    put_text(writer, kdb_buffer_str(&state->text));
    put(writer, "\">\n");
    kdbib_str target = kdbib_record_link(record, KDBIB_LINK_PAPER);
    if (!kdb_is_web_url(target))
        target = kdb_reference_doi_url(record, &state->text);
    write_title(writer, record, target);
    write_names(writer, record);
    write_place(writer, record);
    write_links(writer, record);
    kdb_buffer_clear(&state->text);
    kdb_coins(record, &state->text);
    put(writer, "<span class=\"Z3988\" title=\"");
    put_text(writer, kdb_buffer_str(&state->text));
    put(writer, "\"></span>\n</li>\n");
    return !state->text.failed && !state->scratch.failed;
}

static bool end(kdbib_writer *writer) {
    html_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    begin_page(writer, KDBIB_STR(""));
    close_section(writer);
    put(writer, "</main>\n<aside aria-label=\"At a glance\">\n");
    kdb_charts_write(&state->charts, out, &state->scratch);
    put(writer, "</aside>\n</div>\n<footer>");
    kdbib_output_number(out, state->records);
    put(writer, state->records == 1 ? " paper." : " papers.");
    put(writer, " Made by kdbib; reference managers can import this page.</footer>\n<script>\n");
    kdbib_output_str(out, kdb_embedded(KDBIB_STR("page.js")));
    put(writer, "</script>\n</body>\n</html>\n");
    return !state->scratch.failed;
}

static void cleanup(kdbib_writer *writer) {
    html_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->scratch);
    kdb_buffer_free(&state->text);
    kdb_charts_free(&state->charts);
}

const kdbib_writer_class kdb_html_writer = {
    .name = "html",
    .aliases = (const char *const[]){"web", NULL},
    .extension = "html",
    .description = "a page with search and charts, which Zotero can import",
    .options =
        (const kdbib_writer_option[]){
            {"title", "the page's title instead of the list's"},
            {NULL, NULL},
        },
    .state_size = sizeof(html_state),
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};
