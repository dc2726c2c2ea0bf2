/* What every fuzz target shares. A target is one file, fuzz_NAME.c, with LLVMFuzzerTestOneInput;
 * built with -DKDBIB_FUZZ=ON by clang (scripts/fuzz). Seeds: tests/fuzz/seeds/NAME/, findings that
 * were mended: tests/fuzz/regressions/NAME/ (scripts/fuzz runs them too). */
#ifndef KDB_FUZZ_H
#define KDB_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "kdbib/kdbib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise: the fuzzer keeps the input. */
#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: promise broken: %s\n", __FILE__, __LINE__, #condition);        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

#endif
