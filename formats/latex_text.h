/* Text in LaTeX: the one function that escapes it. Characters come from data/latex-escapes.csv. */
#ifndef KDB_LATEX_TEXT_H
#define KDB_LATEX_TEXT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/csv.h"
#include "kdbib/output.h"

/* A row of the table; kind 0: there is none. */
typedef struct kdb_latex_row {
    size_t number;
    char kind;          /* 't' text, 'm' math, 'a' accent (a combining mark), 'k' keep */
    kdbib_str latex;    /* "{\ss}", "\alpha", "\'" */
    kdbib_str initial;  /* the same where BibTeX may cut a name after its first letter, if not so */
    kdbib_str fallback; /* TeX that defines the command where the document's font has none */
} kdb_latex_row;

typedef struct kdb_latex {
    kdb_arena arena;
    kdb_table table;                      /* found by "U+00E9" */
    size_t kind, text, initial, fallback; /* its columns */
    bool *used;                           /* which rows were */
    bool defines;                         /* one of them has a fallback */
    /* Of each byte: it always stands for itself in a text; in a URL; in a URL with escapes. */
    bool plain[256], plain_in_url[256], plain_in_both[256];
    bool unicode;  /* keep every character but TeX's own */
    bool in_name;  /* biber and styles take the first letter of each word, group or not */
    bool in_given; /* in a name, and styles do abbreviate it */
} kdb_latex;

/* False when memory is out; kdb_latex_free() is to be called in any case. */
bool kdb_latex_init(kdb_latex *latex, bool unicode);
void kdb_latex_free(kdb_latex *latex);

/* What a row of the table says. */
kdb_latex_row kdb_latex_row_at(const kdb_latex *latex, size_t number);

/* Writes `text`, UTF-8, as LaTeX that prints it, whatever it says: no command, brace, comment or
 * line end of it survives. Accents stand in a group of their own, `{\"u}`, and every formula in
 * braces. Characters that the table lacks stay as they are. */
void kdb_latex_text(kdb_latex *latex, kdbib_output *out, kdbib_str text);

/* The text of a sub- or superscript can be set as a formula; kdb_latex_script() writes it as one.
 */
bool kdb_latex_is_script(const kdb_latex *latex, kdbib_str text);
void kdb_latex_script(kdb_latex *latex, kdbib_output *out, kdbib_str text);

/* A URL or DOI as it must stand in a verbatim field: braces, backslashes, blanks, control
 * characters and all that is not ASCII percent-encoded. With `escape`, TeX's characters get a
 * backslash. */
void kdb_latex_verbatim(const kdb_latex *latex, kdbib_output *out, kdbib_str url, bool escape);

/* The character is written with a backslash outside a group, `\&`, so that a group which begins
 * with it would be one of BibTeX's special characters. */
static inline bool kdb_latex_is_bare_escape(char c) {
    return c == '#' || c == '$' || c == '%' || c == '&' || c == '_';
}

#endif
