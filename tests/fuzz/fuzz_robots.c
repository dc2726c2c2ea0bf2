/* A robots.txt and a path: the first line is the path, the rest the file. */
#include "fuzz.h"

#include "lookup/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *end = size ? memchr(text, '\n', size) : NULL;
    const size_t path = end ? (size_t)(end - text) : size, skip = end ? path + 1 : path;
    const kdbib_str file = {text + skip, size - skip};
    const bool allowed = kdb_robots_allow(file, (kdbib_str){text, path});
    PROMISE(allowed == kdb_robots_allow(file, (kdbib_str){text, path}));
    PROMISE(kdb_robots_allow(KDBIB_STR(""), (kdbib_str){text, path}));
    return 0;
}
