/* How a text begins and how it ends, as numbers: what parts most texts from each other, at a cost
 * that does not grow with them. */
#ifndef KDB_TEXT_ENDS_H
#define KDB_TEXT_ENDS_H

#include <stdint.h>
#include <string.h>

#include "kdbib/str.h"

static inline uint64_t kdb_eight_bytes(const char *at) {
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

static inline uint32_t kdb_four_bytes(const char *at) {
    uint32_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    return bytes;
}

/* The first and the last eight bytes of `text`, which is not empty; of a shorter one all. Texts of
 * one size up to 16 that have the same ends are the same. */
static inline void kdb_text_ends(kdbib_str text, uint64_t ends[2]) {
    const char *at = text.data, *end = at + text.size;
    if (text.size >= 8) {
        ends[0] = kdb_eight_bytes(at);
        ends[1] = kdb_eight_bytes(end - 8);
    } else if (text.size >= 4) {
        ends[0] = kdb_four_bytes(at);
        ends[1] = kdb_four_bytes(end - 4);
    } else {
        ends[0] = (unsigned char)at[0] | (uint64_t)(unsigned char)at[text.size / 2] << 8;
        ends[1] = (unsigned char)end[-1];
    }
}

#endif
