/* jsonl, the whole model: what formats/jsonl.c writes is read as it was, so that several runs put
 * together are as one. Records that were united come apart again, each at its place. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/index.h"
#include "base/strings.h"
#include "from/json.h"
#include "record/bibliography.h"
#include "record/record.h"

/* A record and where it stood in its run. */
typedef struct place {
    uint64_t position;
    size_t number; /* of records of the same position: as they came */
    kdbib_record *record;
} place;

typedef struct reader {
    kdb_from *from;
    kdb_index sections; /* file, number and path -> number in headings */
    kdb_arena names;    /* of the sections */
    const kdbib_section **headings;
    size_t heading_room;
    place *places;
    size_t count, room;
    uint64_t position; /* where the next record is expected */
} reader;

static void check(reader *r, bool fine) {
    r->from->arena->failed |= !fine;
}

static kdbib_str text(reader *r, const json_t *object, const char *member) {
    return kdb_from_json_text(r->from, object, member);
}

/* ---- what a value rests on ---- */

static kdbib_basis basis_of(const json_t *bases, kdbib_field field) {
    const char *name = json_string_value(json_object_get(bases, kdbib_field_name(field)));
    for (int basis = KDBIB_BASIS_UNVERIFIED; name && basis <= KDBIB_BASIS_MANUAL; basis++)
        if (strcmp(name, kdbib_basis_name((kdbib_basis)basis)) == 0)
            return (kdbib_basis)basis;
    /* a type that nothing was known of rests on nothing */
    return field == KDBIB_TYPE && bases ? KDBIB_BASIS_NONE : KDBIB_BASIS_LIST;
}

/* ---- parts of a record ---- */

static void read_title(reader *r, kdbib_record *record, const json_t *object, kdbib_basis basis) {
    const json_t *pieces = json_object_get(object, "title_runs");
    size_t count = json_array_size(pieces), i;
    if (!count) {
        kdbib_run plain = {text(r, object, "title"), 0};
        check(r, kdbib_record_set_title(record, &plain, 1, basis));
        return;
    }
    kdbib_run *runs = kdb_arena_array(r->from->arena, count, sizeof *runs);
    json_t *piece;
    if (!runs)
        return;
    json_array_foreach(pieces, i, piece) {
        runs[i].text = text(r, piece, "text");
        runs[i].style = (unsigned)kdb_from_json_number(json_object_get(piece, "style")) & 255;
    }
    check(r, kdbib_record_set_title(record, runs, count, basis));
}

static void read_names(reader *r, kdbib_record *record, const json_t *object, kdbib_field which,
                       kdbib_basis basis) {
    size_t i;
    json_t *person;
    json_array_foreach(json_object_get(object, kdbib_field_name(which)), i, person) {
        kdbib_name name = {text(r, person, "family"), text(r, person, "given"),
                           text(r, person, "particle"), text(r, person, "suffix"),
                           text(r, person, "literal")};
        check(r, kdbib_record_add_name(record, which, &name, basis));
    }
}

static void read_issued(kdbib_record *record, const json_t *object, kdbib_basis basis) {
    const json_t *issued = json_object_get(object, "issued");
    long year = kdb_from_json_number(json_object_get(issued, "year")),
         month = kdb_from_json_number(json_object_get(issued, "month")),
         day = kdb_from_json_number(json_object_get(issued, "day"));
    kdbib_date date = {0};
    if (year > INT16_MIN && year <= INT16_MAX)
        date.year = (int16_t)year;
    if (month > 0 && month <= 12)
        date.month = (uint8_t)month;
    if (day > 0 && day <= 31)
        date.day = (uint8_t)day;
    kdbib_record_set_issued(record, date, basis);
}

/* The link number `index` of a role: a string, or an element of an array. */
static kdbib_str url_of(reader *r, const json_t *urls, kdbib_role role, size_t index) {
    const json_t *all = json_object_get(urls, kdbib_role_name(role));
    if (!json_is_array(all))
        return index ? (kdbib_str){0} : kdb_from_json_value(r->from, all);
    return kdb_from_json_value(r->from, json_array_get(all, index));
}

