/* Lines of jsonl become records. */
#include "from/jsonl_lines.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/strings.h"
#include "from/json.h"
#include "kdbib/bibliography.h"

#define LONGEST_PATH 4096 /* bytes; deeper headings are left out */
#define NAME(literal)                                                                              \
    { (literal), sizeof(literal) - 1 }

typedef kdb_jsonl_lines lines;

void kdb_jsonl_names_set(kdb_jsonl_names *names) {
    static const char *const others[] = {
        [KDB_JSONL_TITLE_RUNS - KDBIB_FIELD_COUNT] = "title_runs",
        [KDB_JSONL_AUTHORS_TRUNCATED - KDBIB_FIELD_COUNT] = "authors_truncated",
        [KDB_JSONL_URLS - KDBIB_FIELD_COUNT] = "urls",
        [KDB_JSONL_LINK_ORDER - KDBIB_FIELD_COUNT] = "link_order",
        [KDB_JSONL_SECTIONS - KDBIB_FIELD_COUNT] = "sections",
        [KDB_JSONL_SECTION_PATHS - KDBIB_FIELD_COUNT] = "section_paths",
        [KDB_JSONL_SOURCE - KDBIB_FIELD_COUNT] = "source",
        [KDB_JSONL_NOT_PAPER - KDBIB_FIELD_COUNT] = "not_paper",
        [KDB_JSONL_BASIS - KDBIB_FIELD_COUNT] = "basis",
        [KDB_JSONL_SKIPPED - KDBIB_FIELD_COUNT] = "skipped",
        [KDB_JSONL_PARTS - KDBIB_FIELD_COUNT] = "parts",
        [KDB_JSONL_LEFT - KDBIB_FIELD_COUNT] = "left",
        [KDB_JSONL_DISTANCE - KDBIB_FIELD_COUNT] = "distance",
    };
    for (int i = 0; i < KDBIB_FIELD_COUNT; i++)
        names->members[i] = kdbib_str_of(kdbib_field_name((kdbib_field)i));
    for (int i = KDBIB_FIELD_COUNT; i < KDB_JSONL_MEMBERS; i++)
        names->members[i] = kdbib_str_of(others[i - KDBIB_FIELD_COUNT]);
    for (int i = 0; i <= KDBIB_BASIS_MANUAL; i++)
        names->bases[i] = kdbib_str_of(kdbib_basis_name((kdbib_basis)i));
    for (int i = 0; i < KDBIB_ROLE_COUNT; i++)
        names->roles[i] = kdbib_str_of(kdbib_role_name((kdbib_role)i));
}

static bool check(lines *l, bool fine) {
    l->rest.failed |= !fine;
    return fine;
}

static kdbib_str text(lines *l, const kdb_json *value) {
    return kdb_json_text_of(&l->values, value);
}

static uint64_t distance(lines *l, const kdb_json *value) {
    long number = kdb_json_number_of(&l->values, value);
    return number > 0 ? (uint64_t)number : 0;
}

/* A record on its way. */
typedef struct entry {
    lines *l;
    kdbib_record *record;
    const char *file;
    const kdb_json *members[KDB_JSONL_MEMBERS];
    const kdb_json *bases[KDBIB_FIELD_COUNT]; /* what each field rests on */
} entry;

static kdbib_basis basis_of(const entry *e, kdbib_field field) {
    const kdb_json *name = e->bases[field];
    for (int basis = KDBIB_BASIS_MANUAL;
         kdb_json_is(name, KDB_JSON_STRING) && basis >= KDBIB_BASIS_UNVERIFIED; basis--)
        if (kdbib_str_equal(name->text, e->l->names->bases[basis]))
            return (kdbib_basis)basis;
    /* a type that nothing was known of rests on nothing */
    return field == KDBIB_TYPE && e->members[KDB_JSONL_BASIS] ? KDBIB_BASIS_NONE : KDBIB_BASIS_LIST;
}

/* ---- parts of a record ---- */

static void read_title(const entry *e) {
    lines *l = e->l;
    const kdb_json *pieces = kdb_json_first(e->members[KDB_JSONL_TITLE_RUNS]), *piece;
    kdbib_run plain = {text(l, pieces ? NULL : e->members[KDBIB_TITLE]), 0}, *runs = &plain;
    size_t count = 1, i = 0;
    if (pieces) {
        for (count = 0, piece = pieces; piece; piece = piece->next)
            count++;
        runs = kdb_arena_array(&l->values, count, sizeof *runs);
    }
    for (piece = pieces; runs && piece; piece = piece->next, i++) {
        runs[i].text = kdb_json_get_text(&l->values, piece, "text");
        runs[i].style =
            (unsigned)kdb_json_number_of(&l->values, kdb_json_get(piece, "style")) & 255;
    }
    check(l, runs && kdbib_record_set_title(e->record, runs, count, basis_of(e, KDBIB_TITLE)));
}

