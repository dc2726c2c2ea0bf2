/* A cell of the lock as it stands in the file, and the names in it. */
#ifndef KDB_LOCK_CELL_H
#define KDB_LOCK_CELL_H

#include "base/buffer.h"
#include "kdbib/kdbib.h"

/* Appends `text` as a cell that no spreadsheet runs: where a cell, or what a spreadsheet of another
 * country takes for one, begins with a sign that begins a formula, an apostrophe stands before it.
 */
void kdb_cell_guard(kdb_buffer *cell, kdbib_str text);
/* Appends `cell` without these apostrophes: the inverse. */
void kdb_cell_unguard(kdb_buffer *text, kdbib_str cell);

/* Appends a CSV cell (RFC 4180), in quotes where it needs them. */
void kdb_cell_quote(kdb_buffer *row, kdbib_str cell);

/* Appends the names of `record` in the lock's notation (names_cell.c). */
void kdb_cell_write_names(kdb_buffer *cell, const kdbib_record *record, kdbib_field which);
/* Adds the names in `cell` to `record`; "et al." at the end tells that there are more. False:
 * memory is out. */
bool kdb_cell_read_names(kdbib_record *record, kdbib_field which, kdbib_str cell,
                         kdbib_basis basis);

#endif
