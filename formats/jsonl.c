/* jsonl: the whole model, one record a line, for other programs. */
#include "base/arena.h"
#include "base/index.h"
#include "base/output.h"
#include "json_text.h"
#include "kdbib/kdbib.h"
#include "record/texts.h"

/* What tells headings of the same words apart. */
typedef struct jsonl_state {
    kdb_index sections; /* addresses of sections -> their numbers */
    kdb_arena arena;
    const kdbib_section *last; /* the section written last, and what was written of it */
    kdb_buffer last_path;
    kdbib_output *path; /* while it is written */
    size_t farthest;    /* position behind all parts */
    bool open;          /* the last record lacks its brace */
    size_t position;    /* where the next record is expected, see kdbib_record_position() */
    bool failed;
} jsonl_state;

typedef struct json_object {
    kdbib_output *out;
    bool any; /* a member was written */
} json_object;

static void member(json_object *object, const char *name) {
    kdb_output_three(object->out, object->any ? KDBIB_STR(",\"") : KDBIB_STR("{\""),
                     kdbib_str_of(name), KDBIB_STR("\":"));
    object->any = true;
}

static void text_member(json_object *object, const char *name, kdbib_str text) {
    if (!text.size)
        return;
    member(object, name);
    kdb_json_string(object->out, text);
}

static void close_object(json_object *object) {
    kdbib_output_text(object->out, object->any ? "}" : "{}");
}

static void write_names(json_object *object, const kdbib_record *record, kdbib_field which) {
    kdbib_output *out = object->out;
    kdbib_name name;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_name(record, which, &cursor, &name);) {
        if (!any)
            member(object, kdbib_field_name(which));
        kdbib_output_char(out, any ? ',' : '[');
        any = true;
        json_object person = {out, false};
        text_member(&person, "family", name.family);
        text_member(&person, "given", name.given);
        text_member(&person, "particle", name.particle);
        text_member(&person, "suffix", name.suffix);
        text_member(&person, "literal", name.literal);
        close_object(&person);
    }
    if (any)
        kdbib_output_char(out, ']');
}

static void write_issued(json_object *object, kdbib_date date) {
    if (!date.year)
        return;
    member(object, "issued");
    json_object issued = {object->out, false};
    member(&issued, "year");
    kdbib_output_number(object->out, date.year);
    if (date.month) {
        member(&issued, "month");
        kdbib_output_number(object->out, date.month);
    }
    if (date.day) {
        member(&issued, "day");
        kdbib_output_number(object->out, date.day);
    }
    close_object(&issued);
}

static void write_links(json_object *object, const kdbib_record *record) {
    json_object urls = {object->out, false};
    member(object, "urls");
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        bool one = role == KDBIB_LINK_PAPER || role == KDBIB_LINK_PDF, any = false;
        kdbib_str url;
        for (kdbib_cursor cursor = {0};
             kdbib_record_next_link(record, (kdbib_role)role, &cursor, &url, NULL);) {
            if (!any)
                member(&urls, kdbib_role_name((kdbib_role)role));
            if (!one)
                kdbib_output_char(object->out, any ? ',' : '[');
            kdb_json_string(object->out, url);
            any = true;
        }
        if (any && !one)
            kdbib_output_char(object->out, ']');
    }
    close_object(&urls);
}

static bool goes_by_role(const kdbib_record *record) {
    kdbib_str url;
    kdbib_role role, last = KDBIB_LINK_PAPER;
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);
         last = role)
        if (role < last)
            return false;
    return true;
}

/* The order of the roles, where it is not the usual one. */
static void write_link_order(json_object *object, const kdbib_record *record) {
    kdbib_str url;
    kdbib_role role;
    bool any = false;
    if (goes_by_role(record))
        return;
    member(object, "link_order");
    for (kdbib_cursor c = {0}; kdbib_record_next_link(record, KDBIB_ROLE_COUNT, &c, &url, &role);
         any = true) {
        kdbib_output_text(object->out, any ? ",\"" : "[\"");
        kdbib_output_text(object->out, kdbib_role_name(role));
        kdbib_output_char(object->out, '"');
    }
    kdbib_output_char(object->out, ']');
}

