/* PCRE2 behind a small door. Subjects are bytes, so that no input is "invalid". */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "resolve/pattern.h"

#include <stdlib.h>

#include <pcre2.h>
#include <stdio.h>

#include "base/strings.h"

/* A rule's pattern needs some dozens of steps; one that needs so many is a trap. */
#define MOST_STEPS 50000
/* Making machine code of a pattern takes as long as so many matches without it. */
#define USES_BEFORE_JIT 40

bool kdb_matcher_init(kdb_matcher *matcher) {
    matcher->data = pcre2_match_data_create(KDB_GROUPS, NULL);
    matcher->limits = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->limits)
        return false;
    pcre2_set_match_limit(matcher->limits, MOST_STEPS);
    pcre2_set_depth_limit(matcher->limits, MOST_STEPS);
    return true;
}

void kdb_matcher_free(kdb_matcher *matcher) {
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->limits);
    *matcher = (kdb_matcher){0};
}

bool kdb_pattern_compile(kdb_pattern *pattern, char *error, size_t size, size_t *offset) {
    int code = 0;
    PCRE2_SIZE at = 0;
    pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)pattern->source, PCRE2_ZERO_TERMINATED,
                                         PCRE2_CASELESS | PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL |
                                             PCRE2_NEVER_UTF | PCRE2_NEVER_BACKSLASH_C,
                                         &code, &at, NULL);
    if (!compiled) {
        pattern->bad = code != PCRE2_ERROR_HEAP_FAILED;
        *offset = at;
        if (pcre2_get_error_message(code, (PCRE2_UCHAR *)error, size) < 0)
            snprintf(error, size, "error %d", code);
        return false;
    }
    pattern->code = compiled;
    return true;
}

/* It reads whole vectors, past what was written, which valgrind cannot tell from an error:
 * KDBIB_NO_JIT leaves it out. */
static bool make_machine_code(kdb_pattern *pattern) {
    if (!getenv("KDBIB_NO_JIT"))
        pattern->jitted = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0;
    return pattern->jitted;
}

/* Machine code is faster, and counts the steps in another way. So that it does not depend on the
 * uses before what matches, it has the last word on a subject that takes too many. */
static int match(kdb_pattern *pattern, const kdb_matcher *matcher, kdbib_str subject) {
    PCRE2_SPTR bytes = (PCRE2_SPTR)subject.data;
    if (pattern->uses <= USES_BEFORE_JIT && ++pattern->uses > USES_BEFORE_JIT)
        make_machine_code(pattern);
    if (!pattern->jitted) {
        int count =
            pcre2_match(pattern->code, bytes, subject.size, 0, 0, matcher->data, matcher->limits);
        if (count >= PCRE2_ERROR_NOMATCH || count == PCRE2_ERROR_NOMEMORY ||
            !make_machine_code(pattern))
            return count;
    }
    return pcre2_jit_match(pattern->code, bytes, subject.size, 0, 0, matcher->data,
                           matcher->limits);
}

static bool equal_nocase(const char *text, const char *lower, size_t size) {
    size_t i = 0;
    while (i < size && kdb_to_lower(text[i]) == lower[i])
        i++;
    return i == size;
}

/* False when `subject` cannot match. */
static bool holds_needle(kdb_pattern *pattern, kdbib_str subject) {
    if (!pattern->has_needle) {
        pattern->needle_size = (uint8_t)kdb_pattern_needle(pattern->source, pattern->needle);
        pattern->has_needle = true;
    }
    size_t size = pattern->needle_size, sign = 0;
    if (size < 2 || size > subject.size)
        return size < 2;
    while (sign < size && kdb_is_alpha(pattern->needle[sign]))
        sign++; /* of the others there is only one case to look for */
    if (sign == size) {
        for (size_t at = 0; at + size <= subject.size; at++)
            if (kdb_to_lower(subject.data[at]) == pattern->needle[0] &&
                equal_nocase(subject.data + at, pattern->needle, size))
                return true;
        return false;
    }
    kdbib_str rest = kdb_slice(subject, sign, subject.size - (size - sign - 1));
    for (size_t at = 0; (at = kdb_find_char(rest, pattern->needle[sign], at)) != SIZE_MAX; at++)
        if (equal_nocase(subject.data + at, pattern->needle, size))
            return true;
    return false;
}

kdb_match kdb_pattern_match(kdb_pattern *pattern, const kdb_matcher *matcher, kdbib_str subject,
                            kdbib_str groups[KDB_GROUPS]) {
    char error[160];
    size_t offset;
    if (!holds_needle(pattern, subject))
        return KDB_MATCH_NO;
    if (!pattern->code &&
        (pattern->bad || !kdb_pattern_compile(pattern, error, sizeof error, &offset)))
        return pattern->bad ? KDB_MATCH_NO : KDB_MATCH_MEMORY;
    int count = match(pattern, matcher, subject);
    if (count == PCRE2_ERROR_NOMATCH)
        return KDB_MATCH_NO;
    if (count == PCRE2_ERROR_NOMEMORY)
        return KDB_MATCH_MEMORY;
    if (count < 0)
        return KDB_MATCH_LIMIT;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(matcher->data);
    if (count == 0) /* more groups than we keep */
        count = KDB_GROUPS;
    for (size_t i = 0; i < KDB_GROUPS; i++) {
        groups[i] = (kdbib_str){NULL, 0};
        if (i < (size_t)count && ends[2 * i] != PCRE2_UNSET && ends[2 * i] <= ends[2 * i + 1])
            groups[i] = (kdbib_str){subject.data + ends[2 * i], ends[2 * i + 1] - ends[2 * i]};
    }
    return KDB_MATCH_YES;
}

void kdb_pattern_free(kdb_pattern *pattern) {
    pcre2_code_free(pattern->code);
    pattern->code = NULL;
}
