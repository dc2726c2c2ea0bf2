/* Author lists: "Ann Lee, Bo Li and C. van Dyk", "Lee, A., Li, B., & van Dyk, C.", "Lee A, Li B, et
 * al.", "张三, 李四". Input is plain text without markup. */
#ifndef KDB_FIELDS_NAMES_H
#define KDB_FIELDS_NAMES_H

#include "fields/tables.h"

typedef struct kdb_name_list {
    kdbib_name *names; /* in the arena, the texts too */
    size_t count;
    bool truncated; /* "et al.", "and others", "…": there are more than are named */
} kdb_name_list;

/* Reads an author list. Marks of affiliation (`*†¹`, "(Some University)") and what else is no name
 * are dropped. A body ("Gemini Team", "LHCb collaboration") and a name whose parts nobody can tell
 * become a literal. Never fails on the text: what is no list gives no name. False: memory. */
bool kdb_names_parse(kdb_arena *arena, const kdb_fields *fields, kdbib_str text,
                     kdb_name_list *list);

/* How much `text` looks like an author list: 0 (certainly none) to 100 (certainly one). 50 and
 * more: rather a list than a title. One or two capitalised words ("Deep Learning") stay below 50
 * unless something (initials, "et al.", a known surname, several names) speaks for names. `arena`
 * is scratch. */
unsigned kdb_names_score(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);
/* The same where that gives 50 or more; else it may be less. Quick for prose. */
unsigned kdb_names_score_likely(kdb_arena *arena, const kdb_fields *fields, kdbib_str text);
#define KDB_NAMES_OF_PHRASE 5 /* the score of what reads like a sentence */

/* One person or body: "Given van Family Jr.", "Family, Given", "Family GM", "山田太郎", "{Body}".
 * False: memory. `name` is all empty when there is none in the text. */
bool kdb_name_split(kdb_arena *arena, const kdb_fields *fields, kdbib_str text, kdbib_name *name);

/* The parts of a given order, as a data base gives them: the particle is taken from the front of
 * `family` ("van der Maaten") and a suffix from its end. False: memory. */
bool kdb_name_from_parts(kdb_arena *arena, const kdb_fields *fields, kdbib_str family,
                         kdbib_str given, kdbib_name *name);

/* Puts the names on `record` as `which` (replacing) with the truncation mark for authors. */
bool kdb_names_to_record(const kdb_name_list *list, kdbib_record *record, kdbib_field which,
                         kdbib_basis basis);

#endif
