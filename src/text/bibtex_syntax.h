/* The syntax of BibTeX and biblatex files: entries, their fields, @string. What the fields mean is
 * not known here. Reads on behind every mistake. */
#ifndef KDB_BIBTEX_SYNTAX_H
#define KDB_BIBTEX_SYNTAX_H

#include <stdint.h>

#include "base/arena.h"

/* A field more than this is dropped: no entry has so many. */
#define KDB_BIBTEX_MOST_FIELDS 256

typedef struct kdb_bibtex_field {
    kdbib_str name;  /* as typed */
    kdbib_str value; /* LaTeX; without its braces or quotes, strings put in, pieces joined */
    uint32_t line;
} kdb_bibtex_field;

typedef struct kdb_bibtex_entry {
    kdbib_str type; /* as typed, without the `@` */
    kdbib_str key;  /* may be empty */
    kdb_bibtex_field *fields;
    size_t count;
    uint32_t line;
} kdb_bibtex_entry;

/* A mistake in the file; `name` is a stable name of docs/diagnostics.md. */
typedef void kdb_bibtex_complain(void *user, uint32_t line, const char *name, const char *message,
                                 kdbib_str about);

typedef struct kdb_bibtex {
    kdb_arena *arena; /* of the entries; the caller's */
    kdbib_str text;
    size_t at;
    uint32_t line;                 /* of `at` */
    kdb_bibtex_complain *complain; /* or NULL */
    void *user;
    struct kdb_bibtex_strings *strings; /* what @string defined; NULL: nothing yet */
} kdb_bibtex;

/* `text` and `arena` must outlive the parser and the entries. kdb_bibtex_free() in any case. */
void kdb_bibtex_init(kdb_bibtex *bibtex, kdb_arena *arena, kdbib_str text);
void kdb_bibtex_free(kdb_bibtex *bibtex);

/* The next entry; @comment and @preamble are passed over, @string is remembered. False: there is no
 * more, or memory is out (kdb_arena_failed()). */
bool kdb_bibtex_next(kdb_bibtex *bibtex, kdb_bibtex_entry *entry);

/* The value of a field, in any case of letters; absent when it is not there. */
kdbib_str kdb_bibtex_get(const kdb_bibtex_entry *entry, const char *name);

#endif
