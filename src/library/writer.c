/* Driving a writer: state, options, the order of calls. */
#include <stdlib.h>

#include "library/writer_inside.h"

kdbib_writer *kdbib_writer_new(kdbib *context, const kdbib_writer_class *class,
                               kdbib_output *output) {
    kdbib_writer *writer = calloc(1, sizeof *writer);
    if (!writer)
        return NULL;
    writer->context = context;
    writer->class = class;
    writer->output = output;
    if (class->state_size && !(writer->state = calloc(1, class->state_size))) {
        free(writer);
        return NULL;
    }
    return writer;
}

static const char **option_slot(const kdbib_writer *writer, const char *name) {
    const kdbib_writer_option *options = writer->class->options;
    for (size_t i = 0; options && options[i].name && i < LARGEST_OPTIONS; i++)
        if (strcmp(options[i].name, name) == 0)
            return (const char **)&writer->values[i];
    return NULL;
}

bool kdbib_writer_set_option(kdbib_writer *writer, const char *name, const char *value) {
    const char **slot = option_slot(writer, name);
    if (!slot)
        return false;
    *slot = value ? value : "";
    return true;
}

const char *kdbib_writer_get_option(const kdbib_writer *writer, const char *name) {
    const char **slot = option_slot(writer, name);
    return slot ? *slot : NULL;
}

static bool begin(kdbib_writer *writer) {
    if (!writer->begun) {
        writer->begun = true;
        if (writer->class->begin && !writer->class->begin(writer))
            writer->failed = true;
    }
    return !writer->failed;
}

bool kdbib_writer_record(kdbib_writer *writer, const kdbib_record *record) {
    if (begin(writer) && !writer->class->record(writer, record))
        writer->failed = true;
    return !writer->failed && kdbib_output_error(writer->output) == 0;
}

bool kdbib_writer_finish(kdbib_writer *writer) {
    if (!writer)
        return false;
    if (begin(writer) && writer->class->end && !writer->class->end(writer))
        writer->failed = true;
    if (writer->class->cleanup)
        writer->class->cleanup(writer);
    bool fine = kdbib_output_flush(writer->output) == 0 && !writer->failed;
    free(writer->state);
    free(writer);
    return fine;
}

void *kdbib_writer_state(kdbib_writer *writer) {
    return writer->state;
}
kdbib_output *kdbib_writer_output(const kdbib_writer *writer) {
    return writer->output;
}
kdbib *kdbib_writer_context(const kdbib_writer *writer) {
    return writer->context;
}
