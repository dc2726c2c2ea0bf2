/* Strict readers of what kdbib writes, one for each format, for fuzz targets and tests in C. They
 * stand on other parsers than the writers (expat, jansson, libyaml, libcsv, gumbo, cmark-gfm); for
 * BibTeX and RIS, which have none, on the grammar. What a reader does not know it refuses. */
#ifndef KDB_REREAD_H
#define KDB_REREAD_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* What was read: of each entry its title, as plain text. */
typedef struct reread {
    kdb_buffer titles; /* each ends with a NUL */
    size_t count;
    char problem[256]; /* why it was refused; "" when it was not */
} reread;

/* Reads `text`, all of it. False: it is not what the format says, see `problem`. */
bool reread_format(const char *format, kdbib_str text, reread *result);
void reread_free(reread *result);

/* The number of entries is that of `bibliography`, and each title says the same letters and digits
 * in the same order. Otherwise false and `problem`. */
bool reread_is_same(const kdbib_bibliography *bibliography, reread *result);

/* ---- for the readers ---- */

typedef bool reread_fn(kdbib_str text, reread *result);
reread_fn reread_bibtex, reread_ris, reread_csl_json, reread_jsonl, reread_jats, reread_mods,
    reread_endnote, reread_hayagriva, reread_csv, reread_html, reread_markdown;

/* Appends the text of a run; of a formula, the characters that its commands stand for, as BibTeX
 * has letters that are no letters to TeX. */
void reread_add_run(kdb_buffer *plain, const kdbib_run *run);
void reread_title(reread *result, const char *text, size_t size);
/* Sets the problem unless there is one, and returns false. */
bool reread_refuse(reread *result, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* No link to anything that runs: an address has one of the schemes that lead to pages, or is a
 * place on the page ("#x"). */
bool reread_is_harmless_url(const char *url);

#endif