static void read_names(const entry *e, kdbib_field which) {
    enum { FAMILY, GIVEN, PARTICLE, SUFFIX, LITERAL, PARTS };
    static const kdbib_str names[PARTS] = {NAME("family"), NAME("given"), NAME("particle"),
                                           NAME("suffix"), NAME("literal")};
    const kdb_json *person = kdb_json_first(e->members[which]), *parts[PARTS];
    for (kdbib_basis basis = basis_of(e, which); person; person = person->next) {
        kdb_json_get_all(person, names, PARTS, parts);
        kdbib_name name = {.family = text(e->l, parts[FAMILY]),
                           .given = text(e->l, parts[GIVEN]),
                           .particle = text(e->l, parts[PARTICLE]),
                           .suffix = text(e->l, parts[SUFFIX]),
                           .literal = text(e->l, parts[LITERAL])};
        check(e->l, kdbib_record_add_name(e->record, which, &name, basis));
    }
}

static void read_issued(const entry *e) {
    const kdb_json *issued = e->members[KDBIB_ISSUED];
    kdb_arena *arena = &e->l->values;
    long year = kdb_json_number_of(arena, kdb_json_get(issued, "year")),
         month = kdb_json_number_of(arena, kdb_json_get(issued, "month")),
         day = kdb_json_number_of(arena, kdb_json_get(issued, "day"));
    kdbib_date date = {0};
    if (year > INT16_MIN && year <= INT16_MAX)
        date.year = (int16_t)year;
    if (month > 0 && month <= 12)
        date.month = (uint8_t)month;
    if (day > 0 && day <= 31)
        date.day = (uint8_t)day;
    kdbib_record_set_issued(e->record, date, basis_of(e, KDBIB_ISSUED));
}

/* The next link of a role, or none: a string, or an element of an array. */
static kdbib_str next_url(const entry *e, const kdb_json **next) {
    const kdb_json *url = *next;
    *next = url ? url->next : NULL;
    return text(e->l, url);
}

static void read_links(const entry *e) {
    const kdbib_str *roles = e->l->names->roles;
    const kdb_json *next[KDBIB_ROLE_COUNT],
        *name = kdb_json_first(e->members[KDB_JSONL_LINK_ORDER]);
    kdb_json alone[KDBIB_ROLE_COUNT]; /* the one link of a role, without what stands behind it */
    kdb_json_get_all(e->members[KDB_JSONL_URLS], roles, KDBIB_ROLE_COUNT, next);
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++) {
        if (kdb_json_is(next[role], KDB_JSON_ARRAY)) {
            next[role] = next[role]->first;
        } else if (next[role]) {
            alone[role] = *next[role];
            alone[role].next = NULL;
            next[role] = &alone[role];
        }
    }
    for (; name; name = name->next)
        for (int role = 0; role < KDBIB_ROLE_COUNT; role++)
            if (kdb_json_is(name, KDB_JSON_STRING) && kdbib_str_equal(name->text, roles[role]))
                check(e->l,
                      kdbib_record_add_link(e->record, (kdbib_role)role, next_url(e, &next[role])));
    for (int role = 0; role < KDBIB_ROLE_COUNT; role++)
        for (kdbib_str url; (url = next_url(e, &next[role])).size;)
            check(e->l, kdbib_record_add_link(e->record, (kdbib_role)role, url));
}

static void read_texts(const entry *e) {
    for (int i = KDBIB_KEY; i < KDBIB_FIELD_COUNT; i++) {
        kdbib_field field = (kdbib_field)i;
        if (!e->members[field])
            continue;
        kdbib_str value = text(e->l, e->members[field]);
        kdbib_basis basis = basis_of(e, field);
        if (field == KDBIB_KEY && basis == KDBIB_BASIS_COMPUTED)
            continue; /* made anew: there may be more records now that it must be told from */
        if (value.size)
            check(e->l, kdbib_record_set_text(e->record, field, value, basis));
    }
}

/* ---- sections ---- */

