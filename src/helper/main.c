/* kdbib-resolve: what `kdbib resolve` and `kdbib check --online` run. It reads the same command
 * line and is the only program of kdbib that loads libcurl. */
#include <string.h>

#include "cli/files0.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "helper/commands.h"
#include "helper/parse.h"

static int run(kdb_options *options, int (*command)(kdb_program *program)) {
    kdb_program program = {kdbib_new(), options, kdb_diagnostics_new(options), NULL};
    int status = KDB_NOT_DONE;
    if (program.context && program.diagnostics) {
        kdbib_set_diagnostic_handler(program.context, kdb_diagnostics_take, program.diagnostics);
        kdbib_set_threads(program.context, options->jobs ? options->jobs : 1);
        if (kdb_files0_read(program.context, options))
            status = command(&program);
        kdb_diagnostics_finish(program.diagnostics);
    } else {
        kdb_say("memory is out");
    }
    kdbib_free(program.context);
    kdb_diagnostics_free(program.diagnostics);
    return status;
}

static int parse(const char *service, const char *file) {
    kdbib *context = kdbib_new();
    int status = context ? kdb_parse_answer(context, service, file) : KDB_NOT_DONE;
    kdbib_free(context);
    return status;
}

int main(int argc, char **argv) {
    kdb_output_file_guard_standard();
    kdb_options options = {0};
    int status = KDB_NOT_DONE;
    if (argc == 4 && strcmp(argv[1], "--parse") == 0)
        return parse(argv[2], argv[3]);
    bool resolve = argc > 1 && strcmp(argv[1], "resolve") == 0;
    if (!resolve && !(argc > 1 && strcmp(argv[1], "check") == 0)) {
        kdb_say("say `kdbib resolve` or `kdbib check --online`; this program is run by them");
        return KDB_NOT_DONE;
    }
    if (kdb_options_read(&options, argc - 1, argv + 1, resolve ? KDB_RESOLVE : KDB_CHECK) ==
        KDB_OPTIONS_FINE)
        status = run(&options, resolve ? kdb_resolve_online : kdb_check_online);
    kdb_options_free(&options);
    return status;
}
