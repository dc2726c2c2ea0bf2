/* PCRE2 patterns: compiled when first needed, to machine code when often needed, matched within
 * limits. */
#ifndef KDB_PATTERN_H
#define KDB_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kdbib/str.h"

#define KDB_GROUPS 10 /* $0 to $9 */
#define KDB_NEEDLE_SIZE 15

typedef struct kdb_pattern {
    const char *source;           /* NUL-terminated, borrowed */
    void *code;                   /* NULL: not compiled yet, or it cannot be */
    unsigned uses;                /* counted until it is worth machine code */
    bool jitted;                  /* it has machine code */
    char needle[KDB_NEEDLE_SIZE]; /* in lower case: what every match holds, or empty */
    uint8_t needle_size;
    bool bad, has_needle; /* has_needle: it was looked for */
} kdb_pattern;

/* The longest text that every match of `source` holds for sure, up to KDB_NEEDLE_SIZE bytes of it,
 * in lower case; gives its size. Most patterns are done with by looking for it. */
size_t kdb_pattern_needle(const char *source, char needle[KDB_NEEDLE_SIZE]);

/* What matching needs besides the pattern; one for all patterns of a thread. */
typedef struct kdb_matcher {
    void *data, *limits;
} kdb_matcher;

typedef enum kdb_match {
    KDB_MATCH_NO,
    KDB_MATCH_YES,
    KDB_MATCH_LIMIT, /* given up: the pattern goes back and forth too much */
    KDB_MATCH_MEMORY,
} kdb_match;

bool kdb_matcher_init(kdb_matcher *matcher);
void kdb_matcher_free(kdb_matcher *matcher);

/* Compiles now. False with a message in `error` and the place of the mistake in `*offset`; when it
 * was memory, the pattern is not `bad`. */
bool kdb_pattern_compile(kdb_pattern *pattern, char *error, size_t size, size_t *offset);
/* Upper and lower case are one; groups that took no part are absent. */
kdb_match kdb_pattern_match(kdb_pattern *pattern, const kdb_matcher *matcher, kdbib_str subject,
                            kdbib_str groups[KDB_GROUPS]);
void kdb_pattern_free(kdb_pattern *pattern);

#endif
