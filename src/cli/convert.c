/* kdbib convert: lists become a bibliography. */
#include "base/diagnose.h"
#include "cli/lists.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "cli/update.h"

#define DEFAULT_FORMAT "bibtex"

static void say_formats(const kdb_program *program) {
    kdb_buffer names = {0};
    const kdbib_writer_class *class;
    for (size_t i = 0; (class = kdbib_writer_at(program->context, i)) != NULL; i++) {
        kdb_buffer_add_str(&names, i ? KDBIB_STR(", ") : KDBIB_STR("formats: "));
        kdb_buffer_add_str(&names, kdbib_str_of(class->name));
    }
    if (!names.failed && names.size)
        kdb_say("%s", names.data);
    kdb_buffer_free(&names);
}

static const kdbib_writer_class *choose_format(const kdb_program *program) {
    const kdb_options *options = program->options;
    const kdbib_writer_class *class = NULL;
    bool by_file = !options->to && options->output && strcmp(options->output, "-") != 0 &&
                   strncmp(options->output, "/dev/", 5) != 0;
    if (by_file) {
        class = kdbib_find_writer_for_file(program->context, kdbib_str_of(options->output));
        if (!class)
            kdb_say("the ending of %s names no format: say --to FORMAT", options->output);
    } else {
        const char *name = options->to ? options->to : DEFAULT_FORMAT;
        class = kdbib_find_writer(program->context, kdbib_str_of(name));
        if (!class)
            kdb_say("unknown format “%s”", name);
    }
    if (!class)
        say_formats(program);
    return class;
}

static size_t option_name_size(const char *option) {
    const char *sign = strchr(option, '=');
    return sign ? (size_t)(sign - option) : strlen(option);
}

static bool has_option(const kdbib_writer_class *class, kdbib_str name) {
    for (const kdbib_writer_option *o = class->options; o && o->name; o++)
        if (kdbib_str_equal(kdbib_str_of(o->name), name))
            return true;
    return false;
}

/* Before any work: are the options ones that the format has? */
static bool options_fit(const kdb_program *program, const kdbib_writer_class *class) {
    const kdb_values *given = &program->options->writer_options;
    for (size_t i = 0; i < given->count; i++) {
        kdbib_str name = {given->items[i], option_name_size(given->items[i])};
        if (has_option(class, name))
            continue;
        kdb_say("the format %s has no option “%.*s”; see `kdbib formats %s`", class->name,
                (int)name.size, name.data, class->name);
        return false;
    }
    return true;
}

/* A writer with its options set, which fit; or NULL: memory is out, told. */
static kdbib_writer *make_writer(const kdb_program *program, const kdbib_writer_class *class,
                                 kdb_arena *arena, kdbib_output *output) {
    kdbib_writer *writer = kdbib_writer_new(program->context, class, output);
    const kdb_values *given = &program->options->writer_options;
    for (size_t i = 0; writer && i < given->count; i++) {
        const char *option = given->items[i];
        size_t size = option_name_size(option);
        kdbib_str name = kdb_arena_copy(arena, (kdbib_str){option, size});
        kdbib_writer_set_option(writer, name.data, option[size] ? option + size + 1 : NULL);
    }
    if (writer && !kdb_arena_failed(arena))
        return writer;
    kdb_say("memory is out");
    if (writer)
        kdbib_writer_finish(writer); /* into an output that is then abandoned */
    return NULL;
}