/* The number of a heading: the same words may stand over several parts of a list. */
static uint32_t section_number(jsonl_state *state, const kdbib_section *section) {
    kdbib_str address = {(const char *)&section, sizeof section};
    uint32_t known = kdb_index_get(&state->sections, address);
    if (known != KDB_INDEX_NONE)
        return known;
    uint32_t count = (uint32_t)state->sections.count;
    uint32_t *number = kdb_index_put(&state->sections, kdb_arena_copy(&state->arena, address));
    if (number)
        *number = count;
    state->failed |= !number || kdb_arena_failed(&state->arena);
    return count;
}

static void write_section(kdbib_output *out, jsonl_state *state, const kdbib_section *section) {
    if (section->parent) {
        write_section(out, state, section->parent);
        kdbib_output_char(out, ',');
    }
    json_object heading = {out, false};
    member(&heading, "id");
    kdbib_output_number(out, section_number(state, section));
    member(&heading, "level");
    kdbib_output_number(out, section->level);
    if (section->document_title) {
        member(&heading, "document_title");
        kdbib_output_text(out, "true");
    }
    member(&heading, "title");
    kdb_json_string(out, section->title);
    close_object(&heading);
}

/* Entries stand one behind the other in a section: what was written of it is written again. */
static kdbib_str section_path(jsonl_state *state, const kdbib_section *section) {
    if (section != state->last) {
        write_section(state->path, state, section);
        state->failed |= kdbib_output_error(state->path) != 0;
        kdb_output_take(state->path, &state->last_path);
        state->last = section;
    }
    return kdb_buffer_str(&state->last_path);
}

/* Each path by itself, with what `sections` leaves out. */
static void write_section_paths(json_object *object, jsonl_state *state,
                                const kdbib_record *record) {
    const kdbib_section *section;
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &section);
         any = true) {
        if (!any)
            member(object, "section_paths");
        kdb_output_three(object->out, any ? KDBIB_STR(",[") : KDBIB_STR("[["),
                         section_path(state, section), KDBIB_STR("]"));
    }
    if (any)
        kdbib_output_char(object->out, ']');
}

static void write_path(kdbib_output *out, const kdbib_section *section, bool *any) {
    if (section->parent)
        write_path(out, section->parent, any);
    kdbib_output_char(out, *any ? ',' : '[');
    kdb_json_string(out, section->title);
    *any = true;
}

static void write_sections(json_object *object, const kdbib_record *record) {
    const kdbib_section *section;
    bool any = false;
    member(object, "sections");
    for (kdbib_cursor cursor = {0}; kdbib_record_next_section(record, &cursor, &section);)
        write_path(object->out, section, &any);
    kdbib_output_text(object->out, any ? "]" : "[]");
}

static void write_basis(json_object *object, const kdbib_record *record) {
    json_object members = {object->out, false};
    kdbib_basis bases[KDBIB_FIELD_COUNT];
    kdb_record_bases(record, bases);
    member(object, "basis");
    for (int field = 0; field < KDBIB_FIELD_COUNT; field++)
        if (bases[field] != KDBIB_BASIS_NONE)
            text_member(&members, kdbib_field_name((kdbib_field)field),
                        kdbib_str_of(kdbib_basis_name(bases[field])));
    close_object(&members);
}

/* The title as CSL-JSON marks it up, when it has markup. */
static bool has_markup(const kdbib_record *record) {
    kdbib_run run;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run);)
        if (run.style)
            return true;
    return false;
}

static void write_rich_title(json_object *object, const kdbib_record *record) {
    if (!has_markup(record))
        return;
    bool any = false;
    kdbib_run run;
    member(object, "title_runs");
    for (kdbib_cursor cursor = {0}; kdbib_record_next_run(record, &cursor, &run); any = true) {
        kdbib_output_char(object->out, any ? ',' : '[');
        json_object piece = {object->out, false};
        text_member(&piece, "text", run.text);
        if (run.style) {
            member(&piece, "style");
            kdbib_output_number(object->out, run.style);
        }
        close_object(&piece);
    }
    kdbib_output_char(object->out, ']');
}

