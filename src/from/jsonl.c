/* jsonl, the whole model: what formats/jsonl.c writes is read as it was, so that several runs put
 * together are as one. Records that were united come apart again, each at its place. Lines are read
 * by all threads, some hundred KB at a time, and taken over in order. */
#include <stdlib.h>

#include "base/array.h"
#include "base/share.h"
#include "base/spool.h"
#include "base/strings.h"
#include "from/from.h"
#include "from/jsonl_lines.h"
#include "library/context.h"
#include "record/bibliography.h"
#include "record/move.h"

#define WINDOW ((size_t)256 * 1024) /* bytes whose lines are read in a row */

/* A record and where it stood in its run. */
typedef struct place {
    uint64_t position;
    size_t number; /* of records of the same position: as they came */
    kdbib_record *record;
} place;

typedef struct reader {
    kdb_from *from;
    kdbib_str text;
    kdb_jsonl_names names;
    kdb_index sections; /* names -> numbers in headings */
    kdb_arena headings; /* their names */
    const kdbib_section **heading;
    size_t heading_room;
    place *places;
    size_t count, room;
    uint32_t line;     /* before those that are taken next */
    uint64_t position; /* of the first record of those */
} reader;

/* ---- reading, by any thread ---- */

/* Where the first line at or behind `at` begins. */
static size_t line_at(kdbib_str text, size_t at) {
    size_t end = at ? kdb_find_char(text, '\n', at - 1) : 0;
    return !at ? 0 : end == SIZE_MAX ? text.size : end + 1;
}

/* The lines that begin in these windows. */
static kdbib_str lines_of(const reader *r, size_t from, size_t to) {
    return kdb_slice(r->text, line_at(r->text, from * WINDOW), line_at(r->text, to * WINDOW));
}

static bool read_windows(void *user, void *result, size_t from, size_t to, unsigned worker) {
    const reader *r = user;
    (void)worker;
    return kdb_jsonl_lines_read(result, r->from->file, &r->names, lines_of(r, from, to));
}

static void free_lines(void *result) {
    kdb_jsonl_lines_free(result);
}

/* ---- taking over ---- */

/* The section of the bibliography of that name; a new one when it is not known. */
static const kdbib_section *find_section(reader *r, const kdb_jsonl_section *wanted) {
    uint32_t known = kdb_index_get(&r->sections, wanted->name);
    if (known != KDB_INDEX_NONE)
        return r->heading[known];
    size_t count = r->sections.count;
    const kdbib_section **heading =
        kdb_array_grow(r->heading, count, &r->heading_room, sizeof(kdbib_section *));
    if (!heading)
        return NULL;
    r->heading = heading;
    const kdb_jsonl_section *parent = (const void *)wanted->here.parent;
    kdbib_section *section = kdbib_bibliography_add_section(
        r->from->list, parent ? parent->listed : NULL, wanted->here.level, wanted->here.title);
    kdbib_str name = kdb_arena_copy(&r->headings, wanted->name);
    uint32_t *number =
        section && !kdb_arena_failed(&r->headings) ? kdb_index_put(&r->sections, name) : NULL;
    if (!number)
        return NULL;
    section->document_title = wanted->here.document_title;
    *number = (uint32_t)count;
    return r->heading[count] = section;
}

static bool take_sections(reader *r, const kdb_jsonl_lines *lines) {
    for (size_t i = 0; i < lines->section_names.count; i++)
        if (!(lines->sections[i]->listed = find_section(r, lines->sections[i])))
            return false;
    return true;
}

static const kdbib_section *listed(const kdbib_section *here) {
    const kdb_jsonl_section *section = (const void *)here;
    return section->listed;
}

static bool add_place(reader *r, kdbib_record *record, uint64_t position) {
    place *places = kdb_array_grow(r->places, r->count, &r->room, sizeof *places);
    if (!places)
        return false;
    r->places = places;
    r->places[r->count] = (place){position, r->count, record};
    r->count++;
    return true;
}

static bool take_record(reader *r, const kdb_jsonl_record *made) {
    kdbib_record *record = kdb_bibliography_take(r->from->list, made->record, made->file, listed);
    if (!record)
        return false;
    if (!made->sourced)
        record->line += r->line;
    return add_place(r, record, r->position + made->position);
}

static void forget(kdbib_str text) {
    kdb_spool_forget((char *)text.data, text.size);
}

static bool take_lines(void *user, void *result, size_t from, size_t to) {
    reader *r = user;
    const kdb_jsonl_lines *lines = result;
    for (const kdb_jsonl_mistake *m = lines->first_mistake; m; m = m->next)
        kdb_from_report(r->from, KDBIB_SEVERITY_WARNING, "bad-json", r->line + m->line, m->message,
                        m->about);
    bool fine = take_sections(r, lines);
    for (size_t i = 0; i < lines->count && fine; i++)
        fine = take_record(r, &lines->at[i]);
    r->line += lines->line;
    r->position += lines->position;
    if (r->from->passing) /* up to where the next window looks whether a line begins there */
        forget(kdb_slice(r->text, from * WINDOW, to * WINDOW - 1));
    return fine;
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

static bool read(kdb_from *from, kdbib_str text) {
    reader r = {.from = from, .text = text};
    kdb_jsonl_names_set(&r.names);
    const kdb_share share = {.count = text.size / WINDOW + (text.size % WINDOW != 0),
                             .step = 1,
                             .size = sizeof(kdb_jsonl_lines),
                             .work = read_windows,
                             .take = take_lines,
                             .free_result = free_lines,
                             .user = &r};
    bool fine = kdb_share_out(&share, from->context->threads);
    if (fine)
        put_in_order(&r);
    kdb_index_free(&r.sections);
    kdb_arena_free(&r.headings);
    free(r.heading);
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