/* The heading of that path; a new one when it is not known. NULL: memory is out. */
static kdb_jsonl_section *find_section(lines *l, kdbib_str path, const kdbib_section *heading) {
    uint32_t known = kdb_index_get(&l->section_names, path);
    if (known != KDB_INDEX_NONE)
        return l->sections[known];
    size_t count = l->section_names.count;
    kdb_jsonl_section **sections =
        kdb_array_grow(l->sections, count, &l->section_room, sizeof(kdb_jsonl_section *));
    if (!sections)
        return NULL;
    l->sections = sections;
    kdb_jsonl_section *section = kdb_arena_array(&l->rest, 1, sizeof *section);
    if (!section)
        return NULL;
    section->here = *heading;
    section->here.title = kdb_arena_copy(&l->rest, heading->title);
    section->name = kdb_arena_copy(&l->rest, path);
    uint32_t *number =
        kdb_arena_failed(&l->rest) ? NULL : kdb_index_put(&l->section_names, section->name);
    if (!number)
        return NULL;
    *number = (uint32_t)count;
    return l->sections[count] = section;
}

static void read_path(const entry *e, const kdb_json *heading) {
    enum { ID, LEVEL, DOCUMENT, TITLE, MEMBERS };
    static const kdbib_str names[MEMBERS] = {NAME("id"), NAME("level"), NAME("document_title"),
                                             NAME("title")};
    lines *l = e->l;
    const kdb_json *members[MEMBERS];
    const kdb_jsonl_section *section = NULL;
    kdb_buffer_clear(&l->path);
    kdb_buffer_add_str(&l->path, kdbib_str_of(e->file));
    for (unsigned depth = 1; heading && l->path.size <= LONGEST_PATH;
         heading = heading->next, depth++) {
        kdb_json_get_all(heading, names, MEMBERS, members);
        bool simple = kdb_json_is(heading, KDB_JSON_STRING);
        long level = kdb_json_number_of(&l->values, members[LEVEL]);
        kdbib_section here = {.parent = section ? &section->here : NULL,
                              .title = text(l, simple ? heading : members[TITLE]),
                              .level = (uint8_t)(level > 0 && level < 255 ? level
                                                 : depth < 255            ? depth
                                                                          : 255),
                              .document_title = kdb_json_is(members[DOCUMENT], KDB_JSON_TRUE)};
        kdb_buffer_add_char(&l->path, '\n');
        kdb_buffer_add_str(&l->path, text(l, members[ID]));
        kdb_buffer_add_char(&l->path, '\t');
        kdb_buffer_add_str(&l->path, here.title);
        section = find_section(l, kdb_buffer_str(&l->path), &here);
        if (!check(l, section != NULL))
            return;
    }
    check(l, !l->path.failed && (!section || kdbib_record_add_section(e->record, &section->here)));
}

static void read_sections(const entry *e) {
    const kdb_json *paths = e->members[KDB_JSONL_SECTION_PATHS];
    for (const kdb_json *path = kdb_json_first(paths); path; path = path->next)
        read_path(e, kdb_json_first(path));
    if (!paths && kdb_json_first(e->members[KDB_JSONL_SECTIONS]))
        read_path(e, kdb_json_first(e->members[KDB_JSONL_SECTIONS]));
}

/* ---- records ---- */

/* The name of a file, kept once where it is the last one again. */
static const char *keep_file(lines *l, kdbib_str file) {
    if (!l->file || !kdbib_str_equal(kdbib_str_of(l->file), file))
        l->file = kdb_arena_copy(&l->rest, file).data;
    return l->file;
}

static bool add(entry *e, uint64_t position) {
    lines *l = e->l;
    const kdb_json *source = e->members[KDB_JSONL_SOURCE];
    kdbib_str file = kdb_json_get_text(&l->values, source, "file");
    long line = kdb_json_number_of(&l->values, kdb_json_get(source, "line"));
    bool sourced = file.size && line > 0;
    e->file = sourced ? keep_file(l, file) : l->input;
    e->record = kdb_record_new(&l->origin, sourced ? (uint32_t)line : l->line);
    if (!e->record)
        return false;
    kdb_jsonl_record *more = kdb_array_grow(l->at, l->count, &l->room, sizeof *more);
    if (!more)
        return false;
    l->at = more;
    l->at[l->count++] = (kdb_jsonl_record){e->record, e->file, sourced, position};
    return true;
}

/* Written by kdbib, and after its links were looked at. */
static bool is_complete(const entry *e) {
    return kdb_json_is(e->members[KDB_JSONL_BASIS], KDB_JSON_OBJECT) &&
           (kdbib_record_text(e->record, KDBIB_CANONICAL_URL).size ||
            (!kdbib_record_link(e->record, KDBIB_LINK_PAPER).size &&
             !kdbib_record_link(e->record, KDBIB_LINK_PDF).size));
}

