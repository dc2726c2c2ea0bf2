/* Templates: what a rule makes of the parts that its pattern found.
 *
 *     $1 … $9        a group of the pattern; $host the URL's host
 *     {%04d $1}      a number with so many digits; {%d $1} without leading zeros
 *     {lower $1}     in lower case; {upper $1}, {capital $1} likewise
 *     {+1986 $1}     a number, increased (or {-1 $1}, decreased)
 *     {TABLE.COLUMN $1}     looked up in data/TABLE.csv by its first column
 *     {TABLE.COLUMN $1 $2}  likewise in a table of ranges: a key and a number
 *
 * When a number is none, or a table has no such row, the template gives nothing. */
#ifndef KDB_TEMPLATE_H
#define KDB_TEMPLATE_H

#include "base/buffer.h"
#include "resolve/lookup.h"
#include "resolve/pattern.h"

/* A template, taken apart once. */
typedef struct kdb_template kdb_template;

/* Takes `source` apart, in `arena`. NULL: memory is out, or it is no good template, and `*fault`
 * says why; else `*fault` is NULL. */
const kdb_template *kdb_template_read(kdb_arena *arena, kdbib_str source, kdb_lookups *lookups,
                                      const char **fault);

typedef struct kdb_template_values {
    const kdbib_str *groups; /* KDB_GROUPS of them */
    kdbib_str host;
    kdb_buffer *arguments; /* of functions, while these are called; its memory stays */
} kdb_template_values;

/* Adds what the template gives to `out`. False: it gives nothing (`out` is then as before), or
 * memory is out (see the buffer). */
bool kdb_template_expand(const kdb_template *template, const kdb_template_values *values,
                         kdb_buffer *out);

#endif
