/* Words counted. */
#ifndef KDB_FIELDS_WORDS_H
#define KDB_FIELDS_WORDS_H

#include "base/strings.h"

static inline size_t kdb_count_words(kdbib_str text) {
    size_t words = 0;
    for (size_t i = 0; i < text.size; i++)
        words += !kdb_is_space(text.data[i]) && (i == 0 || kdb_is_space(text.data[i - 1]));
    return words;
}

/* Words at `at` until a comma or a period: at most `most`. */
static inline size_t kdb_words_until_stop(kdbib_str text, size_t at, size_t most) {
    size_t words = 0;
    while (at < text.size && words < most) {
        while (at < text.size && kdb_is_space(text.data[at]))
            at++;
        if (at >= text.size || kdb_is_one_of(text.data[at], ",.;&"))
            return words;
        while (at < text.size && !kdb_is_space(text.data[at]) &&
               !kdb_is_one_of(text.data[at], ",.;"))
            at++;
        words++;
        if (at < text.size && kdb_is_one_of(text.data[at], ",.;"))
            return words;
    }
    return words;
}

#endif
