/* kdbib check: the linter of lists, their URLs and their lock. */
#include "check/check.h"

#include "base/strings.h"
#include "cli/helper.h"
#include "cli/lists.h"
#include "cli/mend.h"
#include "cli/output_file.h"
#include "cli/say.h"
#include "library/context.h"

typedef struct check {
    kdb_program *program;
    const kdb_findings_format *format; /* NULL: plain text */
    kdbib_severity level;              /* from here on findings are problems */
    kdb_findings findings;
    kdb_mending mending;
    kdb_lists lists;
    kdb_lock *lock;
    kdb_check_records records;
    kdb_arena arena; /* of the lists' bytes */
} check;

/* ---- the command line ---- */

static bool choose_format(check *c) {
    const kdb_options *options = c->program->options;
    const kdb_findings_format *format;
    const char *dot = options->output ? strrchr(options->output, '.') : NULL;
    if (options->to && strcmp(options->to, "text") == 0)
        return true;
    for (size_t i = 0; (format = kdb_findings_format_at(i)) != NULL; i++) {
        bool by_name = options->to && strcmp(options->to, format->name) == 0;
        bool by_ending = !options->to && dot && strcmp(dot + 1, format->extension) == 0;
        if (by_name || by_ending)
            c->format = format;
    }
    if (options->to && !c->format)
        kdb_say("findings are written as text, json, github or sarif, not as “%s”", options->to);
    return !options->to || c->format;
}

static bool choose_level(check *c) {
    const kdb_options *options = c->program->options;
    c->level = options->strict ? KDBIB_SEVERITY_NOTE : KDBIB_SEVERITY_WARNING;
    if (!options->level)
        return true;
    for (int level = KDBIB_SEVERITY_NOTE; level <= KDBIB_SEVERITY_ERROR; level++)
        if (strcmp(options->level, kdb_severity_name((kdbib_severity)level)) == 0) {
            c->level = (kdbib_severity)level;
            return true;
        }
    kdb_say("--level takes `error`, `warning` or `note`, not “%s”", options->level);
    return false;
}

static bool reads_stdin(const kdb_options *options) {
    for (size_t i = 0; i < options->operand_count; i++)
        if (strcmp(options->operands[i], "-") == 0)
            return true;
    return false;
}

static bool writes_stdout(const kdb_options *options) {
    return !options->output || strcmp(options->output, "-") == 0;
}

static bool options_fit(const check *c) {
    const kdb_options *options = c->program->options;
    const char *problem = NULL;
    if (options->fix && !options->operand_count)
        problem = "--fix wants to know which FILE: the bundled list is not changed";
    else if (options->fix && reads_stdin(options) && writes_stdout(options) &&
             (c->format || options->output))
        problem = "standard output takes the mended list: say with -o where findings go";
    else if (options->output && kdb_lists_include(c->program, options->output))
        problem = "-o names the list itself: it would be lost";
    if (problem)
        kdb_say("%s", problem);
    return !problem;
}

/* ---- checking ---- */

/* Sees a list before it is read: mends it, and looks at its bytes. */
static bool visit(void *user, const char *path, const char *name, const char *format,
                  kdbib_str *bytes) {
    check *c = user;
    kdbib *context = c->program->context;
    if (strcmp(format, "markdown") != 0)
        return true;
    if (c->program->options->fix && !kdb_mend(&c->mending, path, name, bytes))
        return false;
    bool wide = kdb_starts_with(*bytes, KDBIB_STR("\xFF\xFE")) ||
                kdb_starts_with(*bytes, KDBIB_STR("\xFE\xFF"));
    if (!wide) /* of UTF-16 no column is known */
        kdb_findings_add_source(&c->findings, name, kdb_arena_copy(&c->arena, *bytes));
    context->examined = NULL;
    if (!kdb_check_bytes(context, name, *bytes))
        return false;
    context->examined = kdb_arena_copy(&c->arena, kdbib_str_of(name)).data;
    return !kdb_arena_failed(&c->arena);
}

static bool look(check *c) {
    c->lists.visitor = (kdb_list_visitor){visit, c};
    c->lists.keep_lock = &c->lock;
    bool fine = kdb_lists_read(c->program, &c->lists);
    if (c->lists.lock_exists)
        kdb_findings_add_source(&c->findings, c->lists.lock_file, c->lists.lock);
    c->records = (kdb_check_records){.context = c->program->context,
                                     .bibliography = c->lists.bibliography,
                                     .all = c->program->options->all};
    bool told = !fine || kdb_check_entries(&c->records);
    fine = fine && told && kdb_lists_complete(c->program, &c->lists);
    c->records.lock = c->lock;
    c->records.lock_file = c->lists.lock_file;
    told = told && (!fine || kdb_check_completed(&c->records));
    if (!told || kdb_arena_failed(&c->findings.arena) || kdb_arena_failed(&c->arena)) {
        kdb_say("memory is out");
        return false;
    }
    return fine;
}

/* ---- telling ---- */

