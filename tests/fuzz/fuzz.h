/* What every fuzz target shares. A target is one file, fuzz_NAME.c, with LLVMFuzzerTestOneInput;
 * built with -DKDBIB_FUZZ=ON by clang (scripts/fuzz). Seeds: tests/fuzz/seeds/NAME/, findings that
 * were mended: tests/fuzz/regressions/NAME/ (scripts/fuzz runs them too).
 *
 * A target that tries several things alike (services, recognisers, writers) names them by
 * FUZZ_PARTS: then scripts/fuzz runs it for one after the other, each with a corpus of its own. */
#ifndef KDB_FUZZ_H
#define KDB_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "kdbib/kdbib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* A broken promise: the fuzzer keeps the input. */
#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: promise broken: %s\n", __FILE__, __LINE__, #condition);        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The name of part `index`; NULL past the last one. */
typedef const char *fuzz_part_name(size_t index);

/* The number of the part that FUZZ_PART names, or SIZE_MAX; `?` prints them all. */
static inline size_t fuzz_find_part(fuzz_part_name *name) {
    const char *wanted = getenv("FUZZ_PART"), *part;
    for (size_t i = 0; wanted && (part = name(i)) != NULL; i++)
        if (strcmp(wanted, part) == 0)
            return i;
        else if (strcmp(wanted, "?") == 0)
            printf("part %s\n", part);
    if (wanted && strcmp(wanted, "?") == 0)
        exit(0);
    return SIZE_MAX;
}

/* Defines `fuzzed_part`: the part to try, or SIZE_MAX, which leaves the choice to the input. */
#define FUZZ_PARTS(name)                                                                           \
    static size_t fuzzed_part = SIZE_MAX;                                                          \
    int LLVMFuzzerInitialize(int *argc, char ***argv) {                                            \
        (void)argc, (void)argv;                                                                    \
        fuzzed_part = fuzz_find_part(name);                                                        \
        return 0;                                                                                  \
    }

#endif
