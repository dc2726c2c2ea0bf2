/* Where the lines of a file begin. */
#ifndef KDB_LINES_H
#define KDB_LINES_H

#include "base/arena.h"

typedef struct kdb_lines {
    size_t *starts; /* offsets of the lines, and the end of the text; NULL: not found yet */
    size_t count;
} kdb_lines;

/* Lines end with LF, CR or both. In `arena`; false: memory is out. */
bool kdb_lines_find(kdb_lines *lines, kdb_arena *arena, kdbib_str text);

#endif
