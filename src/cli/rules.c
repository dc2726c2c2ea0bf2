/* Reads the file and gives it to the context. */
#include "cli/rules.h"

#include "cli/input.h"
#include "cli/say.h"

bool kdb_cli_add_rules(const kdb_program *program) {
    const char *path = program->options->rules;
    kdb_buffer bytes = {0};
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    bool fine = !path || (kdb_input_read(program->context, path, &bytes) &&
                          kdbib_add_doi_rules(program->context, path, kdb_buffer_str(&bytes)));
    kdb_buffer_free(&bytes);
    if (!fine && errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
        kdb_say("memory is out");
    return fine;
}
