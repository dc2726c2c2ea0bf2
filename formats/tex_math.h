/* Formulas that strangers typed. */
#ifndef KDB_TEX_MATH_H
#define KDB_TEX_MATH_H

#include "base/arena.h"
#include "base/csv.h"

/* The commands that are let through, from data/tex-math.csv. */
typedef struct kdb_tex_math {
    kdb_table table; /* sorted by command */
} kdb_tex_math;

bool kdb_tex_math_init(kdb_tex_math *math, kdb_arena *arena);

/* True when `formula`, TeX without its dollars, can do nothing but print: plain characters, groups,
 * sub- and superscripts and commands of the table with their arguments, all well-formed, so that
 * TeX takes it without an error. Linear in its size. */
bool kdb_tex_math_is_safe(const kdb_tex_math *math, kdbib_str formula);

#endif
