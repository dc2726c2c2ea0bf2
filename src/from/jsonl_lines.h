/* Lines of jsonl become records in memory of their own, whatever thread reads them; what they have
 * in common with other lines is found out when they are taken over. */
#ifndef KDB_JSONL_LINES_H
#define KDB_JSONL_LINES_H

#include "base/buffer.h"
#include "base/index.h"
#include "record/record.h"

/* All that is looked for in an object: the fields, and these. */
enum {
    KDB_JSONL_TITLE_RUNS = KDBIB_FIELD_COUNT,
    KDB_JSONL_AUTHORS_TRUNCATED,
    KDB_JSONL_URLS,
    KDB_JSONL_LINK_ORDER,
    KDB_JSONL_SECTIONS,
    KDB_JSONL_SECTION_PATHS,
    KDB_JSONL_SOURCE,
    KDB_JSONL_NOT_PAPER,
    KDB_JSONL_BASIS,
    KDB_JSONL_SKIPPED,
    KDB_JSONL_PARTS,
    KDB_JSONL_LEFT,
    KDB_JSONL_DISTANCE,
    KDB_JSONL_MEMBERS
};

/* What members, bases and links are called. */
typedef struct kdb_jsonl_names {
    kdbib_str members[KDB_JSONL_MEMBERS], bases[KDBIB_BASIS_MANUAL + 1], roles[KDBIB_ROLE_COUNT];
} kdb_jsonl_names;

void kdb_jsonl_names_set(kdb_jsonl_names *names);

/* A heading of records of these lines. */
typedef struct kdb_jsonl_section {
    kdbib_section here;          /* its parent, too, is one of these lines */
    kdbib_str name;              /* file and path: what tells it from others */
    const kdbib_section *listed; /* that of the bibliography, once it is known */
} kdb_jsonl_section;

typedef struct kdb_jsonl_record {
    kdbib_record *record;
    const char *file;  /* that it comes from */
    bool sourced;      /* it says so; else its line is counted from the first of these */
    uint64_t position; /* where it stood in its run, from the first of these lines */
} kdb_jsonl_record;

/* A line that is none. */
typedef struct kdb_jsonl_mistake {
    const char *message;
    kdbib_str about;
    uint32_t line;
    struct kdb_jsonl_mistake *next;
} kdb_jsonl_mistake;

typedef struct kdb_jsonl_lines {
    const char *input; /* as the user named it */
    const kdb_jsonl_names *names;
    kdb_arena values;  /* of one line */
    kdb_arena records; /* nothing else, so that each stays in one piece */
    kdb_arena rest;
    kdb_origin origin; /* of the records */
    kdb_jsonl_record *at;
    size_t count, room;
    kdb_index section_names;
    kdb_jsonl_section **sections; /* in the order of the records */
    size_t section_room;
    kdb_buffer path;
    const char *file; /* that was named last */
    kdb_jsonl_mistake *first_mistake, *last_mistake;
    uint32_t line;     /* that is read, from 1 */
    uint64_t position; /* where the next record is expected */
} kdb_jsonl_lines;

/* `lines` is {0} or was used before; false: memory is out. */
bool kdb_jsonl_lines_read(kdb_jsonl_lines *lines, const char *input, const kdb_jsonl_names *names,
                          kdbib_str text);
void kdb_jsonl_lines_free(kdb_jsonl_lines *lines);

#endif
