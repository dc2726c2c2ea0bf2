/* What both commands begin with: the lists, their lock, the services. */
#include "cli/rules.h"
#include "cli/say.h"
#include "helper/commands.h"
#include "library/complete.h"

#include <stdlib.h>

static bool complete(kdb_program *program, kdb_ready *ready) {
    const kdb_options *options = program->options;
    kdbib_complete_options complete_options = {
        .lock_file = ready->lists.lock_file,
        .lock = ready->lists.lock,
        .all = options->all,
        .prefer_preprint = options->prefer_preprint,
    };
    size_t errors = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR);
    if (!kdb_complete(ready->lists.bibliography, &complete_options, &ready->lock)) {
        if (errors == kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR))
            kdb_say("memory is out");
        return false;
    }
    if (!kdbib_bibliography_count(ready->lists.bibliography)) {
        kdb_say("no entries found: nothing that looks like a list of papers");
        return false;
    }
    return true;
}

static unsigned seconds_of(const char *text) {
    long seconds = text ? strtol(text, NULL, 10) : 0;
    return seconds > 0 && seconds <= 3600 ? (unsigned)seconds : 0;
}

bool kdb_make_ready(kdb_program *program, kdb_ready *ready) {
    const kdb_options *options = program->options;
    const char *problem = NULL;
    kdb_http_options http = {
        .services = options->services.items,
        .service_count = options->services.count,
        .mailto = options->mailto,
        .timeout = seconds_of(options->timeout),
        .refresh = options->refresh,
        .no_cache = options->no_cache,
    };
    if (!kdb_cli_add_rules(program))
        return false;
    if (options->timeout && !http.timeout) {
        kdb_say("--timeout wants seconds, not %s", options->timeout);
        return false;
    }
    ready->http = kdb_http_new(&ready->arena, &http, &problem);
    if (!ready->http) {
        kdb_say("%s", problem);
        return false;
    }
    ready->lists.resolving = true;
    if (!kdb_lists_read(program, &ready->lists))
        return false;
    if (!ready->lists.lock_file) {
        kdb_say("the list is standard input: say where its lock is with --lock FILE");
        return false;
    }
    if (kdb_lists_include(program, ready->lists.lock_file)) {
        kdb_say("%s is the list itself: it would be lost", ready->lists.lock_file);
        return false;
    }
    return complete(program, ready);
}

void kdb_ready_free(kdb_ready *ready) {
    kdb_http_free(ready->http);
    kdb_lock_free(ready->lock);
    kdb_lists_free(&ready->lists);
    kdb_arena_free(&ready->arena);
}
