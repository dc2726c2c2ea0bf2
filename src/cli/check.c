/* kdbib check: what is wrong with a list, its URLs and its lock. */
#include "base/diagnose.h"
#include "cli/helper.h"
#include "cli/lists.h"
#include "cli/output_file.h"
#include "cli/say.h"

static void say_summary(const kdb_program *program, size_t records) {
    const kdb_diagnostics *diagnostics = program->diagnostics;
    if (!program->options->quiet)
        kdb_say("%zu records, %zu errors, %zu warnings, %zu notes", records,
                kdb_diagnostics_count(diagnostics, KDBIB_SEVERITY_ERROR),
                kdb_diagnostics_count(diagnostics, KDBIB_SEVERITY_WARNING),
                kdb_diagnostics_count(diagnostics, KDBIB_SEVERITY_NOTE));
}

static void report_missing_dois(const kdb_program *program, const kdb_lists *lists) {
    for (size_t i = 0; i < kdbib_bibliography_count(lists->bibliography); i++) {
        const kdbib_record *record = kdbib_bibliography_record(lists->bibliography, i);
        if (kdbib_record_not_paper(record) || kdbib_record_text(record, KDBIB_DOI).size)
            continue;
        kdbib_source source = kdbib_record_source(record);
        kdb_report(program->context, KDBIB_SEVERITY_NOTE, "no-doi", source.file, source.line, 0,
                   "no DOI for “%.*s”", KDB_SHOW(kdbib_record_text(record, KDBIB_TITLE)));
    }
}

static int check(kdb_program *program) {
    if (program->options->online)
        return kdb_run_helper(program);
    kdb_output_file *file = NULL;
    if (program->options->output && !(file = kdb_output_file_open(program->options->output)))
        return KDB_NOT_DONE;
    kdb_lists lists = {0};
    kdb_diagnostics_show_all(program->diagnostics);
    if (file)
        kdb_diagnostics_to(program->diagnostics, kdb_output_file_output(file));
    bool fine = kdb_lists_read(program, &lists) && kdb_lists_complete(program, &lists);
    if (fine)
        report_missing_dois(program, &lists);
    kdb_diagnostics_to(program->diagnostics, NULL);
    fine = fine && !kdb_diagnostics_lost(program->diagnostics);
    size_t records = lists.bibliography ? kdbib_bibliography_count(lists.bibliography) : 0;
    kdb_lists_free(&lists);
    bool written = !file || kdb_output_file_commit(file);
    if (!fine) /* the error is among the findings, which may be in a file */
        kdb_say("the check was not done");
    if (!fine || !written)
        return KDB_NOT_DONE;
    say_summary(program, records);
    size_t problems = kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_ERROR) +
                      kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_WARNING);
    if (program->options->strict)
        problems += kdb_diagnostics_count(program->diagnostics, KDBIB_SEVERITY_NOTE);
    return problems ? KDB_FELL_SHORT : KDB_DONE;
}

static const char help[] = "\
kdbib check README.md            every finding, as file:line:column: level: …\n\
kdbib check -W no-mojibake list.md   without the findings called mojibake\n\
\n\
usage: kdbib check [OPTION]... [FILE]...    no FILE: the bundled list\n\
  -o, --output FILE   write the findings there, not to standard error\n\
      --lock FILE     the lock (default: kdbib.lock.csv beside the list)\n\
      --no-lock       without it\n\
      --online        compare the lock's rows with the registries instead (takes\n\
                      --mailto, --service, --timeout, --refresh, --no-cache)\n\
      --strict        notes are problems too (also -W error)\n\
      --all           look at what is no paper too\n\
      --rules FILE    DOI rules of your own\n\
  -j, --jobs N        threads; one for each processor without it\n\
  -f, --from FORMAT   markdown\n\
  -W no-NAME          silence a finding; docs/diagnostics.md lists the names\n\
  -q, --quiet         no summary\n\
  -h, --help\n\
\n\
exit: 0 no problems, 1 warnings or errors, 2 the check was not done\n";

const kdb_command kdb_check_command = {"check", KDB_CHECK, help, check};