static void read_links(reader *r, kdbib_record *record, const json_t *object) {
    const json_t *urls = json_object_get(object, "urls");
    size_t next[KDBIB_ROLE_COUNT] = {0}, i;
    json_t *name;
    json_array_foreach(json_object_get(object, "link_order"), i,
                       name) for (int role = 0; role < KDBIB_ROLE_COUNT;
                                  role++) if (json_is_string(name) &&
                                              strcmp(json_string_value(name),
                                                     kdbib_role_name((kdbib_role)role)) == 0)
        check(r, kdbib_record_add_link(record, (kdbib_role)role,
                                       url_of(r, urls, (kdbib_role)role, next[role]++)));
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++)
        for (kdbib_str url; (url = url_of(r, urls, (kdbib_role)role, next[role]++)).size;)
            check(r, kdbib_record_add_link(record, (kdbib_role)role, url));
}

/* ---- sections ---- */

/* The section of that name, file and parent; a new one when it is not known. */
static const kdbib_section *find_section(reader *r, kdbib_str name, const kdbib_section *parent,
                                         kdbib_str title, unsigned level, bool document) {
    uint32_t known = kdb_index_get(&r->sections, name);
    if (known != KDB_INDEX_NONE)
        return r->headings[known];
    size_t count = r->sections.count;
    if (count == r->heading_room) {
        size_t room = r->heading_room ? 2 * r->heading_room : 64;
        const kdbib_section **headings = realloc(r->headings, room * sizeof(kdbib_section *));
        if (!headings)
            return NULL;
        r->headings = headings;
        r->heading_room = room;
    }
    uint32_t *number = kdb_index_put(&r->sections, kdb_arena_copy(&r->names, name));
    kdbib_section *section =
        number ? kdbib_bibliography_add_section(r->from->list, parent, level, title) : NULL;
    if (!section || kdb_arena_failed(&r->names))
        return NULL;
    section->document_title = document;
    *number = (uint32_t)count;
    return r->headings[count] = section;
}

static void read_path(reader *r, kdbib_record *record, const json_t *path) {
    kdb_buffer name = {0};
    const kdbib_section *section = NULL;
    size_t i;
    json_t *heading;
    kdb_buffer_add_str(&name, kdbib_str_of(kdbib_record_source(record).file));
    json_array_foreach(path, i, heading) {
        bool simple = json_is_string(heading);
        kdbib_str title =
                      simple ? kdb_from_json_value(r->from, heading) : text(r, heading, "title"),
                  id = simple ? (kdbib_str){0} : text(r, heading, "id");
        long level = kdb_from_json_number(json_object_get(heading, "level"));
        bool document = json_is_true(json_object_get(heading, "document_title"));
        if (name.size > 4096)
            break;
        kdb_buffer_add_char(&name, '\n');
        kdb_buffer_add_str(&name, id);
        kdb_buffer_add_char(&name, '\t');
        kdb_buffer_add_str(&name, title);
        section =
            find_section(r, kdb_buffer_str(&name), section, title,
                         level > 0 && level < 255 ? (unsigned)level : (unsigned)i + 1, document);
        check(r, section != NULL);
        if (!section)
            break;
    }
    check(r, !name.failed && (!section || kdbib_record_add_section(record, section)));
    kdb_buffer_free(&name);
}

static void read_sections(reader *r, kdbib_record *record, const json_t *object) {
    const json_t *paths = json_object_get(object, "section_paths");
    size_t i;
    json_t *path;
    json_array_foreach(paths, i, path) read_path(r, record, path);
    if (!paths && json_array_size(json_object_get(object, "sections")))
        read_path(r, record, json_object_get(object, "sections"));
}

/* ---- records ---- */

static void read_texts(reader *r, kdbib_record *record, const json_t *object, const json_t *bases) {
    for (int i = KDBIB_KEY; i < KDBIB_FIELD_COUNT; i++) {
        kdbib_field field = (kdbib_field)i;
        kdbib_str value = text(r, object, kdbib_field_name(field));
        kdbib_basis basis = basis_of(bases, field);
        if (field == KDBIB_KEY && basis == KDBIB_BASIS_COMPUTED)
            continue; /* made anew: there may be more records now that it must be told from */
        if (value.size)
            check(r, kdbib_record_set_text(record, field, value, basis));
    }
}

static void add_place(reader *r, kdbib_record *record, uint64_t position) {
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 256;
        place *places = realloc(r->places, room * sizeof *places);
        if (!places) {
            check(r, false);
            return;
        }
        r->places = places;
        r->room = room;
    }
    r->places[r->count] = (place){position, r->count, record};
    r->count++;
}

/* Written by kdbib, and after its links were looked at. */
static bool is_complete(const kdbib_record *record, const json_t *bases) {
    return json_is_object(bases) && (kdbib_record_text(record, KDBIB_CANONICAL_URL).size ||
                                     (!kdbib_record_link(record, KDBIB_LINK_PAPER).size &&
                                      !kdbib_record_link(record, KDBIB_LINK_PDF).size));
}

