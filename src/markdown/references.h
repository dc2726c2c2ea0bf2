/* Link reference definitions, `[label]: url`, collected before the text is cut into pieces. */
#ifndef KDB_REFERENCES_H
#define KDB_REFERENCES_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

typedef struct kdb_reference {
    kdbib_str label; /* lower case, single blanks */
    kdbib_str line;  /* the definition as it stands */
    uint32_t used;   /* number of the piece that has it already */
} kdb_reference;

typedef struct kdb_references {
    kdb_arena arena;
    kdb_reference *slots; /* open addressing; NULL: no definition in the text */
    size_t mask, count;
    uint32_t piece;
} kdb_references;

/* False: memory is out. */
bool kdb_references_collect(kdb_references *references, kdbib_str text);
/* Adds the definitions that `text` uses to `prefix`, each a paragraph; returns how many lines. */
uint32_t kdb_references_add_used(kdb_references *references, kdbib_str text, kdb_buffer *prefix);
void kdb_references_free(kdb_references *references);

#endif