static bool write_findings(check *c) {
    const char *output = c->program->options->output;
    kdb_findings_finish(&c->findings);
    if (!c->format && !output) {
        for (size_t i = 0; i < c->findings.count; i++)
            kdb_diagnostics_show(c->program->diagnostics, &c->findings.items[i].told);
        return !kdb_arena_failed(&c->findings.arena);
    }
    kdb_output_file *file = kdb_output_file_open(output);
    if (!file)
        return false;
    bool fine = true;
    if (c->format) {
        fine = c->format->write(&c->findings, kdb_output_file_output(file));
    } else {
        kdb_diagnostics_to(c->program->diagnostics, kdb_output_file_output(file));
        for (size_t i = 0; i < c->findings.count; i++)
            kdb_diagnostics_show(c->program->diagnostics, &c->findings.items[i].told);
        kdb_diagnostics_to(c->program->diagnostics, NULL);
    }
    if (fine && !kdb_arena_failed(&c->findings.arena))
        return kdb_output_file_commit(file);
    kdb_say("memory is out");
    kdb_output_file_abandon(file);
    return false;
}

static size_t count(const check *c, kdbib_severity severity) {
    return kdb_diagnostics_count(c->program->diagnostics, severity);
}

static void say_summary(const check *c, size_t records) {
    size_t fixable = 0;
    for (size_t i = 0; i < c->findings.count; i++)
        fixable += c->findings.items[i].told.fix != NULL;
    if (c->program->options->quiet)
        return;
    kdb_say("%zu records, %zu errors, %zu warnings, %zu notes", records,
            count(c, KDBIB_SEVERITY_ERROR), count(c, KDBIB_SEVERITY_WARNING),
            count(c, KDBIB_SEVERITY_NOTE));
    if (c->mending.fixes)
        kdb_say("%zu mended", c->mending.fixes);
    if (fixable && c->program->options->operand_count)
        kdb_say("%zu of them can be mended by `kdbib check --fix`", fixable);
}

static int finish(check *c, bool fine) {
    bool written = write_findings(c) && !kdb_diagnostics_lost(c->program->diagnostics);
    if (!fine) /* the error is among the findings, which may be in a file */
        kdb_say("the check was not done");
    if (!fine || !written)
        return KDB_NOT_DONE;
    if (!kdb_mending_write(&c->mending)) { /* at last, when nothing else can go wrong */
        kdb_say("the fixes were not all made");
        return KDB_NOT_DONE;
    }
    say_summary(c, kdbib_bibliography_count(c->lists.bibliography));
    size_t problems = 0;
    for (int level = (int)c->level; level <= KDBIB_SEVERITY_ERROR; level++)
        problems += count(c, (kdbib_severity)level);
    return problems ? KDB_FELL_SHORT : KDB_DONE;
}

static int run(kdb_program *program) {
    check c = {.program = program, .mending = {.program = program}};
    if (!choose_format(&c) || !choose_level(&c) || !options_fit(&c))
        return KDB_NOT_DONE;
    if (program->options->online) {
        if (!program->options->fix && !c.format)
            return kdb_run_helper(program);
        kdb_say("--online compares the lock with the registries: neither --fix nor --to goes "
                "with it");
        return KDB_NOT_DONE;
    }
    kdb_diagnostics_show_all(program->diagnostics);
    kdb_diagnostics_collect(program->diagnostics, &c.findings);
    int status = finish(&c, look(&c));
    kdb_diagnostics_collect(program->diagnostics, NULL);
    program->context->examined = NULL;
    kdb_check_free(&c.records);
    kdb_lock_free(c.lock);
    kdb_lists_free(&c.lists);
    kdb_mending_free(&c.mending);
    kdb_findings_free(&c.findings);
    kdb_arena_free(&c.arena);
    return status;
}

static const char help[] = "\
kdbib check README.md                 every finding: file:line:column: level: …\n\
kdbib check --fix README.md           mend what is sure, and tell the rest\n\
kdbib check -o kdbib.sarif README.md  for a code scanner\n\
\n\
usage: kdbib check [OPTION]... [FILE]...    no FILE: the bundled list\n\
      --fix           rewrite the lists: nothing but the bytes of the fixes\n\
      --level LEVEL   exit 1 from here on: error, warning (default), note\n\
      --strict        the same as --level note (also -W error)\n\
  -t, --to FORMAT     text (default, on standard error), json, github, sarif\n\
  -o, --output FILE   write the findings there\n\
      --lock FILE     the lock (default: kdbib.lock.csv beside the list)\n\
      --no-lock       without it\n\
      --online        compare the lock's rows with the registries instead (takes\n\
                      --mailto, --service, --timeout, --refresh, --no-cache)\n\
      --all           look at what is no paper too\n\
  -j, --jobs N        threads             --rules FILE  DOI rules of your own\n\
  -f, --from FORMAT   markdown            -q, --quiet   no summary\n\
  -W no-NAME          silence a finding; docs/diagnostics.md lists the names\n\
  -h, --help\n\
exit: 0 no problems, 1 problems, 2 the check was not done\n";

const kdb_command kdb_check_command = {"check", KDB_CHECK, help, run};
