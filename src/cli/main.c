/* kdbib: the program. Finds the command, reads its options, runs it. */
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "cli/files0.h"
#include "cli/heap.h"
#include "cli/output_file.h"
#include "cli/program.h"
#include "cli/rules.h"
#include "cli/say.h"

/* A new command is a file beside this one and a line here. The first is the default. */
static const kdb_command *const commands[] = {
    &kdb_convert_command, &kdb_doi_command,     &kdb_resolve_command,
    &kdb_check_command,   &kdb_formats_command,
};

static const kdb_command *find_command(const char *name) {
    for (size_t i = 0; name && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int print(const char *text) {
    kdb_output_file *file = kdb_output_file_open(NULL);
    if (!file)
        return KDB_NOT_DONE;
    kdbib_output_text(kdb_output_file_output(file), text);
    return kdb_output_file_commit(file) ? KDB_DONE : KDB_NOT_DONE;
}

/* Those that this process may use. */
static unsigned count_processors(void) {
    cpu_set_t usable;
    return sched_getaffinity(0, sizeof usable, &usable) == 0 ? (unsigned)CPU_COUNT(&usable) : 1;
}

/* What asks the network is done by another process, which reads its own standard input. */
static bool reads_lists_here(const kdb_command *command, const kdb_options *options) {
    return command->bit == KDB_RESOLVE ? options->offline : !options->online;
}

static int run(const kdb_command *command, kdb_options *options, char **arguments) {
    kdb_program program = {kdbib_new(), options, kdb_diagnostics_new(options), arguments};
    int status = KDB_NOT_DONE;
    if (program.context && program.diagnostics) {
        kdbib_set_diagnostic_handler(program.context, kdb_diagnostics_take, program.diagnostics);
        kdbib_set_threads(program.context, options->jobs ? options->jobs : count_processors());
        if (reads_lists_here(command, options))
            kdb_heap_prepare();
        if (kdb_cli_add_rules(&program) &&
            (!reads_lists_here(command, options) || kdb_files0_read(program.context, options)))
            status = command->run(&program);
        kdb_diagnostics_finish(program.diagnostics);
    } else {
        kdb_say("memory is out");
    }
    kdbib_free(program.context);
    kdb_diagnostics_free(program.diagnostics);
    return status;
}

int main(int argc, char **argv) {
    kdb_heap_keep();
    kdb_output_file_guard_standard();
    const kdb_command *command = find_command(argc > 1 ? argv[1] : NULL);
    if (command) { /* its name is argv[0] to what follows */
        argc--;
        argv++;
    } else {
        command = commands[0];
    }
    kdb_options options = {0};
    int status = KDB_NOT_DONE;
    switch (kdb_options_read(&options, argc, argv, command->bit)) {
    case KDB_OPTIONS_HELP:
        status = print(command->help);
        break;
    case KDB_OPTIONS_VERSION:
        status = print("kdbib " KDBIB_RELEASE "\n");
        break;
    case KDB_OPTIONS_WRONG:
        kdb_say("see `kdbib%s%s --help`", command == commands[0] ? "" : " ",
                command == commands[0] ? "" : command->name);
        break;
    case KDB_OPTIONS_FINE:
        status = run(command, &options, argv);
        break;
    }
    kdb_options_free(&options);
    return status;
}
