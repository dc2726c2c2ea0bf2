/* --files0-from. */
#include "cli/files0.h"

#include <stdlib.h>
#include <string.h>

#include "base/diagnose.h"
#include "cli/input.h"

struct kdb_names {
    kdb_buffer bytes;
    char **items;
};

static bool refuse(kdbib *context, const kdb_options *options, size_t number, const char *why) {
    bool from_stdin = strcmp(options->files0_from, "-") == 0;
    const char *file = from_stdin ? "<stdin>" : options->files0_from;
    if (number)
        kdb_report(context, KDBIB_SEVERITY_ERROR, "bad-file-name", file, 0, 0, "name %zu: %s",
                   number, why);
    else
        kdb_report(context, KDBIB_SEVERITY_ERROR, "bad-file-name", file, 0, 0, "%s", why);
    return false;
}

static bool split(kdbib *context, kdb_options *options, struct kdb_names *names) {
    kdb_buffer *bytes = &names->bytes;
    bool from_stdin = strcmp(options->files0_from, "-") == 0;
    size_t count = 0;
    for (size_t at = 0; at < bytes->size; at += strlen(bytes->data + at) + 1) {
        const char *name = bytes->data + at;
        count++;
        if (!*name)
            return refuse(context, options, count, "it is empty");
        if (from_stdin && strcmp(name, "-") == 0)
            return refuse(context, options, count,
                          "`-` is standard input, from which the names are read already");
    }
    if (!count)
        return refuse(context, options, 0, "it names no file");
    names->items = calloc(count, sizeof(char *));
    if (!names->items)
        return refuse(context, options, 0, "memory is out");
    count = 0;
    for (size_t at = 0; at < bytes->size; at += strlen(bytes->data + at) + 1)
        names->items[count++] = bytes->data + at;
    options->operands = names->items;
    options->operand_count = count;
    return true;
}

bool kdb_files0_read(kdbib *context, kdb_options *options) {
    if (!options->files0_from)
        return true;
    options->names = calloc(1, sizeof *options->names);
    if (!options->names)
        return refuse(context, options, 0, "memory is out");
    return kdb_input_read(context, options->files0_from, &options->names->bytes) &&
           split(context, options, options->names);
}

void kdb_files0_free(kdb_options *options) {
    if (!options->names)
        return;
    kdb_buffer_free(&options->names->bytes);
    free(options->names->items);
    free(options->names);
    options->names = NULL;
}
