/* csv: a table for spreadsheets and data frames (RFC 4180, UTF-8), quoted by libcsv. */
#include <stdio.h>

#include "kdbib/kdbib.h"
#include "lock/cell.h"
#include "parts.h"

typedef struct csv_state {
    kdb_buffer clean, guarded, quoted, text;
    bool any; /* a cell stands in this row */
} csv_state;

/* Columns that are fields as they are; before them stand key to day, behind them the links. */
static const kdbib_field columns[] = {
    KDBIB_VENUE,
    KDBIB_CONTAINER_TITLE,
    KDBIB_COLLECTION_TITLE,
    KDBIB_EVENT_TITLE,
    KDBIB_EVENT_PLACE,
    KDBIB_PUBLISHER,
    KDBIB_PUBLISHER_PLACE,
    KDBIB_VOLUME,
    KDBIB_ISSUE,
    KDBIB_PAGES,
    KDBIB_ARTICLE_NUMBER,
    KDBIB_NUMBER,
    KDBIB_EDITION,
    KDBIB_VERSION,
    KDBIB_GENRE,
    KDBIB_ARCHIVE,
    KDBIB_DOI,
    KDBIB_ARXIV,
    KDBIB_ARXIV_CLASS,
    KDBIB_PMID,
    KDBIB_PMCID,
    KDBIB_PII,
    KDBIB_IEEE_NUMBER,
    KDBIB_OPENREVIEW,
    KDBIB_ISSN,
    KDBIB_ISBN,
    KDBIB_LANGUAGE,
    KDBIB_NOTE,
    KDBIB_ABSTRACT,
    KDBIB_DOI_CANDIDATE,
    KDBIB_CANONICAL_URL,
};
#define COLUMNS (sizeof columns / sizeof *columns)

/* The one place where text becomes a cell: as in the lock, no spreadsheet runs it. */
static void cell(kdbib_writer *writer, kdbib_str text) {
    csv_state *state = kdbib_writer_state(writer);
    kdbib_output *out = kdbib_writer_output(writer);
    if (state->any)
        kdbib_output_char(out, ',');
    state->any = true;
    text = kdb_clean(text, KDB_KEEP_BREAKS, &state->clean);
    if (!kdbib_writer_get_option(writer, "exact")) {
        kdb_buffer_clear(&state->guarded);
        kdb_cell_guard(&state->guarded, text);
        text = kdb_buffer_str(&state->guarded);
    }
    kdb_buffer_clear(&state->quoted);
    kdb_cell_quote(&state->quoted, text);
    kdbib_output_str(out, kdb_buffer_str(&state->quoted));
}

static void row_end(kdbib_writer *writer) {
    csv_state *state = kdbib_writer_state(writer);
    kdbib_output_text(kdbib_writer_output(writer), "\r\n");
    state->any = false;
}

static void number_cell(kdbib_writer *writer, int number) {
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    cell(writer, number ? kdbib_str_of(text) : KDBIB_STR(""));
}

static void add_separator(kdb_buffer *text, const char *separator) {
    if (text->size)
        kdb_buffer_add_str(text, kdbib_str_of(separator));
}

static void names_cell(kdbib_writer *writer, const kdbib_record *record, kdbib_field which) {
    kdb_buffer *text = &((csv_state *)kdbib_writer_state(writer))->text;
    kdb_buffer_clear(text);
    kdb_cell_write_names(text, record, which);
    cell(writer, kdb_buffer_str(text));
}

static void links_cell(kdbib_writer *writer, const kdbib_record *record, kdbib_role role) {
    kdb_buffer *text = &((csv_state *)kdbib_writer_state(writer))->text;
    kdb_buffer_clear(text);
    kdbib_str url;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, role, &c, &url, NULL);) {
        add_separator(text, " ");
        kdb_buffer_add_str(text, url);
    }
    cell(writer, kdb_buffer_str(text));
}

static void add_path(kdb_buffer *text, const kdbib_section *section) {
    if (section->parent && !section->parent->document_title) {
        add_path(text, section->parent);
        kdb_buffer_add_str(text, KDBIB_STR(" > "));
    }
    kdb_buffer_add_str(text, section->title);
}

static void sections_cell(kdbib_writer *writer, const kdbib_record *record) {
    kdb_buffer *text = &((csv_state *)kdbib_writer_state(writer))->text;
    kdb_buffer_clear(text);
    const kdbib_section *section;
    for (kdbib_cursor c = {0}; kdbib_record_next_section(record, &c, &section);) {
        if (section->document_title)
            continue;
        add_separator(text, "; ");
        add_path(text, section);
    }
    cell(writer, kdb_buffer_str(text));
}

static bool begin(kdbib_writer *writer) {
    static const char *const first[] = {"key",     "type", "title", "authors",
                                        "editors", "year", "month", "day"};
    if (kdbib_writer_get_option(writer, "bom"))
        kdbib_output_text(kdbib_writer_output(writer), "\xEF\xBB\xBF");
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        cell(writer, kdbib_str_of(first[i]));
    for (size_t i = 0; i < COLUMNS; i++)
        cell(writer, kdbib_str_of(kdbib_field_name(columns[i])));
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++)
        cell(writer, kdbib_str_of(kdbib_role_name((kdbib_role)role)));
    cell(writer, KDBIB_STR("sections"));
    row_end(writer);
    return true;
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    csv_state *state = kdbib_writer_state(writer);
    kdbib_date date = kdbib_record_issued(record);
    cell(writer, kdbib_record_text(record, KDBIB_KEY));
    cell(writer, kdbib_str_of(kdbib_type_name(kdbib_record_type(record))));
    kdb_buffer_clear(&state->text);
    kdb_title_to_plain(record, &state->text);
    cell(writer, kdb_buffer_str(&state->text));
    names_cell(writer, record, KDBIB_AUTHORS);
    names_cell(writer, record, KDBIB_EDITORS);
    number_cell(writer, date.year);
    number_cell(writer, date.month);
    number_cell(writer, date.day);
    for (size_t i = 0; i < COLUMNS; i++)
        cell(writer, kdbib_record_text(record, columns[i]));
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++)
        links_cell(writer, record, (kdbib_role)role);
    sections_cell(writer, record);
    row_end(writer);
    return !state->clean.failed && !state->guarded.failed && !state->quoted.failed &&
           !state->text.failed;
}

static void cleanup(kdbib_writer *writer) {
    csv_state *state = kdbib_writer_state(writer);
    kdb_buffer_free(&state->clean);
    kdb_buffer_free(&state->guarded);
    kdb_buffer_free(&state->quoted);
    kdb_buffer_free(&state->text);
}

const kdbib_writer_class kdb_csv_writer = {
    .name = "csv",
    .extension = "csv",
    .description = "a table of every field, for spreadsheets",
    .options =
        (const kdbib_writer_option[]){
            {"bom", "begin with a byte order mark, by which Excel knows UTF-8"},
            {"exact", "no apostrophe before what a spreadsheet would run as a formula"},
            {NULL, NULL},
        },
    .state_size = sizeof(csv_state),
    .begin = begin,
    .record = write_record,
    .cleanup = cleanup,
};
