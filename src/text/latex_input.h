/* LaTeX commands as people type them in titles, from data/latex-input.csv. */
#ifndef KDB_LATEX_INPUT_H
#define KDB_LATEX_INPUT_H

#include "base/buffer.h"

typedef enum kdb_latex_kind {
    KDB_LATEX_UNKNOWN,
    KDB_LATEX_ACCENT, /* `code` is the combining character */
    KDB_LATEX_TEXT,   /* `value`: code points in hex, separated by blanks */
    KDB_LATEX_STYLE,  /* `style`: kdbib_style bits, for its argument or the rest of its group */
} kdb_latex_kind;

typedef struct kdb_latex_command {
    kdb_latex_kind kind;
    unsigned code, style;
    kdbib_str value;
} kdb_latex_command;

/* The command named so (without its backslash). The table is sorted, so that this needs no memory
 * of its own: a binary search in the embedded bytes. */
kdb_latex_command kdb_latex_command_of(kdbib_str name);

/* The characters of a KDB_LATEX_TEXT. */
void kdb_latex_add_text(kdb_buffer *buffer, kdbib_str value);

#endif
