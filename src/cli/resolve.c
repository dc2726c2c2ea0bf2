/* kdbib resolve: the lock is brought up to date. */
#include "cli/helper.h"
#include "cli/lists.h"
#include "cli/output_file.h"
#include "cli/say.h"

/* How many records there are, and how many the lock did not have: the summary of the run. */
static void say_summary(const kdb_program *program, const kdb_lists *lists, const char *what) {
    size_t count = kdbib_bibliography_count(lists->bibliography), dois = 0, new_rows = 0;
    for (size_t i = 0; i < count; i++) {
        const kdbib_record *record = kdbib_bibliography_record(lists->bibliography, i);
        dois += kdbib_record_text(record, KDBIB_DOI).size > 0;
        new_rows += kdbib_record_basis(record, KDBIB_KEY) < KDBIB_BASIS_LOCK;
    }
    if (!program->options->quiet)
        kdb_say("%s: %s; %zu records, %zu of them new to it, %zu with a DOI", lists->lock_file,
                what, count, new_rows, dois);
}

static bool write_lock(const char *path, kdbib_str bytes) {
    kdb_output_file *file = kdb_output_file_open(path);
    if (!file)
        return false;
    kdbib_output_str(kdb_output_file_output(file), bytes);
    return kdb_output_file_commit(file);
}

/* A lock that did not change is not touched, so that nothing that depends on it is made again. */
static bool keep_or_write(kdb_program *program, const kdb_lists *lists, bool existed) {
    kdbib_str bytes = kdbib_output_memory(lists->new_lock);
    bool same = existed && kdbib_str_equal(bytes, lists->lock);
    bool dry = program->options->dry_run;
    if (!same && !dry && !write_lock(lists->lock_file, bytes))
        return false;
    say_summary(program, lists, same ? "nothing to change" : dry ? "would change" : "written");
    return true;
}

static bool has_place(kdb_program *program, const kdb_lists *lists) {
    if (!lists->lock_file)
        kdb_say("the list is standard input: say where its lock is with --lock FILE");
    else if (kdb_lists_include(program, lists->lock_file))
        kdb_say("%s is the list itself: it would be lost", lists->lock_file);
    else
        return true;
    return false;
}

static int resolve(kdb_program *program) {
    if (!program->options->offline)
        return kdb_run_helper(program);
    kdb_lists lists = {.resolving = true, .new_lock = kdbib_output_new_memory()};
    if (!lists.new_lock)
        kdb_say("memory is out");
    bool fine = lists.new_lock && kdb_lists_read(program, &lists) && has_place(program, &lists);
    bool existed = fine && lists.lock_bytes.data;
    fine = fine && kdb_lists_complete(program, &lists) &&
           kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR) == 0;
    if (fine && kdbib_output_error(lists.new_lock)) {
        kdb_say("memory is out");
        fine = false;
    }
    fine = fine && keep_or_write(program, &lists, existed);
    kdbib_output_close(lists.new_lock);
    kdb_lists_free(&lists);
    return fine ? KDB_DONE : KDB_NOT_DONE;
}

static const char help[] = "\
kdbib resolve README.md              look up what is missing, once\n\
kdbib resolve --with my.bib list.md  look first in what you have\n\
kdbib resolve -i README.md           ask about what could not be proved\n\
kdbib resolve --offline README.md    only keys and what the URLs tell\n\
\n\
usage: kdbib resolve [OPTION]... [FILE]...    no FILE: the bundled list\n\
      --mailto ADDRESS    your address, for the services' polite pools\n\
      --with FILE         take what a .bib, .json (CSL) or .ris file says\n\
      --pages             read landing pages too, where no registry helps\n\
  -i, --interactive       show the best candidate of what stays open; ask\n\
      --refresh           ask again, whatever lock and cache say (not a person)\n\
      --no-cache          neither read nor keep answers\n\
      --timeout SECONDS   for one answer (30)\n\
      --service NAME=URL  another address for a service (names: man kdbib)\n\
      --offline           write keys and what the URLs tell; look nothing up\n\
      --lock FILE         the lock (default: kdbib.lock.csv beside the list)\n\
      --dry-run, --json   change nothing; a report for programs\n\
      --all               keep what is no paper   -j, --jobs N  threads\n\
  -f, --from FORMAT       markdown            --rules FILE  your own DOI rules\n\
  -W no-NAME              silence a warning   -q, --quiet   no progress\n\
\n\
exit: 0 everything is resolved, 1 something is not, 2 nothing was written\n";

const kdb_command kdb_resolve_command = {"resolve", KDB_RESOLVE, help, resolve};
