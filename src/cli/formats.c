/* kdbib formats: what can be written, and the options of each format. */
#include <stdio.h>

#include "cli/output_file.h"
#include "cli/program.h"
#include "cli/say.h"

static void write_padded(kdbib_output *out, const char *text, size_t width) {
    kdbib_output_text(out, text);
    for (size_t size = strlen(text); size < width; size++)
        kdbib_output_char(out, ' ');
}

static void write_class(kdbib_output *out, const kdbib_writer_class *class) {
    write_padded(out, class->name, 15);
    write_padded(out, class->extension ? class->extension : "", 8);
    kdbib_output_text(out, class->description);
    for (const char *const *alias = class->aliases; alias && *alias; alias++) {
        kdbib_output_text(out, alias == class->aliases ? " (also: " : ", ");
        kdbib_output_text(out, *alias);
        if (!alias[1])
            kdbib_output_char(out, ')');
    }
    kdbib_output_char(out, '\n');
}

static void write_options(kdbib_output *out, const kdbib_writer_class *class) {
    for (const kdbib_writer_option *option = class->options; option && option->name; option++) {
        kdbib_output_text(out, "    -O ");
        write_padded(out, option->name, 16);
        kdbib_output_char(out, ' ');
        kdbib_output_text(out, option->help);
        kdbib_output_char(out, '\n');
    }
}

static bool write_named(const kdb_program *program, kdbib_output *out) {
    const kdb_options *options = program->options;
    for (size_t i = 0; i < options->operand_count; i++) {
        const kdbib_writer_class *class =
            kdbib_find_writer(program->context, kdbib_str_of(options->operands[i]));
        if (!class) {
            kdb_say("unknown format “%s”; `kdbib formats` lists them", options->operands[i]);
            return false;
        }
        write_class(out, class);
        write_options(out, class);
    }
    return true;
}

static int formats(kdb_program *program) {
    kdb_output_file *file = kdb_output_file_open(NULL);
    if (!file)
        return KDB_NOT_DONE;
    kdbib_output *out = kdb_output_file_output(file);
    if (!write_named(program, out)) {
        kdb_output_file_abandon(file);
        return KDB_NOT_DONE;
    }
    const kdbib_writer_class *class;
    if (program->options->operand_count == 0)
        for (size_t i = 0; (class = kdbib_writer_at(program->context, i)) != NULL; i++) {
            write_class(out, class);
            if (program->options->verbose)
                write_options(out, class);
        }
    return kdb_output_file_commit(file) ? KDB_DONE : KDB_NOT_DONE;
}

static const char help[] = "\
kdbib formats          every format: name, ending of files, what it is\n\
kdbib formats bibtex   and its options\n\
kdbib formats -v       all of them with their options\n";

const kdb_command kdb_formats_command = {"formats", KDB_FORMATS, help, formats};
