/* A table of DOI rules, then URLs against it: those of its examples, and one of its first line. */
#include "fuzz.h"

#include "kdbib/doi.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    kdbib *context = kdbib_new(); /* rules stay with their context */
    PROMISE(context);
    char head[] = "host,pattern,doi,basis,example,example_doi\n";
    size_t all = sizeof head - 1 + size;
    char *csv = malloc(all + 1);
    PROMISE(csv);
    memcpy(csv, head, sizeof head - 1);
    if (size)
        memcpy(csv + sizeof head - 1, data, size);
    csv[all] = '\0';
    kdbib_add_doi_rules(context, "fuzz.csv", (kdbib_str){csv, all});
    static const char *const urls[] = {
        "https://example.org/paper/12?id=3",
        "https://arxiv.org/abs/1706.03762",
        "https://doi.org/10.1000/182",
    };
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        kdbib_doi_result result;
        PROMISE(kdbib_doi_from_url(context, kdbib_str_of(urls[i]), &result));
        PROMISE(!result.doi.size || memcmp(result.doi.data, "10.", 3) == 0);
    }
    free(csv);
    kdbib_free(context);
    return 0;
}