/* The members are found. Links stand in front of texts that are the end of one. */
static void read_record(entry *e, uint64_t position) {
    kdbib_type type;
    if (!check(e->l, add(e, position)))
        return;
    kdb_json_get_all(e->members[KDB_JSONL_BASIS], e->l->names->members, KDBIB_FIELD_COUNT,
                     e->bases);
    if (kdbib_type_from_name(text(e->l, e->members[KDBIB_TYPE]), &type))
        kdbib_record_set_type(e->record, type, basis_of(e, KDBIB_TYPE));
    read_title(e);
    read_links(e);
    read_sections(e);
    read_names(e, KDBIB_AUTHORS);
    read_names(e, KDBIB_EDITORS);
    kdbib_record_set_authors_truncated(
        e->record, kdb_json_is(e->members[KDB_JSONL_AUTHORS_TRUNCATED], KDB_JSON_TRUE));
    read_issued(e);
    read_texts(e);
    e->record->complete = is_complete(e);
    kdbib_record_set_not_paper(e->record,
                               kdb_json_is(e->members[KDB_JSONL_NOT_PAPER], KDB_JSON_TRUE));
}

/* ---- lines ---- */

static void add_mistake(lines *l, const char *message, kdbib_str about) {
    kdb_jsonl_mistake *mistake = kdb_arena_array(&l->rest, 1, sizeof *mistake);
    if (!mistake)
        return;
    *mistake = (kdb_jsonl_mistake){message, kdb_arena_copy(&l->rest, about), l->line, NULL};
    if (l->last_mistake)
        l->last_mistake->next = mistake;
    else
        l->first_mistake = mistake;
    l->last_mistake = mistake;
}

static const kdb_json *read_object(lines *l, kdbib_str line) {
    kdb_json_mistake mistake;
    const kdb_json *value = kdb_json_read(&l->values, line, NULL, &mistake);
    if (kdb_arena_failed(&l->values) || kdb_json_is(value, KDB_JSON_OBJECT))
        return value;
    if (value)
        add_mistake(l, "an object was expected here", kdb_slice(line, 0, 20));
    else
        add_mistake(l, "this is no JSON: it is left out", mistake.message);
    return NULL;
}

/* A record, or those that it was united from. */
static void read_line(lines *l, kdbib_str line) {
    entry e = {.l = l};
    kdb_arena_reset(&l->values);
    const kdb_json *object = read_object(l, line), *part;
    if (!object)
        return;
    kdb_json_get_all(object, l->names->members, KDB_JSONL_MEMBERS, e.members);
    part = kdb_json_first(e.members[KDB_JSONL_PARTS]);
    uint64_t left = distance(l, e.members[KDB_JSONL_LEFT]);
    l->position += distance(l, e.members[KDB_JSONL_SKIPPED]);
    if (!part)
        read_record(&e, l->position);
    for (; part; part = part->next)
        if (kdb_json_is(part, KDB_JSON_OBJECT)) {
            kdb_json_get_all(part, l->names->members, KDB_JSONL_MEMBERS, e.members);
            read_record(&e, l->position + distance(l, e.members[KDB_JSONL_DISTANCE]));
        }
    l->position += 1 + left;
}

static bool failed(const lines *l) {
    return kdb_arena_failed(&l->values) || kdb_arena_failed(&l->records) ||
           kdb_arena_failed(&l->rest);
}

static void begin(lines *l, const char *input, const kdb_jsonl_names *names) {
    l->input = input;
    l->names = names;
    kdb_arena_reset(&l->records);
    kdb_arena_reset(&l->rest);
    kdb_index_free(&l->section_names);
    l->origin = (kdb_origin){&l->records, ""};
    l->count = 0;
    l->file = NULL;
    l->first_mistake = l->last_mistake = NULL;
    l->line = 0;
    l->position = 0;
}

bool kdb_jsonl_lines_read(kdb_jsonl_lines *l, const char *input, const kdb_jsonl_names *names,
                          kdbib_str all) {
    begin(l, input, names);
    for (size_t at = 0, end; at < all.size && !failed(l); at = end + 1) {
        end = kdb_find_char(all, '\n', at);
        end = end == SIZE_MAX ? all.size : end;
        l->line++;
        kdbib_str line = kdb_trim(kdb_slice(all, at, end));
        if (line.size)
            read_line(l, line);
    }
    return !failed(l);
}

void kdb_jsonl_lines_free(kdb_jsonl_lines *l) {
    kdb_arena_free(&l->values);
    kdb_arena_free(&l->records);
    kdb_arena_free(&l->rest);
    kdb_index_free(&l->section_names);
    kdb_buffer_free(&l->path);
    free(l->sections);
    free(l->at);
}