static void read_record(reader *r, const json_t *object, uint32_t line, uint64_t position) {
    const json_t *bases = json_object_get(object, "basis"),
                 *source = json_object_get(object, "source");
    kdbib_str file = text(r, source, "file");
    long source_line = kdb_from_json_number(json_object_get(source, "line"));
    kdbib_type type = KDBIB_TYPE_DOCUMENT;
    bool sourced = file.size && source_line > 0;
    kdbib_record *record = kdbib_bibliography_add(
        r->from->list, sourced ? file.data : r->from->file, sourced ? (uint32_t)source_line : line);
    check(r, record != NULL);
    if (!record)
        return;
    add_place(r, record, position);
    if (kdbib_type_from_name(text(r, object, "type"), &type))
        kdbib_record_set_type(record, type, basis_of(bases, KDBIB_TYPE));
    read_title(r, record, object, basis_of(bases, KDBIB_TITLE));
    read_names(r, record, object, KDBIB_AUTHORS, basis_of(bases, KDBIB_AUTHORS));
    read_names(r, record, object, KDBIB_EDITORS, basis_of(bases, KDBIB_EDITORS));
    kdbib_record_set_authors_truncated(record,
                                       json_is_true(json_object_get(object, "authors_truncated")));
    read_issued(record, object, basis_of(bases, KDBIB_ISSUED));
    read_texts(r, record, object, bases);
    read_links(r, record, object);
    read_sections(r, record, object);
    record->complete = is_complete(record, bases);
    kdbib_record_set_not_paper(record, json_is_true(json_object_get(object, "not_paper")));
}

static uint64_t distance(const json_t *object, const char *member) {
    long number = kdb_from_json_number(json_object_get(object, member));
    return number > 0 ? (uint64_t)number : 0;
}

/* One line: a record, or those that it was united from. */
static void read_line(reader *r, const json_t *object, uint32_t line) {
    const json_t *parts = json_object_get(object, "parts");
    size_t i;
    json_t *part;
    kdb_arena_reset(r->from->arena);
    r->position += distance(object, "skipped");
    if (!json_array_size(parts))
        read_record(r, object, line, r->position);
    json_array_foreach(parts, i, part) if (json_is_object(part))
        read_record(r, part, line, r->position + distance(part, "distance"));
    r->position += 1 + distance(object, "left");
}

static int compare(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->position != y->position)
        return x->position < y->position ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The records go where they stood. */
static void put_in_order(reader *r) {
    bool sorted = true;
    for (size_t i = 1; i < r->count && sorted; i++)
        sorted = r->places[i - 1].position <= r->places[i].position;
    if (sorted)
        return;
    qsort(r->places, r->count, sizeof *r->places, compare);
    kdbib_record **records = r->from->list->records + r->from->list->count - r->count;
    for (size_t i = 0; i < r->count; i++)
        records[i] = r->places[i].record;
}

static bool read(kdb_from *from, kdbib_str lines) {
    reader r = {.from = from};
    uint32_t line = 1;
    for (size_t at = 0, end; at < lines.size && !kdb_arena_failed(from->arena);
         at = end + 1, line++) {
        end = kdb_find_char(lines, '\n', at);
        end = end == SIZE_MAX ? lines.size : end;
        kdbib_str one = kdb_trim(kdb_slice(lines, at, end));
        json_t *object = one.size ? kdb_json_object(from, one, line) : NULL;
        if (object)
            read_line(&r, object, line);
        json_decref(object);
    }
    bool fine = !kdb_arena_failed(from->arena);
    if (fine)
        put_in_order(&r);
    kdb_index_free(&r.sections);
    kdb_arena_free(&r.names);
    free(r.headings);
    free(r.places);
    return fine;
}

static unsigned bid(kdbib_str bytes) {
    kdbib_str line = kdb_trim(kdb_slice(bytes, 0, kdb_find_char(bytes, '\n', 0)));
    return line.size > 2 && line.data[0] == '{' && line.data[line.size - 1] == '}' &&
                   kdb_find(line, KDBIB_STR("\"basis\":{"), 0) != SIZE_MAX
               ? 95
               : 0;
}

const kdb_input_class kdb_from_jsonl = {
    .name = "jsonl",
    .aliases = (const char *const[]){"ndjson", "json-lines", NULL},
    .extensions = (const char *const[]){"jsonl", "ndjson", NULL},
    .bid = bid,
    .exact = true,
    .read = read,
};