/* All members but those that only a whole record has. */
static void write_members(json_object *object, jsonl_state *state, const kdbib_record *record) {
    kdbib_str texts[KDBIB_FIELD_COUNT];
    kdb_record_texts(record, texts);
    text_member(object, "key", texts[KDBIB_KEY]);
    text_member(object, "type", kdbib_str_of(kdbib_type_name(kdbib_record_type(record))));
    text_member(object, "title", texts[KDBIB_TITLE]);
    write_rich_title(object, record);
    write_names(object, record, KDBIB_AUTHORS);
    if (kdbib_record_authors_truncated(record)) {
        member(object, "authors_truncated");
        kdbib_output_text(object->out, "true");
    }
    write_names(object, record, KDBIB_EDITORS);
    write_issued(object, kdbib_record_issued(record));
    for (int field = KDBIB_KEY + 1; field < KDBIB_FIELD_COUNT; field++)
        if (texts[field].size)
            text_member(object, kdbib_field_name((kdbib_field)field), texts[field]);
    write_links(object, record);
    write_link_order(object, record);
    write_sections(object, record);
    write_section_paths(object, state, record);
    kdbib_source source = kdbib_record_source(record);
    member(object, "source");
    json_object place = {object->out, false};
    text_member(&place, "file", kdbib_str_of(source.file));
    member(&place, "line");
    kdbib_output_number(object->out, source.line);
    close_object(&place);
    if (kdbib_record_not_paper(record)) {
        member(object, "not_paper");
        kdbib_output_text(object->out, "true");
    }
    write_basis(object, record);
}

/* The entries that were united into this one, as they were. */
static void write_parts(json_object *object, jsonl_state *state, const kdbib_record *record) {
    const kdbib_record *part;
    size_t position, first = kdbib_record_position(record);
    bool any = false;
    for (kdbib_cursor cursor = {0}; kdbib_record_next_part(record, &cursor, &part, &position);
         any = true) {
        if (!any)
            member(object, "parts");
        kdbib_output_char(object->out, any ? ',' : '[');
        json_object one = {object->out, false};
        if (position >= state->farthest)
            state->farthest = position + 1;
        if (position > first) {
            member(&one, "distance");
            kdbib_output_number(object->out, (long long)(position - first));
        }
        write_members(&one, state, part);
        close_object(&one);
    }
    if (any)
        kdbib_output_char(object->out, ']');
}

static bool begin(kdbib_writer *writer) {
    jsonl_state *state = kdbib_writer_state(writer);
    return (state->path = kdbib_output_new_memory()) != NULL;
}

static bool write_record(kdbib_writer *writer, const kdbib_record *record) {
    jsonl_state *state = kdbib_writer_state(writer);
    json_object object = {kdbib_writer_output(writer), false};
    size_t position = kdbib_record_position(record);
    if (state->open)
        kdbib_output_text(object.out, "}\n");
    state->open = true;
    write_members(&object, state, record);
    if (position > state->position) { /* parts of earlier records stand in between */
        member(&object, "skipped");
        kdbib_output_number(object.out, (long long)(position - state->position));
    }
    write_parts(&object, state, record);
    state->position = (position > state->position ? position : state->position) + 1;
    return !state->failed;
}

/* What follows in another run stands behind all parts of this one. */
static bool end(kdbib_writer *writer) {
    jsonl_state *state = kdbib_writer_state(writer);
    json_object object = {kdbib_writer_output(writer), true};
    if (!state->open)
        return true;
    if (state->farthest > state->position) {
        member(&object, "left");
        kdbib_output_number(object.out, (long long)(state->farthest - state->position));
    }
    kdbib_output_text(object.out, "}\n");
    return true;
}

static void cleanup(kdbib_writer *writer) {
    jsonl_state *state = kdbib_writer_state(writer);
    kdb_index_free(&state->sections);
    kdb_buffer_free(&state->last_path);
    kdbib_output_close(state->path);
    kdb_arena_free(&state->arena);
}

const kdbib_writer_class kdb_jsonl_writer = {
    .name = "jsonl",
    .aliases = (const char *const[]){"ndjson", "json-lines", NULL},
    .extension = "jsonl",
    .description = "every field of every record, one JSON object a line, for other programs",
    .writes_parts = true,
    .state_size = sizeof(jsonl_state),
    .begin = begin,
    .record = write_record,
    .end = end,
    .cleanup = cleanup,
};