static bool write_bibliography(kdb_program *program, const kdb_lists *lists,
                               const kdbib_writer_class *class) {
    kdb_output_file *file = kdb_output_file_open(program->options->output);
    if (!file)
        return false;
    kdb_arena arena = {0};
    kdbib_output *output = kdb_output_file_output(file);
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    kdbib_writer *writer = make_writer(program, class, &arena, output);
    bool fine = writer && kdbib_write(lists->bibliography, writer);
    if (fine || kdbib_output_error(output)) {
        fine = kdb_output_file_commit(file) && fine;
    } else {
        if (writer && errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
            kdb_say("memory is out");
        kdb_output_file_abandon(file);
    }
    kdb_arena_free(&arena);
    return fine;
}

/* The new records behind what the file holds; with none the file is not touched. */
static bool write_update(kdb_program *program, const kdb_update *update, const kdb_lists *lists) {
    size_t count = kdbib_bibliography_count(lists->bibliography);
    if (program->options->verbose)
        kdb_say("%zu records are new to %s", count, update->file);
    if (!count)
        return true;
    kdb_arena arena = {0};
    kdbib_output *added = kdbib_output_new_memory();
    kdbib_writer *writer = added ? make_writer(program, update->class, &arena, added) : NULL;
    bool fine = writer && kdbib_write(lists->bibliography, writer);
    if (!fine)
        kdb_say("memory is out");
    kdb_output_file *file = fine ? kdb_output_file_open(update->file) : NULL;
    if (file) {
        kdb_update_write(update, kdbib_output_memory(added), kdb_output_file_output(file));
        fine = kdb_output_file_commit(file);
    }
    kdbib_output_close(added);
    kdb_arena_free(&arena);
    return fine && file;
}

static bool needs_look_up(const kdbib_record *record) {
    return kdbib_record_basis(record, KDBIB_KEY) < KDBIB_BASIS_LOCK;
}

/* --frozen: every record has its row in the lock. */
static bool is_frozen(kdb_program *program, const kdb_lists *lists) {
    bool fine = true;
    for (size_t i = 0; i < kdbib_bibliography_count(lists->bibliography); i++) {
        const kdbib_record *record = kdbib_bibliography_record(lists->bibliography, i);
        if (!needs_look_up(record))
            continue;
        kdbib_source source = kdbib_record_source(record);
        kdbib_str title = kdbib_record_text(record, KDBIB_TITLE);
        kdb_report(program->context, KDBIB_SEVERITY_ERROR, "not-locked", source.file, source.line,
                   0, "not in the lock: “%.*s”; run `kdbib resolve`", KDB_SHOW(title));
        fine = false;
    }
    return fine;
}

static void say_summary(const kdb_program *program, const kdb_lists *lists,
                        const kdbib_writer_class *class) {
    if (!program->options->verbose || program->options->quiet)
        return;
    size_t count = kdbib_bibliography_count(lists->bibliography), dois = 0;
    for (size_t i = 0; i < count; i++)
        dois +=
            kdbib_record_text(kdbib_bibliography_record(lists->bibliography, i), KDBIB_DOI).size !=
            0;
    kdb_say("%zu records, %zu with a DOI, written as %s", count, dois, class->name);
}

/* Read, completed and without an error: what can be written. */
static bool make_bibliography(kdb_program *program, kdb_lists *lists) {
    return kdb_lists_read(program, lists) && kdb_lists_complete(program, lists) &&
           (!program->options->frozen || is_frozen(program, lists)) &&
           kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR) == 0;
}

static int finish(kdb_program *program, bool fine) {
    if (!fine)
        return KDB_NOT_DONE;
    bool warned = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_WARNING) > 0;
    return program->options->strict && warned ? KDB_FELL_SHORT : KDB_DONE;
}

static int update_file(kdb_program *program) {
    kdb_update update = {0};
    kdb_lists lists = {0};
    bool fine = kdb_update_begin(program, &update) && options_fit(program, update.class) &&
                make_bibliography(program, &lists) &&
                kdb_update_keep_new(program, &update, &lists) &&
                write_update(program, &update, &lists);
    kdb_lists_free(&lists);
    kdb_update_free(&update);
    return finish(program, fine);
}

static int convert(kdb_program *program) {
    if (program->options->update)
        return update_file(program);
    const kdbib_writer_class *class = choose_format(program);
    if (!class || !options_fit(program, class))
        return KDB_NOT_DONE;
    const char *output = program->options->output;
    if (output && kdb_lists_include(program, output)) {
        kdb_say("%s is the list itself: it would be lost", output);
        return KDB_NOT_DONE;
    }
    kdb_lists lists = {.keep_parts = class->writes_parts};
    bool fine = make_bibliography(program, &lists) && write_bibliography(program, &lists, class);
    if (fine)
        say_summary(program, &lists, class);
    kdb_lists_free(&lists);
    return finish(program, fine);
}

static const char help[] = "\
kdbib --to bibtex README.md -o refs.bib    a list becomes a bibliography\n\
kdbib -o refs.ris README.md library.bib    several, bibliographies too, are one\n\
curl -s URL | kdbib --to csl-json -        standard input; no FILE: bundled list\n\
kdbib --update refs.bib README.md          what is new, behind what is there\n\
\n\
usage: kdbib [convert] [OPTION]... [FILE]...    FILE: a list, a folder of .md, -\n\
  -t, --to FORMAT      bibtex (default), biblatex, ris, csl-json, jats, jsonl …\n\
  -f, --from FORMAT    markdown, bibtex, ris, csl-json, jsonl; else the ending\n\
  -o, --output FILE    write there: the whole file or nothing\n\
      --update FILE    add to this .bib or .ris what it lacks, change nothing\n\
      --files0-from F  FILEs are named in F, each name ended by a NUL\n\
  -O, --option N[=V]   an option of the format; also --unicode, --standalone\n\
      --lock FILE      the lock (default: kdbib.lock.csv beside the list)\n\
      --no-lock, --frozen       without it; fail when an entry is not in it\n\
      --all            keep what is no paper: tools, datasets, pages\n\
      --prefer WHICH   where both are there: published or preprint\n\
      --strict         exit 1 after a warning (also -W error)\n\
      --rules FILE     DOI rules of your own    -j, --jobs N   threads\n\
  -W no-NAME           silence a warning        -q, -v     say less, say more\n\
  -h, --help           -V, --version        0 done, 1 fell short, 2 not done\n\
\n\
commands: doi (URL -> DOI), resolve (look up what is missing), check (what is\n\
wrong with a list), formats; each has its --help. Manual: man kdbib\n";

const kdb_command kdb_convert_command = {"convert", KDB_CONVERT, help, convert};
